"""Where events happened, indexed: which places lie near each other, may be one, or saw events told alike."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from random import Random

from quiz.gazetteer import Gazetteer, Grid, Place, apart_km, fold, one_edit_apart
from quiz.questions.alike import AlikeEvents
from quiz.questions.asking import DateAsking, PlaceAsking
from quiz.questions.balance import Balance
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.place_kinds import PARTS, WIDE, group_of
from quiz.questions.placeless import Placeless
from quiz.questions.question import Mode

FURTHEST_KM = 45.0
"""How far from the key a wrong place lies at most; one without coordinates must lie in the same region."""
SAME_SPOT_KM = 0.5
"""Two places so near each other may be one village under two names."""
NEAREST_PLACES = 30
"""Among how many of the nearest places wrong ones are looked for."""
MOST_NEAR = 60
"""How many of the nearest places are known of each."""


class PlaceIndex:
    """Places and the events told of them, looked up without walking over all of either.

    Methods that take a key raise KeyError for one that the gazetteer or the chronicle does not hold.
    """

    def __init__(
        self,
        events: Mapping[str, EventFact],
        gazetteer: Gazetteer,
        asked: Mapping[str, PlaceAsking | Refusal],
        dates: Mapping[str, DateAsking | Refusal],
        texts: Mapping[str, str],
    ) -> None:
        """Index the events; `asked` and `dates` say how the place and the date of each may be asked for."""
        self._events, self._gazetteer, self._texts = events, gazetteer, texts
        self._entangled = _entangled(gazetteer)
        self.alike = AlikeEvents(events)
        self.placeless = Placeless(events.values())
        self.asked: Counter[str] = Counter()
        """How many events may be asked for each place."""
        self._index_places()
        self._index_asked(asked, dates)
        # All at once: whoever asks for the first question of a place would wait for its neighbours' neighbours.
        self._near = {place.key: self._all_near(place) for places in self._within.values() for place in places}
        self._round: dict[tuple[str, int], frozenset[str]] = {}
        self.balances: dict[str, Balance] = {}
        """How the wrong answers of each kind of question are weighed, as far as it was worked out."""
        self._folded: dict[str, str] = {}

    def _index_asked(
        self, asked: Mapping[str, PlaceAsking | Refusal], dates: Mapping[str, DateAsking | Refusal]
    ) -> None:
        """The events that may be asked for each place, and by their days those of which both stand plainly."""
        self._plain: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for key, how in asked.items():
            if isinstance(how, PlaceAsking) and group_of(self._gazetteer[how.place].kind):
                self.asked[how.place] += 1
                day = dates[key]
                if isinstance(day, DateAsking) and {how.asking.mode, day.asking.mode} == {Mode.PLAIN}:
                    self._plain[how.place].append((day.first, key))
        for listed in self._plain.values():
            listed.sort()

    def _index_places(self) -> None:
        """The places that stand in the slot of some event, by what holds them and on the ground."""
        self._inner: dict[str | None, list[str]] = defaultdict(list)
        for place in self._gazetteer.places:
            self._inner[place.parent].append(place.key)
        told = {event.slot for event in self._events.values() if event.slot and not event.told_only}
        self._within: dict[tuple[str | None, frozenset[str]], list[Place]] = defaultdict(list)
        by_group: dict[frozenset[str], list[Place]] = defaultdict(list)
        for place in (self._gazetteer[key] for key in sorted(told)):
            if group := group_of(place.kind):
                self._within[place.parent, group[0]].append(place)
                by_group[group[0]].append(place)
        self._grids = {kinds: Grid(places) for kinds, places in by_group.items()}

    # Places

    def near(self, key: str, most: int = NEAREST_PLACES) -> tuple[str, ...]:
        """The nearest places of a place's group of kinds that occur in the chronicle, so many at most, nearest first.

        Never more than MOST_NEAR. At most FURTHEST_KM away; after them those at no known distance that lie in the same
        thing, by key.
        """
        if key not in self._near:
            self._near[key] = self._all_near(self._gazetteer[key])
        return self._near[key][:most]

    def _all_near(self, here: Place) -> tuple[str, ...]:
        kinds, _ = group_of(here.kind) or (frozenset(), "")
        placed = self._grids[kinds].near(here, FURTHEST_KM, MOST_NEAR) if kinds in self._grids else []
        others = self._within.get((here.parent, kinds), ())
        unplaced = [other for other in others if other is not here and apart_km(here, other) is None]
        return tuple(place.key for place in (*placed, *unplaced))[:MOST_NEAR]

    def round_about(self, key: str, most: int, rng: Random) -> frozenset[str]:
        """A round of neighbours that a place belongs to, drawn by lot: some place near it with its `most` nearest.

        In it another place could stand for this one, whichever of them lies in the middle.
        """
        near = self.near(key)
        for other in rng.sample((key, *near), len(near) + 1):
            found = self._round.get((other, most))
            if found is None:
                found = self._round[other, most] = frozenset({other, *self.near(other, most)})
            if key in found:
                return found
        return frozenset({key, *near})

    def entangled(self, key: str) -> frozenset[str]:
        """Places that may be one with a place, hold it or lie in it, itself included; wide places are left out.

        By containment, by name (Rima, the Rima Farms), by a name one slip away (Jibbeh, Jobeh), on the same spot,
        or as parts of one town, where nobody says that a building does not stand in a quarter.
        """
        return self._entangled.get(key, frozenset({key}))

    def names(self, event: str, place: str) -> bool:
        """Whether the text of an event holds a name of a place."""
        if event not in self._folded:
            self._folded[event] = fold(self._texts[event])
        return any(folded in self._folded[event] for folded in self._gazetteer.folds(place))

    def inside(self, key: str, limit: int) -> set[str]:
        """The places that lie in a place, at whatever depth; where there are more than `limit`, some of them."""
        found, left = {key}, [key]
        while left and len(found) <= limit:
            for inner in self._inner.get(left.pop(), ()):
                if inner not in found:
                    found.add(inner)
                    left.append(inner)
        return found - {key}

    def plain_near(self, place: str, day: date, limit: int) -> list[str]:
        """Events that plainly have a place in their slot, and a date: those that began nearest to a day, by date."""
        listed = self._plain.get(place, [])
        at = bisect_left(listed, (day, ""))
        near = listed[max(0, at - limit) : at + limit]
        nearest = sorted(near, key=lambda item: (abs((item[0] - day).days), item[1]))[:limit]
        return [key for _, key in sorted(nearest)]


def _entangled(gazetteer: Gazetteer) -> dict[str, frozenset[str]]:
    """For each place that is not wide the others that it can't be told from for sure."""
    fine = {place.key: place for place in gazetteer.places if place.kind not in WIDE}
    found: dict[str, set[str]] = {key: {key} for key in fine}
    for one, other in _pairs(gazetteer, fine):
        if one in fine and other in fine:
            found[one].add(other)
            found[other].add(one)
    return {key: frozenset(others) for key, others in found.items()}


