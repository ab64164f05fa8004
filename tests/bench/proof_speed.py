"""How long the proof takes on a made-up chronicle, of which it goes through a sample of the events.

    python -m tests.bench.proof_speed [--events 3000] [--most 100] [--seeds 2] [--jobs 2]

Prints what failed (the proof must hold on other content than ours), how much was judged, and the seconds.
"""

import argparse
import sys
from time import perf_counter

from quiz.study.proof.whole import prove
from tests.bench.synthetic import synthetic


def main() -> None:
    """Prove and print; the exit code is 1 where anything failed."""
    parser = argparse.ArgumentParser(description="How long the proof takes on a made-up chronicle.")
    parser.add_argument("--events", type=int, default=3000)
    parser.add_argument("--most", type=int, default=100)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    chronicle = synthetic(options.events)
    start = perf_counter()
    proof = prove(chronicle, seeds=options.seeds, jobs=options.jobs, most=options.most)
    seconds = perf_counter() - start
    for row in proof.rows:
        for fault in row.faults[:3]:
            sys.stdout.write(f"{row.group}: {row.name}: {fault}\n"[:600])
    judged = sum(row.checked for row in proof.rows)
    failed = sum(len(row.faults) for row in proof.rows)
    sys.stdout.write(
        f"{options.events} events ({proof.sampled or 'all of them'}): {len(proof.rows)} properties, {judged} checks, "
        f"{failed} faults, {seconds:.1f} seconds\n"
    )
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
