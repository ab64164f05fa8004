"""The chronicle as the question makers see it: events and claims as plain values."""

import re
from dataclasses import dataclass

from quiz.chronology import Interval

NOT_VOUCHED = frozenset({"predicted", "doubts", "denies"})
"""Stances of a claim that does not say that the thing happened."""
DOUBTING = frozenset({"doubts", "denies", "unconfirmed"})
"""Stances that keep a facet from being asked plainly."""
BLAMING = frozenset({"killing", "execution", "casualties"})
"""Kinds of events that count the dead or lay a killing on somebody: asked with their source only."""
_PHASE = re.compile(r"\b(first|second|third) phase\b")
_KILLING = re.compile(r"\b(kill(ed|ing)|deaths?|dead|died|casualt(y|ies)|losses)\b")


@dataclass(frozen=True, slots=True)
class PlaceRole:
    """A place in one role."""

    place: str
    role: str


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """What one source says of one event. `voice` is blank where the source says it itself."""

    key: str
    source: str
    source_name: str
    family: str
    voice: str
    voice_name: str
    stance: str
    interval: Interval | None
    places: tuple[PlaceRole, ...]
    carries_place: bool
    sentence: str
    locators: tuple[str, ...]
    infobox: bool = False
    overtaken: bool = False
    inferred: bool = False

    @property
    def witness(self) -> str:
        """On whose word it stands: the voice, else the family of its document."""
        if self.voice:
            return self.voice
        return f"{self.family}, unnamed" if self.stance == "reported" else self.family

    @property
    def said_by(self) -> str:
        """Who is named for it: the voice; else the document, or what it cites without saying from whom."""
        return self.voice_name or (
            f"reports cited in {self.source_name}" if self.stance == "reported" else self.source_name
        )

    @property
    def own_word(self) -> bool:
        """Whether the document says it itself, in its text."""
        return self.stance == "asserts" and not self.voice and not self.infobox

    @property
    def is_firm(self) -> bool:
        """Whether it vouches without calling the thing unconfirmed."""
        return self.vouches and self.stance not in DOUBTING

    @property
    def vouches(self) -> bool:
        """Whether it says that the thing happened, and no later claim overtakes it."""
        return self.stance not in NOT_VOUCHED and not self.overtaken


@dataclass(frozen=True, slots=True)
class EventFact:
    """An event with its claims.

    `sides` are the sides of those who act; `twins` are the keys of events that are perhaps the same.
    """

    key: str
    kind: str
    clause: str
    phase: str
    sides: frozenset[str]
    agents: frozenset[str]
    places: tuple[PlaceRole, ...]
    slot: str
    claims: tuple[ClaimFact, ...]
    sensitive: bool = False
    told_only: bool = False
    twins: frozenset[str] = frozenset()

    @property
    def every_place(self) -> frozenset[str]:
        """All places of the event and of its claims, in any role."""
        mine = {p.place for p in self.places}
        return frozenset(mine.union(*({p.place for p in claim.places} for claim in self.claims)))

    @property
    def counts_the_dead(self) -> bool:
        """Whether it counts the dead, or lays a killing on somebody."""
        return self.kind in BLAMING or bool(self.sensitive and _KILLING.search(self.clause.casefold()))

    @property
    def needs_source(self) -> bool:
        """Whether it is told with its source only: it counts the dead, lays a killing on somebody, or names a phase.

        Phases are how two of the documents divide the story, not something that happened.
        """
        return self.counts_the_dead or bool(_PHASE.search(self.clause.casefold()))

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """The dates of all claims, also of those that doubt, predict or are overtaken."""
        return tuple(claim.interval for claim in self.claims if claim.interval)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something is not asked; `reason` is a short phrase, the same for all cases of one sort.

    `by_chance` says that another seed may give a question: the fact can be asked, only not this time.
    """

    reason: str
    by_chance: bool = False
