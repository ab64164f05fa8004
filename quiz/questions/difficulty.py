"""How hard a question is, before any answer and after; how able a learner is; what credit to expect.

Difficulties and abilities lie on one scale of logits, most between -3 and 3. The credit expected of a learner is

    floor + (1 - floor) * logistic(ability - difficulty)

the three-parameter model with its guessing fixed (A. Birnbaum in Lord & Novick, 'Statistical Theories of Mental Test
Scores', 1968): where both are equal, half of the answers that are not owed to guessing are right.

A question starts at its structural difficulty, and answers shift the item (an event in one kind) away from it. The
estimates move as in chess ratings (A. Elo, 'The Rating of Chessplayers', 1978), by steps that fall with the number of
answers (R. Pelánek, 'Applications of the Elo rating system in adaptive educational systems', Computers & Education 98,
2016). The size of the first step and how fast steps fall say how many answers the start is worth: as many as
PRIOR_ANSWERS of them weigh as much as the structure does.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice, pairwise, permutations
from math import exp, log2
from statistics import fmean

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact
from quiz.questions.marking import order_credit
from quiz.questions.question import Facet, Option, Question, Shape

# --- The model ------------------------------------------------------------------------------

LIMIT = 6.0
"""No estimate leaves -LIMIT to LIMIT, in logits: beyond, a single answer would take hundreds to mend."""
PRIOR_ANSWERS = 10
"""So many answers weigh as much as where an estimate started."""
FIRST_STEP = 0.7
"""The first step in logits, for an answer that was all surprise."""
LEAST_STEP = 0.1
"""The smallest step of an ability: learners go on learning, while an item stays what it is."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value in logits, and on how many answers it rests."""

    value: float = 0.0
    answers: int = 0

    def moved(self, by: float) -> "Estimate":
        """The estimate after one more answer, moved by so many logits."""
        return Estimate(min(max(self.value + by, -LIMIT), LIMIT), self.answers + 1)

    def joined(self, other: "Estimate") -> "Estimate":
        """One estimate of two of the same thing, each weighing as many answers as it rests on."""
        answers = self.answers + other.answers
        total = self.value * self.answers + other.value * other.answers
        return Estimate(total / answers if answers else 0.0, answers)


UNKNOWN = Estimate()
"""Where an estimate starts: an item as hard as its structure says, a learner of middling ability."""


def expected(ability: float, difficulty: float, floor: float) -> float:
    """The credit to expect, from `floor` to 1; `ability` and `difficulty` are in logits."""
    return floor + (1 - floor) * _logistic(ability - difficulty)


def _logistic(logits: float) -> float:
    return 1 / (1 + exp(-logits))


def answered(
    ability: Estimate, shift: Estimate, structural: float, floor: float, credit: float
) -> tuple[Estimate, Estimate]:
    """Ability and shift after an answer of this credit (0 to 1), each moved once.

    The step is the slope of the log-likelihood: surprise, times the share of the expected credit that is not owed to
    guessing. So a right answer that was likely guessed says little. 'I don't know' says just what a wrong answer does,
    that the learner did not know, whatever the floor: it needs no rule of its own.
    """
    knows = _logistic(ability.value - structural - shift.value)
    mean = floor + (1 - floor) * knows
    slope = (credit - mean) * knows / mean
    return (
        ability.moved(slope * max(_step(ability.answers), LEAST_STEP)),
        shift.moved(-slope * _step(shift.answers)),
    )


def _step(answers: int) -> float:
    return FIRST_STEP / (1 + answers / PRIOR_ANSWERS)


def floor(question: Question) -> float:
    """The mean credit of a blind answer: the chance of a guess, for an order the mean over all orders, 0 if typed."""
    return _blind_order(len(question.options)) if question.shape is Shape.ORDER else question.chance


@lru_cache
def _blind_order(size: int) -> float:
    right = tuple(range(size))
    return fmean(order_credit(given, right) for given in permutations(right))


# --- Structure ------------------------------------------------------------------------------

OF_KIND = {
    "choose-phase": -0.7,
    "first": -0.3,
    "choose-place": 0.0,
    "happened-here": 0.1,
    "find-place": 0.2,
    "choose-date": 0.3,
    "insert": 0.4,
    "next": 0.5,
    "settled": 0.6,
    "who-reports": 0.8,
    "source-date": 0.8,
    "order": 0.9,
    "type-place": 0.9,
    "enter-date": 1.3,
}
"""What each kind asks of a learner who does not guess: to tell two things apart is the least, to recall one without any
options the most, and what a document says is known by fewer than what happened.
"""
OF_SHAPE = {Shape.CHOICE: 0.2, Shape.PIN: 0.2, Shape.GAP: 0.4, Shape.ORDER: 0.9, Shape.PLACE: 0.9, Shape.DAY: 1.3}
"""The same for a kind that the table above does not name."""

