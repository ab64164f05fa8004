"""Do the estimates of difficulty find the truth, how soon, and what do the structure and the probes add?

    python -m tests.bench.difficulty_simulation [--seed 1] [--items 200]

Made-up learners answer made-up items in two worlds: the model's own, and one that the model does not know of (items
that discriminate unequally, slips, learners who learn while they answer, a structure that is a poorer guide). What is
estimated is held against the oracle that knows how each answer came about. Losses are the expected log loss of the
credit foretold for a random learner and a random item, so that the questions chosen do not colour them; an area under
a curve would only say how different the learners were. Shares right are those since the line above.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import exp, log, sqrt
from random import Random
from statistics import correlation, fmean
from time import perf_counter

from quiz.questions.difficulty import Estimate, answered, expected
from quiz.study.drawing import POOL, PROBES

LEARNERS = 300
CHECKPOINTS = (5, 10, 30, 100)
"""Mean number of answers an item at which the estimates are judged."""
SITTING = 10
AIM = 0.75
JUDGED = 3000
"""On so many pairs of a learner and an item the predictions are judged."""
FLOORS = (0.0, 0.25, 0.25, 0.33, 0.5)


@dataclass(frozen=True)
class World:
    """How answers come about. `unexplained` is the deviation of true difficulty from its structure, in logits."""

    name: str
    unexplained: float
    stretch: float = 1.0
    discrimination: float = 0.0
    slip: float = 0.0
    learning: float = 0.0


WORLDS = (
    World("the model's own world", unexplained=0.7),
    World("another world", unexplained=1.1, stretch=0.6, discrimination=0.35, slip=0.05, learning=0.01),
)


@dataclass
class Item:
    """What the structure says, and what is true."""

    structure: float
    truth: float
    floor: float
    discrimination: float


@dataclass
class Estimator:
    """What one way of estimating believes, and whether it uses the structure and the answers."""

    name: str
    structure: bool = True
    answers: bool = True
    abilities: dict[int, Estimate] = field(default_factory=dict)
    shifts: dict[int, Estimate] = field(default_factory=dict)

    def start(self, item: Item) -> float:
        return item.structure if self.structure else 0.0

    def difficulty(self, number: int, item: Item) -> float:
        return self.start(item) + self.shifts.get(number, Estimate()).value

    def expected(self, learner: int, number: int, item: Item) -> float:
        return expected(self.abilities.get(learner, Estimate()).value, self.difficulty(number, item), item.floor)

    def see(self, learner: int, number: int, item: Item, credit: float) -> None:
        ability, shift = self.abilities.get(learner, Estimate()), self.shifts.get(number, Estimate())
        self.abilities[learner], moved = answered(ability, shift, self.start(item), item.floor, credit)
        if self.answers:
            self.shifts[number] = moved


class Simulation:
    """Learners, items and what they truly are; the same seed gives the same ones."""

    def __init__(self, world: World, items: int, seed: int) -> None:
        self.world, self.rng = world, Random(f"{world.name}/{seed}")
        self.abilities = [self.rng.gauss(0.3, 1.0) for _ in range(LEARNERS)]
        self.items = [self._item() for _ in range(items)]

    def _item(self) -> Item:
        structure = self.rng.gauss(0.3, 0.8)
        truth = self.world.stretch * structure + self.rng.gauss(0.0, self.world.unexplained)
        return Item(structure, truth, self.rng.choice(FLOORS), exp(self.rng.gauss(0.0, self.world.discrimination)))

    def chance(self, learner: int, number: int) -> float:
        """How likely this learner truly is right now."""
        item = self.items[number]
        knows = 1 / (1 + exp(-item.discrimination * (self.abilities[learner] - item.truth)))
        return item.floor + (1 - item.floor - self.world.slip) * knows

    def answer(self, learner: int, number: int) -> float:
        """1 for right and 0 for wrong, by chance; where the world says so, the learner learns from it."""
        credit = float(self.rng.random() < self.chance(learner, number))
        self.abilities[learner] += self.world.learning
        return credit

    def sittings(self, pick: Callable[[int, Random], list[tuple[int, bool]]]) -> Iterator[tuple[int, int, float, bool]]:
        """Learner, item, credit, and whether the item was a probe, without end."""
        while True:
            learner = self.rng.randrange(LEARNERS)
            for number, probe in pick(learner, self.rng):
                yield learner, number, self.answer(learner, number), probe


@dataclass(frozen=True)
class Judged:
    """How good what an estimator believes is: of the difficulties (location aside), and of its predictions."""

    correlation: float
    rmse: float
    loss: float
    oracle: float
    constant: float


def judge(world: Simulation, estimator: Estimator) -> Judged:
    """Hold an estimator against the truth."""
    rng = Random(7)
    believed = [estimator.difficulty(n, item) for n, item in enumerate(world.items)]
    truth = [item.truth for item in world.items]
    off = fmean(believed) - fmean(truth)
    pairs = [(rng.randrange(LEARNERS), rng.randrange(len(world.items))) for _ in range(JUDGED)]
    chances = [world.chance(*pair) for pair in pairs]
    foretold = [estimator.expected(learner, n, world.items[n]) for learner, n in pairs]
    return Judged(
        correlation(believed, truth) if len(set(believed)) > 1 else 0.0,
        sqrt(fmean((b - off - t) ** 2 for b, t in zip(believed, truth, strict=True))),
        _loss(chances, foretold),
        _loss(chances, chances),
        _loss(chances, [fmean(chances)] * len(chances)),
    )


def _loss(chances: list[float], foretold: list[float]) -> float:
    """Expected log loss in nats: no answers are drawn, so there is no noise of them in it."""
    held = [min(max(q, 1e-4), 1 - 1e-4) for q in foretold]
    return fmean(-p * log(q) - (1 - p) * log(1 - q) for p, q in zip(chances, held, strict=True))


def compare_estimators(world: World, items: int, seed: int) -> None:
    """The same answers to questions drawn at random, seen by three estimators."""
    here = Simulation(world, items, seed)
    every = [
        Estimator("structure alone", answers=False),
        Estimator("answers alone", structure=False),
        Estimator("both"),
    ]
    head("estimated from")
    answers = here.sittings(lambda _, rng: [(rng.randrange(items), False) for _ in range(SITTING)])
    for count in range(1, items * CHECKPOINTS[-1] + 1):
        learner, number, credit, _ = next(answers)
        for estimator in every:
            estimator.see(learner, number, here.items[number], credit)
        if count % items == 0 and count // items in CHECKPOINTS:
            for estimator in every:
                show(str(count // items), estimator.name, judge(here, estimator))


def head(what: str, more: str = "") -> None:
    """The head of a table."""
    told = f"{'answers an item':>16}  {what:16} {'correlation':>11} {'RMSE':>6} {'log loss':>9}"
    say(f"{told}   of oracle/constant{more}")


def show(lead: str, name: str, judged: Judged, more: str = "") -> None:
    """One line of a table."""
    told = f"{lead:>16}  {name:16} {judged.correlation:11.3f} {judged.rmse:6.3f} {judged.loss:9.4f}"
    say(f"{told}   {judged.oracle:.4f}/{judged.constant:.4f}{more}")


def chooser(here: Simulation, estimator: Estimator, probes: float) -> Callable[[int, Random], list[tuple[int, bool]]]:
    """Draw sittings as the site does: POOL candidates for each question, the nearest to the aim, some at random."""

    def pick(learner: int, rng: Random) -> list[tuple[int, bool]]:
        pool = rng.sample(range(len(here.items)), min(POOL * SITTING, len(here.items)))
        chosen = []
        for _ in range(SITTING):
            probe = rng.random() < probes
            nearest = min(pool, key=lambda n: abs(estimator.expected(learner, n, here.items[n]) - AIM))
            taken = rng.randrange(len(here.items)) if probe else nearest
            pool = [number for number in pool if number != taken]
            chosen.append((taken, probe))
        return chosen

    return pick


def compare_choices(world: World, items: int, seed: int) -> None:
    """Questions at random, by their difficulty, and by their difficulty with probes among them."""
    head("questions", "  fewest answers  right  right in probes (true mean)")
    ends = {}
    for name, probes in (("at random", 1.0), (f"aim {AIM}", 0.0), (f"aim, {PROBES:.0%} probes", PROBES)):
        here, estimator = Simulation(world, items, seed), Estimator("both")
        seen = [0] * items
        earned: dict[bool, list[float]] = {True: [], False: []}
        answers = here.sittings(chooser(here, estimator, probes))
        for count in range(1, items * CHECKPOINTS[-1] + 1):
            learner, number, credit, probe = next(answers)
            estimator.see(learner, number, here.items[number], credit)
            seen[number] += 1
            earned[probe].append(credit)
            if count % items == 0 and count // items in CHECKPOINTS:
                mean = fmean(here.chance(x, n) for x in range(LEARNERS) for n in range(items))
                right = fmean(earned[True] + earned[False])
                among = f"{fmean(earned[True]):.3f}" if earned[True] else "    -"
                ends[name] = judge(here, estimator), min(seen), right
                show(str(count // items), name, ends[name][0], f"  {min(seen):14}  {right:.3f}  {among} ({mean:.3f})")
                earned = {True: [], False: []}
    conclude(*list(ends.values())[1:])


def conclude(without: tuple[Judged, int, float], probed: tuple[Judged, int, float]) -> None:
    """What the probes change, in a sentence."""
    (one, least, right), (other, least_probed, right_probed) = without, probed
    say(f"What the probes change, after {CHECKPOINTS[-1]} answers an item:")
    say(f"  RMSE {one.rmse:.3f} -> {other.rmse:.3f}; correlation {one.correlation:.3f} -> {other.correlation:.3f}")
    say(f"  loss above the oracle's {one.loss - one.oracle:.4f} -> {other.loss - other.oracle:.4f}")
    say(f"  answers of the item asked least {least} -> {least_probed}")
    say(f"  share right {right:.3f} -> {right_probed:.3f}, where {AIM} is aimed at")


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(description="Do the estimates of difficulty find the truth?")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--items", type=int, default=200)
    options = parser.parse_args()
    start = perf_counter()
    for world in WORLDS:
        say(f"\n{world.name.upper()}: {world}")
        compare_estimators(world, options.items, options.seed)
        compare_choices(world, options.items, options.seed)
    say(f"\n{perf_counter() - start:.0f} seconds")


if __name__ == "__main__":
    main()
