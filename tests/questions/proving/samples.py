"""A small world and one sound question of each kind, made by hand: no maker has a part in them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from quiz.gazetteer import Place
from quiz.questions.facts import EventFact
from quiz.questions.proving.world import Agreements, Site, Stated, World
from quiz.questions.question import Citation, Facet, Mode, Option, Question, Shape
from tests.questions.builders import claim, event, place

KILOMETRES = {"qara": 0, "rima": 4, "tfail": 8, "jobeh": 12, "bakha": 16, "flitah": 20, "rama": 24}
PLACES = [*(place(key, float(km)) for key, km in KILOMETRES.items()), place("heights", None, kind="region")]
FIRST_DAY = date(2014, 1, 1)


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase with its days."""

    key: str
    name: str
    first: date
    last: date


PHASES = (
    Phase("first", "First phase", date(2014, 1, 10), date(2014, 2, 20)),
    Phase("second", "Second phase", date(2014, 3, 1), date(2014, 3, 30)),
    Phase("third", "Third phase", date(2014, 4, 1), date(2014, 4, 30)),
)


def seen(key: str, day: str) -> EventFact:
    """A visit to a town: an event of nobody's side."""
    told = {"kind": "visit", "sides": (), "phase": "second", "clause": "a minister saw the people of {place}"}
    return event(f"seen-{key}", day, at=key, **told)


EVENTS = (
    event("e", "2014-01-15", at="qara", phase="first"),
    event("v", claim("2014-01-20", voice="sohr"), kind="shelling", clause="rebels shelled the v post", phase="first"),
    event("a", "2014-02-01", phase="first"),
    event("b", "2014-02-05", phase="first"),
    event("c", "2014-02-09", phase="first"),
    event("d", "2014-02-13", phase="first"),
    seen("rima", "2014-03-03"),
    seen("tfail", "2014-03-06"),
    seen("jobeh", "2014-03-09"),
    seen("bakha", "2014-03-12"),
    seen("flitah", "2014-03-15"),
    event("l", "2014-03-20/2014-03-26", kind="clash", clause="fighting raged around the l post", phase="second"),
    event(
        "k", "2014-04-02", kind="killing", clause="a commander was killed at the k post", phase="third", sensitive=True
    ),
    event("x", "2014-04-07", claim("2014-04-14", "003"), phase="third"),
    event("m", "2014-05-05", claim("2014-05-05", "004"), kind="visit", clause="a minister visited the m post"),
    event("n", "2014-05-05", kind="truce", clause="a truce was agreed at the n post"),
    event("w", claim("2014-05-20", voice="fars"), kind="report", clause="losses at the w post were reported"),
    event("t", "2014-06-01", kind="statement", clause="people feared for the t post", told_only=True),
)
STATED = (Stated("a", "b", "000"), Stated("b", "c"))


def read(text: str) -> str | None:
    """A reader that knows the names alone, however they are written, and asks back everything else."""
    written = " ".join(text.replace("-", " ").casefold().split())
    return written if written in {one.key for one in PLACES} else None


def agreements(events: Iterable[EventFact]) -> dict[str, Agreements]:
    """What is true of the events above."""
    date_of = {"x": "disputed", "m": "agreed"}
    return {e.key: Agreements(date_of.get(e.key, "single-witness"), _placed(e)) for e in events}


def _placed(told: EventFact) -> str:
    return "single-witness" if told.slot else "unknown"


def world(*changed: EventFact, **changes: Any) -> World:
    """The world, with some events put in the place of those of their key, and other things changed."""
    events = {one.key: one for one in (*EVENTS, *changed)}.values()
    return World(
        events,
        changes.get("places", PLACES),
        changes.get("stated", STATED),
        changes.get("phases", PHASES),
        first_day=FIRST_DAY,
        site=changes.get("site", Site(agreements(EVENTS), read)),
    )


def known(key: str) -> EventFact:
    """One of the events."""
    return next(one for one in EVENTS if one.key == key)


def moved(key: str, **changes: Any) -> list[Place]:
    """The places, one of them changed."""
    return [replace(one, **changes) if one.key == key else one for one in PLACES]


# --- Questions ----------------------------------------------------------------------------------

TOLD = {
    "e": ("Government forces captured Qara", "15 January 2014"),
    "v": ("According to SOHR, rebels shelled the v post", "20 January 2014"),
    "a": ("Government forces captured the a post", "1 February 2014"),
    "b": ("Government forces captured the b post", "5 February 2014"),
    "c": ("Government forces captured the c post", "9 February 2014"),
    "d": ("Government forces captured the d post", "13 February 2014"),
    "seen-rima": ("A minister saw the people of Rima", "3 March 2014"),
    "seen-tfail": ("A minister saw the people of Tfail", "6 March 2014"),
    "seen-jobeh": ("A minister saw the people of Jobeh", "9 March 2014"),
    "seen-bakha": ("A minister saw the people of Bakha", "12 March 2014"),
    "seen-flitah": ("A minister saw the people of Flitah", "15 March 2014"),
    "l": ("Fighting raged around the l post", "20–26 March 2014"),
    "k": ("According to Document 000, a commander was killed at the k post", "2 April 2014"),
    "m": ("A minister visited the m post", "5 May 2014"),
    "n": ("A truce was agreed at the n post", "5 May 2014"),
}


