"""Enter the date: a typed day; the credit falls with the distance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from quiz.chronology import Precision
from quiz.questions.asking import SHORT_DAYS, DateAsking
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import BLAMING, EventFact, Refusal
from quiz.questions.question import Facet, Question, Shape
from quiz.questions.stems import attributed, number_tells, refused_stem, why

KIND = "enter-date"
DAY_HALF_LIFE = 3.0
"""Days off after which the credit halves, for events known to the day."""
WEEK_HALF_LIFE = 7.0
"""The same for events known to a few days only, and for the ends of what lasted."""
_ENDS = re.compile(r"\b(beg[ai]n\w*|start\w*|end(ed|ing)?|finish\w*|first|last)\b", re.IGNORECASE)
"""Words that would make the first day of a beginning, or the last day of an end, of what lasted."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for: the words that ask, the days that are right, and what tells it from other questions.

    `of` says of what it is the first or the last day, before the words of the whole date.
    """

    words: str
    first: date
    last: date
    suffix: str = ""
    of: str = ""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the day, any accepted one being right; of what lasted longer for its first or its last day."""
    asked = _asked(chronicle, event)
    if isinstance(asked, Refusal):
        return asked
    how, ways = asked
    return _build(chronicle, event, how, rng.choice(ways))


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The one question there is, or of what lasted the two."""
    asked = _asked(chronicle, event)
    if not isinstance(asked, Refusal):
        made = (_build(chronicle, event, asked[0], one) for one in asked[1])
        yield from (question for question in made if isinstance(question, Question))


def _asked(chronicle: Chronicle, event: EventFact) -> tuple[DateAsking, tuple[_Asked, ...]] | Refusal:
    how = chronicle.dates[event.key]
    if isinstance(how, Refusal):
        return how
    if event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    if how.days <= SHORT_DAYS:
        words = "on which day" if how.days == 1 else "on which day, one of several,"
        return how, (_Asked(words, how.first, how.last),)
    ends = _ends(event, how)
    return ends if isinstance(ends, Refusal) else (how, ends)


def _ends(event: EventFact, how: DateAsking) -> tuple[_Asked, ...] | Refusal:
    """The first and the last day of what lasted; a date that is only uncertain has none."""
    if not how.lasted:
        return Refusal(f"its date is known to more than {SHORT_DAYS} days only")
    if event.kind in BLAMING or _ENDS.search(event.clause):
        return Refusal("its clause tells of a beginning, an end or a total, so no day is its first or last")
    ends = (("first", how.first), ("last", how.last))
    return tuple(
        _Asked(f"what was the {end} day on which", day, day, f"/{end}", f"the {end} day of ") for end, day in ends
    )


def _build(chronicle: Chronicle, event: EventFact, how: DateAsking, asked: _Asked) -> Question | Refusal:
    joint = "" if asked.suffix else " did this happen:"
    stem = attributed(how.asking, f"{asked.words}{joint} {chronicle.texts[event.key]}?")
    refused = refused_stem(stem)
    if refused or any(number_tells(stem, day.day) for day in {asked.first, asked.last}):
        return refused or Refusal("a number in its clause is the day asked for")
    exact = how.interval.precision is Precision.DAY
    return Question(
        id=f"{KIND}/{event.key}{asked.suffix}",
        kind=KIND,
        shape=Shape.DAY,
        facet=Facet.DATE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=(),
        key=(),
        key_text=capital(f"{asked.of}{chronicle.date_words(event.key)}"),
        explanation=why(chronicle, event.key, how.asking, dated=True),
        citations=chronicle.citations(event.claims),
        days=(asked.first.isoformat(), asked.last.isoformat()),
        half_life=DAY_HALF_LIFE if exact else WEEK_HALF_LIFE,
        sensitive=event.sensitive,
    )
