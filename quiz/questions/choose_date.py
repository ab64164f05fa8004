"""Choose the date: four days, or four spans of days, of which one is right."""

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from quiz.chronology import Precision, span_in_words
from quiz.questions.asking import SHORT_DAYS, DateAsking
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.deals import Dealt
from quiz.questions.distractors import by_rank, prefer, wrong_days
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.questions.spans import Span, SpanLine
from quiz.questions.stems import attributed, number_tells, refused_stem, why

KIND = "choose-date"
WRONG = 3
NEAR_POOL = 12
"""Where no days are dealt, wrong ones are drawn from so many of the nearest on each side."""
EVENLY, TOO_FEW = "each day is to be right equally often", "too few days lie near that no claim allows"
"""Reasons of refusals."""
SPAN_REACH = timedelta(days=300)
"""How far away acts like the one asked for are looked for where spans are offered."""


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as an option, with the event that was dealt to it, if one was."""

    span: Span
    dealt: str = ""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the day, or for the span where the day is not known."""
    how = _asked_for(chronicle, event)
    if isinstance(how, Refusal):
        return how
    if how.days > SHORT_DAYS:
        return _make_spans(chronicle, event, how, rng)
    if chronicle.deals.holds(event.key):
        hand = chronicle.deals.draw(event.key, rng)
        if hand is None:
            return Refusal(EVENLY, by_chance=True)
        return _build_dealt(chronicle, event, how, hand)
    return _make_alone(chronicle, event, how, rng)


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """Each right day or span beside each wrong one that may stand with it."""
    how = _asked_for(chronicle, event)
    if not isinstance(how, Refusal):
        made = (_build(chronicle, event, how, key, [wrong]) for key, wrong in _pairs(chronicle, event, how))
        yield from (question for question in made if isinstance(question, Question))


def _asked_for(chronicle: Chronicle, event: EventFact) -> DateAsking | Refusal:
    how = chronicle.dates[event.key]
    if isinstance(how, DateAsking) and event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    return how


def _pairs(chronicle: Chronicle, event: EventFact, how: DateAsking) -> Iterator[tuple[Span, _Day]]:
    if how.days > SHORT_DAYS:
        line = _line(chronicle, event, how)
        yield from ((line.key, _Day(span)) for span in line.reachable(WRONG))
    elif chronicle.deals.holds(event.key):
        dealt = {(own, other) for hand in chronicle.deals.hands(event.key) for own, other in _parted(event, hand)}
        yield from sorted(dealt, key=str)
    else:
        sides = _near(chronicle, event, how)
        yield from ((key, _Day(span)) for key in _keys(how) for side in sides for span in side)


def _parted(event: EventFact, hand: Sequence[Dealt]) -> Iterator[tuple[Span, _Day]]:
    """The day of an event in a set, with each of the others."""
    own = next(dealt.day for dealt in hand if dealt.event == event.key)
    for dealt in hand:
        if dealt.event != event.key:
            yield (own, own), _Day((dealt.day, dealt.day), dealt.event)


# --- Days ---------------------------------------------------------------------------------------


def _build_dealt(chronicle: Chronicle, event: EventFact, how: DateAsking, hand: Sequence[Dealt]) -> Question | Refusal:
    parted = list(_parted(event, hand))
    return _build(chronicle, event, how, parted[0][0], [wrong for _, wrong in parted])


