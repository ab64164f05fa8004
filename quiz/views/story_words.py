"""What a step of the story map says: its sentences, why it stands where it does, and the ways on from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from quiz.chronology import Order, day_in_words, span_in_words
from quiz.models import Stance
from quiz.questions.chronicle import Chronicle
from quiz.study import telling
from quiz.study.disputes import Saying
from quiz.study.story import Chapter, Happening, Step


@dataclass(frozen=True, slots=True)
class Page:
    """Where to read all that the sources say of an event: its key, and what tells it from others of its sentence."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """An event that is perhaps the same: as a line, and where it is told (chapter, step)."""

    line: telling.Line
    chapter: str
    step: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A happening as it is read."""

    told: Happening
    pages: tuple[Page, ...]
    dates: tuple[tuple[str, tuple[str, ...]], ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    elsewhere: tuple[Elsewhere, ...]


# --- Sentences ------------------------------------------------------------------------------------


def happenings(chronicle: Chronicle, step: Step, where: Mapping[str, tuple[str, int]]) -> list[Sentence]:
    """The sentences of a step."""
    return [
        Sentence(
            told=told,
            pages=_pages(chronicle, told),
            dates=tuple(map(_said, told.dates)),
            places=tuple(map(_said, told.places)),
            elsewhere=tuple(Elsewhere(telling.line(chronicle, key), *where[key]) for key in told.twins if key in where),
        )
        for told in step.happenings
    ]


def _pages(chronicle: Chronicle, told: Happening) -> tuple[Page, ...]:
    if len(told.keys) == 1:
        return (Page(told.keys[0], ""),)
    slots = [(key, chronicle.events[key].slot) for key in told.keys]
    return tuple(Page(key, chronicle.gazetteer[slot].name if slot else chronicle.texts[key]) for key, slot in slots)


def _said(saying: Saying) -> tuple[str, tuple[str, ...]]:
    """What is said, with its stance where it is less than an assertion."""
    stance = (
        {
            Stance.UNCONFIRMED: _("unconfirmed"),
            Stance.PREDICTED: _("predicted"),
            Stance.DOUBTS: _("doubted"),
            Stance.DENIES: _("denied"),
        }.get(Stance(saying.stance))
        if saying.stance
        else ""
    )
    return ", ".join(part for part in (saying.what, stance) if part), saying.who


def notes(step: Step) -> list[str]:
    """Why a step stands where it does, as far as the documents leave that open."""
    found = []
    if step.earliest is None:
        found.append(_("No document dates this. It is told here only so that nothing is left out."))
    elif any(told.dates for told in step.happenings):
        found.append(_("Sources give different days; this is told at the first of them."))
    elif step.by:
        found.append(_("The documents give only a latest day; this is told by then."))
    elif step.day is None:
        found.append(_("The documents give no exact day, so this is told at the first that is possible."))
    if step.order is Order.CONTESTED:
        found.append(_("Order not settled: sources differ on which came first, this or the step before."))
    elif step.order is Order.OPEN:
        found.append(_("Order not settled: no document says which came first, this or the step before."))
    return found


# --- Ways -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Way:
    """A link to another step; a blank address is none."""

    address: str = ""
    label: str = ""


def ways(chapters: Sequence[Chapter], chapter: int, number: int) -> tuple[Way, Way]:
    """From a step (of the chapter with this index) to the one before and the one after, beyond the chapter too."""
    here = chapters[chapter]
    before = after = Way()
    if number > 1:
        before = Way(_address(here, number - 1), _("Previous"))
    elif chapter > 0:
        last = chapters[chapter - 1]
        before = Way(_address(last, len(last.steps)), _("Previous chapter"))
    if number < len(here.steps):
        after = Way(_address(here, number + 1), _("Next"))
    elif chapter + 1 < len(chapters):
        first = chapters[chapter + 1]
        after = Way(_address(first, 1), _("Next chapter: %(title)s") % {"title": first.title})
    return before, after


def _address(chapter: Chapter, number: int) -> str:
    return reverse("quiz:story-step", args=[chapter.slug, number])


# --- Days -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Month:
    """The days of a month that can be jumped to: (day, its words, number of its first step, whether it is shown)."""

    name: str
    days: tuple[tuple[int, str, int, bool], ...]


def days(chapter: Chapter) -> str:
    """The first and the last day of a chapter's steps in words, or of its phase; blank if no step has its day."""
    told = list(chapter.days())
    bounds = (chapter.phase.earliest, chapter.phase.latest) if chapter.phase else (told[0], told[-1]) if told else None
    return span_in_words(*bounds) if bounds else ""


def months(chapter: Chapter, step: Step) -> list[Month]:
    """The days of a chapter, month by month; the one that the step belongs to is marked."""
    listed = list(chapter.days().items())
    present = max((number for _day, number in listed if number <= step.number), default=0)
    return [
        Month(
            date(year, month, 1).strftime("%B %Y"),
            tuple((day.day, day_in_words(day), number, number == present) for day, number in found),
        )
        for (year, month), found in groupby(listed, key=lambda item: (item[0].year, item[0].month))
    ]
