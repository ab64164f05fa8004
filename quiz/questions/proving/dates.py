"""What is right and what is wrong where a date is asked: by the sets of days that the claims allow."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from quiz.questions.facts import ClaimFact, EventFact
from quiz.questions.proving.days import (
    MONTHS,
    WEEKDAYS,
    Days,
    common_days,
    days_of,
    read_span,
    run,
    teller,
    vouching,
)
from quiz.questions.proving.folding import plain
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World, sort_of
from quiz.questions.question import Question

NO_DATE = "asks for no date"
NO_DATES_OFFERED = "offers no dates"
SHORT, LONG, REACH = 3, 31, 21
"""Up to how many days a date is asked as a day, and as a span; how far a wrong day lies from the nearest right one."""
NEARLY = (timedelta(days=-1), timedelta(0), timedelta(days=1))
Span = tuple[date, date]


def spans(question: Question) -> list[Span]:
    """First and last day of each option; ValueError where one is no date."""
    return [read_span(option.text) for option in question.options]


def heard(world: World, question: Question) -> list[ClaimFact]:
    """The claims that speak for the key: those of the witness that the stem names, or all that vouch."""
    about = world.about(question.event)
    if question.kind != "source-date":
        return about.speakers(about.dated, question.stem)
    return [c for c in vouching(about.dated) if question.stem.startswith(f"According to {teller(c)}, ")]


def right_days(world: World, question: Question) -> Days:
    """The days common to all claims that speak for the key."""
    return common_days(heard(world, question))


def right_dates(world: World, question: Question) -> list[int]:
    """Options that hold a right day, or are the right span."""
    accepted = right_days(world, question)
    if not accepted:
        return []
    if len(accepted) <= SHORT:
        return [n for n, (first, last) in enumerate(spans(question)) if run(first, last) & accepted]
    return [n for n, span in enumerate(spans(question)) if span == (min(accepted), max(accepted))]


def right_phases(world: World, question: Question) -> list[int]:
    """Phases that hold every day that any claim allows, of the event and of what is perhaps the same."""
    days = frozenset().union(*(world.days[event.key] for event in world.whole(world.events[question.event])))
    phases = {plain(phase.name): run(phase.first, phase.last) for phase in world.phases}
    return [n for n, o in enumerate(question.options) if days and days <= phases.get(plain(o.text), frozenset())]


# --- Meaning ------------------------------------------------------------------------------------


def not_disputed(world: World, question: Question, _whole: bool) -> Iterator[str]:
    about = world.about(question.event)
    if about.event.twins:
        yield "perhaps the same as another event, so its date is not settled"
    said = [c.interval for c in vouching(about.dated) if c.interval]
    if not said:
        yield "nobody who vouches for it dates it"
    if about.disputed_date:
        yield "a disputed date"


def given_by_document(world: World, question: Question, _whole: bool) -> Iterator[str]:
    claims = heard(world, question)
    if common_days(claims) != common_days(c for c in claims if not c.inferred):
        yield "a date that no document gives"


def accepted_days(world: World, question: Question, _whole: bool) -> Iterator[str]:
    days = right_days(world, question)
    if not days or question.days is None:
        yield "no day is right"
        return
    first, last = min(days), max(days)
    lasting = all(c.interval.lasted for c in heard(world, question) if c.interval)
    if len(days) <= SHORT:
        right = (first, last)
    elif lasting and len(days) <= LONG:
        begins = bool(re.search(r"\b(first day|began|begin|start(ed)?)\b", question.stem))
        right = (first, first) if begins else (last, last)
        if begins == bool(re.search(r"\b(last day|ended|end|finish(ed)?)\b", question.stem)):
            yield "neither the first nor the last day is asked for"
    else:
        right = (date.max, date.max)
    if question.accepted != right:
        yield "the accepted days are not those of the claims"
    if question.half_life != (3.0 if len(days) == 1 else 7.0):
        yield "the half-life"


# --- Options ------------------------------------------------------------------------------------


def barred(world: World, event: EventFact) -> Days:
    """Days that no wrong option may hold: a day next to a claim's, and those of similar acts of that side there."""
    found = world.barred.get(event.key)
    if found is None:
        own = frozenset().union(*(world.days[one.key] for one in world.whole(event)))
        found = frozenset(day + step for day in own for step in NEARLY) | similar_days(world, event)
        world.barred[event.key] = found
    return found


