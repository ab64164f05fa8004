"""A small story in the database: a dozen captures of a dozen towns, three days apart, enough for a sitting."""

import re
from datetime import date, timedelta

from quiz.models import Event, Phase, Role, Side, Source
from quiz.study.facts import chronicle
from quiz.study.sittings import Choice, assemble, begin
from tests import factories as make

TOWNS = re.findall(
    r"\w+",
    "Amber Birch Cedar Dune Elm Fern Grove Heath Iris Juniper Kelp Laurel Moss Nettle Olive Poplar Quince Reed Sage "
    "Thyme Umber Violet Willow Xylem Yarrow Zinnia Aspen Briar Clover Daisy Elder Furze Gorse Holly Indigo Jasmine "
    "Knapweed Linden Mallow Nutmeg",
)
FIRST = date(2014, 1, 2)


def capture(town: str, day: str, source: Source, phase: Phase | None = None) -> Event:
    """One capture, dated by one source itself."""
    place = make.PlaceFactory(key=town.lower(), name=town)
    event = make.EventFactory(key=f"{town.lower()}-captured", clause="government forces captured {place}", phase=phase)
    make.EventPlaceFactory(event=event, place=place, role=Role.AT, slot=True)
    make.ClaimFactory(key=f"{event.key}-claim", event=event, source=source, date=day)
    return event


def tell(towns: int = 12) -> list[Event]:
    """The captures in their order; the first half of them in the phase 'first', the second in 'second'."""
    army = make.ActorFactory(key="army", name="Army", side=Side.GOVERNMENT)
    source = make.SourceFactory(key="book", short_name="The Book")
    phases = [make.PhaseFactory(key=key, name=f"{key.title()} phase") for key in ("first", "second")]
    events = []
    for n, town in enumerate(TOWNS[:towns]):
        day = FIRST + timedelta(days=3 * n)
        events.append(capture(town, day.isoformat(), source, phases[n >= towns / 2]))
        events[-1].agents.add(army)
    return events


def seated(length: int = 5, seed: int = 1, **choice: object) -> list:
    """The asked questions of a new sitting, in order; the story must have been told."""
    sitting = begin(make.UserFactory(), chronicle(), Choice(length, **choice), now=make.NOW, seed=seed)
    return list(sitting.asked.select_related("sitting"))


def drawn(length: int = 5, seed: int = 1, **choice: object) -> list:
    """The questions that such a sitting would ask, without storing it."""
    return assemble(chronicle(), Choice(length, **choice), seed)
