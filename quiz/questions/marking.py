"""Marking: how much credit an answer earns, from 0 to 1, and for which facts."""

from dataclasses import dataclass
from datetime import date

from quiz.questions.question import Facet, Question, Shape

FURTHEST_DAYS = 30
"""A date more than so many days off earns nothing."""


class InvalidAnswer(ValueError):
    """An answer that does not fit its question: it is refused with a message and costs nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner answered; exactly one field is used, or none for 'I don't know'.

    `choice` is the index of an option or of a gap, `place` the key of the place that a typed name was read as; `typed`
    is that name, kept for the feedback and not marked.
    """

    choice: int | None = None
    day: date | None = None
    order: tuple[int, ...] = ()
    place: str = ""
    typed: str = ""

    @property
    def unknown(self) -> bool:
        """Whether the learner said 'I don't know'."""
        return self.choice is None and self.day is None and not self.order and not self.place


@dataclass(frozen=True, slots=True)
class FactCredit:
    """The credit of one fact: an event in a facet."""

    event: str
    facet: Facet
    credit: float


@dataclass(frozen=True, slots=True)
class Marked:
    """The result of an answer. `days_off` is 0 on an accepted day, None where no day was asked for."""

    credit: float
    facts: tuple[FactCredit, ...]
    days_off: int | None = None

    @property
    def right(self) -> bool:
        """Whether the answer was wholly right."""
        return self.credit == 1


def mark(question: Question, answer: Answer) -> Marked:
    """Mark an answer; raises InvalidAnswer for one that the question does not offer."""
    if answer.unknown:
        return _whole(question, right=False)
    match question.shape:
        case Shape.CHOICE | Shape.PIN | Shape.GAP:
            return _mark_choice(question, answer)
        case Shape.DAY:
            return _mark_day(question, answer)
        case Shape.ORDER:
            return _mark_order(question, answer)
        case Shape.PLACE:
            return _mark_place(question, answer)


def _mark_choice(question: Question, answer: Answer) -> Marked:
    if answer.choice is None or not 0 <= answer.choice < question.choices:
        raise InvalidAnswer("Choose one of the answers.")
    return _whole(question, right=answer.choice in question.key)


def _mark_place(question: Question, answer: Answer) -> Marked:
    if not answer.place or answer.place in question.aside:
        raise InvalidAnswer("Type the name of a place.")
    return _whole(question, right=answer.place in question.places)


def _whole(question: Question, *, right: bool) -> Marked:
    """All or nothing, for each fact alike; the events of a line are given, only the one put into it is asked."""
    credit = float(right)
    asked = question.events[:1] if question.shape is Shape.GAP else question.events
    return Marked(credit, tuple(FactCredit(event, question.facet, credit) for event in asked))


def day_credit(days_off: int, half_life: float) -> float:
    """Credit of a day so many days outside the accepted ones: halved every `half_life` days, 0 beyond 30."""
    if days_off <= 0:
        return 1.0
    return 0.0 if days_off > FURTHEST_DAYS else float(2 ** (-days_off / half_life))


def _mark_day(question: Question, answer: Answer) -> Marked:
    if answer.day is None:
        raise InvalidAnswer("Enter a date.")
    first, last = question.accepted
    days_off = max((first - answer.day).days, (answer.day - last).days, 0)
    credit = day_credit(days_off, question.half_life)
    return Marked(credit, (FactCredit(question.event, question.facet, credit),), days_off)


def order_credit(given: tuple[int, ...], right: tuple[int, ...]) -> float:
    """Kendall's tau, clipped at 0: 1 for the right order alone, 0 for a reversed one and for half the pairs.

    After Kendall, 'A New Measure of Rank Correlation' (Biometrika 30, 1938).
    """
    pairs = len(right) * (len(right) - 1) // 2
    return max(0.0, 2 * len(_right_pairs(given, right)) / pairs - 1)


def _right_pairs(given: tuple[int, ...], right: tuple[int, ...]) -> set[tuple[int, int]]:
    """The pairs (earlier, later) that an order puts right."""
    rank = {item: n for n, item in enumerate(given)}
    return {(a, b) for i, a in enumerate(right) for b in right[i + 1 :] if rank[a] < rank[b]}


def _mark_order(question: Question, answer: Answer) -> Marked:
    if sorted(answer.order) != list(range(len(question.options))):
        raise InvalidAnswer("Give each event its own place in the order.")
    pairs = _right_pairs(answer.order, question.key)
    others = len(question.key) - 1
    shares = {question.options[item].event: sum(item in pair for pair in pairs) / others for item in question.key}
    facts = tuple(FactCredit(event, question.facet, shares[event]) for event in question.events)
    return Marked(order_credit(answer.order, question.key), facts)


def longest_run(given: tuple[int, ...], right: tuple[int, ...]) -> tuple[int, ...]:
    """The longest stretch of items that an order holds in the right sequence, in that sequence."""
    rank = {item: n for n, item in enumerate(right)}
    best: list[tuple[int, ...]] = []
    for item in given:
        tails = [run for run in best if rank[run[-1]] < rank[item]]
        best.append((*max(tails, key=len, default=()), item))
    return max(best, key=len, default=())
