"""What can be asked of the chronicle: for each event and facet the kinds of question that can, or why none can."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, kinds_of, make
from quiz.questions.question import Facet, Mode

SEEDS = range(8)
"""So often a kind is tried before it counts as unable to ask an event."""
OFTEN = 3
"""With so many of them it must ask an event to count as asking it often."""
RARELY = range(8, 64)
"""So often more, where a kind says that it could, and chance alone has kept it from it."""
MODES = tuple(Mode)
"""From what anybody may be asked to what nobody knows: a fact counts under the first of its modes."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One event in one facet: the kinds that can ask it, each with its mode, and why the other kinds can't.

    A mode of None says that the kind could, but did not with any of the seeds tried; `often` are the kinds that did
    with several of the first.
    """

    event: str
    facet: Facet
    modes: dict[str, Mode | None]
    refused: dict[str, str]
    often: tuple[str, ...] = ()

    @property
    def mode(self) -> Mode | None:
        """The first of its modes; None where no kind asks it."""
        return next((mode for mode in MODES if mode in self.modes.values()), None)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All facts, in the order of the events and facets."""

    facts: tuple[Fact, ...]

    def askable(self) -> list[Fact]:
        """The facts that some kind asks."""
        return [fact for fact in self.facts if fact.modes]

    def totals(self) -> dict[Facet, Counter[Mode | None]]:
        """How many facts of each facet there are in each mode; None stands for those that are not asked."""
        return {facet: Counter(f.mode for f in self.facts if f.facet is facet) for facet in Facet}

    def kinds(self) -> list[tuple[str, Counter[str]]]:
        """For each kind how many events it can ask, by mode."""
        modes = {kind: Counter[str]() for kind in KINDS}
        for fact in self.facts:
            for kind, mode in fact.modes.items():
                modes[kind][str(mode or "rarely")] += 1
        return list(modes.items())

    def reasons(self) -> list[tuple[str, Counter[str]]]:
        """For each kind how many events it can't ask, by reason."""
        reasons = {kind: Counter[str]() for kind in KINDS}
        for fact in self.facts:
            for kind, reason in fact.refused.items():
                reasons[kind][reason] += 1
        return list(reasons.items())


def coverage(chronicle: Chronicle, events: Iterable[str] | None = None) -> Coverage:
    """Try every kind on these events, or on all, with several seeds."""
    keys = chronicle.events if events is None else events
    return Coverage(tuple(_fact(chronicle, key, facet) for key in keys for facet in Facet))


def _fact(chronicle: Chronicle, key: str, facet: Facet) -> Fact:
    tried = {kind.name: _tried(chronicle, kind.name, key) for kind in kinds_of(facet)}
    return Fact(
        key,
        facet,
        modes={kind: found.mode for kind, found in tried.items() if isinstance(found, _Asked)},
        refused={kind: found.reason for kind, found in tried.items() if isinstance(found, Refusal)},
        often=tuple(kind for kind, found in tried.items() if isinstance(found, _Asked) and found.often),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """That a kind asks an event: in which mode, and whether with several of the first seeds."""

    mode: Mode | None
    often: bool


def _tried(chronicle: Chronicle, kind: str, key: str) -> _Asked | Refusal:
    """How a kind asks an event, or why it can't; where chance alone keeps it from it, it is tried longer."""
    made = [make(chronicle, kind, key, seed) for seed in SEEDS]
    modes = [one.mode for one in made if not isinstance(one, Refusal)]
    if modes:
        return _Asked(modes[0], len(modes) >= OFTEN)
    refused = [one for one in made if isinstance(one, Refusal)]
    if not any(one.by_chance for one in refused):
        return refused[-1]
    later = (make(chronicle, kind, key, seed) for seed in RARELY)
    return _Asked(next((one.mode for one in later if not isinstance(one, Refusal)), None), often=False)
