"""The same question from the same seed and content, in any process."""

import hashlib
import json
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from quiz.gazetteer import Gazetteer, Place
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.phases import PhaseFact
from quiz.questions.witnesses import VoiceFact
from quiz.study.proof.report import Fault, Row

ROOT = Path(__file__).resolve().parents[3]
"""The folder that holds the package `quiz`."""
SECONDS = 600
"""So long the other process may take."""
Sampled = tuple[str, str, int]
"""Kind, event and seed of a question."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What a chronicle is built from, so that another process can build its own."""

    events: tuple[EventFact, ...]
    places: tuple[Place, ...]
    phases: tuple[PhaseFact, ...]
    voices: tuple[VoiceFact, ...]
    stated: tuple[tuple[str, str], ...]

    def build(self) -> Chronicle:
        """The chronicle, built anew."""
        return Chronicle(
            self.events, Gazetteer(self.places), phases=self.phases, stated=self.stated, voices=self.voices
        )


def raw(chronicle: Chronicle) -> Raw:
    """What a chronicle was built from."""
    events, places = tuple(chronicle.events.values()), chronicle.gazetteer.places
    voices, stated = tuple(chronicle.witnesses.voices.values()), tuple(sorted(chronicle.sequence.stated))
    return Raw(events, places, chronicle.phases, voices, stated)


def digest(chronicle: Chronicle, sampled: Sampled) -> str:
    """A short name of a question's whole content, or of why there is none."""
    made = make(chronicle, *sampled)
    content = {"refused": made.reason} if isinstance(made, Refusal) else made.as_dict()
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def digests(content: Raw, sample: Sequence[Sampled]) -> tuple[int, list[str]]:
    """The digests of questions from a chronicle built here, and the hash of a text, which tells processes apart."""
    chronicle = content.build()
    return hash("a text"), [digest(chronicle, one) for one in sample]


def answer() -> None:
    """What the other process does: read the content and the sample, write what `digests` gives."""
    content, sample = pickle.load(sys.stdin.buffer)  # noqa: S301 it comes from the process that began this one
    json.dump(digests(content, sample), sys.stdout)


def elsewhere(content: Raw, sample: Sequence[Sampled]) -> tuple[int, list[str]]:
    """The digests, worked out by a process that began from nothing, with a hash seed of its own.

    Raises CalledProcessError or TimeoutExpired where it fails.
    """
    # -E: whatever the environment says of hash seeds does not reach it.
    command = [sys.executable, "-E", "-c", f"from {__name__} import answer; answer()"]
    given = pickle.dumps((content, list(sample)))
    done = subprocess.run(command, input=given, cwd=ROOT, stdout=subprocess.PIPE, timeout=SECONDS, check=True)  # noqa: S603 our own code
    probe, found = json.loads(done.stdout)
    return probe, found


def same_in_any_process(chronicle: Chronicle, events: Sequence[str], most: int = 20) -> Row:
    """Whether questions about some of these events, of every kind, are the same in another process."""
    row = Row("Determinism", "a question is the same in another process with another hash seed")
    keys = events[:: max(1, len(events) // most)]
    sample = [(kind, key, 0) for kind in KINDS for key in keys]
    with ThreadPoolExecutor(1) as beside:
        waiting = beside.submit(elsewhere, raw(chronicle), sample)
        here = [digest(chronicle, one) for one in sample]
        probe, found = waiting.result()
    if probe == hash("a text"):
        row.skipped["the other process has the same hash seed"] += len(sample)
        return row
    for one, mine, there in zip(sample, here, found, strict=True):
        row.see([Fault(f"differs in another process: {one[0]} of {one[1]}, seed {one[2]}")] if mine != there else [])
    return row
