"""What is right and what is wrong where a place is asked: by names, by what lies in what, by what else is told."""

import re
from collections.abc import Iterator
from math import asin, cos, hypot, radians, sin, sqrt

from quiz.gazetteer import Place
from quiz.questions.facts import EventFact
from quiz.questions.proving.days import MONTHS, Days, common_days, opening_days, vouching
from quiz.questions.proving.folding import named_in, plain
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question

NO_PLACE = "asks for no place"
NO_PLACES_OFFERED = "offers no places"
TOGETHER = (
    {"town", "village", "farms"},
    {"city"},
    {"quarter", "building", "site"},
    {"hill"},
    {"road"},
    {"valley", "plain"},
)
"""Kinds of places that may stand beside each other."""
WIDE = {"country", "region", "mountains", "province", "district", "border"}
"""A place of these kinds holds so much that its mention says nothing of one village in it."""
NEAR_KM = 45.1
"""How far a wrong place lies at most."""
NOUNS = r"town or village|place|city|hill|road"


def km(one: Place, other: Place) -> float | None:
    """The distance of two places on a sphere, or None."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    square = hypot(sin(north / 2), sqrt(cos(radians(one.lat)) * cos(radians(other.lat))) * sin(east / 2))
    return 2 * 6371 * asin(min(1.0, square))


def offered(world: World, question: Question) -> list[str]:
    """The places that the options name; blank for one that names none."""
    return [world.by_name.get(plain(option.text), "") for option in question.options]


def right_places(world: World, question: Question) -> list[int]:
    """Options that name the place in the slot."""
    slot = world.events[question.event].slot
    return [n for n, key in enumerate(offered(world, question)) if key and key == slot]


def right_here(world: World, question: Question) -> list[int]:
    """Options whose event has the asked one's place in any role, or one that holds it or lies in it."""
    here = world.events[question.event].slot
    return [n for n, o in enumerate(question.options) if any(world.overlaps(here, p) for p in fine(world, o.event))]


def fine(world: World, key: str) -> set[str]:
    """All places of an event and its claims, wide ones left out."""
    return {place for place in world.events[key].every_place if world.places[place].kind not in WIDE}


def true_elsewhere(world: World, event: EventFact, days: Days) -> set[str]:
    """Places of other events of which the clause would be true as well, on these days if the stem names some."""
    known = world.elsewhere.get((event.key, days))
    if known is None:
        mine, known = world.days[event.key], set()
        for other in world.alike(event):
            then = world.days[other.key]
            if not days or not then or not days.isdisjoint(then) or not mine.isdisjoint(then):
                known |= other.every_place
        world.elsewhere[event.key, days] = known
    return known


# --- Meaning ------------------------------------------------------------------------------------


def agreed_place(world: World, question: Question, _whole: bool) -> Iterator[str]:
    event = world.events[question.event]
    given = [{p.place for p in (c.places or event.places)} for c in vouching(world.about(event.key).carrying)]
    if not event.slot or not given:
        yield "nobody gives the place"
    elif not all(event.slot in places for places in given):
        yield "a claim gives another place"


def never_wide(world: World, question: Question, _whole: bool) -> Iterator[str]:
    kind = world.places[world.events[question.event].slot].kind
    if not any(kind in kinds for kinds in TOGETHER):
        yield f"the key is a {kind}"


# --- Wrong places -------------------------------------------------------------------------------


def wrong_places(world: World, question: Question) -> list[str]:
    """The places that wrong options name."""
    return [key for n, key in enumerate(offered(world, question)) if key and n not in question.key]


def known_places(world: World, question: Question, _whole: bool) -> Iterator[str]:
    for option, key in zip(question.options, offered(world, question), strict=True):
        if not key or option.place != key:
            yield f"an option that is no place, or another one: {option.text}"


def no_two_related(world: World, question: Question, _whole: bool) -> Iterator[str]:
    keys = [key for key in offered(world, question) if key]
    for n, one in enumerate(keys):
        for other in keys[n + 1 :]:
            if world.overlaps(one, other):
                yield f"one place, or one in the other: {one}, {other}"


