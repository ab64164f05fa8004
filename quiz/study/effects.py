"""What an edit changes in the questions: which disappear or appear, and which are answered or asked otherwise.

A chronicle as it was and one as it would be are compared, event by event and kind by kind, with fixed seeds.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from quiz.chronology import in_words
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.making import KINDS, Kind, make
from quiz.questions.question import Facet, Option, Question
from quiz.study import checking, facts

SEEDS = 40
"""With how many seeds a kind that refuses by chance is tried for an example."""
COMPARED_SEEDS = 4
"""With how many where all events are compared: it asks the event anyway, and a key that changes shows elsewhere too."""
YEARS_AROUND = 1
"""How many years before or after the years of the phases a claim may be dated without a remark."""


class Sort(StrEnum):
    """What becomes of a question."""

    GONE = "gone"
    KEY = "key"
    NEW = "new"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a kind of question stands to an event: what is asked and what is right, or the reason why it is not asked.

    `right` is the key as what it stands for (days, keys of places or events), whatever it is called; `partners` are
    the events that a question of sequence brings together.
    """

    reason: str = ""
    stem: str = ""
    mode: str = ""
    key: str = ""
    right: tuple[str, ...] = ()
    partners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Effect:
    """What becomes of one kind of question on one event, which `told` names in a line."""

    sort: Sort
    event: str
    told: str
    kind: Kind
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The chronicle at one moment, with what a check of the whole finds."""

    chronicle: Chronicle
    findings: frozenset[checking.Finding]


@dataclass(frozen=True, slots=True)
class Changes:
    """All that an edit does, and what its author should look at again; false where it is nothing."""

    effects: tuple[Effect, ...] = ()
    remarks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.effects or self.remarks)

    def of(self, sort: Sort) -> list[Effect]:
        """The effects of one sort."""
        return [effect for effect in self.effects if effect.sort is sort]


# --- Reading --------------------------------------------------------------------------------


def current() -> Snapshot:
    """The chronicle as it is stored; to be called before a trial writes anything."""
    return _snapshot(facts.chronicle())


def uncommitted() -> Snapshot:
    """The chronicle as the transaction under way has it; never kept, as it may be rolled back."""
    return _snapshot(facts.build())


def _snapshot(chronicle: Chronicle) -> Snapshot:
    return Snapshot(chronicle, frozenset(checking.findings(chronicle)))


# --- Standing -------------------------------------------------------------------------------


def example(chronicle: Chronicle, kind: str, key: str, seeds: int = SEEDS) -> Question | Refusal:
    """A question of a kind on an event, always the same one; else why there is none.

    A kind that refuses by chance is tried with several seeds; if it still does, it asks the event all the same.
    Raises KeyError for an unknown kind or event.
    """
    made: Question | Refusal = Refusal("not asked")
    for seed in range(seeds):
        made = make(chronicle, kind, key, seed)
        if isinstance(made, Question) or not made.by_chance:
            break
    return made


Standings = Mapping[tuple[str, str], Standing]
# The last ones reckoned. What an editor saves was tried before: its standings are then known already.
_known: deque[tuple[Chronicle, Standings]] = deque(maxlen=3)


def standings(chronicle: Chronicle) -> Standings:
    """How each kind stands to each event, by event and kind; reckoned once for the same facts."""
    for known, found in tuple(_known):
        if known is chronicle or _same(known, chronicle):
            return found
    asked = product(chronicle.events, KINDS)
    reckoned = {(key, kind): _standing(example(chronicle, kind, key, COMPARED_SEEDS)) for key, kind in asked}
    _known.append((chronicle, reckoned))
    return reckoned


def _standing(made: Question | Refusal) -> Standing:
    if isinstance(made, Refusal):
        return Standing(reason="" if made.by_chance else made.reason)
    partners = set(made.events) | {option.event for option in made.options} if made.facet is Facet.SEQUENCE else set()
    return Standing(
        stem=made.stem,
        mode=made.mode.value,
        key=made.key_text,
        right=_right(made),
        partners=frozenset(partners),
    )


def _right(question: Question) -> tuple[str, ...]:
    if question.facet is Facet.DATE and question.options:
        # Of several accepted days any may be drawn as the right option: the whole date is the key.
        return (question.key_text,)
    chosen = (question.options[index] for index in question.key if index < len(question.options))
    return (*(question.days or ()), *sorted(question.places), *(_meant(question.facet, option) for option in chosen))


def _meant(facet: Facet, option: Option) -> str:
    """What an option stands for, by the facet asked."""
    named = {
        Facet.PLACE: f"{option.place} {option.event}".strip(),
        Facet.SEQUENCE: option.event,
        Facet.SOURCE: option.witness,
    }
    return named.get(facet) or option.text


# --- Comparing ------------------------------------------------------------------------------


def compare(before: Snapshot, after: Snapshot) -> Changes:
    """What the second chronicle changes in the questions and findings of the first; reads no database."""
    if before.findings == after.findings and _same(before.chronicle, after.chronicle):
        return Changes()
    ones, others = standings(before.chronicle), standings(after.chronicle)
    absent, added = Standing(reason="the event is deleted or retired"), Standing(reason="the event is new")
    gone = before.chronicle.events.keys() - after.chronicle.events.keys()
    edited = {event.key for event in _touched(before.chronicle, after.chronicle)} | gone
    effects = []
    for key, kind in {**ones, **others}:
        one, other = ones.get((key, kind), added), others.get((key, kind), absent)
        sort = _sort(one, other, key in edited)
        if sort:
            told = _told(after.chronicle if key in after.chronicle.events else before.chronicle, key)
            effects.append(Effect(sort, key, told, KINDS[kind], one, other))
    listed = list(Sort)
    effects.sort(key=lambda e: (listed.index(e.sort), e.event not in edited, e.told, e.event))
    return Changes(tuple(effects), tuple(_remarks(before, after)))


def _same(one: Chronicle, other: Chronicle) -> bool:
    """Whether two chronicles hold the same facts, so that all their questions are the same."""
    return (
        one.events == other.events
        and one.phases == other.phases
        and one.gazetteer.places == other.gazetteer.places
        and one.sequence.stated == other.sequence.stated
    )


def _sort(before: Standing, after: Standing, edited: bool) -> Sort | None:
    if bool(before.reason) != bool(after.reason):
        return Sort.GONE if after.reason else Sort.NEW
    # A kind that asks now and then gave no example; and with other partners drawn, another key says nothing.
    if before == after or not (before.stem and after.stem) or before.partners != after.partners:
        return None
    if before.right != after.right:
        return Sort.KEY
    # Another event's new wording is told once, with that event, and not with every question that it stands in.
    return Sort.WORDS if edited or not after.partners else None


def _told(chronicle: Chronicle, key: str) -> str:
    return f"{capital(chronicle.texts[key])} ({chronicle.date_words(key)})"


# --- Remarks --------------------------------------------------------------------------------


def _remarks(before: Snapshot, after: Snapshot) -> Iterator[str]:
    """What a check of the whole finds now and did not before, and what looks like a slip."""
    found = after.findings - before.findings
    for finding in sorted(found, key=lambda f: (f.level, f.sort, f.about)):
        yield f"{capital(finding.sort)}: {finding.about} ({finding.text})."
    yield from _far_dates(before.chronicle, after.chronicle)
    known = standings(after.chronicle)
    for key in sorted(after.chronicle.events.keys() - before.chronicle.events.keys()):
        if all(known[key, kind].reason for kind in KINDS):
            yield f"No question is made of this event yet: {_told(after.chronicle, key)}."


def _far_dates(before: Chronicle, after: Chronicle) -> Iterator[str]:
    """Claims dated anew, far from the years of the story."""
    years = [day.year for phase in after.phases for day in (phase.first, phase.last)]
    if not years:
        return
    first, last = min(years), max(years)
    for event in _touched(before, after):
        known = set(before.events[event.key].claims) if event.key in before.events else set()
        for claim in event.claims:
            if claim not in known and _is_far(claim, first - YEARS_AROUND, last + YEARS_AROUND):
                words = in_words(claim.interval) if claim.interval else ""
                yield f"A claim is dated {words}, and the phases lie in {first} to {last}: is the year right?"


def _touched(before: Chronicle, after: Chronicle) -> Iterator[EventFact]:
    return (event for key, event in after.events.items() if before.events.get(key) != event)


def _is_far(claim: ClaimFact, first: int, last: int) -> bool:
    days = [day for day in (claim.interval.earliest, claim.interval.latest) if day] if claim.interval else []
    return any(not first <= day.year <= last for day in days)
