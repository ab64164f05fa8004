"""What may be asked of an event, and how: agreement, mode and right answers, computed from the claims.

Nothing here is typed in by an editor, and no function picks one of several disputed values.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quiz.chronology import Interval, common_days, parse
from quiz.questions.facts import DOUBTING, ClaimFact, EventFact, PlaceRole, Refusal
from quiz.questions.question import Mode

SHORT_DAYS = 3
"""Up to how many days a date is asked as a day (any of them is right)."""
LONG_DAYS = 31
"""Up to how many days a date is asked as a span; beyond it is not asked at all."""

_NAMING_A_PHASE = re.compile(r"\bphases?\b", re.IGNORECASE)


class Agreement(StrEnum):
    """How the witnesses of a facet stand to each other."""

    UNKNOWN = "unknown"  # no claim carries the facet
    SINGLE = "single-witness"
    AGREED = "agreed"
    COMPATIBLE = "compatible"
    DISPUTED = "disputed"


TOGETHER = Refusal("its days follow only from several claims taken together")


@dataclass(frozen=True, slots=True)
class Asking:
    """How a facet may be asked: its mode, the words that attribute it (or blank), and the claims it rests on."""

    mode: Mode
    lead: str
    claims: tuple[ClaimFact, ...]


@dataclass(frozen=True, slots=True)
class DateAsking:
    """A date that may be asked: the accepted days, both included, and whether it lasted through them."""

    asking: Asking
    first: date
    last: date
    lasted: bool
    interval: Interval

    @property
    def days(self) -> int:
        """How many days are accepted."""
        return (self.last - self.first).days + 1


# --- Agreement ------------------------------------------------------------------------------


def same_days(intervals: Iterable[Interval]) -> tuple[date | None, date] | None:
    """The days common to all, as (first or None, last); None where the intervals contradict each other.

    A thing that lasted agrees only with the same span: a day inside it is no agreement with it.
    """
    listed = list(intervals)
    spans = {(i.earliest, i.latest) for i in listed if i.lasted}
    if spans and (len(spans) > 1 or not all(i.lasted for i in listed)):
        return None
    return common_days(listed)


def date_agreement(claims: Iterable[ClaimFact]) -> Agreement:
    """How the witnesses that date an event stand to each other."""
    dated = [(claim.witness, claim.interval) for claim in claims if claim.vouches and claim.interval]
    if not dated:
        return Agreement.UNKNOWN
    if same_days(i for _, i in dated) is None:
        return Agreement.DISPUTED
    if len({(i.earliest, i.latest) for _, i in dated}) > 1:
        return Agreement.COMPATIBLE
    return Agreement.AGREED if len({w for w, _ in dated}) > 1 else Agreement.SINGLE


def placed(claim: ClaimFact, event: EventFact) -> frozenset[PlaceRole]:
    """Where a claim puts its event: its own places, else the event's."""
    return frozenset(claim.places or event.places)


def place_agreement(event: EventFact) -> Agreement:
    """How the witnesses that place an event stand to each other."""
    carrying = [claim for claim in event.claims if claim.vouches and claim.carries_place]
    where = {frozenset(p.place for p in placed(claim, event) if p.role != "mentioned") for claim in carrying}
    if not carrying or where == {frozenset()}:
        return Agreement.UNKNOWN
    if len(where) == 1:
        return Agreement.AGREED if len({claim.witness for claim in carrying}) > 1 else Agreement.SINGLE
    return Agreement.COMPATIBLE if frozenset.intersection(*where) else Agreement.DISPUTED


# --- Modes ----------------------------------------------------------------------------------


def _according_to(claim: ClaimFact) -> str:
    return f"According to {claim.said_by}"


def tellers(claims: Iterable[ClaimFact]) -> list[ClaimFact]:
    """The claims that vouch, what a document says itself before what it cites or lists."""
    return sorted((c for c in claims if c.vouches), key=lambda c: (not c.own_word, c.source, c.key))


def asking(event: EventFact, claims: Iterable[ClaimFact]) -> Asking | Refusal:
    """The mode in which a facet that these claims carry may be asked.

    Plainly where a document says it itself and none doubts it. Else with its voice or its document: that of the
    first claim, and only the claims of that same witness then speak for the answer.
    """
    if event.told_only:
        return Refusal("a state, a fear or an evaluation is told, not asked")
    vouching = tellers(claims)
    if not vouching:
        return Refusal("no claim vouches for it")
    doubted = any(claim.stance in DOUBTING for claim in event.claims)
    if not doubted and not event.needs_source:
        own = tuple(claim for claim in vouching if claim.own_word)
        if own:
            return Asking(Mode.PLAIN, "", tuple(vouching))
    first = vouching[0]
    speaking = tuple(claim for claim in vouching if claim.witness == first.witness)
    return Asking(Mode.ATTRIBUTED, _according_to(first), speaking)


