"""What may be asked of an event, for its editors: by each kind of question, or why not."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from quiz.chronology import span_in_words
from quiz.models import Event
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import Agreement, Refusal, date_agreement, place_agreement
from quiz.questions.making import KINDS, Kind, make
from quiz.questions.question import Question

SEEDS = range(3)
"""Kinds that draw partners by chance may find none once and some the next time."""


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
        return self.made.reason if isinstance(self.made, Refusal) else ""


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
        known[key] = tuple(Verdict(kind, _made(chronicle, kind.name, key)) for kind in KINDS.values())
    return known[key]


def _made(chronicle: Chronicle, kind: str, key: str) -> Question | Refusal:
    refused = Refusal("")
    for seed in SEEDS:
        made = make(chronicle, kind, key, seed)
        if isinstance(made, Question):
            return made
        refused = made
    return refused


def asked(chronicle: Chronicle) -> set[str]:
    """Keys of the events that at least one kind can ask."""
    return {key for key in chronicle.events if any(verdict.question for verdict in verdicts(chronicle, key))}


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
        asked_by=tuple(verdict for verdict in verdicts(chronicle, event.key) if verdict.question),
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
