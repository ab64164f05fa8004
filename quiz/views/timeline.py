"""The timeline page: the chronicle under its dates, a chapter at a time or what of it was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quiz.chronology import day_in_words
from quiz.forms.chronicle import TimelineForm
from quiz.study.telling import Chapter
from quiz.study.timeline import Told, Wanted, parts, timeline
from quiz.views.density import Density, density
from quiz.views.rendering import page, wants_fragment


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that was chosen, and where the page is without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A chapter in the table of contents: how many of its events are told, how many it has."""

    chapter: Chapter
    told: int
    all: int
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class Step:
    """What comes before or after what is shown."""

    title: str
    url: str


@login_not_required
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """The events of the story under their dates: a chapter of it, what was chosen of it, or all on one page."""
    form = TimelineForm(request.GET, timeline())
    reading = Reading(request, form)
    context = {"form": form, "reading": reading, "swapped": wants_fragment(request)}
    return page(request, "quiz/timeline/event_list.html", context, fragment="quiz/timeline/_swap.html")


class Reading:
    """What is read on one page: which events, of which chapters, and the ways on from here."""

    def __init__(self, request: HttpRequest, form: TimelineForm) -> None:
        """Choose by the form what to show."""
        self._request, self._form = request, form
        self.line = line = form.timeline
        self._choices = form.choices
        self.wanted = wanted = form.wanted
        self.whole = form.on_one_page
        self.keys = line.chosen(wanted)
        self.chapter = line.chapters.get(wanted.chapter or self._first())
        slugs = [self.chapter.slug] if self.chapter else list(line.chapters)
        told = line.tell(self.keys, slugs)
        self.count = sum(one.count for one in told)
        self.told: list[Told] = told
        self.number = self.parts = 1
        if not self.whole:
            self.told, self.number, self.parts = parts(told, form.number)

    def _first(self) -> str:
        """The chapter that is told to those who chose nothing."""
        beginning = self.wanted.is_all and not self.whole
        return next(iter(self.line.chapters), "") if beginning else ""

    @property
    def is_landing(self) -> bool:
        """Whether nothing was chosen, not even a chapter."""
        return self.wanted == Wanted() and not self.whole and self.number == 1

    @property
    def density(self) -> Density:
        """The drawing of the whole time, with what is told here."""
        chosen = self.line.chapters[self.wanted.chapter].lines if self.wanted.chapter else ()
        keys = self.keys & {one.key for one in chosen} if chosen else self.keys
        here = self.chapter.slug if self.chapter else ""
        return density(self.line, keys, here, lambda slug: self._url(chapter=slug, whole=""))

    def _url(self, **changes: str) -> str:
        """This page with other choices, from its first part on; a blank choice is taken away."""
        choices = {name: value for name, value in {**self._choices, "page": "", **changes}.items() if value}
        return f"{self._request.path}?{urlencode(choices)}#told" if choices else self._request.path

    @property
    def rows(self) -> list[Row]:
        """The chapters with their numbers of events, and of those that fit the filters."""
        here = self.chapter.slug if self.chapter else ""
        return [
            Row(
                chapter,
                sum(line.key in self.keys for line in chapter.lines),
                len(chapter.lines),
                self._url(chapter=chapter.slug, whole=""),
                chapter.slug == here,
            )
            for chapter in self.line.chapters.values()
        ]

    @property
    def several(self) -> bool:
        """Whether more chapters than one are told here."""
        return self.chapter is None

    @property
    def level(self) -> int:
        """Of the headings over dates."""
        return 4 if self.several else 3

    @property
    def tellers(self) -> str:
        """Who divides the story into its phases."""
        return get_text_list(
            list(dict.fromkeys(who for phase in self.line.story.phases for who in phase.tellers)), _("and")
        )

    @property
    def one_page_url(self) -> str:
        """What is shown here, all of it on one page."""
        return self._url(whole="on")

    @property
    def whole_url(self) -> str:
        """The whole story on one page."""
        return self._url(whole="on", chapter="")

    @property
    def by_chapters_url(self) -> str:
        """What is shown here, in parts again."""
        return self._url(whole="")

    @property
    def address(self) -> str:
        """The address of this page in full, for the foot of a print."""
        return self._request.build_absolute_uri()

    @property
    def chips(self) -> list[Chip]:
        """The filters that are on."""
        return [Chip(str(label), value, self._url(**{name: ""})) for name, label, value in self._chosen()]

    def _chosen(self) -> Iterator[tuple[str, str, str]]:
        wanted, fields = self.wanted, self._form.fields
        if wanted.chapter and (self.whole or not wanted.is_all):
            yield "chapter", str(fields["chapter"].label), self.line.chapters[wanted.chapter].title
        for name in ("place", "actor", "source"):
            if key := getattr(wanted, name):
                named = next(one.name for one in self.line.options[name] if one.key == key)
                yield name, str(fields[name].label), named
        if wanted.days:
            month = wanted.days.first != wanted.days.last
            yield "on", _("Date"), f"{wanted.days.first:%B %Y}" if month else day_in_words(wanted.days.first)
        if wanted.differ:
            yield "differ", "", str(fields["differ"].label)
        if wanted.words:
            yield "q", str(fields["q"].label), f"“{wanted.words}”"

    @property
    def before(self) -> Step | None:
        """The part or chapter before this one."""
        return self._beside(-1)

    @property
    def after(self) -> Step | None:
        """The part or chapter after this one."""
        return self._beside(1)

    def _beside(self, by: int) -> Step | None:
        if 1 <= self.number + by <= self.parts:
            title = _("Part %(number)s of %(parts)s") % {"number": self.number + by, "parts": self.parts}
            return Step(title, self._url(page=str(self.number + by)))
        if self.whole or not self.chapter or not self.wanted.is_all:
            return None
        chapters = list(self.line.chapters.values())
        at = chapters.index(self.chapter) + by
        return Step(chapters[at].title, self._url(chapter=chapters[at].slug)) if 0 <= at < len(chapters) else None
