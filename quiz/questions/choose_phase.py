"""Choose the phase: in which part of the story, as some documents divide it, something happened."""

from collections.abc import Iterator, Sequence
from random import Random

from quiz.chronology import span_in_words
from quiz.questions.asking import Asking, ask_phase
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.phases import PhaseFact
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from quiz.questions.stems import attributed, refused_stem, why

KIND = "choose-phase"
COUNT = 3
"""How many phases are shown: those next to each other."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the phase; events of a phase that has many are asked more seldom, so that none is right more often."""
    phase, how = _phase(chronicle, event), ask_phase(event)
    if isinstance(phase, Refusal):
        return phase
    if isinstance(how, Refusal):
        return how
    asked = _build(chronicle, event, how, phase, _row(chronicle, phase, rng))
    if isinstance(asked, Question) and rng.random() >= chronicle.phasing.share[phase.key]:
        return Refusal("each phase is to be right equally often", by_chance=True)
    return asked


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The right phase beside each other one that may stand with it."""
    phase, how = _phase(chronicle, event), ask_phase(event)
    if not isinstance(phase, Refusal) and not isinstance(how, Refusal):
        near = chronicle.phasing.around(phase, COUNT - 1)
        made = (_build(chronicle, event, how, phase, sorted([phase, p], key=near.index)) for p in near if p != phase)
        yield from (question for question in made if isinstance(question, Question))


def _phase(chronicle: Chronicle, event: EventFact) -> PhaseFact | Refusal:
    if len(chronicle.phasing.all) < COUNT:
        return Refusal("the story is not told in phases")
    if event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    return chronicle.phasing.of[event.key]


def _row(chronicle: Chronicle, phase: PhaseFact, rng: Random) -> tuple[PhaseFact, ...]:
    """Phases in a row, with this one among them at any rank that the row allows."""
    near = chronicle.phasing.around(phase, COUNT - 1)
    start = rng.choice([n for n in range(len(near) - COUNT + 1) if phase in near[n : n + COUNT]])
    return near[start : start + COUNT]


def _build(
    chronicle: Chronicle, event: EventFact, how: Asking, phase: PhaseFact, shown: Sequence[PhaseFact]
) -> Question | Refusal:
    asked = f"in which phase of the battle{_divided(phase)} did this happen"
    stem = attributed(how, f"{asked}: {chronicle.texts[event.key]}?")
    if refused := refused_stem(stem):
        return refused
    told = chronicle.story_line(event.key)
    return Question(
        id=f"{KIND}/{event.key}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.DATE,
        mode=Mode.ATTRIBUTED,
        events=(event.key,),
        stem=stem,
        options=tuple(_option(one, *((told, event.key) if one == phase else ())) for one in shown),
        key=(list(shown).index(phase),),
        key_text=phase.name,
        explanation=why(chronicle, event.key, how, dated=True),
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def _divided(phase: PhaseFact) -> str:
    """On whose word the story has phases, set off by commas: ', as X and Y divide it'; blank where nobody is named."""
    tellers = " and ".join(phase.tellers)
    return f", as {tellers} {'divide' if len(phase.tellers) > 1 else 'divides'} it," if tellers else ""


def _option(phase: PhaseFact, note: str = "", event: str = "") -> Option:
    """A phase by its name; its days are told after the answer."""
    divided = capital(_divided(phase).strip(", ")) or capital(phase.name)
    days = f"{divided}: {span_in_words(phase.first, phase.last, 'to')}."
    return Option(phase.name, f"{note} {days}".lstrip(), event=event)