def similar_days(world: World, event: EventFact) -> Days:
    """Days on which that side may have done the same sort of thing at one of the places."""
    same = [
        other
        for other in world.by_sort[sort_of(event.kind)]
        if other.key != event.key
        and other.every_place & event.every_place
        and (other.sides & event.sides or not other.sides or not event.sides)
    ]
    return frozenset().union(*(world.days[other.key] for other in same))


def wrong_spans(question: Question) -> list[Span]:
    """The days of the wrong options."""
    return [span for n, span in enumerate(spans(question)) if n not in question.key]


def outside_claims(world: World, question: Question, _whole: bool) -> Iterator[str]:
    days = barred(world, world.events[question.event])
    for first, last in wrong_spans(question):
        if not days.isdisjoint(run(first, last)):
            yield f"a claim allows it, or nearly, or a similar act does: {first} to {last}"


def outside_source(world: World, question: Question, _whole: bool) -> Iterator[str]:
    days = [days_of(c.interval) for c in world.about(question.event).dated if c.interval and _told_by(c, question)]
    for first, last in wrong_spans(question):
        if any(not run(first, last).isdisjoint(one) for one in days):
            yield f"this source allows it: {first} to {last}"


def _told_by(claim: ClaimFact, question: Question) -> bool:
    return question.stem.startswith(f"According to {teller(claim)}, ")


def within_reach(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    accepted = right_days(world, question)
    if question.kind == "choose-date" and len(accepted) > SHORT:
        return Skipped("spans reach as far as they are long")
    if not accepted:
        return Skipped("no day is right")
    low, high = min(accepted) - timedelta(days=REACH), max(accepted) + timedelta(days=REACH)
    whole = world.whole(world.events[question.event])
    said = {days_of(i) for event in whole for i in event.intervals}
    far = [span for span in wrong_spans(question) if not low <= span[0] <= high and run(*span) not in said]
    return [f"more than {REACH} days away: {first}" for first, _ in far]


def not_before_chronicle(world: World, question: Question, _whole: bool) -> Iterator[str]:
    for first, _ in spans(question):
        if first < world.first_day:
            yield f"before the chronicle: {first}"


def same_granularity(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    sorts = {grain(option.text) for option in question.options}
    if len(sorts) > 1:
        yield f"options of two sorts: {', '.join(sorted(sorts))}"


def grain(text: str) -> str:
    """How finely an option gives its date."""
    first, last = read_span(text)
    if first == last:
        return "day"
    return "month" if text[:1].isalpha() else "span"


ASKS_DAY = re.compile(r"\b(on|what was the) (which|first|last) (first |last )?(day\b|of these days)", re.IGNORECASE)


def no_finer(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    """Days are asked for where one to three are known, spans or the ends of what lasted up to 31, nothing beyond."""
    size = len(right_days(world, question))
    if not size:
        return Skipped("no day is right")
    asks_day = bool(ASKS_DAY.search(question.stem))
    if asks_day and size > SHORT and question.kind != "enter-date":
        return ["a day is asked for, a span is known"]
    if not asks_day and size <= SHORT:
        return ["a span is asked for, a day is known"]
    return [f"{size} days are right"] if size > LONG else []


TIMES = re.compile(rf"\b(?:{'|'.join((*MONTHS, *WEEKDAYS))})\b")


def no_month(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    return (f"a month or weekday: {word}" for word in TIMES.findall(question.stem))


def no_number(world: World, question: Question, _whole: bool) -> Iterator[str]:
    numbers = set(re.findall(r"\d+", question.stem))
    if numbers:
        accepted = right_days(world, question)
        asked = accepted if len(accepted) <= SHORT else {min(accepted), max(accepted)} if question.days else set()
        if question.key:
            asked = {spans(question)[n][0] for n in question.key} if len(accepted) <= SHORT else set()
        yield from sorted(f"a number of the key: {n}" for n in numbers & {str(day.day) for day in asked})


def phases_only(world: World, question: Question, _whole: bool) -> Iterator[str]:
    names = {plain(phase.name) for phase in world.phases}
    yield from (f"no phase: {option.text}" for option in question.options if plain(option.text) not in names)
    if re.search(r"\bphases?\b", world.events[question.event].clause):
        yield "an event that names a phase"
    days = {day for phase in world.phases for day in (phase.first, phase.last)}
    if world.events[question.event].kind in {"start", "end"} and world.days[question.event] & days:
        yield "an event that begins or ends a phase"
