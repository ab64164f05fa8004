"""Wrong answers: near in time or on the ground, of the right one's kind, and each excluded by what a source says."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

from quiz.gazetteer import Gazetteer, edits, fold
from quiz.questions.chronicle import Chronicle, overlap
from quiz.questions.facts import DateAsking, EventFact

T = TypeVar("T")

MARGIN_DAYS = 2
"""A wrong day lies at least so many days outside every claim's interval."""
REACH_DAYS = 21
"""A wrong day lies at most so many days from the nearest accepted one."""

PARTS = frozenset({"quarter", "building", "site"})
"""Kinds of places that are parts of a town."""
GROUPS = (
    (frozenset({"town", "village", "farms"}), "town or village"),
    (frozenset({"city"}), "city"),
    (PARTS, "place"),
    (frozenset({"hill"}), "hill"),
    (frozenset({"road"}), "road"),
    (frozenset({"valley", "plain"}), "place"),
)
"""Kinds of places that may stand beside each other as options, with the noun that asks for one of them.

A region, a border or an area is never an answer: too much lies in it, and too little is known of its edges.
"""
FAMILIES = (
    frozenset({"attack", "advance", "ambush", "clash", "end", "entry", "repulse", "start"}),
    frozenset({"air-strike", "attack", "bombing", "shelling", "suicide-attack"}),
    frozenset({"advance", "capture", "entry", "recapture", "surrender"}),
    frozenset({"ambush", "bombing", "casualties", "execution", "killing", "suicide-attack"}),
    frozenset({"displacement", "end", "surrender", "withdrawal"}),
    frozenset({"abduction", "arrest", "release"}),
    frozenset({"deployment", "visit"}),
    frozenset({"forecast", "report", "statement", "talks", "truce"}),
)
"""Kinds of events that one clause may tell of: a clash is also an attack, a recapture also a capture."""
GAINING = frozenset({"advance", "capture", "entry", "recapture"})
"""Kinds by which a side comes to hold ground: a later step at the same place answers to an earlier one's clause."""
WIDE = frozenset({"country", "region", "mountains", "province", "district", "border"})
"""Kinds of places that hold many others."""
FURTHEST_KM = 45.0
"""How far from the key a wrong place lies at most; one without coordinates must lie in the same region."""
SAME_SPOT_KM = 0.5
"""Two places so near each other may be one village under two names."""
NEAREST_PLACES = 14
"""Among how many of the nearest places wrong ones are drawn."""


def group_of(kind: str) -> tuple[frozenset[str], str] | None:
    """The kinds that may stand beside a kind, and the noun for them; None for kinds that are never answers."""
    return next(((kinds, noun) for kinds, noun in GROUPS if kind in kinds), None)


def similar_events(chronicle: Chronicle, event: EventFact) -> list[EventFact]:
    """Other events of the same kind and side at the same place: a learner could take one for the other."""
    keys = {key for place in event.every_place for key in chronicle.at_place[place]} - {event.key}
    others = [chronicle.events[key] for key in sorted(keys)]
    return [o for o in others if _same_outcome(o, event) and _may_be_of_one_side(o, event)]


def _same_outcome(one: EventFact, other: EventFact) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= GAINING


def _may_be_of_one_side(one: EventFact, other: EventFact) -> bool:
    """Whether two events have a side in common, or may have as nobody is named."""
    return bool(one.sides & other.sides or not one.sides or not other.sides)


def forbidden(chronicle: Chronicle, event: EventFact) -> list[tuple[date, date]]:
    """Days that may not be offered as wrong: within MARGIN_DAYS of any claim, of this event or of a similar one."""
    margin = timedelta(days=MARGIN_DAYS - 1)
    mine = [i for key in {event.key, *event.twins} for i in chronicle.events[key].intervals]
    near = [i for other in similar_events(chronicle, event) for i in other.intervals]
    return [((i.earliest or date.min + margin) - margin, i.latest + margin) for i in mine] + [
        (i.earliest or date.min, i.latest) for i in near
    ]