def _make_alone(chronicle: Chronicle, event: EventFact, how: DateAsking, rng: Random) -> Question | Refusal:
    """Ask for a day that too few others lie near: beside busy days if there are some, else beside quiet ones."""
    key = rng.choice(_keys(how))
    before, after = (
        prefer(rng, side, lambda span: span[0] in chronicle.on_day, NEAR_POOL // 2)
        for side in _near(chronicle, event, how)
    )
    drawn = by_rank(rng, before, after, WRONG)
    if drawn is None:
        return Refusal(TOO_FEW)
    made = _build(chronicle, event, how, key, [_Day(span) for side in drawn for span in side])
    if isinstance(made, Question) and rng.random() >= chronicle.deals.alone:
        return Refusal(EVENLY, by_chance=True)
    return made


def _keys(how: DateAsking) -> list[Span]:
    """The accepted days."""
    return [(day, day) for n in range(how.days) for day in [how.first + timedelta(days=n)]]


def _near(chronicle: Chronicle, event: EventFact, how: DateAsking) -> tuple[list[Span], list[Span]]:
    """Wrong days before and after the accepted ones, nearest first."""
    before, after = wrong_days(chronicle, event, how)
    return [(day, day) for day in before[:NEAR_POOL]], [(day, day) for day in after[:NEAR_POOL]]


# --- Spans --------------------------------------------------------------------------------------


def _make_spans(chronicle: Chronicle, event: EventFact, how: DateAsking, rng: Random) -> Question | Refusal:
    line = _line(chronicle, event, how)
    wrong = line.draw(rng, WRONG)
    if wrong is None:
        room = line.has_room(WRONG)
        return Refusal(EVENLY if room else TOO_FEW, by_chance=room)
    return _build(chronicle, event, how, line.key, [_Day(span) for span in wrong])


def _line(chronicle: Chronicle, event: EventFact, how: DateAsking) -> SpanLine:
    barred = chronicle.alike.barred(event, how.first - SPAN_REACH, how.last + SPAN_REACH)

    def is_open(span: Span) -> bool:
        inside = chronicle.first_day <= span[0] <= chronicle.last_day
        return inside and not any(span[0] <= high and low <= span[1] for low, high in barred)

    return SpanLine(how, is_open)


# --- The question -------------------------------------------------------------------------------


def _build(
    chronicle: Chronicle, event: EventFact, how: DateAsking, key: Span, wrong: Sequence[_Day]
) -> Question | Refusal:
    spans = how.days > SHORT_DAYS
    stem = attributed(how.asking, f"{_asked(how, spans=spans)} did this happen: {chronicle.texts[event.key]}?")
    refused = refused_stem(stem)
    if refused or (not spans and number_tells(stem, key[0].day)):
        return refused or Refusal("a number in its clause is the day asked for")
    shown = sorted([_Day(key, event.key), *wrong], key=lambda day: day.span)
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.DATE,
        mode=how.asking.mode,
        events=(event.key,),
        stem=stem,
        options=tuple(_option(chronicle, event, day, _named(day.span, how)) for day in shown),
        key=([day.span for day in shown].index(key),),
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
    if how.interval.precision is Precision.MONTH and how.days > SHORT_DAYS:
        return f"{calendar.month_name[span[0].month]} {span[0].year}"
    return span_in_words(*span)


def _option(chronicle: Chronicle, event: EventFact, day: _Day, text: str) -> Option:
    """One choice with what really happened then."""
    if day.dealt == event.key:
        return Option(text, chronicle.story_line(event.key), event=event.key)
    dealt = day.dealt if day.dealt in chronicle.on_day.get(day.span[0], ()) else ""
    # A killing is not told where the question has no note before it.
    if dealt and (event.sensitive or not chronicle.events[dealt].sensitive):
        return Option(text, chronicle.story_line(dealt), event=dealt)
    return day_option(chronicle, *day.span, text)


def day_option(chronicle: Chronicle, first: date, last: date, text: str) -> Option:
    """A day or a span with what happened then, else what happened nearest to it."""
    notes = chronicle.day_notes
    then = notes.within(first, last)
    if then:
        told = chronicle.most_telling(then)
        return Option(text, chronicle.story_line(told), event=told)
    if first == last and not notes.is_empty(first):
        return Option(text, "What is dated to this day is disputed, or told with a note on its content.")
    nothing = f"The chronicle dates nothing to {'this day' if first == last else 'one of these days'} alone."
    near = notes.nearest(first, last)
    return Option(text, f"{nothing} The nearest: {chronicle.story_line(near)}" if near else nothing, event=near or "")
