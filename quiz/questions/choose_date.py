"""Choose the date: four days, or four spans of days, of which one is right."""

import calendar
from datetime import date, timedelta
from random import Random

from quiz.chronology import Precision, span_in_words
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.distractors import MARGIN_DAYS, by_rank, forbidden, prefer, wrong_days
from quiz.questions.facts import SHORT_DAYS, DateAsking, EventFact, Refusal
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.questions.stems import attributed, number_tells, refused_stem, why

KIND = "choose-date"
WRONG = 3
NEAR_POOL = 12
"""Wrong days are drawn from so many on each side: first those on which something else happened, then the nearest."""

Span = tuple[date, date]


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the day, or for the span where the day is not known."""
    how = chronicle.dates[event.key]
    if isinstance(how, Refusal):
        return how
    if event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    spans = how.days > SHORT_DAYS
    drawn = _spans(chronicle, event, how, rng) if spans else _days(chronicle, event, how, rng)
    if drawn is None:
        return Refusal("too few days lie near that no claim allows")
    key, wrong = drawn
    asked = _asked(how, spans=spans)
    stem = attributed(how.asking, f"{asked} was it that {chronicle.texts[event.key]}?")
    refused = refused_stem(stem)
    if refused or (not spans and number_tells(stem, key[0].day)):
        return refused or Refusal("a number in its clause is the day asked for")
    chosen = sorted([key, *wrong])
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.DATE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=tuple(_option(chronicle, event, span, how, right=span == key) for span in chosen),
        key=(chosen.index(key),),
        key_text=capital(chronicle.date_words(event.key)),
        explanation=why(chronicle, event.key, how.asking, dated=True),
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def _asked(how: DateAsking, *, spans: bool) -> str:
    if spans and how.interval.precision is Precision.MONTH:
        return "in which month"
    if spans:
        return "on which days" if how.lasted else "between which days"
    return "on which day" if how.days == 1 else "on which of these days"


def _named(span: Span, how: DateAsking) -> str:
    """A span in words; where months are asked for, by the month's name."""
    if how.interval.precision is Precision.MONTH:
        return f"{calendar.month_name[span[0].month]} {span[0].year}"
    return span_in_words(*span)


def _option(chronicle: Chronicle, event: EventFact, span: Span, how: DateAsking, *, right: bool) -> Option:
    """One choice with what really happened then; a killing is not told where the question has no note before it."""
    first, last = span
    text = _named(span, how)
    if right:
        return Option(text, chronicle.story_line(event.key), event=event.key)
    quiet = [key for key in chronicle.on_day.get(first, ()) if not chronicle.events[key].sensitive]
    happened = quiet if first == last else []
    if happened:
        told = chronicle.most_telling(happened)
        return Option(text, chronicle.story_line(told), event=told)
    dated = first != last or first in chronicle.single_days
    return Option(text, "" if dated else "The chronicle dates no event to this day alone.")


def _days(chronicle: Chronicle, event: EventFact, how: DateAsking, rng: Random) -> tuple[Span, list[Span]] | None:
    """The key (one of the accepted days) and three wrong days."""
    key = how.first + timedelta(days=rng.randrange(how.days))
    before, after = wrong_days(chronicle, event, how)
    busy = chronicle.on_day.__contains__
    pools = [prefer(rng, days[:NEAR_POOL], busy, NEAR_POOL // 2) for days in (before, after)]
    drawn = by_rank(rng, pools[0], pools[1], WRONG)
    return drawn and ((key, key), [(day, day) for side in drawn for day in side])


def _spans(chronicle: Chronicle, event: EventFact, how: DateAsking, rng: Random) -> tuple[Span, list[Span]] | None:
    """The accepted span and three like it: thirds of months, months, or spans of the same length."""
    key = (how.first, how.last)
    barred = forbidden(chronicle, event)

    def is_open(span: Span) -> bool:
        inside = chronicle.first_day <= span[0] <= chronicle.last_day
        return inside and not any(span[0] <= high and low <= span[1] for low, high in barred)

    before, after = _like(key, how)
    drawn = by_rank(rng, [s for s in before if is_open(s)][:WRONG], [s for s in after if is_open(s)][:WRONG], WRONG)
    return drawn and (key, [span for side in drawn for span in side])


def _like(key: Span, how: DateAsking) -> tuple[list[Span], list[Span]]:
    """Spans of the key's form before and after it, nearest first."""
    cells = _thirds if how.interval.precision is Precision.WITHIN else _months
    if how.interval.precision in {Precision.WITHIN, Precision.MONTH}:
        around = [span for n in range(-4, 5) for span in cells(key[0], n)]
        if key in around:
            at = around.index(key)
            return around[:at][::-1], around[at + 1 :]
    length = (key[1] - key[0]).days + 1
    steps = [timedelta(days=n * length + MARGIN_DAYS - 1) for n in range(1, 6)]
    return [(key[0] - s, key[1] - s) for s in steps], [(key[0] + s, key[1] + s) for s in steps]


def _month(day: date, step: int) -> tuple[int, int, int]:
    """Year, month and number of days of the month so many months away."""
    index = day.year * 12 + day.month - 1 + step
    year, month = index // 12, index % 12 + 1
    return year, month, calendar.monthrange(year, month)[1]


def _months(day: date, step: int) -> list[Span]:
    year, month, size = _month(day, step)
    return [(date(year, month, 1), date(year, month, size))]


def _thirds(day: date, step: int) -> list[Span]:
    """Early, mid and late in a month: days 1-10, 11-20, 21 to the end."""
    year, month, size = _month(day, step)
    return [(date(year, month, a), date(year, month, b)) for a, b in ((1, 10), (11, 20), (21, size))]
