"""Difficulties and abilities as stored: read for a sitting, and moved by each answer."""

from collections.abc import Iterable, Sequence

from quiz.models import Ability, AskedQuestion, ItemDifficulty, User
from quiz.questions.difficulty import UNKNOWN, Estimate, answered, by_kind, floor
from quiz.questions.question import Facet, Question
from quiz.study.drawing import Beliefs


def beliefs(user: User) -> Beliefs:
    """What answers have taught of a learner and of items; one query now, and one for each look at items."""
    rows = Ability.objects.filter(user=user).values_list("facet", "ability")
    return Beliefs({Facet(facet): ability for facet, ability in rows}, _shifts)


def _shifts(keys: Iterable[str]) -> dict[tuple[str, str], float]:
    rows = ItemDifficulty.objects.filter(event__key__in=keys).values_list("event__key", "kind", "difficulty")
    return {(event, kind): shift for event, kind, shift in rows}


def make_rows(user: User, asked: Sequence[AskedQuestion]) -> None:
    """Have a row for each estimate that the answers to these questions will move: then a row can be locked."""
    items = {(one.event_id, one.kind) for one in asked}
    ItemDifficulty.objects.bulk_create(
        (ItemDifficulty(event_id=event, kind=kind) for event, kind in sorted(items)), ignore_conflicts=True
    )
    facets = sorted({one.facet for one in asked})
    Ability.objects.bulk_create((Ability(user=user, facet=facet) for facet in facets), ignore_conflicts=True)


def move(asked: AskedQuestion, question: Question, credit: float) -> float:
    """Move the item once and the learner once by an answer of this credit (0 to 1), within the caller's transaction.

    Gives the difficulty of the question before the answer, in logits. A question asked before difficulties were kept
    counts as hard as its kind. An answer with hints moves neither: the question was another one then, easier by what
    nobody has measured, and counted as not known it would say more than is known. Those who need no hint are abler,
    which their abilities tell.
    """
    item = ItemDifficulty(event_id=asked.event_id, kind=asked.kind)
    item = ItemDifficulty.objects.select_for_update().filter(event=asked.event_id, kind=asked.kind).first() or item
    learner = Ability(user_id=asked.sitting.user_id, facet=asked.facet)
    mine = Ability.objects.select_for_update().filter(user=asked.sitting.user_id, facet=asked.facet)
    learner = mine.first() or learner
    start = by_kind(question) if asked.difficulty is None else asked.difficulty
    before = start + item.difficulty
    if asked.hints:
        return before
    ability, shift = answered(_estimate(learner), _estimate(item), start, floor(question), credit)
    item.difficulty, item.answers = shift.value, shift.answers
    learner.ability, learner.answers = ability.value, ability.answers
    _keep_item(item)
    _keep_abilities([learner])
    return before


def _estimate(row: ItemDifficulty | Ability) -> Estimate:
    return Estimate(row.difficulty if isinstance(row, ItemDifficulty) else row.ability, row.answers)


def _keep_item(item: ItemDifficulty) -> None:
    ItemDifficulty.objects.bulk_create(
        [item], update_conflicts=True, unique_fields=["event", "kind"], update_fields=["difficulty", "answers"]
    )


def _keep_abilities(rows: Iterable[Ability]) -> None:
    Ability.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "facet"], update_fields=["ability", "answers"]
    )


def join(guest: User, account: User) -> None:
    """Give an account the abilities of a guest, each joined with its own by the number of answers behind it."""
    mine: dict[str, Estimate] = {}
    for row in Ability.objects.select_for_update().filter(user__in=[guest, account]).order_by("id"):
        mine[row.facet] = mine.get(row.facet, UNKNOWN).joined(_estimate(row))
    _keep_abilities(
        Ability(user=account, facet=facet, ability=one.value, answers=one.answers) for facet, one in mine.items()
    )
