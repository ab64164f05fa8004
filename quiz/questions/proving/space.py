"""What can be judged over all questions of a kind only: how often a bot guesses right, how the keys are spread.

Each question counts once: a kind that asks an event more seldom, so that nothing can be guessed, is judged as learners
meet it. Questions about one event, drawn with several seeds, are not independent: bounds are taken for the number of
events.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from math import erfc, exp, gamma, lgamma, log, sqrt
from statistics import fmean
from typing import TypeVar

from quiz.questions.proving.bots import BOTS, ORDER_BOTS, Bot, dates
from quiz.questions.proving.learning import learned
from quiz.questions.question import Question, Shape

T = TypeVar("T")

MARGIN = 0.03
"""So much above chance a bot may come."""
RARE = 0.001
"""How rarely a bound may be passed by mere chance: the 99.9 % bound."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How one bot fares over a kind: mean over its questions, from 0 to 1, beside chance and what is allowed.

    `said` is in how many of the questions it had anything to go by; in the others it guesses blindly.
    """

    kind: str
    bot: str
    events: int
    questions: int
    said: int
    hits: float
    chance: float
    bound: float

    @property
    def fails(self) -> bool:
        """Whether it does better than the bound allows."""
        return self.hits > self.bound


# --- Bounds -----------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def binomial_bound(n: int, p: float) -> float:
    """The least share of hits among `n` tries that mere chance `p` exceeds with probability RARE at most."""
    if not n or p <= 0:
        return 0.0
    if p >= 1:
        return 1.0
    tail, hits = 0.0, n
    while hits > 0:
        tail += exp(_log_choose(n, hits) + hits * log(p) + (n - hits) * log(1 - p))
        if tail > RARE:
            return hits / n
        hits -= 1
    return 0.0


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def chi_square_tail(statistic: float, freedom: int) -> float:
    """The probability that a chi-square variable of so many degrees of freedom exceeds a value.

    By the recurrence of the incomplete gamma function (Abramowitz & Stegun 1964, 26.4.4 and 26.4.5).
    """
    half = statistic / 2
    tail, done = (erfc(sqrt(half)), 1) if freedom % 2 else (exp(-half), 2)
    while done < freedom:
        tail += half ** (done / 2) * exp(-half) / gamma(done / 2 + 1)
        done += 2
    return tail


# --- Guessing -----------------------------------------------------------------------------------


def guessing(questions: Sequence[Question]) -> list[Rate]:
    """How the bots fare, kind by kind; bots that have nothing to go by in a kind are left out."""
    bots = {**BOTS, **learned(questions)}
    found = []
    for kind, asked in _by(questions, lambda q: q.kind).items():
        chosen = [question for question in asked if question.choices]
        ordered = [question for question in asked if question.shape is Shape.ORDER]
        found += [rate for name, bot in bots.items() if (rate := _rate(kind, name, chosen, bot))]
        found += [_order_rate(kind, name, ordered) for name in ORDER_BOTS if ordered]
    return found


def _rate(kind: str, name: str, asked: Sequence[Question], bot: Bot) -> Rate | None:
    picks = [(question, bot(question)) for question in asked]
    said = sum(picked is not None for _, picked in picks)
    if not said:
        return None
    hits = fmean(q.chance if picked is None else len(picked & {*q.key}) / len(picked) for q, picked in picks)
    chance = fmean(question.chance for question in asked)
    events = len({question.event for question in asked})
    bound = max(chance + MARGIN, binomial_bound(events, chance))
    return Rate(kind, name, events, len(asked), said, hits, chance, bound)


def _order_rate(kind: str, name: str, asked: Sequence[Question]) -> Rate:
    """Credit, where another bot has hits: chance is the mean credit of a blind order, the bound is normal."""
    bot = ORDER_BOTS[name]
    earned = fmean(_credit(bot(question), question.key) for question in asked)
    blind = [_blind_credits(len(question.options)) for question in asked]
    chance = fmean(fmean(some) for some in blind)
    spread = sqrt(max(fmean((c - fmean(some)) ** 2 for c in some) for some in set(blind)))
    events = len({question.event for question in asked})
    bound = chance + max(MARGIN, 3.09 * spread / sqrt(events))
    return Rate(kind, name, events, len(asked), len(asked), earned, chance, bound)


def _credit(given: Sequence[int], right: Sequence[int]) -> float:
    """Twice the share of pairs in order less one, at least 0."""
    rank = {item: n for n, item in enumerate(given)}
    pairs = [(a, b) for n, a in enumerate(right) for b in right[n + 1 :]]
    return max(0.0, 2 * sum(rank[a] < rank[b] for a, b in pairs) / len(pairs) - 1)


@lru_cache
def _blind_credits(size: int) -> tuple[float, ...]:
    return tuple(_credit(given, range(size)) for given in permutations(range(size)))


def _by(things: Iterable[T], name: Callable[[T], str]) -> dict[str, list[T]]:
    grouped: dict[str, list[T]] = defaultdict(list)
    for thing in things:
        grouped[name(thing)].append(thing)
    return dict(grouped)


# --- How keys are spread ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spread:
    """How often the key stood at each rank, as shares; `chance` is how rarely mere chance would spread it so."""

    kind: str
    events: int
    ranks: tuple[float, ...]
    chance: float

    @property
    def fails(self) -> bool:
        """Whether mere chance would hardly spread it so."""
        return self.chance < RARE


def spreads(questions: Iterable[Question]) -> list[Spread]:
    """The ranks of the keys, kind by kind and for each number of answers."""
    chosen = [question for question in questions if question.choices]
    return [_spread(kind, asked) for kind, asked in sorted(_by(chosen, _kind_and_size).items())]


def _kind_and_size(question: Question) -> str:
    return f"{question.kind} of {question.choices}"


def _spread(kind: str, asked: Sequence[Question]) -> Spread:
    size = asked[0].choices
    events = len({question.event for question in asked})
    ranks = tuple(fmean(float(rank in q.key) for q in asked) for rank in range(size))
    statistic = events * sum((rank - 1 / size) ** 2 * size for rank in ranks)
    return Spread(kind, events, ranks, chi_square_tail(statistic, size - 1))


@dataclass(frozen=True, slots=True)
class Balance:
    """Which share of the wrong dates lies before the key, and how far from a half it may be."""

    kind: str
    events: int
    before: float
    bound: float

    @property
    def fails(self) -> bool:
        """Whether the wrong dates lie on one side more than is allowed."""
        return abs(self.before - 0.5) > self.bound


def balances(questions: Iterable[Question]) -> list[Balance]:
    """Wrong dates before and after the key, kind by kind, where the options are dates in their order."""
    dated = [q for q in questions if q.choices > 1 and (days := dates(q)) and days == sorted(days)]
    return [_balance(kind, asked) for kind, asked in sorted(_by(dated, lambda q: q.kind).items())]


def _balance(kind: str, asked: Sequence[Question]) -> Balance:
    events = len({question.event for question in asked})
    before = fmean(question.key[0] / (question.choices - 1) for question in asked)
    # The key's rank among four, as a share, has a deviation of 0.37.
    return Balance(kind, events, before, max(MARGIN, 3.29 * 0.373 / sqrt(events)))


def counts(questions: Iterable[Question]) -> Iterator[tuple[str, int, int]]:
    """Kind, number of answers, and how many questions have so many."""
    grouped = _by(questions, lambda q: f"{q.kind} {q.choices or len(q.options):3}")
    for name in sorted(grouped):
        kind, size = name.split()
        yield kind, int(size), len(grouped[name])
