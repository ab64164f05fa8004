"""A small story in the database: a dozen captures of a dozen towns, three days apart, enough for a sitting."""

import re
from datetime import date, timedelta
from typing import Any

from quiz.chronology import day_in_words
from quiz.models import AskedQuestion, Event, Phase, Role, Side, Source, User
from quiz.questions.marking import Answer
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.study.drawing import Choice, assemble
from quiz.study.facts import chronicle
from quiz.study.sittings import begin
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


def day_of(n: int) -> date:
    """When the n-th town was captured, from 0."""
    return FIRST + timedelta(days=3 * n)


def tell(towns: int = 12) -> list[Event]:
    """The captures in their order; the first half of them in the phase 'first', the second in 'second'."""
    army = make.ActorFactory(key="army", name="Army", side=Side.GOVERNMENT)
    source = make.SourceFactory(key="book", short_name="The Book")
    phases = [make.PhaseFactory(key=key, name=f"{key.title()} phase") for key in ("first", "second")]
    events = []
    for n, town in enumerate(TOWNS[:towns]):
        events.append(capture(town, day_of(n).isoformat(), source, phases[n >= towns / 2]))
        events[-1].agents.add(army)
    return events


def seated(length: int = 5, seed: int = 1, **choice: object) -> list:
    """The asked questions of a new sitting, in order; the story must have been told."""
    sitting = begin(make.UserFactory(), chronicle(), Choice(length, **choice), now=make.NOW, seed=seed)
    return list(sitting.asked.select_related("sitting"))


def drawn(length: int = 5, seed: int = 1, **choice: object) -> list:
    """The questions that such a sitting would ask, without storing it."""
    return assemble(chronicle(), Choice(length, **choice), seed)


# --- One question of each shape, made by hand: it depends on no kind and on no chance -------------


def _choice(first: int) -> dict[str, Any]:
    """Options are days; the second is right."""
    texts = [day_in_words(day_of(n)) for n in range(first, first + 4)]
    return {
        "options": tuple(Option(text, _line(first + n), event=_key(first + n)) for n, text in enumerate(texts)),
        "key": (1,),
        "key_text": texts[1],
        "events": (_key(first + 1),),
    }


def _day(first: int) -> dict[str, Any]:
    """Two days are right, the first of them that of the town."""
    days = [day_of(first) + timedelta(days=n) for n in (0, 1)]
    return {
        "kind": "enter-date",
        "options": (),
        "key": (),
        "key_text": f"{day_in_words(days[0])} or the day after",
        "days": (days[0].isoformat(), days[1].isoformat()),
        "half_life": 3.0,
    }


def _order(first: int) -> dict[str, Any]:
    """Shown are the third, the first, the fourth and the second."""
    shown = [first + n for n in (2, 0, 3, 1)]
    return {
        "kind": "order",
        "facet": Facet.SEQUENCE,
        "stem": "In which order did these happen, from the earliest to the latest?",
        "options": tuple(Option(_text(n), _line(n), event=_key(n)) for n in shown),
        "key": (1, 3, 0, 2),
        "key_text": "; ".join(_line(first + n) for n in range(4)),
        "events": tuple(_key(first + n) for n in range(4)),
    }


def _gap(first: int) -> dict[str, Any]:
    """The third of four towns belongs before the last of the line."""
    line = [first + n for n in (0, 1, 3)]
    return {
        "kind": "insert",
        "facet": Facet.SEQUENCE,
        "stem": f"Where in this line does this belong: government forces captured {TOWNS[first + 2]}?",
        "options": tuple(Option(_text(n), _line(n), event=_key(n)) for n in line),
        "key": (2,),
        "key_text": f"After “{_text(first + 1)}”",
        "events": tuple(_key(n) for n in (first + 2, *line)),
    }


def _pin(first: int) -> dict[str, Any]:
    """Six towns, 20 km apart from south to north; the third is right."""
    towns = [TOWNS[(first + n) % 12] for n in range(6)]
    return {
        "kind": "find-place",
        "facet": Facet.PLACE,
        "stem": f"On {day_in_words(day_of(first + 2))}, which town did government forces capture?",
        "options": tuple(
            Option(t, f"They came to {t} too.", place=t.lower(), lat=33.5 + 0.18 * n, lon=36.5)
            for n, t in enumerate(towns)
        ),
        "key": (2,),
        "key_text": towns[2],
        "events": (_key(first + 2),),
    }


def _place(first: int) -> dict[str, Any]:
    """The town is right, the next one in the story neither right nor wrong."""
    return {
        "kind": "type-place",
        "facet": Facet.PLACE,
        "stem": f"On {day_in_words(day_of(first))}, which town did government forces capture?",
        "options": (),
        "key": (),
        "key_text": TOWNS[first],
        "places": (TOWNS[first].lower(),),
        "aside": (TOWNS[first + 1].lower(),),
    }


_BY_HAND = {
    Shape.CHOICE: _choice,
    Shape.DAY: _day,
    Shape.ORDER: _order,
    Shape.GAP: _gap,
    Shape.PIN: _pin,
    Shape.PLACE: _place,
}


def _text(n: int) -> str:
    return f"Government forces captured {TOWNS[n]}"


def _line(n: int) -> str:
    return f"{_text(n)} ({day_in_words(day_of(n))})."


def _key(n: int) -> str:
    return f"{TOWNS[n].lower()}-captured"


def by_hand(shape: Shape, first: int = 0) -> Question:
    """A question of a shape about the town of this number, from 0, and the three after it; the pins show six."""
    values = {"events": (_key(first),), **_BY_HAND[shape](first)}
    return make.question(_key(first), id=f"{shape}/{first}", shape=shape, **values)


def right(question: Question) -> Answer:
    """The answer that earns all."""
    match question.shape:
        case Shape.CHOICE | Shape.PIN | Shape.GAP:
            return Answer(choice=question.key[0])
        case Shape.DAY:
            return Answer(day=question.accepted[0])
        case Shape.ORDER:
            return Answer(order=question.key)
        case Shape.PLACE:
            return Answer(place=question.places[0])


def sat_down(shape: Shape, length: int = 1, user: User | None = None) -> AskedQuestion:
    """The first question, of this shape, of a sitting made by hand; the others have the shapes that follow it.

    At most three, of four towns each; the story must have been told.
    """
    shapes = list(Shape)
    sitting = make.SittingFactory(user=user or make.UserFactory(), length=length)
    for number in range(length):
        question = by_hand(shapes[(shapes.index(shape) + number) % len(shapes)], 4 * number)
        make.AskedQuestionFactory(
            sitting=sitting,
            number=number + 1,
            event=Event.objects.get(key=question.event),
            kind=question.kind,
            facet=question.facet.value,
            content=question.as_dict(),
        )
    return sitting.asked.select_related("sitting").order_by("number")[0]