def wrong_days(chronicle: Chronicle, event: EventFact, how: DateAsking) -> tuple[list[date], list[date]]:
    """Days that may be offered as wrong, before and after the accepted ones, nearest first."""
    barred = forbidden(chronicle, event)

    def open_days(start: date, step: int) -> list[date]:
        days = [start + timedelta(days=step * n) for n in range(MARGIN_DAYS, REACH_DAYS + 1)]
        inside = [day for day in days if chronicle.first_day <= day <= chronicle.last_day]
        return [day for day in inside if not any(low <= day <= high for low, high in barred)]

    return open_days(how.first, -1), open_days(how.last, 1)


def by_rank(rng: Random, before: Sequence[T], after: Sequence[T], count: int) -> tuple[list[T], list[T]] | None:
    """Draw the rank of the key first, then that many items before it and the rest after it.

    None where fewer than `count` items fit. A rank that the items do not allow is not drawn.
    """
    ranks = [r for r in range(count + 1) if r <= len(before) and count - r <= len(after)]
    if not ranks:
        return None
    rank = rng.choice(ranks)
    return rng.sample(list(before), rank), rng.sample(list(after), count - rank)


def prefer(rng: Random, items: Sequence[T], good: Callable[[T], bool], count: int) -> list[T]:
    """At most `count` items in a random order, those that are good before the others."""
    shuffled = rng.sample(list(items), len(items))
    return sorted(shuffled, key=lambda item: not good(item))[:count]


def wrong_places(chronicle: Chronicle, event: EventFact, key: str, *, dated: bool) -> list[str]:
    """Places that may be offered as wrong, nearest to the key first.

    They are of the key's group of kinds and occur in the chronicle; none is, contains or lies in a place of this
    event in any role. `dated` says whether the stem gives the date: then a place of a similar event on the same days
    is barred, else one of any similar event, as the stem would be true of that one too.
    """
    gazetteer = chronicle.gazetteer
    group = group_of(gazetteer[key].kind)
    if group is None:
        return []
    taken = set(event.every_place)
    for other in _alike(chronicle, event):
        if not dated or not other.intervals or not event.intervals or overlap(other.intervals, event.intervals):
            taken |= other.every_place
    # What a whole region is said to have seen says nothing of one village in it.
    fine = {place for place in taken if gazetteer[place].kind not in WIDE}
    text = fold(chronicle.texts[event.key])
    chosen = [
        place.key
        for place in gazetteer.neighbours(key, kinds=group[0])
        if place.key in chronicle.slot_place
        and _is_near(chronicle, key, place.key)
        and not any(_too_close(gazetteer, place.key, other) for other in fine)
        and not any(fold(name) in text for name in place.names)
    ]
    return chosen[:NEAREST_PLACES]


def _too_close(gazetteer: Gazetteer, one: str, other: str) -> bool:
    """Whether a place may be, hold or lie in another: by containment, by name (Rima, the Rima Farms), by a name one
    slip away (Jibbeh, Jobeh), on the same spot, or as parts of one town, where nobody says that a building does not
    stand in a quarter.
    """
    names, others = (set(fold(gazetteer[key].name).split()) for key in (one, other))
    near = gazetteer.distance_km(one, other)
    if (near is not None and near < SAME_SPOT_KM) or edits(fold(gazetteer[one].name), fold(gazetteer[other].name)) <= 1:
        return True
    parts = gazetteer[one].kind in PARTS and gazetteer[other].kind in PARTS
    siblings = parts and gazetteer[one].parent == gazetteer[other].parent
    return gazetteer.related(one, other) or names <= others or others <= names or siblings


def _is_near(chronicle: Chronicle, key: str, other: str) -> bool:
    distance = chronicle.gazetteer.distance_km(key, other)
    if distance is not None:
        return distance <= FURTHEST_KM
    return chronicle.gazetteer[key].parent == chronicle.gazetteer[other].parent


def _alike(chronicle: Chronicle, event: EventFact) -> Iterable[EventFact]:
    """Events of which the clause without its place could be true: a kind of the same family, a side in common."""
    kinds = frozenset({event.kind}).union(*(family for family in FAMILIES if event.kind in family))
    for key in (key for kind in sorted(kinds) for key in chronicle.of_kind[kind]):
        other = chronicle.events[key]
        if key != event.key and _may_be_of_one_side(other, event):
            yield other
