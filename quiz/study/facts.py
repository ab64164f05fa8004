"""From rows to facts: the one bridge between what is stored and what questions are made of."""

from collections import defaultdict
from collections.abc import Iterable
from threading import Lock

from quiz.chronology import parse
from quiz.gazetteer import Gazetteer
from quiz.gazetteer import Place as GazetteerPlace
from quiz.models import INFOBOX, Actor, Basis, Claim, ContentRevision, Event, EventKind, Phase, Place, StatedOrder
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, PlaceRole
from quiz.questions.phases import PhaseFact
from quiz.questions.witnesses import VoiceFact

_lock = Lock()
_latest: dict[str, Chronicle] = {}


def chronicle() -> Chronicle:
    """The chronicle as it is now: one query when this process has it already, a fixed number to build it.

    The content revision is asked for each time, so that an edit is seen by all processes at their next request.
    """
    token = ContentRevision.current()
    found = _latest.get(token)
    if found is not None:
        return found
    with _lock:
        if token not in _latest:
            built = build(token)
            _latest.clear()
            _latest[token] = built
        return _latest[token]


def build(revision: str = "") -> Chronicle:
    """Read the whole chronicle from the database; retired events are left out."""
    events = list(
        Event.objects.current()
        .select_related("phase")
        .prefetch_related("agents", "places", "claims__source", "claims__voice", "claims__passages", "claims__places")
    )
    twins = _twins(events)
    stated = StatedOrder.objects.values_list("earlier__key", "later__key")
    places = {place.id: place.key for place in Place.objects.all()}
    held = {event.key for event in events}
    return Chronicle(
        (_event(event, twins[event.key] & held, places) for event in events),
        gazetteer(),
        phases=map(_phase, Phase.objects.prefetch_related("passages__source")),
        voices=(_voice(actor) for actor in Actor.objects.select_related("part_of")),
        stated=((a, b) for a, b in stated if a in held and b in held),
        revision=revision,
    )


def gazetteer() -> Gazetteer:
    """All places with their spellings."""
    rows = Place.objects.select_related("lies_in").prefetch_related("spellings")
    return Gazetteer(
        GazetteerPlace(
            key=row.key,
            name=row.name,
            kind=row.kind,
            parent=row.lies_in.key if row.lies_in else None,
            spellings=tuple(spelling.name for spelling in row.spellings.all()),
            name_ar=row.name_ar,
            lat=None if row.latitude is None else float(row.latitude),
            lon=None if row.longitude is None else float(row.longitude),
        )
        for row in rows
    )


def _voice(actor: Actor) -> VoiceFact:
    part_of = actor.part_of.key if actor.part_of else ""
    return VoiceFact(actor.key, actor.in_sentence, actor.kind, actor.side, part_of)


def _phase(phase: Phase) -> PhaseFact:
    # Several documents of one publisher divide the story alike: they are named once.
    tellers = dict.fromkeys(passage.source.publisher for passage in phase.passages.all())
    return PhaseFact(phase.key, phase.name, phase.earliest, phase.latest, tuple(tellers))


def _event(event: Event, twins: frozenset[str], places: dict[int, str]) -> EventFact:
    agents = list(event.agents.all())
    slots = [row.place_id for row in event.places.all() if row.slot]
    return EventFact(
        key=event.key,
        kind=event.kind,
        clause=event.clause,
        phase=event.phase.key if event.phase else "",
        sides=frozenset(agent.side for agent in agents if agent.side != "none"),
        agents=frozenset(agent.key for agent in agents),
        places=tuple(PlaceRole(places[row.place_id], row.role) for row in event.places.all()),
        slot=places[slots[0]] if slots else "",
        claims=tuple(_claim(claim, places, uttered=_uttered(event, agents)) for claim in event.claims.all()),
        sensitive=event.sensitive,
        told_only=event.told_only,
        twins=twins,
    )


def _uttered(event: Event, agents: list[Actor]) -> frozenset[int]:
    """Those who speak in an event that is itself a statement: that they said it, the document says on its own word."""
    spoken = event.kind in {EventKind.STATEMENT, EventKind.FORECAST}
    return frozenset(agent.pk for agent in agents) if spoken else frozenset()


def _claim(claim: Claim, places: dict[int, str], *, uttered: frozenset[int]) -> ClaimFact:
    voice = None if claim.voice_id in uttered else claim.voice
    passages = list(claim.passages.all())
    return ClaimFact(
        key=claim.key,
        source=claim.source.key,
        source_name=claim.source.short_name,
        family=claim.source.family,
        voice=voice.key if voice else "",
        voice_name=voice.in_sentence if voice else "",
        stance=claim.stance,
        interval=parse(claim.date) if claim.date else None,
        places=tuple(PlaceRole(places[row.place_id], row.role) for row in claim.places.all()),
        carries_place=claim.carries_place,
        sentence=claim.sentence,
        locators=tuple(passage.locator for passage in passages),
        infobox=bool(passages) and all(passage.section == INFOBOX for passage in passages),
        overtaken=claim.overtaken_by_id is not None,
        inferred=claim.date_basis == Basis.INFERRED,
    )


def _twins(events: Iterable[Event]) -> dict[str, frozenset[str]]:
    """For each event the others that are perhaps the same, across any number of links."""
    listed = list(events)
    key_of = {event.pk: event.key for event in listed}
    linked: dict[str, set[str]] = defaultdict(set)
    for event in listed:
        other = key_of.get(event.perhaps_same_as_id or 0)
        if other:
            linked[event.key].add(other)
            linked[other].add(event.key)
    return {event.key: frozenset(_reached(event.key, linked) - {event.key}) for event in listed}


def _reached(start: str, linked: dict[str, set[str]]) -> set[str]:
    waiting, seen = [start], set()
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            waiting.extend(linked[key])
    return seen
