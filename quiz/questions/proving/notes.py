"""What the notes on options tell after the answer: when or where it really was, truly and on whose word."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from quiz.questions.proving.days import Bounds, days_of, read_span, run, teller, written_dates
from quiz.questions.proving.feedback import bounds_told
from quiz.questions.proving.folding import named_in, plain
from quiz.questions.proving.kinds import DATE_OPTIONS, PLACE_OPTIONS
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Option, Question, Shape

NOTHING = re.compile(r"\b(no event|[Nn]othing)\b")
NEAREST = re.compile(r"\b[Nn]earest\b")


def notes_given(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    """Each wrong option says when or where what it stands for really happened."""
    if question.kind == "source-date":
        return list(_others_unnamed(world, question))
    chosen = question.key if question.shape in {Shape.CHOICE, Shape.PIN} else ()
    wrong = [option for n, option in enumerate(question.options) if n not in chosen]
    left = [option for option in wrong if option.note.strip() or _says_itself(question, option)]
    return [f"no note: {option.text}" for option in wrong if option not in left]


def _others_unnamed(world: World, question: Question) -> Iterator[str]:
    """Days that others give, without a note that names any of them."""
    claims = [c for event in world.whole(world.events[question.event]) for c in event.claims if c.interval]
    for n, option in enumerate(question.options):
        days = run(*read_span(option.text))
        tellers = [teller(c) for c in claims if c.interval and days_of(c.interval) == days]
        if n not in question.key and tellers and not any(name in option.note for name in tellers):
            yield f"nobody is named who gives it: {option.text}"


def _says_itself(question: Question, option: Option) -> bool:
    """Whether an option needs no note: 'not settled' stands for no event."""
    return question.kind == "settled" and not option.event


def notes_true(world: World, question: Question, _whole: bool) -> Iterator[str]:
    for option in question.options:
        dates = set(written_dates(option.note))
        if option.event:
            yield from _of_event(world, question, option, dates)
        elif question.kind == "choose-phase" and not dates <= _phase_bounds(world):
            yield f"other days than the phase's: {option.note}"
        elif question.kind == "who-reports" and not _months(dates) <= _months([_told_by(world, option.witness)]):
            yield f"other days than this source dates: {option.note}"
        elif question.kind in PLACE_OPTIONS and option.note and option.place not in world.occurring:
            yield f"a place that does not come up: {option.note}"
        if question.kind in DATE_OPTIONS and not _fits_day(world, question, option):
            yield f"a note of another day: {option.note}"


def _of_event(world: World, question: Question, option: Option, dates: set[Bounds]) -> Iterator[str]:
    """The note tells the event of its option, with a date that a claim gives, at the place or by the witness."""
    about = world.about(option.event)
    if world.text(about.event) not in plain(option.note) and option.event not in question.events:
        yield f"the note does not tell its event: {option.note}"
    allowed = bounds_told(world, [option.event]) | (_phase_bounds(world) if question.kind == "choose-phase" else set())
    for told in sorted(dates - allowed, key=str):
        yield f"a date that no claim gives: {told}"
    if question.kind in PLACE_OPTIONS and option.place not in about.event.every_place:
        yield f"a note of another place: {option.note}"
    if question.kind == "who-reports" and not {option.witness} & _witnesses(world, option.event):
        yield f"this source does not tell it: {option.note}"


def _witnesses(world: World, key: str) -> set[str]:
    claims = [c for event in world.whole(world.events[key]) for c in event.claims]
    return {c.source for c in claims} | {c.voice for c in claims}


def _phase_bounds(world: World) -> set[Bounds]:
    return {(phase.first, phase.last) for phase in world.phases}


def _months(dates: Iterable[Bounds]) -> set[str]:
    """The months in which dates begin and end: what a document dates is told by months."""
    return {f"{day:%Y-%m}" for bounds in dates for day in bounds if day}


def _told_by(world: World, source: str) -> Bounds:
    """First and last day of all that a document dates."""
    found = world.told_by.get(source)
    if found is None:
        told = [c.interval for e in world.events.values() for c in e.claims if c.interval and c.source == source]
        low = min((i.earliest for i in told if i.earliest), default=None)
        found = world.told_by[source] = low, max((i.latest for i in told), default=date.min)
    return found


def _fits_day(world: World, question: Question, option: Option) -> bool:
    """Whether the event of a note is dated to the days of its option, or is said to be the nearest where none is."""
    first, last = read_span(option.text)
    if NOTHING.search(option.note) and first == last and first in world.dated_days:
        return False
    if not option.event or option.event in question.events:
        return True
    told = world.about(option.event).bounds
    if NEAREST.search(option.note):
        return _nearest(world, (first, last), option.event)
    return any(low is not None and low <= last and first <= high for low, high in told)


def _nearest(world: World, span: tuple[date, date], key: str) -> bool:
    """Whether no event is settled on a day nearer to these than this one is."""
    least = world.nearest.get(span)
    if least is None:
        least = min((_days_between(span, day) for days in world.settled_days.values() for day in days), default=0)
        world.nearest[span] = least
    return any(_days_between(span, day) == least for day in world.settled_days.get(key, ()))


def _days_between(span: tuple[date, date], day: date) -> int:
    return max((span[0] - day).days, (day - span[1]).days, 0)


def notes_led(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """A note tells what stands on somebody's word with that word, in the same sentence."""
    for option in question.options:
        if not option.event or (option.event in question.events and question.shape is not Shape.CHOICE):
            continue
        about = world.about(option.event)
        told, note = world.text(about.event), plain(option.note)
        if told in note and about.must_attribute(list(about.event.claims)) and not about.is_led(note, told):
            yield f"not attributed: {option.note}"


def place_noted(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """After a wrong event, where it really happened."""
    for n, option in enumerate(question.options):
        slot = world.events[option.event].slot
        if n not in question.key and slot and not any(named_in(name, option.note) for name in world.places[slot].names):
            yield f"the note does not say where: {option.note}"
