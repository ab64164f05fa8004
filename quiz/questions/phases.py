"""Phases, as some documents divide the story, and in which of them an event lies by all its claims."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quiz.questions.asking import ask_phase
from quiz.questions.facts import EventFact, Refusal

TURNS = frozenset({"start", "end"})
"""Kinds of events that may be what a phase begins or ends with."""


@dataclass(frozen=True, slots=True)
class PhaseFact:
    """A phase with its days, both included, and who divides the story so, as a sentence names them."""

    key: str
    name: str
    first: date
    last: date
    tellers: tuple[str, ...] = ()


class Phases:
    """For each event the one phase in which all its claims lie, or why there is none to ask for."""

    def __init__(self, events: Mapping[str, EventFact], phases: Iterable[PhaseFact]) -> None:
        """Place the events, and count them, so that each phase can be right equally often."""
        self.all = tuple(sorted(phases, key=lambda phase: phase.first))
        self._firsts = [phase.first for phase in self.all]
        self.of: dict[str, PhaseFact | Refusal] = {key: self._phase(events, event) for key, event in events.items()}
        counts = Counter(phase.key for phase in self.of.values() if isinstance(phase, PhaseFact))
        least = min(counts.values(), default=0)
        self.share = {key: least / count for key, count in counts.items()}
        """Phase to how likely an event of it is asked: all of the phase with fewest events, fewer of the others."""

    def _phase(self, events: Mapping[str, EventFact], event: EventFact) -> PhaseFact | Refusal:
        how = ask_phase(event)
        if isinstance(how, Refusal):
            return how
        whole = [events[key] for key in sorted({event.key, *event.twins} & events.keys())]
        intervals = [i for one in whole for i in one.intervals]
        low = [i.earliest for i in intervals if i.earliest]
        if not intervals or len(low) < len(intervals):
            return Refusal("a claim gives no day after which it happened")
        first, last = min(low), max(i.latest for i in intervals)
        at = bisect_right(self._firsts, first) - 1
        if at < 0 or self.all[at].last < last:
            return Refusal("its claims do not lie in one phase")
        if not self.all[at].tellers:
            return Refusal("nobody is named who divides the story so")
        if {first, last} & {self.all[at].first, self.all[at].last} and event.kind in TURNS:
            return Refusal("it begins or ends a phase")
        return self.all[at]

    def around(self, phase: PhaseFact, reach: int) -> tuple[PhaseFact, ...]:
        """A phase with at most so many before it and so many after it, in their order."""
        at = bisect_left(self._firsts, phase.first)
        return self.all[max(at - reach, 0) : at + reach + 1]
