"""Mastery: how much of what was met a learner would recall today, by phase, facet, place and kind of question.

All of it is read from the cards, of which there are as many as facts: how long the log is does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from statistics import fmean

from django.utils.translation import gettext as _

from quiz.models import User
from quiz.models.sittings import FACETS
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact
from quiz.questions.making import KINDS, kinds_of, make
from quiz.questions.question import Facet, Question
from quiz.scheduling import Memory, retrievability

ENOUGH_FACTS = 5
"""Below so many facts a mean says too little to be shown."""
ENOUGH_ANSWERS = 5
"""Below so many answers a share does."""

Fact = tuple[str, str]
"""An event, by its key, in a facet."""


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that a learner has met: the chance, 0 to 1, that it is recalled today, and what its card counts.

    `comes` is the study day on which the card comes back, None for one that is set aside; `rated` that of its last
    rating. `kinds` and `taken` are those of the card.
    """

    fact: Fact
    recall: float
    rated: date
    comes: date | None
    kinds: Mapping[str, Sequence[float]]
    taken: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Mastery:
    """A group of facts: how many there are, how many of them were met, and the mean chance that one is recalled today.

    `recall` is None while too few were met. `key` and `arabic` are those of a place, blank for other groups.
    """

    label: str
    facts: int
    met: int
    recall: float | None
    key: str = ""
    arabic: str = ""


@dataclass(frozen=True, slots=True)
class KindMastery:
    """The facts that a kind of question asked for: how many, the mean chance that one is recalled today (None while
    they are too few), how many answers were given, and what share of them was right (None while they are too few).
    """

    kind: str
    met: int
    recall: float | None
    answers: int
    right: float | None


def held(user: User, story: Chronicle, day: date) -> list[Held]:
    """All facts that a learner has met and the chronicle still tells, without what an open exam asked for, as its
    marks are told at its end: one statement.
    """
    names = ("stability", "difficulty", "day", "due", "reviews", "lapses")
    others = ("event__key", "facet", "suspended", "buried_until", "kinds", "taken")
    found = []
    rows = user.cards.known().outside_open_exams(user).values_list(*names, *others)
    for *state, event, facet, suspended, buried, kinds, taken in rows:
        memory = Memory(*state)
        if event in story.events:
            comes = None if suspended else max(memory.due, buried or memory.due)
            found.append(Held((event, facet), _recall(memory, day), memory.day, comes, kinds, taken))
    return found


def _recall(memory: Memory, day: date) -> float:
    """The chance that a fact is recalled on a day; of what was seen on that day itself, on the next one.

    Right after an answer everything counts as known, also what was just missed: that says nothing of the learner.
    """
    return retrievability(memory, max(day, memory.day + timedelta(days=1)))


@lru_cache(2)
def askable(story: Chronicle) -> frozenset[Fact]:
    """The facts that some kind of question asks for, or would with another seed."""
    return frozenset((key, facet.value) for facet in Facet for key in story.events if _can_be_asked(story, key, facet))


def _can_be_asked(story: Chronicle, key: str, facet: Facet) -> bool:
    made = (make(story, kind.name, key, 0) for kind in kinds_of(facet))
    return any(isinstance(one, Question) or one.by_chance for one in made)


# --- Groups -------------------------------------------------------------------------------------


def overall(mine: Sequence[Held], story: Chronicle) -> Mastery:
    """All facts together."""
    return _mastery("", _grouped(mine, story, lambda _: [""]).get("", _Group()))


def by_phase(mine: Sequence[Held], story: Chronicle) -> list[Mastery]:
    """By phase of the event, in the order of the phases; what lies in no phase comes last."""
    groups = _grouped(mine, story, lambda fact: [story.events[fact[0]].phase])
    labels = {phase.key: phase.name for phase in story.phases} | {"": _("Before, between and after the phases")}
    return [_mastery(label, groups.get(key, _Group())) for key, label in labels.items()]


