"""Enter the date: a typed day; the credit falls with the distance."""

from random import Random

from quiz.chronology import Precision
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import SHORT_DAYS, EventFact, Refusal
from quiz.questions.question import Facet, Question, Shape
from quiz.questions.stems import attributed, number_tells, refused_stem, why

KIND = "enter-date"
DAY_HALF_LIFE = 3.0
"""Days off after which the credit halves, for events known to the day."""
WEEK_HALF_LIFE = 7.0
"""The same for events known to a few days only."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the day in words or figures; any accepted day is right."""
    how = chronicle.dates[event.key]
    if isinstance(how, Refusal):
        return how
    if how.days > SHORT_DAYS:
        return Refusal(f"its date is known to more than {SHORT_DAYS} days only")
    if event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    text = chronicle.texts[event.key]
    asked = "on which day" if how.days == 1 else "on which day, one of several,"
    stem = attributed(how.asking, f"{asked} was it that {text}?")
    refused = refused_stem(stem)
    if refused or any(number_tells(stem, day.day) for day in {how.first, how.last}):
        return refused or Refusal("a number in its clause is the day asked for")
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.DAY,
        facet=Facet.DATE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=(),
        key=(),
        key_text=capital(chronicle.date_words(event.key)),
        explanation=why(chronicle, event.key, how.asking, dated=True),
        citations=chronicle.citations(event.claims),
        days=(how.first.isoformat(), how.last.isoformat()),
        half_life=DAY_HALF_LIFE if how.interval.precision is Precision.DAY else WEEK_HALF_LIFE,
        sensitive=event.sensitive,
    )
