"""Every property of the facts themselves: the small world passes, and each planted fault is caught."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from quiz.chronology import Interval, Precision
from quiz.questions.facts import ClaimFact
from quiz.questions.proving.properties import CHRONICLE_PROPERTIES
from quiz.questions.proving.world import Agreements, Site, Stated, World
from tests.questions.builders import claim, event, place
from tests.questions.proving.samples import EVENTS, PHASES, PLACES, STATED, agreements, known, moved, read, world

E = known("e")


def dated(earliest: date | None, latest: date, precision: Precision, text: str = "2014-01-15") -> World:
    """A world in which the one claim of an event has this date, however unsound."""
    return claimed(replace(E.claims[0], interval=Interval(text, earliest, latest, precision)))


def claimed(one: ClaimFact) -> World:
    return world(replace(E, claims=(one,)))


def agreed(**changes: Agreements) -> World:
    return world(site=Site(agreements(EVENTS) | changes, read))


def reading(**readings: str | None) -> World:
    def other(text: str) -> str | None:
        return readings.get(text.strip().casefold(), read(text))

    return world(site=Site(agreements(EVENTS), other))


@dataclass(frozen=True, slots=True)
class Plant:
    """A fault: the property that must catch it, what it says, and the properties that it breaks besides."""

    name: str
    world: World
    faults: list[str]
    also: tuple[str, ...] = ()


DAY = date(2014, 1, 15)
PRECISE = "the precision fits the interval"
DEFAULT = "no blank date becomes a default"
LOCATED = "every claim has source and locator, an infobox line no paragraph"
AGREEMENT = "the agreement status is what the claims give"
PHASE = "phase intervals and the events’ phases agree"
PER_SOURCE = "the order relation has no cycle per source"
OVER_ALL = "the order relation has no cycle over all"
BOTH_WAYS = "what is ordered or perhaps the same is known, and the same both ways"
SPELT = "every spelling is read as its own place"
BACK = "a slip as near to one place as to another is asked back"
FAR = "a slip is never read as a place farther away"
KNOWN = "every place that is named is known, and every slot is filled"
ONE = E.claims[0].key
PLANTS = (
    Plant(
        "the earliest day is not later than the latest",
        dated(date(2014, 1, 17), DAY, Precision.WITHIN, "[2014-01-17..2014-01-15]"),
        [ONE],
        (AGREEMENT, PHASE, PER_SOURCE, OVER_ALL),
    ),
    Plant(
        "the earliest day is not later than the latest",
        world(phases=(*PHASES, replace(PHASES[2], key="odd", first=date(2014, 6, 2), last=date(2014, 6, 1)))),
        ["odd"],
    ),
    Plant(PRECISE, dated(DAY, DAY, Precision.MONTH), [ONE]),
    Plant(PRECISE, dated(DAY, DAY, Precision.DAY, "mid-January"), [ONE], (DEFAULT,)),
    Plant(LOCATED, claimed(replace(E.claims[0], locators=())), [ONE]),
    Plant(LOCATED, claimed(replace(E.claims[0], source_name="")), [ONE]),
    Plant(LOCATED, claimed(replace(E.claims[0], infobox=True)), [ONE]),
    Plant(LOCATED, claimed(replace(E.claims[0], locators=("infobox",))), [ONE]),
    Plant(LOCATED, world(replace(known("t"), claims=())), ["t"], (AGREEMENT,)),
    Plant(AGREEMENT, agreed(e=Agreements("agreed", "single-witness")), ["e"]),
    Plant(AGREEMENT, agreed(e=Agreements("single-witness", "disputed")), ["e"]),
    Plant(AGREEMENT, world(event("x", "2014-04-07", claim("2014-04-08", "003", overtaken=True), phase="third")), ["x"]),
    Plant(DEFAULT, dated(date(1970, 1, 1), DAY, Precision.BY, "[..2014-01-15]"), [ONE], (PHASE,)),
    Plant(PHASE, world(replace(E, phase="")), ["e"]),
    Plant(PHASE, world(replace(known("n"), phase="third")), ["n"]),
    Plant(PHASE, world(replace(known("t"), phase="third", claims=(claim(),))), ["t"], (AGREEMENT,)),
    Plant(
        PHASE,
        world(phases=(*PHASES, replace(PHASES[2], key="fourth", first=date(2014, 4, 30), last=date(2014, 5, 1)))),
        ["third, fourth"],
    ),
    Plant(PER_SOURCE, world(stated=(*STATED, Stated("c", "a", "000"))), ["000: a", "000: b", "000: c"], (OVER_ALL,)),
    Plant(PER_SOURCE, world(stated=(*STATED, Stated("d", "c", "000"))), ["000: c", "000: d"], (OVER_ALL,)),
    Plant(OVER_ALL, world(stated=(*STATED, Stated("c", "a", "003"))), ["a", "b", "c"]),
    Plant(BOTH_WAYS, world(stated=(*STATED, Stated("d", "nobody"))), ["d, nobody"]),
    Plant(BOTH_WAYS, world(replace(E, twins=frozenset("a"))), ["e, a"]),
    Plant(
        "spellings form disjoint classes after folding",
        world(places=moved("rima", spellings=("al-Qarra",))),
        ["qara: qara, rima"],
        (SPELT,),
    ),
    Plant(
        "containment has no cycle",
        world(places=[*PLACES, place("u", parent="w"), place("w", parent="u")]),
        ["u", "w"],
        (SPELT,),
    ),
    Plant("containment has no cycle", world(places=moved("rima", parent="nowhere")), ["rima"]),
    Plant(KNOWN, world(replace(E, slot="")), ["e"], ()),
    Plant(KNOWN, world(replace(E, slot="rima")), ["e"]),
    Plant(SPELT, reading(rima="qara"), ["  Rima : qara", "RIMA: qara", "Rima: qara"]),
    Plant(BACK, reading(ruma="rima"), ["ruma: rima"]),
    Plant(FAR, reading(qfail="qara"), ["qfail: qara"]),
)


def found(judge: World) -> dict[str, list[str]]:
    """What each property finds, those that find nothing left out."""
    checked = {one.name: one.check(judge)[2] for one in CHRONICLE_PROPERTIES}
    return {name: bad for name, bad in checked.items() if bad}


def test_the_small_world_has_every_property_and_each_has_something_to_look_at() -> None:
    assert found(world()) == {}
    assert [one.name for one in CHRONICLE_PROPERTIES if one.check(world())[0] == 0] == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda p: p.name)
def test_a_planted_fault_is_caught(plant: Plant) -> None:
    caught = found(plant.world)
    assert set(caught) == {plant.name, *plant.also}
    assert sorted(caught[plant.name]) == sorted(plant.faults)


def test_every_property_has_a_planted_fault() -> None:
    assert {plant.name for plant in PLANTS} == {one.name for one in CHRONICLE_PROPERTIES}


@pytest.mark.parametrize("name", [AGREEMENT, SPELT, BACK, FAR])
def test_what_the_site_does_not_say_is_not_counted_as_checked(name: str) -> None:
    judged = next(one for one in CHRONICLE_PROPERTIES if one.name == name)
    count, skipped, bad = judged.check(world(site=Site()))
    assert (count, bad) == (0, [])
    assert skipped.total() > 0
