"""How long making and marking a question take, for chronicles of three sizes.

    python -m tests.bench.making_speed [--sizes 300 3000 100000] [--questions 400]

Prints the median and the 95th percentile in microseconds for each kind of question, and the medians of the larger
chronicles as multiples of the smallest. Refusals are not timed. The time to build each chronicle stands above.
"""

import argparse
import sys
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles
from time import perf_counter, perf_counter_ns

from quiz.questions.chronicle import Chronicle
from quiz.questions.making import KINDS, make
from quiz.questions.marking import Answer, mark
from quiz.questions.question import Question
from tests.bench.synthetic import synthetic

MOST_TRIES = 20


def timed(chronicle: Chronicle, kind: str, wanted: int) -> Iterator[float]:
    """Microseconds for each of at most so many questions of a kind, marking included, each on an event drawn anew."""
    rng = Random(f"{kind}/{wanted}")
    keys = list(chronicle.events)
    made = 0
    for _ in range(MOST_TRIES * wanted):
        key, seed = rng.choice(keys), rng.getrandbits(32)
        start = perf_counter_ns()
        question = make(chronicle, kind, key, seed)
        if isinstance(question, Question):
            mark(question, Answer())
            yield (perf_counter_ns() - start) / 1000
            made += 1
            if made == wanted:
                return


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How long making and marking a question take.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 3_000, 100_000])
    parser.add_argument("--questions", type=int, default=400)
    options = parser.parse_args()
    table: dict[str, list[tuple[float, float, int]]] = {kind: [] for kind in KINDS}
    for size in options.sizes:
        start = perf_counter()
        chronicle = synthetic(size)
        say(f"{size} events: chronicle built in {perf_counter() - start:.1f} s")
        for kind, row in table.items():
            times = list(timed(chronicle, kind, options.questions))
            row.append((median(times), quantiles(times, n=20)[-1], len(times)) if len(times) > 1 else (0.0, 0.0, 0))
    say("\nmicroseconds for one question: median (95th percentile)")
    say(f"{'kind':15}" + "".join(f"{size:>18,}" for size in options.sizes) + "   times the smallest")
    for kind, row in table.items():
        told = "".join(f"{middle:10.0f} ({high:5.0f})" if n else f"{'none made':>18}" for middle, high, n in row)
        first = row[0][0]
        say(f"{kind:15}{told}   " + (" ".join(f"{middle / first:.2f}" for middle, _, _ in row[1:]) if first else ""))


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