def line(key: str) -> str:
    """An event with its date, as feedback tells it."""
    text, day = TOLD[key]
    return f"{text} ({day})."


def shown(*keys: str) -> tuple[Option, ...]:
    """Events as options of a question of order."""
    return tuple(Option(TOLD[key][0], line(key), event=key) for key in keys)


def at(key: str, told: str, **changes: Any) -> Option:
    """A place as an option."""
    return Option(key.title(), line(told), event=told, place=key, **changes)


def on(day: str, told: str = "", note: str = "The chronicle dates no event to this day.") -> Option:
    """A day as an option."""
    return Option(f"{day} 2014", line(told) if told else note, event=told)


def pin(key: str, told: str) -> Option:
    """A place as a pin."""
    here = next(one for one in PLACES if one.key == key)
    return at(key, told, lat=here.lat, lon=here.lon)


def cited(events: Iterable[EventFact]) -> tuple[Citation, ...]:
    """All claims of events, for showing below an answer."""
    return tuple(
        Citation(
            c.source_name, c.source, "; ".join(c.locators), c.sentence, "dated" if c.interval else "", c.voice_name
        )
        for one in events
        for c in one.claims
    )


def asked(kind: str, shape: Shape, facet: Facet, stem: str, **values: Any) -> Question:
    """A question with the citations of its events, plain and without a content note unless it says otherwise."""
    events: tuple[str, ...] = values.pop("events")
    plain: dict[str, Any] = {
        "mode": Mode.PLAIN,
        "options": (),
        "key": (),
        "explanation": f"{TOLD[events[0]][0]}." if events[0] in TOLD else "Two documents differ.",
        "citations": cited(known(key) for key in events),
    }
    return Question(
        id=f"{kind}/{events[0]}", kind=kind, shape=shape, facet=facet, stem=stem, events=events, **(plain | values)
    )


