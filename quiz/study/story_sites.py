"""The places of a step of the story, and which of them a map can show."""

from collections.abc import Iterable
from dataclasses import dataclass

from quiz.questions.chronicle import Chronicle
from quiz.study import telling


@dataclass(frozen=True, slots=True)
class Site:
    """A place of a step in one role; `shown` is the key of the place that stands for it on the map, or blank.

    That is the place itself or, where only the town it lies in has coordinates, that town.
    """

    key: str
    role: str
    shown: str


def sites_of(chronicle: Chronicle, keys: Iterable[str], *, mentioned: bool) -> tuple[Site, ...]:
    """Places of events, each once, the one in the slot of a clause first: those only mentioned, or all others."""
    found: dict[str, Site] = {}
    for key in keys:
        event = chronicle.events[key]
        # Where claims give places of their own that contradict the others, theirs stand beside the event's.
        own = telling.differing(chronicle, key).place
        places = [*event.places, *(p for claim in event.claims if own for p in claim.places)]
        for place in sorted(places, key=lambda p: p.place != event.slot):
            if (place.role == "mentioned") == mentioned:
                found.setdefault(place.place, Site(place.place, place.role, _shown(chronicle, place.place)))
    return tuple(found.values())


def _shown(chronicle: Chronicle, key: str) -> str:
    """The place itself, or the nearest around it, that has coordinates; blank if none has."""
    lineage = chronicle.gazetteer.lineage(key)
    return next((place for place in lineage if chronicle.gazetteer[place].lat is not None), "")
