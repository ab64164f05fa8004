"""Wrong places: near the right one on the ground, of its kind, and excluded by what is said of the event."""

import re
from collections.abc import Callable

from quiz.questions.balance import LEAST_WEIGHED, MOST_WEIGHED, Balance, Rules
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.place_index import FURTHEST_KM, NEAREST_PLACES

Pool = tuple[str, list[str]]
"""A right answer and the wrong ones that may stand beside it."""
_KIND_TOLD = re.compile(r"\bthe (town|village|city|hill|road)\b(?! of)", re.IGNORECASE)
LEFT_OUT = Refusal("its answer is right often, so it is not asked every time", by_chance=True)


def wrong_places(
    chronicle: Chronicle, event: EventFact, key: str, *, dated: bool, most: int = NEAREST_PLACES
) -> list[str]:
    """Places that may be offered as wrong, nearest to the key first.

    They are of the key's group of kinds and occur in the chronicle; none is, contains or lies in a place of this
    event in any role, nor is it named in the event's text. Where the clause calls the right one 'the town', all are
    towns. `dated` says whether the stem gives the date.
    """
    kind = chronicle.gazetteer[key].kind if _KIND_TOLD.search(event.clause) else ""
    return [
        place
        for place in chronicle.places_told.near(key, most)
        if kind in {"", chronicle.gazetteer[place].kind}
        and is_excluded(chronicle, event, place, dated=dated)
        and not chronicle.places_told.names(event.key, place)
    ]


def is_excluded(chronicle: Chronicle, event: EventFact, place: str, *, dated: bool) -> bool:
    """Whether what is said of an event excludes that its clause is true of a place.

    The place is, contains or lies in no place of this event, nor of one that is perhaps the same. `dated` says
    whether the clause is told with its date: then no similar event happened there on the same days, else none at
    all, as the clause would be true of that one too.
    """
    told = chronicle.places_told
    near = told.entangled(place)
    same = (event, *(chronicle.events[key] for key in event.twins if key in chronicle.events))
    # What a whole region is said to have seen says nothing of one village in it: `near` holds no wide place.
    if any(near & one.every_place for one in same):
        return False
    return not any(told.alike.at(key, event, dated=dated) for key in near)


def within_reach(chronicle: Chronicle, one: str, other: str) -> bool:
    """Whether two wrong places lie so near each other that either might be asked for beside the other.

    Else the right one would lie in the middle of them all.
    """
    distance = chronicle.gazetteer.distance_km(one, other)
    return distance is None or distance <= FURTHEST_KM


def balance_of(
    chronicle: Chronicle,
    kind: str,
    count: int,
    asked: Callable[[EventFact], Pool | None],
    rules: Rules,
) -> Balance:
    """How the wrong answers of a kind of question are weighed, worked out when it is first asked for.

    `asked` gives the right answer to a question about an event and the wrong ones that may stand beside it, or None;
    `count` is how many wrong ones are shown at most, `rules` say which of them make a set.
    """
    known = chronicle.places_told.balances
    if kind not in known:
        few = chronicle.places_told.asked.total() <= MOST_WEIGHED
        pools = {key: asked(event) for key, event in chronicle.events.items()} if few else {}
        weighed = {key: pool for key, pool in pools.items() if pool is not None}
        known[kind] = Balance(weighed if len(weighed) >= LEAST_WEIGHED else {}, count, *rules)
    return known[kind]
