"""Drawing wrong answers so that nothing but knowledge tells which of the options is right.

If every answer is right in one of k of the questions in which it is shown, then neither its name nor its rank, its
length or its fame is a good guess. So answers that are right often have to be shown often as wrong ones, and where
they can't, they are asked for less often.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp, log, prod
from random import Random
from typing import Any, NamedTuple, TypeVar

LEAST_WEIGHED, MOST_WEIGHED = 30, 1_000
"""With fewer questions of a kind there is nothing to learn from; with more no answer is right often."""
ROUNDS, WARMING = 60, 8
"""How often the weights are mended; and how often before questions are left out."""
LEAST_ROUNDS, MOST_DRAWN = 15, 15_000
"""So often at least, and so many questions drawn in all the rounds at most: whoever comes first waits for it."""
FADING = 0.85
"""How much of what was counted in earlier rounds still counts in the next one."""
STEP = 0.3
"""The part of a fault that is mended at once, on a logarithmic scale: more would overshoot."""
SLACK = 1.04
"""How much more often than its share an answer may be right."""
TRIES = 6
"""Of how many sets of wrong answers one is taken."""
LEAST_KEPT = 0.1
"""Every question is asked with this part of all seeds at least."""
SMOOTHED = 0.3
"""Added to what is counted, as little is known of an answer that is hardly ever shown."""
REMEMBERED = 50_000
"""Of how many pairs of answers it is remembered whether they fit."""
HEAVIEST = 200.0
"""The most that an answer weighs against the middle one; its inverse is the least."""

Asked = Mapping[str, tuple[str, Sequence[str]]]
"""By the key of a question: the right answer, and the wrong ones that may stand beside it."""
Cell = tuple[int, int, int]
"""The number of an order, how many wrong answers are shown, and the rank of the right one among all."""
T = TypeVar("T")
Order = Callable[[str], Any]
"""Gives for an answer what it is sorted by."""
Fits = Callable[[str, str], bool]
"""Whether two wrong answers may stand beside each other."""
Part = Callable[[str, Sequence[str], Random], Sequence[str]]
"""Of a right answer and its pool: the part that the wrong ones of one set are drawn from."""

Ranks = Callable[[str, Sequence[str]], Sequence[int]]
"""For a right answer and the wrong ones of one set: its ranks in what a learner sees of the set as a whole."""


def whole(_right: str, pool: Sequence[str], _rng: Random) -> Sequence[str]:
    """The whole pool, for sets in which nothing but weights counts."""
    return pool


def unseen(_right: str, _drawn: Sequence[str]) -> Sequence[int]:
    """No ranks, for sets of which nothing is seen but the answers one by one."""
    return ()


class Rules(NamedTuple):
    """What makes a set of answers, as Balance takes it."""

    fits: Fits
    orders: Sequence[Order]
    part: Part = whole
    seen: Ranks = unseen


class Balance:
    """How heavily each wrong answer weighs when drawn, and how often each question is left out.

    Found by trial: in rounds, all questions are drawn, and each weight is mended by how often its answer was right
    against how often it was shown. The idea is that of iterative proportional fitting (Deming & Stephan, Annals of
    Mathematical Statistics 11, 1940). The same arguments give the same weights.
    """

    def __init__(
        self,
        asked: Asked,
        count: int,
        fits: Fits,
        orders: Sequence[Order],
        part: Part = whole,
        seen: Ranks = unseen,
    ) -> None:
        """Weigh all answers; `count` is how many wrong ones a question shows at most.

        `orders` are those that a learner sees in the options, such as by name or by length: in each of them the right
        one shall stand as often at one rank as at another. So it shall in what is `seen` of a set as a whole.
        `part` tells of which part of a pool a set is drawn.
        """
        self._count, self._part, self._fits = count, part, lru_cache(REMEMBERED)(fits)
        self._seen = seen
        self.ranks: dict[Cell, float] = {}
        self._ranked: dict[Cell, float] = defaultdict(float)
        self.kept = dict.fromkeys(sorted(asked), 1.0)
        self.weights = {answer: 1.0 for key in self.kept for answer in (asked[key][0], *asked[key][1])}
        self._orders = [_positions(self.weights, order) for order in orders] if asked else []
        self._by_fame: dict[str, int] = {}
        self._right: dict[str, float] = defaultdict(float)
        self._wrong: dict[str, float] = defaultdict(float)
        rng = Random(count)
        for turn in range(_rounds(len(asked))):
            self._by_fame = _positions(self.weights, lambda answer: self._right[answer])
            self._try(asked, rng)
            self._mend_weights()
            self._mend_ranks()
            if turn >= WARMING:
                self._leave_out(asked)

    def _try(self, asked: Asked, rng: Random) -> None:
        """Draw all questions, and count how often each answer is right, and how often it should be as it is shown."""
        _fade(self._right)
        _fade(self._wrong)
        _fade(self._ranked)
        for key, kept in self.kept.items():
            right, pool = asked[key]
            drawn = self.draw(right, pool, rng)
            for cell in self._cells(right, drawn):
                self._ranked[cell] += kept
            self._right[right] += kept * (1 - FADING)
            for answer in drawn:
                self._wrong[answer] += kept * (1 - FADING) / len(drawn)

    def _mend_weights(self) -> None:
        for answer, weight in self.weights.items():
            ratio = (self._right[answer] + SMOOTHED) / (self._wrong[answer] + SMOOTHED)
            self.weights[answer] = min(HEAVIEST, max(1 / HEAVIEST, weight * ratio**STEP))
        middle = exp(sum(map(log, self.weights.values())) / len(self.weights))
        self.weights = {answer: weight / middle for answer, weight in self.weights.items()}

    def _leave_out(self, asked: Asked) -> None:
        """Leave questions out more often of which the answer is right too often, and less often the others."""
        for key, kept in self.kept.items():
            right = asked[key][0]
            fitting = SLACK * (self._wrong[right] + SMOOTHED / 10) / (self._right[right] + SMOOTHED / 10)
            self.kept[key] = min(1.0, max(LEAST_KEPT, kept * min(1.1, fitting**0.3)))

    def leaves_out(self, key: str, rng: Random) -> bool:
        """Whether a question is not asked with this seed."""
        return rng.random() >= self.kept.get(key, 1.0)

    def draw(self, right: str, pool: Sequence[str], rng: Random) -> list[str]:
        """Draw wrong answers to stand beside a right one: of some sets drawn, one that puts it at a rare rank."""
        if not self._orders:
            return self._set(self._part(right, pool, rng), rng)
        sets = [self._set(self._part(right, pool, rng), rng) for _ in range(TRIES)]
        likely = [prod(self.ranks.get(cell, 1.0) for cell in self._cells(right, drawn)) for drawn in sets]
        return rng.choices(sets, likely)[0]

    def _cells(self, right: str, drawn: list[str]) -> Iterator[Cell]:
        for number, order in enumerate((*self._orders, self._by_fame)):
            mine = order[right]
            yield number, len(drawn), sum(order[other] < mine for other in drawn)
        for number, rank in enumerate(self._seen(right, drawn), len(self._orders) + 1):
            yield number, len(drawn), rank

    def _mend_ranks(self) -> None:
        for number in {number for number, _, _ in self._ranked}:
            for size in range(1, self._count + 1):
                cells = [(number, size, rank) for rank in range(size + 1)]
                mean = sum(self._ranked[cell] for cell in cells) / len(cells)
                for cell in cells:
                    ratio = (mean + SMOOTHED) / (self._ranked[cell] + SMOOTHED)
                    self.ranks[cell] = min(20.0, max(0.05, self.ranks.get(cell, 1.0) * ratio**STEP))

    def _set(self, pool: Sequence[str], rng: Random) -> list[str]:
        """Draw wrong answers from a pool, as likely as they weigh; each fits all those drawn before it.

        By weight without putting back, after Efraimidis & Spirakis, 'Weighted random sampling with a reservoir'
        (Information Processing Letters 97, 2006).
        """
        ranked = sorted(((rng.random() ** (1 / self.weights.get(key, 1.0)), key) for key in pool), reverse=True)
        drawn: list[str] = []
        for _, key in ranked:
            if all(self._fits(key, other) for other in drawn):
                drawn.append(key)
                if len(drawn) == self._count:
                    break
        return drawn


def _rounds(questions: int) -> int:
    """How often so many questions are drawn."""
    return min(ROUNDS, max(LEAST_ROUNDS, MOST_DRAWN // questions)) if questions else 0


def _fade(counted: dict[T, float]) -> None:
    """Let what was counted before count less."""
    for item in counted:
        counted[item] *= FADING


def _positions(answers: Iterable[str], order: Order) -> dict[str, int]:
    """The rank of each answer in an order; ties by key."""
    return {answer: n for n, answer in enumerate(sorted(answers, key=lambda answer: (order(answer), answer)))}
