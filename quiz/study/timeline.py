"""The timeline: the events of the story under their dates, chosen by chapter, place, actor, source, days and words."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from quiz.chronology import Interval, Precision
from quiz.models import Actor, Phase, Source
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact
from quiz.study.facts import chronicle
from quiz.study.searching import Days, Group, Library, library
from quiz.study.story import story as steps_of
from quiz.study.telling import Chapter, Differing, Line, chapters, differing, told_dates, told_words

PART = 75
"""A chapter of more events than these is told in parts of about the same length."""
WEEK = 7


@dataclass(frozen=True, slots=True)
class Entry:
    """An event on the timeline: its line, where it happened, what its sources differ on, and who tells of it.

    `doubled` says whether another event is perhaps the same.
    """

    line: Line
    places: tuple[tuple[str, str], ...]
    differing: Differing
    sources: tuple[str, ...]
    doubled: bool


@dataclass(frozen=True, slots=True)
class Day:
    """What stands under one date: a day, days that it lasted, or days within which it happened.

    `mark` is 'day' for a single day, 'range' for more of them, 'open' where no first day is given, 'none' for no
    date, 'differ' for several.
    """

    words: str
    mark: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter, or what of it was chosen, under its dates."""

    chapter: Chapter
    days: tuple[Day, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Option:
    """A place, actor or source that can be chosen, with the number of its events."""

    key: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be told; blank, None and False leave all in."""

    chapter: str = ""
    place: str = ""
    actor: str = ""
    source: str = ""
    differ: bool = False
    days: Days | None = None
    words: str = ""

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out but, perhaps, other chapters."""
        return not (self.place or self.actor or self.source or self.differ or self.days or self.words)


class Timeline:
    """The story under its dates, and which events belong to what can be chosen."""

    def __init__(
        self,
        library: Library,
        phases: Iterable[Phase],
        part_of: Mapping[str, str],
        sources: Sequence[Source],
        steps: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        """Index the story; `part_of` says which actor each one is part of, if any, and `steps` in which step of which
        chapter the story map tells of each event: under one date both keep the same order.
        """
        self._steps = steps or {}
        self.library = library
        self.story = story = library.story
        self.sources = tuple(sources)
        self.chapters = {one.slug: one for one in chapters(story, phases)}
        self.dates = {key: told_dates(story, key) for key in story.events}
        self._entries = {key: _entry(story, told) for key, told in library.lines.items()}
        self.differing = frozenset(key for key, one in self._entries.items() if one.line.disputed)
        self._of = {
            "place": _members(story, lambda event: _outwards(story, event)),
            "actor": _members(story, lambda event: _upwards(event, part_of)),
            "source": _members(story, lambda event: {claim.source for claim in event.claims}),
        }
        groups = {"place": Group.PLACES, "actor": Group.ACTORS, "source": Group.SOURCES}
        self.options = {name: self._options(name, group) for name, group in groups.items()}

    def _options(self, name: str, group: Group) -> tuple[Option, ...]:
        named, held = self.library.names[group], self._of[name]
        options = (Option(key, capital(named[key].name), len(keys)) for key, keys in held.items())
        return tuple(sorted(options, key=lambda one: one.name.casefold()))

    def chosen(self, wanted: Wanted) -> frozenset[str]:
        """Keys of the events that are wanted, in whatever chapter."""
        keys = frozenset(self.story.events)
        for name, value in (("place", wanted.place), ("actor", wanted.actor), ("source", wanted.source)):
            keys &= self._of[name].get(value, frozenset()) if value else keys
        if wanted.differ:
            keys &= self.differing
        if wanted.words:
            keys &= frozenset(self.library.shelves[Group.EVENTS].find(wanted.words))
        if days := wanted.days:
            keys = frozenset(key for key in keys if any(days.holds(one) for one in self.dates[key]))
        return keys

    def tell(self, keys: frozenset[str], slugs: Iterable[str]) -> list[Told]:
        """Chapters with those of their events that are wanted; a chapter without any is left out."""
        told = []
        for slug in slugs:
            chapter = self.chapters[slug]
            lines = [line for line in chapter.lines if line.key in keys]
            if lines:
                told.append(Told(chapter, self._days(lines), len(lines)))
        return told

    def _days(self, lines: Iterable[Line]) -> tuple[Day, ...]:
        return tuple(
            Day(capital(words), _mark(self.dates[entries[0].line.key]), entries)
            for words, group in groupby(lines, key=lambda line: told_words(self.dates[line.key]))
            for entries in [tuple(self._entries[line.key] for line in sorted(group, key=self._step))]
        )

    def _step(self, line: Line) -> int:
        return self._steps[line.key][1] if line.key in self._steps else 0

    def weeks(self, keys: Iterable[str]) -> Counter[date]:
        """How many events each week holds, by its Monday; those dated to more than WEEK days are left out."""
        return Counter(monday for key in keys if (monday := _week(self.dates[key])))


def parts(told: Sequence[Told], number: int) -> tuple[list[Told], int, int]:
    """One part of what is told, its number (the last for one beyond), and how many parts there are.

    A part ends with a date, so that what happened on a day stays together.
    """
    days = [(one, day) for one in told for day in one.days]
    total = sum(len(day.entries) for _, day in days)
    last = max(1, -(-total // PART))
    number = min(number, last)
    before, kept = 0, []
    for one, day in days:
        # The part in which the middle of a date's events falls.
        if (before + len(day.entries) / 2) * last // total == number - 1:
            kept.append((one, day))
        before += len(day.entries)
    whole = [(one, tuple(day for _, day in group)) for one, group in groupby(kept, key=lambda pair: pair[0])]
    return [Told(one.chapter, days, one.count) for one, days in whole], number, last


def _members(story: Chronicle, belongs: Callable[[EventFact], Iterable[str]]) -> dict[str, frozenset[str]]:
    """Keys of the events that belong to each place, actor or source."""
    members: dict[str, set[str]] = {}
    for key, event in story.events.items():
        for owner in belongs(event):
            members.setdefault(owner, set()).add(key)
    return {owner: frozenset(keys) for owner, keys in members.items()}


def _outwards(story: Chronicle, event: EventFact) -> set[str]:
    """The places of an event, and all that they lie in."""
    return {outer for place in event.every_place for outer in story.gazetteer.lineage(place)}


def _upwards(event: EventFact, part_of: Mapping[str, str]) -> set[str]:
    """Those who act in an event or are quoted on it, and all that they are part of."""
    found: set[str] = set()
    waiting = [*event.agents, *(claim.voice for claim in event.claims if claim.voice)]
    while waiting:
        actor = waiting.pop()
        if actor not in found:
            found.add(actor)
            waiting += [part_of[actor]] if actor in part_of else []
    return found


def _entry(story: Chronicle, told: Line) -> Entry:
    event = story.events[told.key]
    own = [one.place for one in event.places if one.role != "mentioned"]
    places = dict.fromkeys([*([event.slot] if event.slot else []), *own] or sorted(event.every_place))
    named = tuple((place, story.gazetteer[place].name) for place in places)
    sources = dict.fromkeys(claim.source_name for claim in event.claims)
    return Entry(told, named, differing(story, told.key), tuple(sources), bool(event.twins))


def _mark(dates: Sequence[Interval]) -> str:
    if len(dates) != 1:
        return "differ" if dates else "none"
    (only,) = dates
    if only.precision is Precision.BY:
        return "open"
    return "day" if only.days == 1 else "range"


def _week(dates: Sequence[Interval]) -> date | None:
    """The Monday of the week in which dates begin, if they all lie within WEEK days."""
    firsts = [one.earliest for one in dates if one.earliest]
    if not dates or len(firsts) < len(dates):
        return None
    first, last = min(firsts), max(one.latest for one in dates)
    return first - timedelta(days=first.weekday()) if (last - first).days < WEEK else None


# --- From the rows --------------------------------------------------------------------------


def timeline() -> Timeline:
    """The timeline as it is now: one query when this process has it already, a fixed number to build it."""
    return _built(chronicle())


@lru_cache(1)
def _built(story: Chronicle) -> Timeline:
    part_of = dict(Actor.objects.exclude(part_of=None).values_list("key", "part_of__key"))
    return Timeline(library(), Phase.objects.all(), part_of, list(Source.objects.all()), steps_of(story).where)
