"""Short builders for facts. Nothing is left to chance: what a test does not name is plain and the same each time."""

from collections.abc import Iterable
from typing import Any

from quiz.chronology import parse
from quiz.gazetteer import Gazetteer, Place
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, PlaceRole

FAMILIES = {"000": "wiki", "001": "wiki", "002": "wiki"}
"""Three documents are one family, as in the chronicle; any other one is a family of its own."""


def claim(date: str = "", source: str = "000", **changes: Any) -> ClaimFact:
    """What a document says itself; `voice="sohr"` puts it on a voice, `at=["qara"]` says where it differs."""
    voice = changes.get("voice", "")
    places = tuple(PlaceRole(place, "at") for place in changes.pop("at", ()))
    values: dict[str, Any] = {
        "key": f"claim-{source}-{voice or 'own'}-{date}",
        "source": source,
        "source_name": f"Document {source}",
        "family": FAMILIES.get(source, source),
        "voice": "",
        "voice_name": voice.upper(),
        "stance": "reported" if voice else "asserts",
        "interval": parse(date) if date else None,
        "places": places,
        "carries_place": True,
        "sentence": f"Document {source} tells of it.",
        "locators": ("“Section”, ¶ 1, sentence 1",),
    }
    return ClaimFact(**{**values, **changes})


def event(key: str, *claims: ClaimFact | str, at: str | None = None, **changes: Any) -> EventFact:
    """A capture by government forces; a text stands for a claim of that date. `at` fills the slot of the clause."""
    places = changes.pop("places", {at: "at"} if at else {})
    values: dict[str, Any] = {
        "key": key,
        "kind": "capture",
        "clause": "government forces captured {place}" if at else f"government forces captured the {key} post",
        "phase": "",
        "sides": frozenset({"government"}),
        "agents": frozenset({"government-forces"}),
        "places": tuple(PlaceRole(place, role) for place, role in places.items()),
        "slot": at or "",
        "claims": tuple(claim(one) if isinstance(one, str) else one for one in claims),
    }
    values |= changes
    for name in ("sides", "agents", "twins"):
        values[name] = frozenset(values.get(name, ()))
    return EventFact(**values)


def place(key: str, km: float | None = 0.0, kind: str = "town", **changes: Any) -> Place:
    """A town so many kilometres north of the others; None leaves it without coordinates."""
    where = {} if km is None else {"lat": 34.0 + km / 111.195, "lon": 36.7}
    return Place(**{"key": key, "name": key.title(), "kind": kind, **where, **changes})


def towns(*keys: str) -> list[Place]:
    """Towns a kilometre apart, in this order from south to north."""
    return [place(key, float(n)) for n, key in enumerate(keys)]


def chronicle(*events: EventFact, places: Iterable[Place] = (), **changes: Any) -> Chronicle:
    """A chronicle; places that events name and nobody described are towns a kilometre apart."""
    described = list(places)
    known = {one.key for one in described}
    named = dict.fromkeys(key for one in events for key in sorted(one.every_place) if key not in known)
    return Chronicle(events, Gazetteer([*described, *towns(*named)]), **changes)


def frame(first: str = "2013-09-01", last: str = "2014-10-10") -> tuple[EventFact, EventFact]:
    """Two events that give a chronicle room at both ends, and that nothing is asked of."""
    return (
        event("opening", first, kind="statement", clause="somebody spoke of the beginning", told_only=True, sides=()),
        event("closing", last, kind="statement", clause="somebody spoke of the close", told_only=True, sides=()),
    )
