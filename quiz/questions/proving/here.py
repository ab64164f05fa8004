"""Places the other way round: what happened at one; and places that are typed or found on the map."""

from collections.abc import Iterator

from quiz.questions.proving.days import opening_days, written_dates
from quiz.questions.proving.folding import named_in
from quiz.questions.proving.places import WIDE, km, true_elsewhere
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question

ONE_SPOT_KM, APART_KM = 0.5, 3.0
"""How near each other two places may be one; how far apart pins lie at least: twice what is still marked right."""

# --- What happened here -------------------------------------------------------------------------


def here_named(world: World, question: Question, _whole: bool) -> Iterator[str]:
    slot = world.events[question.event].slot
    if not slot or not any(named_in(name, question.stem) for name in world.places[slot].names):
        yield "the stem does not name the place"
    for option in question.options:
        for key in {slot, world.events[option.event].slot} - {""}:
            if any(named_in(name, option.text) for name in world.places[key].names):
                yield f"an option names its place: {option.text}"


def excluded_here(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """No wrong event, nor one like it on its days, has this place, one that holds it, lies in it or on its spot."""
    here = world.events[question.event].slot
    for n, option in enumerate(question.options):
        event = world.events[option.event]
        places = event.every_place | true_elsewhere(world, event, world.days[event.key])
        fine_ones = [place for place in places if world.places[place].kind not in WIDE]
        if n not in question.key and any(_may_be_one(world, here, place) for place in fine_ones):
            yield f"it may have happened here too: {event.key}"


def _may_be_one(world: World, one: str, other: str) -> bool:
    near = km(world.places[one], world.places[other])
    return world.overlaps(one, other) or (near is not None and near < ONE_SPOT_KM)


def dated_options(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """Each event is told with its own date, plainly, so that it is one event and nobody's mere word."""
    for option in question.options:
        about = world.about(option.event)
        dates = written_dates(option.text)
        if len(dates) != 1 or not set(dates) <= about.bounds or about.disputed_date or about.event.twins:
            yield f"not its date: {option.text}"
        if about.voiced_date or about.event.told_only:
            yield f"not told plainly: {option.event}"


# --- Typed and on the map -----------------------------------------------------------------------


def accepted_places(world: World, question: Question, _whole: bool) -> Iterator[str]:
    if question.places != (world.events[question.event].slot,):
        yield "the accepted place is not that in the slot"


def aside(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """Asked back, not marked wrong: all else that this event or one like it is told of, what holds the key or lies in
    it.
    """
    event = world.events[question.event]
    related = {key for key in world.places if world.overlaps(key, event.slot)}
    expected = event.every_place | true_elsewhere(world, event, opening_days(question.stem)) | related
    missing = expected - set(question.aside) - set(question.places)
    yield from (f"it would be marked wrong: {key}" for key in sorted(missing))
    yield from (f"right and asked back: {key}" for key in sorted(set(question.places) & set(question.aside)))


def every_spelling(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    if world.site.read is None:
        return Skipped("nothing reads typed names")
    return [
        f"not accepted: {name}"
        for key in question.places
        for name in world.places[key].names
        if world.readings[name] not in question.places
    ]


def no_other_spelling(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    if world.site.read is None:
        return Skipped("nothing reads typed names")
    right = set(question.places)
    return [
        f"accepted: {name}"
        for key, place in world.places.items()
        if key not in right
        for name in place.names
        if world.readings[name] in right
    ]


def pins_true(world: World, question: Question, _whole: bool) -> Iterator[str]:
    for option in question.options:
        place = world.places.get(option.place)
        if place is None or option.lat is None or (option.lat, option.lon) != (place.lat, place.lon):
            yield f"a pin that is not where its place is: {option.text}"


def pins_apart(world: World, question: Question, _whole: bool) -> Iterator[str]:
    places = [world.places[option.place] for option in question.options if option.place in world.places]
    for n, one in enumerate(places):
        for other in places[n + 1 :]:
            distance = km(one, other)
            if distance is None or distance < APART_KM:
                yield f"two pins in one circle: {one.key}, {other.key}"
