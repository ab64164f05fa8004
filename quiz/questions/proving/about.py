"""What a judge makes of one event: on whose word it stands, which days its claims allow, whom a text may name."""

import re
from functools import cached_property

from quiz.questions.facts import ClaimFact, EventFact
from quiz.questions.proving.days import Bounds, Days, bounds_of, common_days, possible, teller, vouching
from quiz.questions.proving.folding import plain

DEATH = {"killed", "killing", "death", "deaths", "dead", "died", "casualty", "casualties", "losses"}
_PHASE = re.compile(r"\b(first|second|third) phase\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


class About:
    """One event, judged; everything is worked out from its claims when it is first asked for."""

    def __init__(self, event: EventFact) -> None:
        """Take an event as it stands."""
        self.event = event
        self.dated = [c for c in event.claims if c.interval]
        self.carrying = [c for c in event.claims if c.carries_place]

    # Modes

    @cached_property
    def doubted(self) -> bool:
        """Whether any claim doubts it, denies it or gives it as unconfirmed."""
        return any(c.stance in {"doubts", "denies", "unconfirmed"} for c in self.event.claims)

    @cached_property
    def blames(self) -> bool:
        """Whether it counts the dead, lays a killing on somebody, or names a phase."""
        clause = self.event.clause.casefold()
        killing = self.event.sensitive and DEATH & set(_WORD.findall(clause))
        return bool(self.event.kind in {"killing", "execution", "casualties"} or killing or _PHASE.search(clause))

    def must_attribute(self, claims: list[ClaimFact]) -> bool:
        """Whether a facet that these claims carry stands on voices, on a box, in doubt, or on who counts the dead."""
        itself = any(own_word(c) for c in vouching(claims))
        return not itself or self.doubted or self.blames

    @cached_property
    def voiced_order(self) -> bool:
        """Whether it must be attributed where its order is asked."""
        return self.must_attribute(self.dated)

    @cached_property
    def voiced_place(self) -> bool:
        """Whether it must be attributed where its place is asked."""
        return self.must_attribute(self.carrying)

    @cached_property
    def voiced_date(self) -> bool:
        """The same for its date, also where only a voice or a box narrows down what the texts themselves leave open."""
        own = [c for c in vouching(self.dated) if own_word(c)]
        return self.voiced_order or common_days(own) != self.common

    # Days

    @cached_property
    def days(self) -> Days:
        """Every day that any claim allows."""
        return possible([self.event])

    @cached_property
    def common(self) -> Days:
        """The days that all claims that vouch for it allow."""
        return common_days(vouching(self.dated))

    @cached_property
    def bounds(self) -> set[Bounds]:
        """What a text may give as its date: what any claim says, or what all together leave."""
        said = {bounds_of(c.interval) for c in self.dated if c.interval}
        unbounded = all(c.interval.earliest is None for c in vouching(self.dated) if c.interval)
        return said | ({(min(self.common), max(self.common))} if self.common and not unbounded else set())

    @cached_property
    def disputed_date(self) -> bool:
        """Whether claims that vouch for it share no day."""
        return bool(vouching(self.dated)) and not self.common

    # Whom a text names

    def speakers(self, claims: list[ClaimFact], stem: str) -> list[ClaimFact]:
        """The claims that speak for the key: all that vouch, or those of the one whom the stem names."""
        voiced = vouching(claims)
        if not stem.startswith("According to "):
            return voiced
        return [c for c in voiced if stem.startswith(f"According to {teller(c)}, ")]

    @cached_property
    def names(self) -> list[str]:
        """Those on whose word claims stand that vouch for it, and the documents, as sentences name them; in plain.

        Longest first, so that none is taken for a part of another.
        """
        named = {plain(name) for c in vouching(self.event.claims) for name in (teller(c), c.source_name)}
        return sorted(named, key=len, reverse=True)

    def is_led(self, text: str, told: str) -> bool:
        """Whether a text in plain form tells the event on somebody's word in the same sentence."""
        lead = text.partition(f", {told}")[0].rpartition("according to ")[2] if f", {told}" in text else text
        for name in self.names:
            lead = lead.replace(name, "")
        return "according to " in text and not lead.replace(" and ", "").strip(", ")


def own_word(claim: ClaimFact) -> bool:
    """Whether the document says it itself, in its text."""
    return claim.stance == "asserts" and claim.voice == "" and not claim.infobox