def _pairs(gazetteer: Gazetteer, fine: Mapping[str, Place]) -> Iterator[tuple[str, str]]:
    """Pairs of places that may be, hold or lie in one another, some of them twice."""
    yield from ((key, outer) for key in fine for outer in gazetteer.lineage(key)[1:])
    ground = Grid(fine.values())
    yield from ((key, other.key) for key, place in fine.items() for other in ground.near(place, SAME_SPOT_KM))
    parts: dict[str | None, list[str]] = defaultdict(list)
    for key, place in fine.items():
        if place.kind in PARTS:
            parts[place.parent].append(key)
    yield from ((one, other) for siblings in parts.values() for one in siblings for other in siblings)
    yield from _named_alike({key: gazetteer.folds(key)[0] for key in fine})


def _named_alike(folds: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pairs of places with names one slip apart, or with all words of the one in the other's."""
    named: dict[str, list[str]] = defaultdict(list)
    holding: dict[str, set[str]] = defaultdict(set)
    for key, folded in folds.items():
        named[folded].append(key)
        for word in folded.split():
            holding[word].add(key)
    for one, other in one_edit_apart(named):
        yield from ((a, b) for a in named[one] for b in named[other])
    for key, folded in folds.items():
        shared = sorted((holding[word] for word in folded.split()), key=len)
        yield from ((key, other) for other in (set.intersection(*shared) if shared else ()))