def happening(event: EventFact) -> Asking | Refusal:
    """The mode in which it may be said that the event happened at all."""
    return asking(event, event.claims)


def ask_date(event: EventFact) -> DateAsking | Refusal:
    """The accepted days of an event, or why its date is not asked."""
    dated = [claim for claim in event.claims if claim.interval]
    how = _unsettled(event, dated) or asking(event, dated)
    if isinstance(how, Refusal):
        return how
    if all(claim.inferred for claim in how.claims):
        return Refusal("its date is only inferred from what stands around it")
    fixed = _fixing(how)
    return fixed if isinstance(fixed, Refusal) else _accepted(fixed)


def _unsettled(event: EventFact, dated: list[ClaimFact]) -> Refusal | None:
    """Refuse a date that nobody gives, or that the claims leave open."""
    if event.twins:
        return Refusal("perhaps the same as another event: its date is not settled")
    if not dated:
        return Refusal("no claim dates it")
    if event.slot and place_agreement(event) is Agreement.DISPUTED:
        return Refusal("its place is disputed, and its clause names one")
    return Refusal("its date is disputed") if date_agreement(dated) is Agreement.DISPUTED else None


def _fixing(how: Asking) -> Asking | Refusal:
    """The asking itself, or attributed to the one claim that fixes the days, where those named leave more of them open.

    A day that stands in an infobox only, or on a voice, does not become plain because a text gives its month; nor is
    it laid on a document that gives its month because another of its family gives the day. What follows only from
    several claims taken together, nobody says.
    """
    common = same_days(c.interval for c in how.claims if c.interval)
    named = [c for c in how.claims if (c.own_word if how.mode is Mode.PLAIN else _according_to(c) == how.lead)]
    if common == same_days(c.interval for c in named if c.interval):
        return how
    fixing = [c for c in how.claims if c.interval and (c.interval.earliest, c.interval.latest) == common]
    return Asking(Mode.ATTRIBUTED, _according_to(fixing[0]), tuple(fixing[:1])) if fixing else TOGETHER


def _accepted(how: Asking) -> DateAsking | Refusal:
    """The days common to the claims that speak, if they are few enough to be asked."""
    intervals = [claim.interval for claim in how.claims if claim.interval]
    first, last = same_days(intervals) or (None, date.max)
    if first is None:
        return Refusal("its date has no lower bound")
    if (last - first).days + 1 > LONG_DAYS:
        return Refusal(f"its date is known to more than {LONG_DAYS} days only")
    # Two claims may narrow each other down, so that neither of them says what both allow.
    texts = [i.text for i in intervals if (i.earliest, i.latest) == (first, last)]
    narrowed = first.isoformat() if first == last else f"[{first}..{last}]"
    return DateAsking(how, first, last, intervals[0].lasted, parse(min(texts, default=narrowed)))


def ask_phase(event: EventFact) -> Asking | Refusal:
    """How the phase of an event may be asked; also where its day is disputed, as its days may lie in one phase."""
    dated = [claim for claim in event.claims if claim.interval]
    if not dated:
        return Refusal("no claim dates it")
    if event.slot and place_agreement(event) is Agreement.DISPUTED:
        return Refusal("its place is disputed, and its clause names one")
    if _NAMING_A_PHASE.search(event.clause):
        return Refusal("its clause names a phase")
    how = asking(event, dated)
    inferred = not isinstance(how, Refusal) and all(claim.inferred for claim in how.claims)
    return Refusal("its date is only inferred from what stands around it") if inferred else how


@dataclass(frozen=True, slots=True)
class PlaceAsking:
    """A place that may be asked: its key and role."""

    asking: Asking
    place: str
    role: str


def ask_place(event: EventFact) -> PlaceAsking | Refusal:
    """The place in the slot of the clause, or why it is not asked."""
    if not event.slot:
        return Refusal("its clause has no place to ask for")
    role = next(p.role for p in event.places if p.place == event.slot)
    carrying = [c for c in event.claims if c.carries_place]
    if place_agreement(event) is Agreement.DISPUTED:
        return Refusal("its place is disputed")
    if not all(event.slot in {p.place for p in placed(c, event)} for c in carrying if c.vouches):
        return Refusal("not every claim gives its place")
    how = asking(event, carrying)
    return how if isinstance(how, Refusal) else PlaceAsking(how, event.slot, role)
