"""Search: which places, actors, sources and events hold all the words of a query, and where in them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from quiz.chronology import Interval
from quiz.models import Actor, Place, Source
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import ClaimFact, EventFact
from quiz.questions.typed_dates import UnreadableDate, read
from quiz.study.facts import chronicle
from quiz.study.matching import Document, Form, Piece, Shelf, forms, pieces, sought
from quiz.study.telling import Line, in_order, line

FEW = {"places": 6, "actors": 6, "sources": 5, "events": 10}
"""How many of each group are shown until all of it is asked for."""
NEAREST = 5
"""So many names are offered where nothing is found."""


class Group(StrEnum):
    """What can be found, in the order shown: names before texts."""

    PLACES = "places"
    ACTORS = "actors"
    SOURCES = "sources"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Name:
    """What has a page under a name: its other names, what it is, how many events it has, and texts about it."""

    key: str
    name: str
    others: tuple[str, ...]
    arabic: str
    what: str
    count: int
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its title and, if the words stand elsewhere, the text or other name that holds them.

    `line` is the event, for one; `teller` is who says the text, `stance` how, as in `quiz.models.Stance`.
    """

    key: str
    title: tuple[Piece, ...]
    also: tuple[Piece, ...] = ()
    arabic: tuple[Piece, ...] = ()
    what: str = ""
    count: int = 0
    line: Line | None = None
    teller: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a group: the first of it, and how many there are in all."""

    group: Group
    hits: tuple[Hit, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Days:
    """A day or a month, both ends included, as somebody typed it; `text` is its EDTF form."""

    first: date
    last: date
    text: str

    def holds(self, interval: Interval) -> bool:
        """Whether something dated so may have happened, or lasted, in these days."""
        return (interval.earliest or interval.latest) <= self.last and self.first <= interval.latest


class Library:
    """All that can be found, with the indexes for it; built once per content revision."""

    def __init__(self, story: Chronicle, names: Mapping[Group, Iterable[Name]]) -> None:
        """Index the story, and the names of places, actors and sources, those with most events first."""
        self.story = story
        self.lines = {key: line(story, key) for key in in_order(story, story.events)}
        listed = {group: sorted(named, key=lambda one: (-one.count, one.name)) for group, named in names.items()}
        self.names = {group: {one.key: one for one in named} for group, named in listed.items()}
        self.shelves = {group: Shelf(map(_named, held.values())) for group, held in self.names.items()}
        self.shelves[Group.EVENTS] = Shelf(self._told(story.events[key], told) for key, told in self.lines.items())

    def _told(self, event: EventFact, told: Line) -> Document:
        places = [self.names[Group.PLACES][key] for key in sorted(event.every_place)]
        voices = {claim.voice for claim in event.claims if claim.voice}
        actors = [self.names[Group.ACTORS][key] for key in sorted(event.agents | voices)]
        names = tuple(name for one in (*places, *actors) for name in (one.name, *one.others, one.arabic))
        return Document(event.key, ((told.text,), tuple(claim.sentence for claim in event.claims), names))

    # Finding

    def find(self, query: str, group: Group, limit: int | None = None) -> Found:
        """What of a group holds all words of a query, best first, at most `limit` of it shown."""
        keys, words = self.shelves[group].find(query), sought(query)
        show = self._event if group is Group.EVENTS else self._name
        return Found(group, tuple(show(group, key, words) for key in keys[:limit]), len(keys))

    def _name(self, group: Group, key: str, words: Sequence[Form]) -> Hit:
        one = self.names[group][key]
        also = _holding((*one.others, *one.texts), words) if _missing((one.name, one.arabic), words) else ""
        title = pieces(capital(one.name), words)
        return Hit(key, title, pieces(also, words), pieces(one.arabic, words), one.what, one.count)

    def _event(self, group: Group, key: str, words: Sequence[Form]) -> Hit:
        told, missing = self.lines[key], _missing((self.lines[key].text,), words)
        claim = _telling(self.story.events[key].claims, missing) if missing else None
        title = pieces(told.text, words)
        if claim is None:
            return Hit(key, title, line=told)
        return Hit(key, title, pieces(claim.sentence, words), line=told, teller=claim.said_by, stance=claim.stance)

    def near(self, query: str) -> list[Name]:
        """Places with names that differ from a query by few letters, the nearest first."""
        close = [place for _, place in self.story.gazetteer.slips(query)]
        return [self.names[Group.PLACES][place.key] for place in close[:NEAREST]]


def _named(one: Name) -> Document:
    return Document(one.key, ((one.name,), (*one.others, one.arabic), one.texts))


def _missing(texts: Iterable[str], words: Iterable[Form]) -> list[Form]:
    """The words sought that begin no word of some texts."""
    there = [word for text in texts for word in forms(text)]
    return [word for word in words if not any(word.begins(one) for one in there)]


def _holding(texts: Iterable[str], words: Sequence[Form]) -> str:
    """The text that holds most of some words; blank where none holds any."""
    counted = [(len(words) - len(_missing([text], words)), text) for text in texts]
    most, text = max(counted, key=lambda one: one[0], default=(0, ""))
    return text if most else ""


def _telling(claims: Iterable[ClaimFact], words: Sequence[Form]) -> ClaimFact | None:
    """The claim whose sentence holds most of some words, a firm one if it can be."""
    listed = sorted(claims, key=lambda claim: not claim.is_firm)
    sentence = _holding((claim.sentence for claim in listed), words)
    return next((claim for claim in listed if claim.sentence == sentence), None)


# --- Dates ----------------------------------------------------------------------------------


def typed_days(text: str, story: Chronicle) -> Days:
    """The day or month that a text names, in the years of the chronicle; raises UnreadableDate for any other text."""
    try:
        # The day that both ways to write a month leave open.
        first = read(f"1 {text}" if any(map(str.isalpha, text)) else f"{text}-01", story.first_day, story.last_day)
    except UnreadableDate:
        day = read(text, story.first_day, story.last_day)
        return Days(day, day, day.isoformat())
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return Days(first, last, f"{first:%Y-%m}")


# --- From the rows --------------------------------------------------------------------------


def library() -> Library:
    """The library as it is now: one query when this process has it already, a fixed number to build it."""
    return _built(chronicle())


@lru_cache(1)
def _built(story: Chronicle) -> Library:
    events = story.events.values()
    acting = Counter(actor for event in events for actor in event.agents)
    telling = Counter(source for event in events for source in {claim.source for claim in event.claims})
    places = Place.objects.prefetch_related("spellings")
    actors = Actor.objects.prefetch_related("names")
    names = {
        Group.PLACES: [_place(row, len(story.at_place.get(row.key, []))) for row in places],
        Group.ACTORS: [_actor(row, acting[row.key]) for row in actors],
        Group.SOURCES: [_source(row, telling[row.key]) for row in Source.objects.all()],
    }
    return Library(story, names)


def _place(row: Place, count: int) -> Name:
    spellings = tuple(spelling.name for spelling in row.spellings.all())
    return Name(row.key, row.name, spellings, row.name_ar, row.get_kind_display(), count)


def _actor(row: Actor, count: int) -> Name:
    names = tuple(used.name for used in row.names.all() if used.name != row.name)
    return Name(row.key, row.name, names, "", row.get_kind_display(), count)


def _source(row: Source, count: int) -> Name:
    texts = (row.publisher, row.author, row.description)
    return Name(row.key, row.short_name, (row.title,), "", row.publisher, count, texts)
