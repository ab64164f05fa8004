"""Sittings as they are drawn: no question gives away a later one, no fact comes twice nearby, each can come.

What is told and what is asked is judged here from the questions and the claims themselves, not by the means with
which sittings are drawn.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from quiz.models import Phase
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact
from quiz.questions.making import KINDS
from quiz.questions.question import Facet, Question
from quiz.study.coverage import Coverage
from quiz.study.drawing import Choice, TooFewQuestions, assemble
from quiz.study.proof.processes import spread
from quiz.study.proof.report import Fault, Row

LENGTH = 20
NEAR = 5
"""Within so many questions a fact may come once."""
PATIENCE = 1000
"""After so many sittings of one facet, a fact that never came counts as out of reach."""
A_TURN_EACH = 40
"""Only where in these sittings there are so many questions for each event: else they can't show a fact out of reach."""
GLANCE = 25
"""So many sittings of a facet are drawn where they can't reach everything anyway."""
GROUP = "Assembly"

Sitting = list[Question]
Judge = Callable[[Chronicle, Question, Sitting], str]
"""What is wrong with a question after these earlier ones; blank for nothing."""


def sittings(chronicle: Chronicle, covered: Coverage, seeds: int, jobs: int = 1) -> list[Row]:
    """Draw sittings of all sorts, in so many processes, and judge them."""
    rows = [Row(GROUP, name) for name in JUDGES]
    for found in spread(chronicle, _of_seed, [(seed,) for seed in range(seeds)], jobs):
        for row, more in zip(rows, found, strict=True):
            row.add(more)
    return [*rows, _reachable(chronicle, covered, jobs), _too_few(chronicle, covered)]


def _of_seed(chronicle: Chronicle, seed: int) -> list[Row]:
    """Sittings of every sort that one seed gives, judged."""
    rows = [Row(GROUP, name) for name in JUDGES]
    for named, choice in _choices(chronicle):
        try:
            drawn = assemble(chronicle, choice, seed)
        except TooFewQuestions as error:
            for row in rows:
                row.skipped[f"too few questions ({named})"] += 1
            if not 0 <= error.found < choice.length:
                rows[0].see([Fault(f"says that it found {error.found} of {choice.length}")])
            continue
        for row, judge in zip(rows, JUDGES.values(), strict=True):
            row.see(_judged(chronicle, drawn, judge, seed))
    return rows


def _choices(chronicle: Chronicle) -> Iterator[tuple[str, Choice]]:
    """What learners may choose: everything, a phase, a facet, one kind, a share of right answers."""
    phases = [Phase(key=phase.key) for phase in chronicle.phases]
    yield "everything", Choice(LENGTH)
    yield from ((f"phase {one.key}", Choice(10, phase=one)) for one in phases)
    yield from ((f"facet {facet}", Choice(10, facet=facet)) for facet in Facet)
    yield from ((f"kind {kind}", Choice(5, kinds=(kind,))) for kind in KINDS)
    yield from ((f"aim {aim}", Choice(10, aim=aim)) for aim in (0.5, 0.9))


def _judged(chronicle: Chronicle, drawn: Sitting, judge: Judge, seed: int) -> Iterator[Fault]:
    for n, question in enumerate(drawn):
        if found := judge(chronicle, question, drawn[:n]):
            yield Fault.of(f"question {n + 1}: {found}", question, seed)


# --- Judges -------------------------------------------------------------------------------------


def _told(chronicle: Chronicle, question: Question, earlier: Sitting) -> str:
    """Whether the feedback on an earlier question tells of an event that is asked, or of one perhaps the same."""
    told = {key for q in earlier for key in (*q.events, *(o.event for o in q.options))} - {""}
    known = told.union(*(chronicle.events[key].twins for key in told))
    return ", ".join(sorted(known.intersection(question.events)))


def _written(chronicle: Chronicle, question: Question, earlier: Sitting) -> str:
    """Whether all words of an event that is asked stood on the page before."""
    pages = {q.id: _others_told(chronicle, q) for q in earlier}
    asked = {key: chronicle.texts[key].casefold() for key in question.events}
    return ", ".join(f"{key} in {at}" for key, text in asked.items() for at, page in pages.items() if text in page)


def _others_told(chronicle: Chronicle, question: Question) -> str:
    """What is read of a question, without the texts of its own events: 'the second phase of the battle began' does not
    tell that the battle began.
    """
    page = " ".join(_page(question)).casefold()
    for key in {*question.events, *(option.event for option in question.options)} - {""}:
        page = page.replace(chronicle.texts[key].casefold(), "…")
    return page


