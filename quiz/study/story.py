"""The story told step by step: what the story map shows, chapter after chapter.

A step is one event, or the few that one and the same sentence of the documents tells of together, dated alike. The
documents have been cut into events so finely that to step through them one by one would often show the same map three
times for one sentence ('entered the hills', 'air strikes accompanied it'); and where one sentence names two towns, as
two events that differ in the order of the towns alone. Days are not lumped together: a day on which a town changes
hands holds a dozen events, and their order is what a reader is here for. Events without a place are steps like all
others: left out, the chapter would not be the story.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quiz.chronology import Order
from quiz.gazetteer import fold
from quiz.models import Phase
from quiz.questions.asking import Asking, DateAsking
from quiz.questions.chronicle import Chronicle
from quiz.study import telling
from quiz.study.disputes import Saying, said_of_dates, said_of_places
from quiz.study.story_order import SETTLED, Told, in_order, relation, told_in
from quiz.study.story_sites import Site, sites_of

ALIKE = 0.7
"""Two clauses of one sentence that share so great a part of their words tell one thing, once for each place."""
_SMALL = frozenset(["a", "also", "along", "and", "as", "at", "in", "of", "on", "the", "those", "to", "well", "with"])
"""Words that say nothing of what happened, folded."""
NEAR_DAYS = 7
"""Up to how many days an event's time may span for its first day to be jumped to."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is told in a step: one line, and the keys of all events that it tells of, its own first.

    `dated_by` attributes the date where that, but not the event, stands on somebody's word; `dates` and `places` hold
    what each says where they differ; `twins` are keys of events that are perhaps the same.
    """

    line: telling.Line
    keys: tuple[str, ...]
    dated_by: str
    dates: tuple[Saying, ...]
    places: tuple[Saying, ...]
    twins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a chapter, from number 1; `order` is how it stands to the step before it, blank for the first.

    `earliest` and `latest` bound its time; without a lower bound both are the last day, and `by` says so; both are
    None where no document dates it.
    """

    number: int
    happenings: tuple[Happening, ...]
    sites: tuple[Site, ...]
    named: tuple[Site, ...]
    order: Order | None
    earliest: date | None
    latest: date | None
    by: bool

    @property
    def when(self) -> str:
        """The date in words."""
        return self.happenings[0].line.when

    @property
    def sensitive(self) -> bool:
        """Whether it tells of a killing or an abduction."""
        return any(happening.line.sensitive for happening in self.happenings)

    @property
    def disputed(self) -> bool:
        """Whether sources differ on its date or its place."""
        return any(happening.line.disputed for happening in self.happenings)

    @property
    def unsettled(self) -> bool:
        """Whether the documents leave open, or differ on, whether it came after the step before it."""
        return self.order not in {None, Order.BEFORE}

    @property
    def day(self) -> date | None:
        """The day that leads to it, if its time is known nearly enough."""
        if self.earliest is None or self.latest is None or self.by:
            return None
        return self.earliest if (self.latest - self.earliest).days < NEAR_DAYS else None

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of the places to be shown on the map, each once."""
        return tuple(dict.fromkeys(site.shown for site in self.sites if site.shown))


@dataclass(frozen=True, slots=True)
class Chapter:
    """A phase, or the time before, between or after phases, in steps; never without one."""

    slug: str
    title: str
    phase: Phase | None
    steps: tuple[Step, ...]

    @property
    def events(self) -> int:
        """How many events its steps tell of."""
        return sum(len(happening.keys) for step in self.steps for happening in step.happenings)

    @property
    def shown(self) -> tuple[str, ...]:
        """Keys of all places that its steps show, each once, in the order of their first step."""
        return tuple(dict.fromkeys(key for step in self.steps for key in step.shown))

    def days(self) -> dict[date, int]:
        """Days that can be jumped to, in their order, each with the number of its first step."""
        found: dict[date, int] = {}
        for step in self.steps:
            if step.day and (not found or step.day > max(found)):
                found[step.day] = step.number
        return found


@dataclass(frozen=True, slots=True)
class Story:
    """All chapters, and where each event is told: the slug of its chapter and the number of its step."""

    chapters: tuple[Chapter, ...]
    where: Mapping[str, tuple[str, int]]


@lru_cache(2)
def story(chronicle: Chronicle) -> Story:
    """The whole chronicle in steps: two queries for a chronicle that is new, none later."""
    return compose(chronicle, Phase.objects.all(), told_in())


def compose(chronicle: Chronicle, phases: Iterable[Phase], told: Told) -> Story:
    """The whole chronicle in steps, from the sentences that tell of its events."""
    chapters = tuple(_chapter(chronicle, chapter, told) for chapter in telling.chapters(chronicle, phases))
    where = {
        key: (chapter.slug, step.number)
        for chapter in chapters
        for step in chapter.steps
        for happening in step.happenings
        for key in happening.keys
    }
    return Story(chapters, where)


def _chapter(chronicle: Chronicle, chapter: telling.Chapter, told: Told) -> Chapter:
    keys = in_order(chronicle, [line.key for line in chapter.lines], told)
    groups = list(_grouped(chronicle, keys, told))
    before = [None, *groups[:-1]]
    steps = (_step(chronicle, n, *pair) for n, pair in enumerate(zip(before, groups, strict=True), 1))
    return Chapter(chapter.slug, chapter.title, chapter.phase, tuple(steps))


def _grouped(chronicle: Chronicle, keys: Sequence[str], told: Told) -> Iterator[list[str]]:
    """Events that follow each other, together where one sentence tells of them, dated alike and undisputed."""
    group = list(keys[:1])
    for key in keys[1:]:
        if not _belong(chronicle, group[-1], key, told):
            yield group
            group = []
        group.append(key)
    yield group


def _belong(chronicle: Chronicle, one: str, other: str, told: Told) -> bool:
    spots = told.get(one, frozenset())
    same = bool(spots) and spots == told.get(other) and all(spot.paragraph for spot in spots)
    lines = telling.line(chronicle, one), telling.line(chronicle, other)
    return same and lines[0].when == lines[1].when and not any(line.disputed for line in lines)


def _step(chronicle: Chronicle, number: int, before: list[str] | None, keys: list[str]) -> Step:
    days = [telling.when(chronicle, key)[:2] for key in keys]
    earliest, latest = min(first for first, _ in days), max(last for _, last in days)
    undated = earliest == date.max
    intervals = [i for key in keys for i in chronicle.events[key].intervals]
    return Step(
        number=number,
        happenings=tuple(_happenings(chronicle, keys)),
        sites=sites_of(chronicle, keys, mentioned=False),
        named=sites_of(chronicle, keys, mentioned=True),
        order=_order(chronicle, before, keys) if before and not undated else None,
        earliest=None if undated else earliest,
        latest=None if undated else latest,
        by=bool(intervals) and all(i.earliest is None for i in intervals),
    )


def _order(chronicle: Chronicle, before: Iterable[str], keys: Iterable[str]) -> Order:
    """How the steps stand to each other: in order only if all their events are."""
    found = {relation(chronicle, one, other) for one in before for other in keys}
    if found <= SETTLED:
        return Order.BEFORE
    return Order.CONTESTED if Order.CONTESTED in found else Order.OPEN


def _happenings(chronicle: Chronicle, keys: Sequence[str]) -> Iterator[Happening]:
    """The events of a step; what one sentence tells alike of several places is one of them."""
    left = list(keys)
    while left:
        first = left.pop(0)
        alike = [key for key in left if _alike(chronicle, first, key)]
        left = [key for key in left if key not in alike]
        yield _happening(chronicle, (first, *alike))


def _alike(chronicle: Chronicle, one: str, other: str) -> bool:
    """Whether two events of one kind are told in nearly the same words on the same word, the first with both places."""
    ones, others = (frozenset(fold(chronicle.texts[key]).split()) - _SMALL for key in (one, other))
    sorts = {(chronicle.events[key].kind, telling.line(chronicle, key).attributed) for key in (one, other)}
    slot = chronicle.events[other].slot
    named = bool(slot) and frozenset(fold(chronicle.gazetteer[slot].name).split()) - _SMALL <= ones
    return len(sorts) == 1 and named and len(ones & others) >= ALIKE * len(ones | others)


def _happening(chronicle: Chronicle, keys: tuple[str, ...]) -> Happening:
    event, line = chronicle.events[keys[0]], telling.line(chronicle, keys[0])
    dated = chronicle.dates[keys[0]]
    how = dated.asking if isinstance(dated, DateAsking) else None
    differing = telling.differing(chronicle, keys[0])
    return Happening(
        line=line,
        keys=keys,
        dated_by=how.lead if isinstance(how, Asking) and not line.attributed else "",
        dates=said_of_dates(event) if differing.date else (),
        places=said_of_places(event, chronicle.gazetteer) if differing.place else (),
        twins=tuple(sorted({twin for key in keys for twin in chronicle.events[key].twins} - set(keys))),
    )