PLACES_AS_OPTIONS = (at("bakha", "seen-bakha"), at("flitah", "seen-flitah"), at("qara", "e"), at("rima", "seen-rima"))
PHASE_OPTIONS = (
    Option("First phase", f"{line('e')} It ran from 10 January to 20 February 2014.", event="e"),
    Option("Second phase", "It ran from 1 to 30 March 2014."),
    Option("Third phase", "It ran from 1 to 30 April 2014."),
)
HERE = tuple(
    Option(f"A minister saw the people there ({TOLD[key][1]})", line(key), event=key)
    for key in ("seen-rima", "seen-tfail", "seen-jobeh")
)
SOURCES = (
    Option("Document 000", line("e"), event="e", witness="000"),
    Option("Document 003", "It does not report this.", witness="003"),
    Option("Document 004", "It does not report this.", witness="004"),
)
SAMPLES: dict[str, Question] = {
    one.kind: one
    for one in (
        asked(
            "choose-date",
            Shape.CHOICE,
            Facet.DATE,
            "On which day did this happen: government forces captured Qara?",
            events=("e",),
            options=(on("10 January"), on("15 January", "e"), on("18 January"), on("20 January", "v")),
            key=(1,),
            key_text="15 January 2014",
        ),
        asked(
            "enter-date",
            Shape.DAY,
            Facet.DATE,
            "On which day did this happen: government forces captured Qara?",
            events=("e",),
            key_text="15 January 2014",
            days=("2014-01-15", "2014-01-15"),
            half_life=3.0,
        ),
        asked(
            "choose-phase",
            Shape.CHOICE,
            Facet.DATE,
            "In which phase of the battle, as Document 000 divides it, did this happen: "
            "government forces captured Qara?",
            events=("e",),
            mode=Mode.ATTRIBUTED,
            options=PHASE_OPTIONS,
            key=(0,),
            key_text="First phase",
        ),
        asked(
            "choose-place",
            Shape.CHOICE,
            Facet.PLACE,
            "On 15 January 2014, government forces captured which town or village?",
            events=("e",),
            options=PLACES_AS_OPTIONS,
            key=(2,),
            key_text="Qara",
        ),
        asked(
            "type-place",
            Shape.PLACE,
            Facet.PLACE,
            "On 15 January 2014, government forces captured which town or village?",
            events=("e",),
            key_text="Qara",
            places=("qara",),
        ),
        asked(
            "find-place",
            Shape.PIN,
            Facet.PLACE,
            "On 15 January 2014, government forces captured which town or village?",
            events=("e",),
            options=(
                *(pin(key, f"seen-{key}") for key in ("bakha", "flitah", "jobeh")),
                pin("qara", "e"),
                *(pin(key, f"seen-{key}") for key in ("rima", "tfail")),
            ),
            key=(3,),
            key_text="Qara",
        ),
        asked(
            "happened-here",
            Shape.CHOICE,
            Facet.PLACE,
            "Which of these happened in Rima?",
            events=("seen-rima",),
            options=HERE,
            key=(0,),
            key_text="A minister saw the people there (3 March 2014)",
        ),
        asked(
            "first",
            Shape.CHOICE,
            Facet.SEQUENCE,
            "Which of these two came first?",
            events=("a", "b"),
            options=shown("b", "a"),
            key=(1,),
            key_text="Government forces captured the a post",
        ),
        asked(
            "order",
            Shape.ORDER,
            Facet.SEQUENCE,
            "In which order did these happen, from the earliest to the latest?",
            events=("a", "b", "c", "d"),
            options=shown("c", "a", "d", "b"),
            key=(1, 3, 0, 2),
            key_text="; ".join(TOLD[key][0] for key in "abcd"),
        ),
        asked(
            "insert",
            Shape.GAP,
            Facet.SEQUENCE,
            "Where in this line does this belong: government forces captured the b post?",
            events=("b", "a", "c", "d"),
            options=shown("a", "c", "d"),
            key=(1,),
            key_text="After the first of these",
        ),
        asked(
            "next",
            Shape.CHOICE,
            Facet.SEQUENCE,
            "Which of these came soonest after this: government forces captured the b post?",
            events=("b", "c"),
            options=shown("d", "c", "e"),
            key=(1,),
            key_text="Government forces captured the c post",
        ),
        asked(
            "settled",
            Shape.CHOICE,
            Facet.SEQUENCE,
            "Which of these two came first, or do the documents leave it open?",
            events=("m", "n"),
            options=(*shown("m", "n"), Option("The documents do not settle it")),
            key=(2,),
            key_text="The documents do not settle it",
            mode=Mode.DISPUTED,
        ),
        asked(
            "who-reports",
            Shape.CHOICE,
            Facet.SOURCE,
            "Which of these documents reports that government forces captured Qara?",
            events=("e",),
            mode=Mode.ATTRIBUTED,
            options=SOURCES,
            key=(0,),
            key_text="Document 000",
        ),
        asked(
            "source-date",
            Shape.CHOICE,
            Facet.SOURCE,
            "According to Document 000, on which day did this happen: government forces captured the x post?",
            events=("x",),
            mode=Mode.DISPUTED,
            options=(
                on("2 April", note="Nobody gives this day."),
                on("7 April", note="Document 000 gives this day."),
                on("10 April", note="Nobody gives this day."),
                on("14 April", note="Document 003 gives this day."),
            ),
            key=(1,),
            key_text="7 April 2014",
            explanation="Document 000 gives 7 April 2014.",
        ),
    )
}
VOICES = asked(
    "who-reports",
    Shape.CHOICE,
    Facet.SOURCE,
    "On whose word does Document 000 report that rebels shelled the v post?",
    events=("v",),
    mode=Mode.ATTRIBUTED,
    options=(Option("FARS", "Quoted elsewhere.", witness="fars"), Option("SOHR", "It is.", event="v", witness="sohr")),
    key=(1,),
    key_text="SOHR",
)
SETTLED = asked(
    "settled",
    Shape.CHOICE,
    Facet.SEQUENCE,
    "Which of these two came first, or do the documents leave it open?",
    events=("a", "b"),
    options=(*shown("b", "a"), Option("The documents do not settle it")),
    key=(1,),
    key_text="Government forces captured the a post",
)

LASTING = asked(
    "enter-date",
    Shape.DAY,
    Facet.DATE,
    "What was the first day on which fighting raged around the l post?",
    events=("l",),
    key_text="20–26 March 2014",
    days=("2014-03-20", "2014-03-20"),
    half_life=7.0,
)

Change = Callable[[Question], Question]


def option(n: int, **changes: Any) -> Change:
    """A change of one option."""

    def change(question: Question) -> Question:
        options = list(question.options)
        options[n] = replace(options[n], **changes)
        return replace(question, options=tuple(options))

    return change


def fields(**changes: Any) -> Change:
    """A change of some fields."""
    return lambda question: replace(question, **changes)


def swapped(old: str, new: str) -> Change:
    """A change of the stem."""
    return lambda question: replace(question, stem=question.stem.replace(old, new))


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(question: Question) -> Question:
        for one in changes:
            question = one(question)
        return question

    return change
