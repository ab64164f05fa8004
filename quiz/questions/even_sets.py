"""Sets of answers in which each answer is right equally often, so that no name is a better guess than another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

ROUNDS = 8
"""How often the likelihoods are raised: after so many, some case of almost every set is always asked."""
MOST_NAMES = 16
"""From how many names sets are formed at most, the most frequent keys first: sets grow with their fourth power."""


@dataclass(frozen=True, slots=True)
class Case:
    """What may be the key of a question, and what may not stand beside the key, other keys among them."""

    right: frozenset[str]
    barred: frozenset[str]

    def allows(self, chosen: frozenset[str], key: str) -> bool:
        """Whether of a set of names this one is right and none of the others."""
        return key in self.right and not (chosen - {key}) & self.barred


@dataclass(frozen=True, slots=True)
class Share:
    """A key with the names beside it, and how likely they are drawn."""

    key: str
    names: tuple[str, ...]
    likely: float


class EvenSets:
    """For each case the sets in which it may be asked, drawn so that each name of a set is its key equally often.

    A case whose names are right more often than others is asked more seldom: that is the price.
    """

    def __init__(self, cases: Iterable[tuple[Case, float]], sets: Iterable[tuple[str, ...]]) -> None:
        """Weigh the sets by the cases, which come with how often each occurs."""
        weights: dict[Case, float] = defaultdict(float)
        for case, weight in cases:
            weights[case] += weight
        by_key: dict[str, list[Case]] = defaultdict(list)
        for case in weights:
            for key in sorted(case.right):
                by_key[key].append(case)
        even = [drawn for names in sets if (drawn := _evenly(names, by_key, weights))]
        self._shares = {case: tuple(shares) for case, shares in _raised(even).items()}

    def shares(self, case: Case) -> tuple[Share, ...]:
        """All that may be drawn for a case; their likelihoods sum up to 1 at most."""
        return self._shares.get(case, ())

    def draw(self, case: Case, rng: Random) -> Share | None:
        """A key with the names beside it, or None where this case is not asked this time."""
        drawn = rng.random()
        for share in self.shares(case):
            drawn -= share.likely
            if drawn < 0:
                return share
        return None


def _evenly(
    names: tuple[str, ...], by_key: Mapping[str, list[Case]], weights: Mapping[Case, float]
) -> list[tuple[Case, Share]]:
    """The shares of one set among the cases that allow it, each of its names equally often; none where one never is."""
    chosen = frozenset(names)
    fitting = {key: [case for case in by_key.get(key, ()) if case.allows(chosen, key)] for key in names}
    often = {key: sum(weights[case] for case in fitting[key]) for key in names}
    least = min(often.values())
    return [(case, Share(key, names, least / often[key])) for key in names if least for case in fitting[key]]


def _raised(sets: Iterable[list[tuple[Case, Share]]]) -> dict[Case, list[Share]]:
    """All shares by case, each set's raised (or lowered) together until one of its cases is drawn for certain."""
    held = [(drawn, 1.0) for drawn in sets]
    for _ in range(ROUNDS):
        totals: dict[Case, float] = defaultdict(float)
        for drawn, scale in held:
            for case, share in drawn:
                totals[case] += share.likely * scale
        held = [(drawn, scale / max(totals[case] for case, _ in drawn)) for drawn, scale in held]
    found: dict[Case, list[Share]] = defaultdict(list)
    for drawn, scale in held:
        for case, share in drawn:
            found[case].append(replace(share, likely=share.likely * scale))
    return found


def all_sets(names: Iterable[str], sizes: Iterable[int]) -> Iterator[tuple[str, ...]]:
    """All sets of these sizes, each in the order in which the names are given."""
    listed = list(names)
    for size in sizes:
        yield from combinations(listed, size)
