"""Planted faults: for each property at least one question, or world, that breaks it.

`also` are the properties that the same fault breaks in their own right; without it exactly one property catches it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quiz.questions.facts import EventFact
from quiz.questions.proving.world import Site, World
from quiz.questions.question import Facet, Mode, Option, Question
from tests.questions.builders import claim, event
from tests.questions.proving.samples import (
    LASTING,
    SAMPLES,
    SETTLED,
    VOICES,
    Change,
    both,
    cited,
    fields,
    known,
    line,
    moved,
    on,
    option,
    shown,
    swapped,
    world,
)

UNCHANGED, SOUND = fields(), world()


@dataclass(frozen=True, slots=True)
class Plant:
    """A fault: the property that must catch it, the question, what is changed in it, and the world."""

    name: str
    sample: str | Question
    change: Change = UNCHANGED
    world: World = SOUND
    also: Iterable[str] = ()

    @property
    def question(self) -> Question:
        """The question with its fault; it cites what is claimed in this world."""
        sound = SAMPLES[self.sample] if isinstance(self.sample, str) else self.sample
        return self.change(replace(sound, citations=cited(self.world.events[key] for key in sound.events)))


RIGHT = "exactly one is right"
STRICT = "every pair is strictly in order"
LED = "is attributed if and only if the claims call for it"
EACH_LED = "events are attributed if and only if their claims call for it"
OUTSIDE = "wrong dates lie at least two days outside every claim"
TRUE = "says so truly"
KEY = "gives the key"
COUNT = "they are as many as the kind has"
CITED = "has at least one citation, each with its place"
ALL_CITED = "gives all differing claims with their sources"
SAME = "the accepted days are those common to all claims"
SETTLED_DATE = "a disputed or unsettled date is not asked as settled"
PHASED = "a phase is that of the documents which divide the story"
NOUN = "has a noun that fits key and options"
FINER = "asks no finer than is known"
MODE = "the mode is that of stem, events and kind"
NOTED = "says of each wrong option when or where it really was"
EXCLUDED = "a wrong place is excluded by what is said of the event"
BY_SOURCE = "wrong dates lie outside all that this source says"
READS = "is whole, short and without traces of a template"
E, X, M = known("e"), known("x"), known("m")


def with_claims(told: EventFact, *claims: object) -> World:
    """The world in which an event has more claims."""
    return world(replace(told, claims=(*told.claims, *claims)))


def dates(*days: str) -> Change:
    """Other days beside the right one, which stands second."""
    return fields(options=(on(days[0]), on("15 January", "e"), *map(on, days[1:])))


def stem(text: str, **changes: object) -> Change:
    """Another stem."""
    return fields(stem=text, **changes)


def citations(question: Question, **changes: str) -> Question:
    """Other citations."""
    return replace(question, citations=tuple(replace(one, **changes) for one in question.citations))


VOICED = world(event("e", claim("2014-01-15", voice="sohr"), at="qara", phase="first"))
KILLED = world(replace(E, kind="killing"))
LONG = "Qara of the Seven Springs"
LASTED = world(event("e", "2014-01-15/2014-01-21", at="qara", phase="first"))
MEANING = (
    Plant(
        "a state, a fear or an evaluation is told, never asked", "enter-date", world=world(replace(E, told_only=True))
    ),
    Plant(
        "a disputed or unsettled date is not asked as settled",
        "enter-date",
        world=world(replace(E, twins=frozenset({"a"}))),
    ),
    Plant(
        "a disputed or unsettled date is not asked as settled",
        "choose-date",
        world=with_claims(E, claim("2014-01-25", "000")),
        also=(RIGHT,),
    ),
    Plant(SETTLED_DATE, "enter-date", world=with_claims(E, claim("2014-01-14/2014-01-16", "003")), also=(SAME,)),
    Plant(SETTLED_DATE, "enter-date", world=world(replace(E, claims=(claim(),))), also=(SAME, LED, KEY)),
    Plant(
        "the date is one that a document gives",
        "enter-date",
        world=world(event("e", claim("2014-01-15", inferred=True), at="qara", phase="first")),
    ),
    Plant(
        "every claim that vouches gives the place",
        "type-place",
        fields(aside=("rima",)),
        with_claims(E, claim("2014-01-15", "003", at=["rima"])),
    ),
    Plant(
        "a region, a border or an area is never the key",
        "type-place",
        world=world(places=moved("qara", kind="area")),
        also=(NOUN,),
    ),
    Plant("the mode is that of stem, events and kind", "enter-date", fields(mode=Mode.ATTRIBUTED)),
    Plant("the mode is that of stem, events and kind", "settled", fields(mode=Mode.PLAIN)),
    Plant("the mode is that of stem, events and kind", "source-date", fields(mode=Mode.ATTRIBUTED)),
    Plant("a phase is that of the documents which divide the story", "choose-phase", option(2, text="Aftermath")),
    Plant(
        PHASED,
        "choose-phase",
        swapped("captured", "in that phase captured"),
        world(replace(E, clause="government forces in that phase captured {place}")),
    ),
    Plant(
        PHASED, "choose-phase", world=world(replace(E, kind="start", claims=(claim("2014-01-10"), claim("2014-01-15"))))
    ),
    Plant(
        "a source’s date is asked only where sources differ",
        "source-date",
        fields(mode=Mode.ATTRIBUTED),
        world(event("x", "2014-04-07", claim("2014-04-07", "003"), phase="third")),
    ),
)
PLACES = (
    Plant(
        "every claim that vouches gives the place",
        "type-place",
        world=world(replace(E, claims=(claim("2014-01-15", carries_place=False),))),
        also=(LED,),
    ),
    Plant("every option is a place under its own name", "choose-place", option(0, place="tfail"), also=(TRUE,)),
    Plant("every option is a place under its own name", "find-place", option(0, text="Aleppo")),
    Plant(
        "no option is, contains or lies in another", "choose-place", world=world(places=moved("bakha", parent="rima"))
    ),
    Plant(
        "a wrong place is excluded by what is said of the event",
        "choose-place",
        world=with_claims(E, claim("2014-01-15", "003", at=["qara", "rima"])),
    ),
    Plant(
        "a wrong place is excluded by what is said of the event",
        "find-place",
        world=world(event("like", "2014-01-15", at="rima", kind="entry", clause="troops entered {place}")),
    ),
    Plant(
        "wrong places are of the key’s kind",
        "choose-place",
        world=world(places=moved("bakha", kind="city")),
        also=(NOUN,),
    ),
    Plant(
        "wrong places are near the key", "choose-place", world=world(places=moved("rima", lat=None, parent="heights"))
    ),
    Plant("wrong places are near the key", "choose-place", world=world(places=moved("rima", lat=36.0))),
    Plant(
        "wrong places occur in the content",
        "choose-place",
        option(3, text="Rama", place="rama", event="", note="A town near Flitah."),
        also=(TRUE,),
    ),
    Plant(
        "no wrong place is named in the clause",
        "choose-place",
        swapped("forces", "forces from Rima"),
        world(replace(E, clause="government forces from Rima captured {place}")),
    ),
    Plant(
        "a wrong event is excluded from the place",
        "happened-here",
        world=world(
            replace(known("seen-flitah"), slot="rima", places=known("seen-rima").places, claims=(claim("2014-03-06"),))
        ),
    ),
)
STEM = (
    Plant(
        "points to exactly one event", "enter-date", world=world(event("f", "2014-03-15", at="qara", phase="second"))
    ),
    Plant("points to exactly one event", "who-reports", swapped("captured Qara", "took it")),
    Plant(
        "tells the event around the question for its place",
        "type-place",
        stem("On 15 January 2014, which town or village was captured?"),
    ),
    Plant(
        "is true of one event’s place only",
        "type-place",
        fields(aside=("rima",)),
        world(event("f", "2014-01-15", at="rima", phase="first")),
    ),
    Plant("names the place, and no option does", "happened-here", stem("Which of these happened among the hills?")),
    Plant(
        "names the place, and no option does",
        "happened-here",
        option(1, text="A minister saw the people of Tfail (6 March 2014)"),
    ),
    Plant("has no spelling of its key", "type-place", swapped("2014, g", "2014, at al-QARRA, g")),
    Plant(
        "does not name the source it asks for",
        "who-reports",
        swapped("documents", "documents, document 000 among them,"),
    ),
    Plant(
        "has no number of its key",
        "enter-date",
        swapped("forces", "forces with 15 tanks"),
        world(replace(E, clause="government forces with 15 tanks captured {place}")),
    ),
    Plant("has no month or weekday of its key", "enter-date", swapped("day did", "day, a Wednesday, did")),
    Plant("has no month or weekday of its key", "source-date", swapped("which day", "which day in April")),
    Plant("gives no date but one that stands plainly", "type-place", swapped("15 January", "16 January")),
    Plant(
        "gives no date but one that stands plainly",
        "type-place",
        stem("Government forces captured which town or village in May?"),
    ),
    Plant("asks no finer than is known", "choose-date", swapped("On which day", "Between which days")),
    Plant("asks no finer than is known", "choose-date", world=LASTED, also=(RIGHT, OUTSIDE, KEY, TRUE)),
    Plant("has a noun that fits key and options", "choose-place", swapped("town or village", "hill")),
    Plant("has no negation", "first", swapped("came first", "did not come last")),
    Plant("has no negation", "enter-date", swapped("day did", "day and no other did")),
    Plant("has no ‘all’ or ‘none of the above’", "happened-here", option(2, text="None of these (9 March 2014)")),
    Plant("has no relative date", "first", swapped("first?", "first the next day?")),
    Plant("has no loose pronoun", "first", swapped("Which of", "It was which of")),
    Plant("has one question mark", "first", swapped("first?", "first? Which one?")),
    Plant(READS, "first", swapped("came", "{came}")),
    Plant(READS, "first", swapped("came", "came came")),
    Plant(READS, "first", swapped("two", f"two {'very ' * 2}{'x' * 200}")),
    Plant(
        LED,
        "type-place",
        swapped("On 15", "According to Document 000, on 15"),
        also=("the mode is that of stem, events and kind",),
    ),
    Plant(LED, "type-place", stem("Government forces captured which town or village?"), VOICED),
    Plant(LED, "choose-phase", swapped("In which", "According to Document 000, in which")),
    Plant(
        "tells the event around the question for its place",
        "type-place",
        stem("On 15 January 2014, government forces captured what?"),
    ),
    Plant("tells the event around the question for its place", "type-place", swapped("village?", "village region?")),
    Plant(
        "has no loose pronoun",
        "enter-date",
        stem("On which day did this happen: they captured Qara?"),
        world(replace(E, clause="they captured {place}")),
    ),
    Plant(LED, "choose-phase", swapped(", as Document 000 divides it,", "")),
    Plant(
        LED,
        "enter-date",
        stem("According to TV, on which day did this happen: government forces captured Qara?", mode=Mode.ATTRIBUTED),
        VOICED,
        also=("the accepted days are those common to all claims",),
    ),
    Plant(
        "names the source whose date it asks for", "source-date", swapped("Document 000", "Document 004"), also=(RIGHT,)
    ),
)
OPTIONS = (
    Plant("the kind is one that is judged, with its shape and facet", "first", fields(kind="second")),
    Plant("the kind is one that is judged, with its shape and facet", "first", fields(facet=Facet.DATE)),
    Plant("the kind is one that is judged, with its shape and facet", "enter-date", fields(key=(0,))),
    Plant(
        "the kind is one that is judged, with its shape and facet", "first", fields(days=("2014-02-01", "2014-02-01"))
    ),
    Plant("the kind is one that is judged, with its shape and facet", "first", fields(places=("qara",))),
    Plant(
        RIGHT,
        "first",
        fields(options=shown("b", "a", "c"), events=("a", "b", "c"), citations=()),
        also=(COUNT, CITED, ALL_CITED),
    ),
    Plant(RIGHT, "insert", fields(options=shown("a", "d", "c")), also=(STRICT,)),
    Plant(RIGHT, "next", fields(options=shown("d", "c", "b")), also=(STRICT,)),
    Plant(RIGHT, "choose-date", fields(key=(2,)), also=(OUTSIDE,)),
    Plant(RIGHT, "choose-phase", fields(key=(1,)), also=(KEY,)),
    Plant(RIGHT, "choose-place", fields(key=(1,)), also=(EXCLUDED, "no wrong place is named in the clause")),
    Plant(RIGHT, "happened-here", fields(key=(1,)), also=("a wrong event is excluded from the place", KEY)),
    Plant(RIGHT, "first", fields(key=(0,)), also=(STRICT, KEY)),
    Plant(RIGHT, "insert", fields(key=(0,)), also=(STRICT,)),
    Plant(RIGHT, "next", fields(key=(0,)), also=(STRICT, KEY)),
    Plant(RIGHT, "settled", fields(key=(0,)), also=(MODE, STRICT, KEY)),
    Plant(
        RIGHT,
        "who-reports",
        world=with_claims(E, claim("2014-01-15", "003")),
        also=("no wrong witness says so too",),
    ),
    Plant(RIGHT, "source-date", fields(key=(3,)), also=(BY_SOURCE,)),
    Plant(OUTSIDE, "choose-date", dates("10 January", "16 January", "19 January")),
    Plant(OUTSIDE, "choose-date", world=with_claims(E, claim("2014-01-19", "003", stance="predicted"))),
    Plant(
        OUTSIDE,
        "choose-date",
        world=world(event("f", "[2014-01-09..2014-01-10]", kind="entry", places={"qara": "near"})),
    ),
    Plant(
        "wrong dates lie outside all that this source says",
        "source-date",
        world=with_claims(X, claim("2014-04-10", overtaken=True)),
        also=(NOTED,),
    ),
    Plant("wrong dates lie within 21 days", "choose-date", dates("10 January", "18 January", "7 February")),
    Plant("no date is before the first day of the chronicle", "choose-date", option(0, text="30 December 2013")),
    Plant("dates are of one granularity", "choose-date", option(3, text="19–20 January 2014")),
    Plant("no two are one", "source-date", option(2, text="7 April 2014"), also=(RIGHT, BY_SOURCE, NOTED)),
    Plant("no two are one", "choose-place", option(0, text=""), also=("every option is a place under its own name",)),
    Plant("they are as many as the kind has", "choose-date", dates("10 January", "18 January")),
    Plant("they are sorted", "choose-date", dates("18 January", "10 January", "19 January")),
    Plant("they are sorted", "choose-place", lambda q: replace(q, options=(*q.options[1::-1], *q.options[2:]))),
    Plant("they are sorted", "choose-phase", lambda q: replace(q, options=(q.options[0], *q.options[:0:-1]))),
    Plant(
        "the key does not stand out by its length",
        "choose-place",
        both(option(2, text=LONG, note=f"Government forces captured {LONG} (15 January 2014)."), fields(key_text=LONG)),
        world(places=moved("qara", name=LONG)),
    ),
    Plant(
        "events to choose from are told plainly with their dates",
        "happened-here",
        option(1, text="A minister saw the people there (7 March 2014)"),
    ),
    Plant(
        "events to choose from are told plainly with their dates",
        "happened-here",
        world=world(replace(known("seen-tfail"), told_only=True)),
    ),
    Plant("each is the witness it stands for", "who-reports", option(1, text="Document 002")),
    Plant(
        "no wrong witness says so too",
        "who-reports",
        world=world(event("f", claim("2014-01-15", "003"), places={"qara": "at"})),
    ),
    Plant(
        "no witness is part of another",
        VOICES,
        fields(
            options=(VOICES.options[1], Option("A SOHR SOURCE", "Quoted elsewhere.", witness="a sohr source")), key=(0,)
        ),
        world(event("z", claim("2014-02-01", voice="a sohr source"))),
    ),
)
STEPS = (
    event("a", "2014-02-01", at="rima", kind="entry", clause="government forces entered {place}", phase="first"),
    event("b", "2014-02-05", at="rima", phase="first"),
)
BY_RIMA = {"rima": "near"}
ORDER = (
    Plant(
        STRICT,
        "first",
        world=world(event("b", "[2014-02-01..2014-02-05]", phase="first"), stated=()),
        also=(RIGHT, TRUE),
    ),
    Plant(STRICT, "order", fields(key=(3, 0, 1, 2), options=shown("c", "b", "d", "a")), also=(RIGHT, KEY)),
    Plant(STRICT, SETTLED, world=world(replace(known("a"), twins=frozenset("b"))), also=(RIGHT,)),
    Plant(
        "no claim reverses a pair",
        "first",
        world=with_claims(known("b"), claim("2014-01-25", overtaken=True)),
        also=(RIGHT, STRICT),
    ),
    Plant(
        "no pair are steps of one fight",
        "first",
        fields(
            options=(
                Option(
                    "Government forces captured Rima", "Government forces captured Rima (5 February 2014).", event="b"
                ),
                Option(
                    "Government forces entered Rima", "Government forces entered Rima (1 February 2014).", event="a"
                ),
            ),
            key_text="Government forces entered Rima",
        ),
        world(*STEPS),
    ),
    Plant(
        "what nothing settles is not at one place",
        "settled",
        world=world(
            *(event(k, "2014-05-05", kind=known(k).kind, clause=known(k).clause, places=BY_RIMA) for k in "mn")
        ),
    ),
    Plant(
        "what nothing settles is told without hours",
        "settled",
        world=world(replace(M, claims=(replace(M.claims[0], sentence="It came at dawn."), M.claims[1]))),
    ),
    Plant(
        "the start is neither right nor one swap from it",
        "order",
        fields(options=shown("a", "b", "d", "c"), key=(0, 1, 3, 2)),
    ),
    Plant(
        "no word gives it away",
        "first",
        both(
            option(0, text="Government forces recaptured the b post"),
            option(0, note="Government forces recaptured the b post (5 February 2014)."),
        ),
        world(replace(known("b"), clause="government forces recaptured the b post")),
    ),
    Plant("no date gives it away", "first", option(0, text="In May, government forces captured the b post")),
    Plant(
        "the options are the events asked about",
        "first",
        fields(events=("a", "b", "c"), citations=cited(map(known, "abc"))),
    ),
    Plant(
        "the options are the events asked about",
        "settled",
        option(2, event="c"),
        also=(TRUE, "points to exactly one event"),
    ),
    Plant(EACH_LED, "next", world=world(replace(known("d"), told_only=True))),
    Plant(EACH_LED, "first", option(0, text="According to Document 000, government forces captured the b post")),
    Plant(
        EACH_LED,
        "first",
        world=world(event("b", claim("2014-02-05", voice="sohr"), phase="first")),
        also=(MODE, "attributes in the same sentence"),
    ),
)
TYPED = (
    Plant("the accepted days are those common to all claims", "enter-date", fields(days=("2014-01-14", "2014-01-15"))),
    Plant("the accepted days are those common to all claims", "enter-date", fields(half_life=7.0)),
    Plant(SAME, LASTING, fields(days=("2014-03-26", "2014-03-26"))),
    Plant(
        SAME,
        LASTING,
        fields(stem="What was the first day, or the last day, on which fighting raged around the l post?"),
    ),
    Plant(
        SAME,
        LASTING,
        world=world(
            event(
                "l", "[2014-03-20..2014-03-26]", kind="clash", clause="fighting raged around the l post", phase="second"
            )
        ),
    ),
    Plant("the accepted place is that of the event", "type-place", fields(places=("qara", "rima"))),
    Plant(
        "every spelling of the key is accepted", "type-place", world=world(places=moved("qara", spellings=("Kara",)))
    ),
    Plant("no spelling of another place is accepted", "type-place", world=world(site=Site(None, lambda _: "qara"))),
    Plant(
        "what is neither right nor wrong is asked back", "type-place", world=world(places=moved("rima", parent="qara"))
    ),
    Plant("every pin is where its place is", "find-place", option(0, lat=34.5)),
    Plant(
        "the circle of a pin holds no other",
        "find-place",
        option(4, lat=34.001),
        world(places=moved("rima", lat=34.001)),
    ),
)
FEEDBACK = (
    Plant(KEY, "first", fields(key_text="")),
    Plant(CITED, "first", fields(citations=()), also=(ALL_CITED,)),
    Plant(TRUE, "choose-phase", option(2, note="It ran from 1 to 29 April 2014.")),
    Plant(TRUE, "who-reports", option(1, note="Its dates run from 1 April 1998 to 2 April 2014.")),
    Plant(TRUE, VOICES, option(0, event="a", note=line("a"))),
    Plant(
        TRUE, "choose-date", option(3, event="v", note="Nothing is dated to this day alone. The nearest: " + line("v"))
    ),
    Plant(
        TRUE, "choose-date", option(2, event="a", note="Nothing is dated to this day alone. The nearest: " + line("a"))
    ),
    Plant(TRUE, "choose-date", option(2, event="v", note=line("v"))),
    Plant(KEY, "enter-date", fields(key_text="16 January 2014")),
    Plant(KEY, "type-place", fields(key_text="Rima")),
    Plant(KEY, "first", fields(key_text="Government forces captured the b post")),
    Plant(KEY, "order", fields(key_text="The c post, then the others")),
    Plant("says why, truly", "first", fields(explanation="")),
    Plant("says why, truly", "first", fields(explanation="The a post was captured on 3 February 2014.")),
    Plant("has at least one citation, each with its place", "first", lambda q: citations(q, locator="")),
    Plant(
        "gives all differing claims with their sources", "source-date", lambda q: replace(q, citations=q.citations[:1])
    ),
    Plant("gives all differing claims with their sources", "first", lambda q: citations(q, sentence="Another one.")),
    Plant("says of each wrong option when or where it really was", "choose-place", option(0, note="", event="")),
    Plant("says of each wrong option when or where it really was", "source-date", option(3, note="Some say so.")),
    Plant(TRUE, "choose-date", option(3, note="According to SOHR, rebels shelled the v post (21 January 2014).")),
    Plant(TRUE, "choose-date", dates("10 January", "18 January", "20 January")),
    Plant(TRUE, "choose-place", option(0, event="seen-rima", note=line("seen-rima"))),
    Plant(
        "attributes in the same sentence", "choose-date", option(3, note="Rebels shelled the v post (20 January 2014).")
    ),
    Plant(
        "says where a wrong event was",
        "happened-here",
        option(1, note="A minister saw the people of that town (6 March 2014)."),
        also=(TRUE,),
    ),
)
NEUTRAL = (
    Plant(
        "has no loaded word outside attribution",
        "first",
        fields(explanation="The regime captured the a post, then the b post."),
    ),
    Plant("has the same verbs for all sides", "first", fields(explanation="The rebels overran it.")),
    Plant("never asks or offers a figure", "first", swapped("Which of", "How many and which of")),
    Plant("never asks or offers a figure", "first", option(0, text="650"), also=("points to exactly one event",)),
    Plant("never asks for blame", "first", swapped("first", "first, and who was to blame")),
    Plant(
        "gives casualties and blame with whose word it is",
        "enter-date",
        world=world(replace(E, kind="killing")),
        also=(LED,),
    ),
    Plant("has a content note exactly where one is due", "first", fields(sensitive=True)),
    Plant(
        "tells no killing that was not announced",
        "choose-date",
        option(3, event="k", note="According to Document 000, a commander was killed at the k post (20 January 2014)."),
        world(replace(known("k"), claims=(claim("2014-01-20"),), phase="first")),
    ),
)
PLANTS = (*MEANING, *PLACES, *STEM, *OPTIONS, *ORDER, *TYPED, *FEEDBACK, *NEUTRAL)