def _page(question: Question) -> Iterable[str]:
    """All that is read of a question, before and after the answer; of the citations, what the claims say apart."""
    yield from (question.stem, question.explanation, question.key_text)
    for option in question.options:
        yield from (option.text, option.note)


def _same_sentence(chronicle: Chronicle, question: Question, earlier: Sitting) -> str:
    """Whether a sentence that is shown under an earlier question tells of an event that is asked."""
    events = chronicle.events
    shown = set().union(*(_sentences(events, q.events) for q in earlier))
    return ", ".join(sorted(f"{source} {at}" for source, at in shown & _sentences(events, question.events)))


def _sentences(events: Mapping[str, EventFact], keys: Sequence[str]) -> set[tuple[str, str]]:
    """Where the claims of events stand, boxes apart, which gather what has nothing to do with each other."""
    claims = (claim for key in keys for claim in events[key].claims if not claim.infobox)
    return {(claim.source, at) for claim in claims for at in claim.locators}


def _repeated(_chronicle: Chronicle, question: Question, earlier: Sitting) -> str:
    """Whether one of the last questions asked a fact that is asked again."""
    lately = {(key, q.facet) for q in earlier[-(NEAR - 1) :] for key in q.events}
    return ", ".join(sorted(key for key in question.events if (key, question.facet) in lately))


JUDGES: dict[str, Judge] = {
    "no question tells of an event that a later one asks": _told,
    "no question holds the text of an event that a later one asks": _written,
    "no question rests on a sentence of an earlier one": _same_sentence,
    "no fact comes twice within five questions": _repeated,
}


# --- Reach --------------------------------------------------------------------------------------


def _reachable(chronicle: Chronicle, covered: Coverage, jobs: int = 1) -> Row:
    """Whether each fact that some kind asks comes up in some sitting."""
    row = Row(GROUP, "every fact that a kind can ask comes up in some sitting")
    often = {facet: {fact.event for fact in covered.facts if fact.facet is facet and fact.often} for facet in Facet}
    missing = spread(chronicle, _never_asked, list(often.items()), jobs)
    for (facet, keys), never in zip(often.items(), missing, strict=True):
        for key in sorted(keys):
            if key in never and _is_large(chronicle):
                row.skipped[f"did not come up, and {GLANCE} sittings can't reach all of so many events"] += 1
            else:
                row.see([Fault(f"{facet} of {key} in none of {PATIENCE} sittings")] if key in never else [])
    row.skipped["is asked by rare chance only"] += len(covered.askable()) - sum(map(len, often.values()))
    return row


def _is_large(chronicle: Chronicle) -> bool:
    """Whether so many events wait to be asked that most come up in hardly any of the sittings."""
    return A_TURN_EACH * len(chronicle.events) > PATIENCE * LENGTH


def _never_asked(chronicle: Chronicle, facet: Facet, waiting: set[str]) -> set[str]:
    """Those events that no sitting of a facet asks; fewer questions each where the facet has few."""
    length, waiting = LENGTH, set(waiting)
    for seed in range(GLANCE if _is_large(chronicle) else PATIENCE):
        if not waiting or not length:
            break
        try:
            drawn = assemble(chronicle, Choice(length, facet=facet), seed)
        except TooFewQuestions as error:
            length = error.found
            continue
        waiting -= {key for question in drawn for key in question.events}
    return waiting


def _too_few(chronicle: Chronicle, covered: Coverage) -> Row:
    """Whether a choice with too little to ask says so, with the number that it found."""
    row = Row(GROUP, "too few questions are refused with their number")
    rarest, _ = min(covered.kinds(), key=lambda one: (one[1].total(), one[0]))
    for choice in (Choice(1, phase=Phase(key="no such phase")), Choice(len(chronicle.events) + 1, kinds=(rarest,))):
        row.see(_not_refused(chronicle, choice))
    return row


def _not_refused(chronicle: Chronicle, choice: Choice) -> Iterator[Fault]:
    try:
        drawn = assemble(chronicle, choice, 0)
    except TooFewQuestions as error:
        if not 0 <= error.found < choice.length:
            yield Fault(f"says that it found {error.found} of {choice.length}")
    else:
        yield Fault(f"gave {len(drawn)} questions where there should be too few")
