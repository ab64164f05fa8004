"""Drawing the questions of a sitting: varied, none that gives another away, and as hard as the learner wants them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from quiz.questions.chronicle import Chronicle
from quiz.questions.difficulty import expected, floor, structural
from quiz.questions.facts import Refusal
from quiz.questions.making import kinds_of, make
from quiz.questions.question import Facet, Question
from quiz.questions.timeline import TooFewEvents, run
from quiz.study.spoiling import Told

# A phase is named here only by its key: drawing needs no database, and a simulation can do without one.
if TYPE_CHECKING:
    from quiz.models import Phase

POOL = 3
"""From so many candidates for each of its questions a sitting with an aim is chosen."""
PROBES = 0.1
"""The share of its questions that are drawn at random all the same, so that every item goes on being measured."""
RESTING = 3
"""A sitting with an aim does not ask a kind again within so many questions, where there are others."""
ROUNDS = 4
"""How often all events are gone through before a choice is called too narrow."""
TRIES = 20
"""Of so many events at most one kind is tried in its turn: so a kind that few events allow comes more seldom, rather
than with the same few questions in each sitting, and no turn takes long.
"""
LEAST_STEPS = 3
"""A timeline run of fewer steps is none."""


class TooFewQuestions(ValueError):
    """The choice of topic gives fewer questions than asked for; `found` says how many."""

    def __init__(self, found: int) -> None:
        """Keep the number for the message."""
        super().__init__(f"only {found} questions")
        self.found = found


@dataclass(frozen=True, slots=True)
class Choice:
    """What a learner chose to be asked: a phase and a facet (None: all), kinds of question by name (none: all of the
    facet), how many questions, and what share of the answers should be right (None: as it comes). `mode` is practice
    or exam, by the name that a sitting stores; `minutes` a limit of time, None for none.
    """

    length: int
    phase: "Phase | None" = None
    facet: Facet | None = None
    kinds: tuple[str, ...] = ()
    aim: float | None = None
    mode: str = "practice"
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact that shall be asked, by the key of its event; by one of some kinds if one can, else by any."""

    event: str
    facet: Facet
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Beliefs:
    """What answers have taught so far, in logits: the learner's abilities, and how far items have shifted.

    `shifts` takes keys of events and gives what is known of them by event and kind; it is asked as rarely as possible.
    """

    abilities: Mapping[Facet, float] = field(default_factory=dict)
    shifts: Callable[[Iterable[str]], Mapping[tuple[str, str], float]] = lambda _: {}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question of a sitting with its structural difficulty (logits) and the credit expected (0 to 1).

    `probe` says that a sitting with an aim drew it at random.
    """

    question: Question
    difficulty: float
    expected: float
    probe: bool = False


def assemble(chronicle: Chronicle, choice: Choice, seed: int) -> list[Question]:
    """The questions of a sitting of somebody of whom nothing is known; see `draw`."""
    return [drawn.question for drawn in draw(chronicle, choice, seed, Beliefs())]


def draw(chronicle: Chronicle, choice: Choice, seed: int, beliefs: Beliefs) -> list[Drawn]:
    """Draw a sitting: kinds in turn, each event and kind once, no question that an earlier one answers.

    With an aim, those of which the credit expected is nearest to it, and some at random. The same arguments give the
    same questions. Raises TooFewQuestions where the choice does not give enough.
    """
    rng = Random(seed)
    kinds = [kind.name for kind in kinds_of(choice.facet) if not choice.kinds or kind.name in choice.kinds]
    keys = chronicle.keys if choice.phase is None else chronicle.of_phase.get(choice.phase.key, [])
    told = Told(chronicle)

    def candidates(of: list[str]) -> Iterator[Question]:
        return _candidates(chronicle, keys, of, told, rng)

    def judged(questions: Iterable[Question]) -> list[Drawn]:
        return _judged(chronicle, beliefs, list(questions))

    if choice.aim is None:
        chosen = judged(_as_they_come(candidates(kinds), told, choice.length))
    else:
        chosen = _aimed(candidates, judged, kinds, told, (choice.length, choice.aim), rng)
    if len(chosen) < choice.length:
        raise TooFewQuestions(len(chosen))
    return chosen


def draw_about(chronicle: Chronicle, wanted: Iterable[Wanted], most: int, seed: int, beliefs: Beliefs) -> list[Drawn]:
    """Draw questions about named facts, in their order, at most so many; what can't be asked is passed over.

    No question answers another one here either. Raises TooFewQuestions where there is none at all.
    """
    rng, told = Random(seed), Told(chronicle)
    found: list[Question] = []
    for one in wanted:
        if len(found) == most:
            break
        question = _about(chronicle, one, told, rng)
        if question:
            told.add(question)
            found.append(question)
    if not found:
        raise TooFewQuestions(0)
    return _judged(chronicle, beliefs, found)


def _about(chronicle: Chronicle, wanted: Wanted, told: Told, rng: Random) -> Question | None:
    """A question about one fact by a kind drawn by lot; None where no kind gives one that is not told yet."""
    if wanted.event not in chronicle.events:
        return None
    names = [kind.name for kind in kinds_of(wanted.facet)]
    first = [name for name in names if name in wanted.kinds]
    others = [name for name in names if name not in wanted.kinds]
    for kind in rng.sample(first, len(first)) * ROUNDS + rng.sample(others, len(others)) * ROUNDS:
        made = make(chronicle, kind, wanted.event, rng.getrandbits(32))
        if isinstance(made, Question) and not told.answers(made):
            return made
    return None


def draw_run(chronicle: Chronicle, phase: "Phase | None", steps: int, seed: int, beliefs: Beliefs) -> list[Drawn]:
    """Draw a timeline run over the whole story or a phase, as long as it can be up to so many steps.

    Raises TooFewQuestions where not even LEAST_STEPS are possible.
    """
    keys = chronicle.keys if phase is None else chronicle.of_phase.get(phase.key, [])
    made = run(chronicle, keys, steps, Random(seed))
    if isinstance(made, TooFewEvents) and made.possible >= LEAST_STEPS:
        made = run(chronicle, keys, made.possible, Random(seed))
    if isinstance(made, Refusal):
        raise TooFewQuestions(made.possible if isinstance(made, TooFewEvents) else 0)
    return _judged(chronicle, beliefs, made)


# --- Candidates -----------------------------------------------------------------------------


def _candidates(
    chronicle: Chronicle, keys: Sequence[str], kinds: list[str], told: Told, rng: Random, rounds: int = ROUNDS
) -> Iterator[Question]:
    """Questions of the kinds in turn about events in a random order, none that what was told by then answers.

    What a seed left out by chance may come in a later round with another one, as likely as in the first.
    """
    for _ in range(rounds):
        queues = {kind: _Shuffled(keys, rng) for kind in rng.sample(kinds, len(kinds))}
        while any(queues.values()):
            for kind, queue in queues.items():
                question = _tried(chronicle, kind, queue, told, rng)
                if question is not None:
                    yield question


def _tried(chronicle: Chronicle, kind: str, queue: "_Shuffled", told: Told, rng: Random) -> Question | None:
    """The first question of a kind that the next events give; None if the first TRIES of them give none."""
    for _ in range(min(TRIES, len(queue))):
        key = queue.pop()
        made = None if told.of(key) else make(chronicle, kind, key, rng.getrandbits(32))
        if isinstance(made, Question) and not told.answers(made):
            return made
    return None


class _Shuffled:
    """Keys in a random order, each drawn when it is needed: the rest is never looked at.

    After Fisher and Yates, with the moved ones kept aside.
    """

    def __init__(self, keys: Sequence[str], rng: Random) -> None:
        self._keys, self._rng = keys, rng
        self._left = len(keys)
        self._moved: dict[int, str] = {}

    def __len__(self) -> int:
        return self._left

    def pop(self) -> str:
        """The next key; ValueError when none is left."""
        at = self._rng.randrange(self._left)
        self._left -= 1
        drawn = self._moved.get(at, self._keys[at])
        self._moved[at] = self._moved.pop(self._left, self._keys[self._left])
        return drawn


# --- Choosing -------------------------------------------------------------------------------


def _judged(chronicle: Chronicle, beliefs: Beliefs, questions: list[Question]) -> list[Drawn]:
    """The questions with how hard they are, and what to expect of the learner."""
    shifts = beliefs.shifts({question.event for question in questions}) if questions else {}
    found = []
    for question in questions:
        difficulty = structural(chronicle, question)
        moved = difficulty + shifts.get((question.event, question.kind), 0.0)
        ability = beliefs.abilities.get(question.facet, 0.0)
        found.append(Drawn(question, difficulty, expected(ability, moved, floor(question))))
    return found


def _as_they_come(candidates: Iterator[Question], told: Told, length: int) -> list[Question]:
    chosen: list[Question] = []
    for question in islice(candidates, length):
        told.add(question)
        chosen.append(question)
    return chosen


def _aimed(
    candidates: Callable[[list[str]], Iterator[Question]],
    judged: Callable[[Iterable[Question]], list[Drawn]],
    kinds: list[str],
    told: Told,
    choice: tuple[int, float],
    rng: Random,
) -> list[Drawn]:
    """The nearest to the aim among POOL candidates for each question; probes are taken blindly from others.

    One question of each kind shows first which kinds come near the aim: most candidates are of these.
    """
    length, aim = choice
    probes = [rng.random() < PROBES for _ in range(length)]
    every = candidates(kinds)
    found = judged(islice(every, sum(probes) + len(kinds)))
    blind, sample = found[: sum(probes)], found[sum(probes) :]
    near = sorted({one.question.kind: abs(one.expected - aim) for one in sample}.items(), key=lambda pair: pair[1])
    fitting = [kind for kind, _ in near[: max(RESTING + 1, len(near) // 2)]]
    waiting = {True: blind, False: sample + judged(islice(candidates(fitting), POOL * length))}
    chosen: list[Drawn] = []
    for probe in probes:
        if not _usable(waiting, told, probe=probe):
            waiting[probe] = judged(islice(every, POOL))
        usable = _usable(waiting, told, probe=probe) or _usable(waiting, told, probe=not probe)
        if not usable:
            break
        drawn = usable[0] if probe else min(_rested(usable, chosen), key=lambda one: abs(one.expected - aim))
        told.add(drawn.question)
        chosen.append(Drawn(drawn.question, drawn.difficulty, drawn.expected, probe))
    return chosen


def _usable(waiting: dict[bool, list[Drawn]], told: Told, *, probe: bool) -> list[Drawn]:
    """Those that wait and that nothing told so far answers; the others go."""
    waiting[probe] = [drawn for drawn in waiting[probe] if not told.answers(drawn.question)]
    return waiting[probe]


def _rested(usable: list[Drawn], chosen: list[Drawn]) -> list[Drawn]:
    """Those of kinds that were not asked just before; all of them where there are no others."""
    tired = {drawn.question.kind for drawn in chosen[-RESTING:]}
    return [drawn for drawn in usable if drawn.question.kind not in tired] or usable