def by_facet(mine: Sequence[Held], story: Chronicle) -> list[Mastery]:
    """By facet."""
    groups = _grouped(mine, story, lambda fact: [fact[1]])
    return [_mastery(str(label), groups.get(facet, _Group())) for facet, label in FACETS]


def by_place(mine: Sequence[Held], story: Chronicle) -> list[Mastery]:
    """By place, the one with the most facts met first; places of which none was met are left out."""
    groups = _grouped(mine, story, lambda fact: places_of(story.events[fact[0]]))
    found = [
        _mastery(story.gazetteer[key].name, group, key, story.gazetteer[key].name_ar)
        for key, group in groups.items()
        if group.recalls
    ]
    return sorted(found, key=lambda one: (-one.met, one.label.casefold(), one.key))


def places_of(event: EventFact) -> Collection[str]:
    """The places that an event counts for: the one in its slot, or all that it has."""
    return [event.slot] if event.slot else list(dict.fromkeys(place.place for place in event.places))


def by_kind(mine: Sequence[Held]) -> list[KindMastery]:
    """By kind of question in quizzes, in the order of the kinds; those that never asked are left out."""
    recalls: dict[str, list[float]] = defaultdict(list)
    answers: Counter[str] = Counter()
    earned: dict[str, list[float]] = defaultdict(list)
    for one in mine:
        for kind, (count, credit) in one.kinds.items():
            recalls[kind].append(one.recall)
            answers[kind] += int(count)
            earned[kind].append(credit)
    return [
        KindMastery(
            kind,
            met=len(recalls[kind]),
            recall=_mean(recalls[kind]),
            answers=answers[kind],
            right=sum(earned[kind]) / answers[kind] if answers[kind] >= ENOUGH_ANSWERS else None,
        )
        for kind in KINDS
        if answers[kind]
    ]


class _Group:
    """The facts of a group, and how well those that were met are recalled."""

    def __init__(self) -> None:
        self.facts = 0
        self.recalls: list[float] = []


def _grouped(mine: Iterable[Held], story: Chronicle, groups_of: Callable[[Fact], Iterable[str]]) -> dict[str, _Group]:
    """The groups of all facts that can be asked or were met: what was met may not be askable any more."""
    recall = {one.fact: one.recall for one in mine}
    groups: dict[str, _Group] = defaultdict(_Group)
    for fact in askable(story) | recall.keys():
        for name in groups_of(fact):
            groups[name].facts += 1
            if fact in recall:
                groups[name].recalls.append(recall[fact])
    return groups


def _mastery(label: str, group: _Group, key: str = "", arabic: str = "") -> Mastery:
    return Mastery(label, group.facts, len(group.recalls), _mean(group.recalls), key, arabic)


def _mean(recalls: Sequence[float]) -> float | None:
    return fmean(recalls) if len(recalls) >= ENOUGH_FACTS else None


# --- Confusions ---------------------------------------------------------------------------------

MOST_CONFUSIONS = 10


@dataclass(frozen=True, slots=True)
class Confusion:
    """A place that was taken for the right one so often, by their keys, names and Arabic names."""

    taken: tuple[str, str, str]
    right: tuple[str, str, str]
    times: int


def confusions(mine: Iterable[Held], story: Chronicle) -> list[Confusion]:
    """The places most often taken for others, at most MOST_CONFUSIONS; only such as the gazetteer holds."""
    times: Counter[tuple[str, str]] = Counter()
    for one in mine:
        right = next(iter(places_of(story.events[one.fact[0]])), "")
        for taken, count in one.taken.items():
            if right and taken != right and taken in story.gazetteer:
                times[taken, right] += count
    first = sorted(times.items(), key=lambda item: (-item[1], item[0]))[:MOST_CONFUSIONS]
    return [Confusion(_named(story, taken), _named(story, right), count) for (taken, right), count in first]


def _named(story: Chronicle, key: str) -> tuple[str, str, str]:
    place = story.gazetteer[key]
    return place.key, place.name, place.name_ar
