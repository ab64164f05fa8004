"""Runs along the timeline as they are drawn: each of their questions judged, and each run as a whole.

What is judged of one question is the same as of any other, but for what a growing line makes otherwise.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.proving.runs import RUN_PROPERTIES, RUN_QUESTION_PROPERTIES
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.question import Question
from quiz.questions.timeline import MOST_STEPS, TooFewEvents, run
from quiz.study.proof.drawing import Work, judge, marking_faults, slim, storing_faults
from quiz.study.proof.processes import spread
from quiz.study.proof.report import Fault, Row

GROUP = "Runs"
KIND = "run"
"""What questions of runs are called where bots and ranks are told, apart from those drawn alone."""
EACH = 80
"""So many runs are drawn for each seed of the proof, every other one over the whole story."""
STEPS = (MOST_STEPS, 5, 3)
"""How many steps they have, in turn."""
OWN = (
    "a run has as many questions as it was to have",
    "a run is the same when it is drawn again",
    "a question of a run is the same after it was stored",
    "the key of a question of a run earns all, any other answer less",
)
REFUSED = "too few events for a run are refused with the number of steps that are possible"

Maker = Callable[[Chronicle, Sequence[str], int, Random], list[Question] | Refusal]


@dataclass(slots=True)
class Runs:
    """What was judged of runs, and what is left of their questions for the space as a whole."""

    rows: list[Row]
    wholes: list[Question] = field(default_factory=list)


def runs(work: Work, jobs: int = 1, make: Maker = run) -> Runs:
    """Draw runs over the whole story and over the phases in turn, in so many processes, and judge them."""
    work = replace(work, properties=RUN_QUESTION_PROPERTIES)
    tasks = [(make, number) for number in range(EACH * work.seeds)]
    parts = spread(work, _drawn, tasks, jobs)
    found = _nothing(work)
    for part in parts:
        found.wholes += part.wholes
        for row, more in zip(found.rows, part.rows, strict=True):
            row.add(more)
    cut = len(OWN) + len(RUN_PROPERTIES)
    return Runs([*found.rows[:cut], *_by_group(found.rows[cut:]), _refused(work.chronicle, make)], found.wholes)


def _nothing(work: Work) -> Runs:
    """Nothing judged yet: a row for what is looked at here, for each property of runs, and for each of questions."""
    names = (*OWN, *(one.name for one in RUN_PROPERTIES))
    return Runs([*(Row(GROUP, name) for name in names), *(Row(one.group, one.name) for one in work.properties)])


def _drawn(work: Work, make: Maker, number: int) -> Runs:
    """One run, judged."""
    found = _nothing(work)
    keys, steps = _keys(work.chronicle, number), STEPS[number // 2 % len(STEPS)]
    made = make(work.chronicle, keys, steps, Random(f"run {number}"))
    if isinstance(made, TooFewEvents) and made.possible:
        found.rows[0].skipped["a run of fewer steps stands for one with too few events"] += 1
        steps = made.possible
        made = make(work.chronicle, keys, steps, Random(f"run {number}"))
    if isinstance(made, Refusal):
        found.rows[0].skipped["there are too few events for any run"] += 1
        return found
    same = make(work.chronicle, keys, steps, Random(f"run {number}")) == made
    found.rows[0].see([] if len(made) == steps else [Fault(f"{len(made)} questions instead of {steps}")])
    found.rows[1].see([] if same else [Fault.of("differs when it is drawn again", made[0], number)])
    _judged(work, found, made, keys, number)
    return found


def _judged(work: Work, found: Runs, made: list[Question], keys: Sequence[str], number: int) -> None:
    """Hold a run and its questions against every property, and keep what is left of them for the space."""
    _, _, stored, marked, *rest = found.rows
    for row, one in zip(rest, RUN_PROPERTIES, strict=False):
        told = one.check(work.world, made, keys)
        if isinstance(told, Skipped):
            row.skipped[told.reason] += 1
        else:
            row.see(Fault.of(text, made[-1], number) for text in told)
    for question in made:
        judge(work, rest[len(RUN_PROPERTIES) :], question, number)
        stored.see(storing_faults(question, number))
        marked.see(marking_faults(question, number))
    found.wholes = [replace(slim(question), kind=KIND) for question in made]


def _keys(chronicle: Chronicle, number: int) -> Sequence[str]:
    """The events of a run's choice: of every other run all, of the others those of one phase after the other."""
    if number % 2 == 0 or not chronicle.phases:
        return chronicle.keys
    return chronicle.of_phase[chronicle.phases[number // 2 % len(chronicle.phases)].key]


def _by_group(rows: Iterable[Row]) -> list[Row]:
    """The properties of questions in one row for each of their groups; what says nothing of lines is left out."""
    groups: dict[str, Row] = {}
    for row in rows:
        whole = groups.setdefault(row.group, Row(GROUP, f"what must hold of any question: {row.group}"))
        if row.checked:
            faults = [replace(fault, text=f"{row.name}: {fault.text}") for fault in row.faults]
            whole.add(replace(row, faults=faults))
    return list(groups.values())


def _refused(chronicle: Chronicle, make: Maker) -> Row:
    """Whether a choice of too few events says how many steps are possible, and so many are."""
    row = Row(GROUP, REFUSED)
    for few in (0, 1, 3, MOST_STEPS):
        row.see(_misjudged(chronicle, make, chronicle.keys[:few]))
    return row


def _misjudged(chronicle: Chronicle, make: Maker, keys: Sequence[str]) -> Iterator[Fault]:
    made = make(chronicle, keys, MOST_STEPS, Random(0))
    if not isinstance(made, TooFewEvents):
        yield Fault(f"made {MOST_STEPS} steps of {len(keys)} events")
    elif made.possible and isinstance(make(chronicle, keys, made.possible, Random(0)), Refusal):
        yield Fault(f"says that {made.possible} steps are possible with {len(keys)} events, and they are not")
