"""What may be asked of an event, for its editors: by each kind of question, or why not."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.utils.translation import gettext as _

from quiz.chronology import span_in_words
from quiz.models import Event
from quiz.questions.asking import Agreement, date_agreement, place_agreement
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, Kind
from quiz.questions.question import Facet, Question, Shape
from quiz.study import effects


@dataclass(frozen=True, slots=True)
class Verdict:
    """One kind of question on one event: a question as an example, or why it can't be asked."""

    kind: Kind
    made: Question | Refusal

    @property
    def question(self) -> Question | None:
        """The example, if there is one."""
        return self.made if isinstance(self.made, Question) else None

    @property
    def reason(self) -> str:
        """Why not; blank where it may be asked."""
        made = self.made
        return made.reason if isinstance(made, Refusal) and not made.by_chance else ""

    @property
    def lines(self) -> tuple[tuple[str, bool], ...]:
        """What an example gives to choose, to order or to fill in, each with whether it is right."""
        made = self.question
        if made is None:
            return ()
        if made.shape is Shape.ORDER:
            return tuple((made.options[index].text, True) for index in made.key)
        if made.shape is Shape.GAP:
            told = [(option.text, False) for option in made.options]
            return (*told[: made.key[0]], (_("here"), True), *told[made.key[0] :])
        listed = tuple((option.text, index in made.key) for index, option in enumerate(made.options))
        return listed or ((made.key_text, True),)


@dataclass(frozen=True, slots=True)
class FacetVerdicts:
    """What is asked of one facet of an event, and what is not."""

    facet: Facet
    asked: tuple[Verdict, ...]
    refused: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """An event as the lists of the admin show it; a retired one is not asked and its claims are not compared."""

    told: str
    dates: str
    date: Agreement | None
    place: Agreement | None
    asked_by: tuple[Verdict, ...]


# Each chronicle has its own verdicts, which go with it when the content changes.
_known: WeakKeyDictionary[Chronicle, dict[str, tuple[Verdict, ...]]] = WeakKeyDictionary()


def verdicts(chronicle: Chronicle, key: str) -> tuple[Verdict, ...]:
    """What each kind makes of an event; raises KeyError for one that is retired."""
    known = _known.setdefault(chronicle, {})
    if key not in known:
        known[key] = tuple(Verdict(kind, effects.example(chronicle, kind.name, key)) for kind in KINDS.values())
    return known[key]


def by_facet(chronicle: Chronicle, key: str) -> tuple[FacetVerdicts, ...]:
    """The same, facet by facet; raises KeyError for an event that is retired."""
    found = [(facet, [v for v in verdicts(chronicle, key) if v.kind.facet is facet]) for facet in Facet]
    return tuple(
        FacetVerdicts(facet, tuple(v for v in here if not v.reason), tuple(v for v in here if v.reason))
        for facet, here in found
        if here
    )


def asked(chronicle: Chronicle) -> set[str]:
    """Keys of the events that at least one kind can ask."""
    return {key for (key, _kind), standing in effects.standings(chronicle).items() if not standing.reason}


def disputed(chronicle: Chronicle, facet: str) -> set[str]:
    """Keys of the events whose witnesses contradict each other on their 'date' or on their 'place'."""
    return {
        event.key
        for event in chronicle.events.values()
        if (date_agreement(event.claims) if facet == "date" else place_agreement(event)) is Agreement.DISPUTED
    }


def seen(chronicle: Chronicle, event: Event) -> Seen:
    """An event for a list; reads no database, except for the places and days of one that is retired."""
    fact = chronicle.events.get(event.key)
    if fact is None:
        return Seen(_told(event), _days(event), None, None, ())
    return Seen(
        told=chronicle.texts[event.key],
        dates=chronicle.date_words(event.key) if fact.intervals else "",
        date=date_agreement(fact.claims),
        place=place_agreement(fact),
        asked_by=tuple(verdict for verdict in verdicts(chronicle, event.key) if not verdict.reason),
    )


def label(chronicle: Chronicle, event: Event) -> str:
    """An event in one line, with its place and its date, so that it can be told from its like."""
    if event.key not in chronicle.events:
        return str(event)
    return f"{capital(chronicle.texts[event.key])} ({chronicle.date_words(event.key)})"


def _told(event: Event) -> str:
    name = next((row.place.name for row in event.places.all() if row.slot), "…")
    return event.clause.replace("{place}", name)


def _days(event: Event) -> str:
    first, last = getattr(event, "first_day", None), getattr(event, "last_day", None)
    return span_in_words(first, last) if first and last else ""