CLOSE_DAYS, CLOSE_KM = 7, 5
"""A nearest rival so many days or kilometres off makes a question neither harder nor easier."""
PER_HALVING_DAYS, PER_HALVING_KM = 0.35, 0.25
"""Logits for each halving of that distance; both are taken one longer, so that there is no end of halving."""
FURTHEST_DAYS, FURTHEST_KM = 60, 60.0
PER_SIMILAR, MOST_SIMILAR = 0.3, 3
"""Logits for each doubling of (1 + similar events), and how many are counted at most."""
PER_SOURCE = -0.4
"""Logits for each doubling of the documents that tell of the event."""
PER_ACCEPTED_DAY = -0.3
"""Logits for each day beyond the first that is right as well."""
LOOKED_AT = 60
"""Among how many events at a place similar ones are looked for: a bound for places where much happened."""


def structural(chronicle: Chronicle, question: Question) -> float:
    """How hard a question should be by what it is made of, in logits: right in its order rather than its size.

    Raises KeyError for a question on an event that the chronicle does not hold.
    """
    event = chronicle.events[question.event]
    harder = by_kind(question) + _closeness(chronicle, question)
    harder += PER_SIMILAR * log2(1 + _similar(chronicle, event))
    harder += PER_SOURCE * log2(max(1, len({claim.source for claim in event.claims})))
    if question.shape is Shape.DAY:
        first, last = question.accepted
        harder += PER_ACCEPTED_DAY * (last - first).days
    return harder


def by_kind(question: Question) -> float:
    """What the kind alone says, in logits: all that is known of a question whose chronicle is gone."""
    return OF_KIND.get(question.kind, OF_SHAPE[question.shape])


def _closeness(chronicle: Chronicle, question: Question) -> float:
    """Logits for how near the nearest rival of the right answer lies, in days or in kilometres; 0 if there is none."""
    if question.facet is Facet.PLACE:
        km = min(_kilometres(chronicle, question), default=None)
        return 0.0 if km is None else PER_HALVING_KM * log2((CLOSE_KM + 1) / (min(km, FURTHEST_KM) + 1))
    days = min(_days_off(chronicle, question), default=None)
    return 0.0 if days is None else PER_HALVING_DAYS * log2((CLOSE_DAYS + 1) / (min(days, FURTHEST_DAYS) + 1))


def _kilometres(chronicle: Chronicle, question: Question) -> Iterable[float]:
    """How far the wrong places lie from the right one."""
    right, wrong = _parted(question)
    for option in wrong:
        if right is not None and right.place and option.place:
            distance = chronicle.gazetteer.distance_km(right.place, option.place)
            if distance is not None:
                yield distance


def _parted(question: Question) -> tuple[Option | None, list[Option]]:
    """The right option and the wrong ones; none where none is chosen."""
    if question.shape not in {Shape.CHOICE, Shape.PIN}:
        return None, []
    wrong = [option for n, option in enumerate(question.options) if n not in question.key]
    return question.options[question.key[0]], wrong


def _days_off(chronicle: Chronicle, question: Question) -> Iterable[float]:
    """How many days the rivals in time lie from what is right: other dates, other events, the edges of a phase."""
    if question.facet is Facet.SEQUENCE:
        return _between_events(chronicle, question)
    phase = chronicle.phase_days.get(chronicle.events[question.event].phase)
    if question.kind == "choose-phase" and phase:
        middle = _middle(chronicle, question.event)
        return [] if middle is None else [abs(middle - edge.toordinal()) for edge in phase]
    right, wrong = _parted(question)
    day = None if right is None else _last_day(right.text)
    others = [_last_day(option.text) for option in wrong]
    return [] if day is None else [abs((day - other).days) for other in others if other]


def _between_events(chronicle: Chronicle, question: Question) -> Iterable[float]:
    """Days between the events whose order decides: neighbours of an order, else the right one and each other one."""
    right, wrong = _parted(question)
    if right is not None and right.event and any(option.event for option in wrong):
        here, others = right.event, [option.event for option in wrong if option.event]
    else:
        here = question.event
        others = [option.event for option in question.options if option.event] or list(question.events)
    found = [_middle(chronicle, key) for key in dict.fromkeys((here, *others))]
    times = [time for time in found if time is not None]
    if question.shape is Shape.ORDER:
        return [later - earlier for earlier, later in pairwise(sorted(times))]
    return [] if found[0] is None else [abs(time - found[0]) for time in times[1:]]


def _middle(chronicle: Chronicle, key: str) -> float | None:
    """The middle of what the claims of an event allow, as a number of days; None for what has no date."""
    intervals = chronicle.events[key].intervals if key in chronicle.events else ()
    middles = [((i.earliest or i.latest).toordinal() + i.latest.toordinal()) / 2 for i in intervals]
    return fmean(middles) if middles else None


_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_LAST_DAY = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (\d{{4}})(?!.*\d{{4}})")


def _last_day(text: str) -> date | None:
    """The last day that an option's text names, the first of the month where it names a month only."""
    found = _LAST_DAY.search(text)
    return date(int(found[3]), _MONTHS[found[2]], int(found[1] or 1)) if found else None


def _similar(chronicle: Chronicle, event: EventFact) -> int:
    """How many other events of its kind happened at its place, as far as counted."""
    keys = islice(chronicle.slot_place.get(event.slot, ()), LOOKED_AT)
    alike = [key for key in keys if key != event.key and chronicle.events[key].kind == event.kind]
    return min(len(alike), MOST_SIMILAR)