def excluded(world: World, question: Question, _whole: bool) -> Iterator[str]:
    event = world.events[question.event]
    places = event.every_place | true_elsewhere(world, event, opening_days(question.stem))
    right = [place for place in places if world.places[place].kind not in WIDE]
    for key in wrong_places(world, question):
        if any(world.overlaps(key, place) for place in right):
            yield f"it is, holds or lies in a right one: {key}"


def same_kind(world: World, question: Question, _whole: bool) -> Iterator[str]:
    kind = world.places[world.events[question.event].slot].kind
    for key in wrong_places(world, question):
        if not any({kind, world.places[key].kind} <= kinds for kinds in TOGETHER):
            yield f"a wrong place of another kind: {key}"


def nearby(world: World, question: Question, _whole: bool) -> Iterator[str]:
    right = world.places[world.events[question.event].slot]
    for key in wrong_places(world, question):
        distance = km(right, world.places[key])
        if distance is not None and distance > NEAR_KM:
            yield f"{distance:.0f} km away: {key}"
        if distance is None and right.parent != world.places[key].parent:
            yield f"nobody knows how far away: {key}"


def occurring(world: World, question: Question, _whole: bool) -> Iterator[str]:
    return (f"told nowhere: {key}" for key in wrong_places(world, question) if key not in world.occurring)


def not_in_clause(world: World, question: Question, _whole: bool) -> Iterator[str]:
    text = world.text(world.events[question.event])
    for key in wrong_places(world, question):
        if any(named_in(name, text) for name in world.places[key].names):
            yield f"a wrong place is named in the clause: {key}"


# --- Stems --------------------------------------------------------------------------------------


def no_spelling(world: World, question: Question, _whole: bool) -> Iterator[str]:
    for name in world.places[world.events[question.event].slot].names:
        if named_in(name, question.stem):
            yield f"the key is named: {name}"


def dated_soundly(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """A stem opens with a date only if all claims that vouch give it plainly, or on the same word as the place."""
    about, days = world.about(question.event), opening_days(question.stem)
    if days:
        plainly = not about.voiced_date and about.common == days
        voiced = common_days(about.speakers(about.dated, question.stem)) == days
        if about.event.twins or not (plainly or (question.stem.startswith("According to ") and voiced)):
            yield "a date that is not plain"
    elif any(re.search(rf"\b{word}\b", question.stem) for word in MONTHS):
        yield "a date inside the stem"


NOUN = re.compile(rf"\bwhich ({NOUNS})\b", re.IGNORECASE)
GOES_ON = re.compile(rf"which ({NOUNS})( region| area| front| [A-Z]|[’']s)")
SLOT_AND_NOUN = re.compile(r"(\b(?:the|an?) )?((?:lebanese |syrian |border )*(\w+) of )?\{place\}")


def asks_for_place(world: World, question: Question, _whole: bool) -> Iterator[str]:
    event = world.events[question.event]
    found = NOUN.search(question.stem)
    if not found:
        yield "no place is asked for"
        return
    if GOES_ON.search(question.stem):
        yield "the name would go on after the question"
    before, _, after = plain(SLOT_AND_NOUN.sub("{place}", event.clause.casefold())).partition("{place}")
    asked = plain(question.stem)
    if before.strip() not in asked or after.strip() not in asked:
        yield "the event is not told around the question, so the role of the place is lost"


def noun_fits(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """The noun fits the key and every option; 'place' fits all."""
    found = NOUN.search(question.stem)
    kinds = {"town or village": {"town", "village"}, "city": {"city"}, "hill": {"hill"}, "road": {"road"}}
    allowed = kinds.get(found[1].casefold()) if found else None
    keys = [world.events[question.event].slot, *(key for key in offered(world, question) if key)]
    bad = [key for key in keys if allowed is not None and world.places[key].kind not in allowed]
    yield from (f"the noun does not fit: {key}" for key in bad)


def only_one_place(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    """No other event told in the same words on these days puts another place into the slot."""
    event, days = world.events[question.event], opening_days(question.stem)
    clause = plain(event.clause)
    told = [other for other in world.alike(event) if plain(other.clause) == clause and other.slot != event.slot]
    then = [o.key for o in told if not days or not world.days[o.key] or not days.isdisjoint(world.days[o.key])]
    return [f"the stem is true of two events: {key}" for key in then]
