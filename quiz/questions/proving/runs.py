"""Runs: each question puts one more event into the line that those before it built.

What a drawn question must be holds here as well, but for two things that it takes for granted: a line that does not
grow, and as it comes alone, all its claims cited with it.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from quiz.questions.proving import feedback
from quiz.questions.proving.folding import plain
from quiz.questions.proving.kinds import judged
from quiz.questions.proving.orders import keys_of
from quiz.questions.proving.places import WIDE
from quiz.questions.proving.precedence import perhaps_one, strictly_before
from quiz.questions.proving.properties import QUESTION_PROPERTIES, Property, Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question

SHORTEST, LONGEST = 1, 9
"""How many events the line of a run holds before one is put in."""
ELSEWHERE = {"Places", "Typed and map"}
"""Groups of properties that say nothing of lines."""

Run = Sequence[Question]


# --- Questions of a run -------------------------------------------------------------------------


def line_length(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    if not SHORTEST <= len(question.options) <= LONGEST:
        yield f"{len(question.options)} events in the line"


def beside(question: Question) -> list[str]:
    """The events next to the gap that is right."""
    return [option.event for option in question.options[max(0, question.key[0] - 1) : question.key[0] + 1]]


def neighbours_cited(world: World, question: Question, whole: bool) -> Iterator[str]:
    """The rest of the line was cited when it was put in."""
    return feedback.all_claims_cited(world, replace(question, events=(question.event, *beside(question))), whole)


def gap_told(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """The key in words is the gap: after the event that stands before it, or before or after the whole line."""
    gap, keys = question.key[0], keys_of(question)
    told = [world.text(world.events[key]) for key in keys[max(0, gap - 1) : max(1, gap)]]
    if gap in {0, len(keys)} and len(keys) > 1:
        told = ["all of these"]
    word = "After" if gap else "Before"
    if not question.key_text.startswith(word) or not all(text in plain(question.key_text) for text in told):
        yield f"another gap is told: {question.key_text}"


DRAWN_ONLY = {"they are as many as the kind has", "gives all differing claims with their sources"}
"""Of a drawn question alone: its line is of one length, and nothing was cited before."""
RUN_QUESTION_PROPERTIES: tuple[Property, ...] = (
    *(one for one in QUESTION_PROPERTIES if one.group not in ELSEWHERE and one.name not in DRAWN_ONLY),
    judged("Options", "a line has one to nine events", line_length),
    judged("Feedback", "gives all claims of an event and of those beside it", neighbours_cited),
    judged("Feedback", "tells the gap in words", gap_told),
)


# --- Runs as a whole ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunProperty:
    """One statement that must hold for every run.

    `check` takes the world, the questions, and the keys of the events that the run was drawn from.
    """

    name: str
    check: Callable[[World, Run, Collection[str]], list[str] | Skipped]


def events_of(run: Run) -> list[str]:
    """The events of a run: the first line, then each as it is asked."""
    return [*keys_of(run[0]), *(question.event for question in run)]


def all_in_order(world: World, run: Run, _among: Collection[str]) -> list[str]:
    """By every day that every claim allows, whatever the maker thinks."""
    return [
        f"in no strict order: {one}, {other}"
        for one, other in combinations(events_of(run), 2)
        if strictly_before(world, one, other) is strictly_before(world, other, one)
    ]


def line_grows(_world: World, run: Run, _among: Collection[str]) -> list[str]:
    """The first line is one event; each other holds what was put in before, and nothing else."""
    events = events_of(run)
    expected = [sorted(events[: n + 1]) for n in range(len(run))]
    bad = [f"question {n + 1} shows another line" for n, q in enumerate(run) if sorted(keys_of(q)) != expected[n]]
    return bad + ["an event twice"] * (len(set(events)) < len(events))


def none_told(world: World, run: Run, _among: Collection[str]) -> list[str]:
    """No event, and none that is perhaps the same, is shown before it is asked."""
    return [
        f"question {n + 1} was told by question {m + 1}: {question.event}"
        for n, question in enumerate(run)
        for m, earlier in enumerate(run[:n])
        if any(perhaps_one(world, key, question.event) for key in {*earlier.events, *keys_of(earlier)})
    ]


def none_written(world: World, run: Run, _among: Collection[str]) -> list[str]:
    """The words that tell of an event stand in no earlier question, its citations included."""
    bad, read = [], ""
    for n, question in enumerate(run):
        if world.text(world.events[question.event]) in read:
            bad.append(f"the text of question {n + 1} was read before: {question.event}")
        notes = (text for option in question.options for text in (option.text, option.note))
        cited = (citation.sentence for citation in question.citations)
        texts = (question.stem, question.key_text, question.explanation, *notes, *cited)
        read += " | ".join(map(plain, texts))
    return bad


def none_cited(world: World, run: Run, _among: Collection[str]) -> list[str]:
    """No event that is asked rests on a sentence that was cited before, boxes apart."""
    keys = events_of(run)
    places = {key: _sentences(world, key) for key in keys}
    return [
        f"{one} and {other} rest on one sentence" for one, other in combinations(keys, 2) if places[one] & places[other]
    ]


def _sentences(world: World, key: str) -> set[tuple[str, str]]:
    return {(c.source, at) for c in world.events[key].claims if not c.infobox for at in c.locators}


def varied(world: World, run: Run, among: Collection[str]) -> list[str] | Skipped:
    """No agent and no place has part in every event, unless it has in most of those that there were to draw from."""
    traits = [_traits(world, key) for key in events_of(run)]
    shared = frozenset.intersection(*traits)
    others = [_traits(world, key) for key in among]
    rare = [one for one in shared if 2 * sum(one in some for some in others) <= len(others)]
    if shared and not rare:
        return Skipped("most of the events to draw from share it")
    return [f"in every event: {', '.join(sorted(rare))}"] if rare else []


def _traits(world: World, key: str) -> frozenset[str]:
    event = world.events[key]
    return event.agents | {place for place in event.every_place if world.places[place].kind not in WIDE}


def mostly_quiet(world: World, run: Run, among: Collection[str]) -> list[str] | Skipped:
    """At most half of the events are killings or abductions, if there were enough others."""
    keys = events_of(run)
    grave = [key for key in keys if world.events[key].sensitive]
    if 2 * len(grave) <= len(keys):
        return []
    if sum(not world.events[key].sensitive for key in among) < 2 * len(keys):
        return Skipped("too few others to draw from")
    return [f"{len(grave)} of {len(keys)} need a content note"]


RUN_PROPERTIES = (
    RunProperty("every two events of a run are strictly in order", all_in_order),
    RunProperty("each line is what was put in before, and each event comes once", line_grows),
    RunProperty("no event is shown before it is asked", none_told),
    RunProperty("no text of an event is read before it is asked", none_written),
    RunProperty("no event rests on a sentence that was cited before", none_cited),
    RunProperty("no agent and no place is in every event", varied),
    RunProperty("most events need no note on their content", mostly_quiet),
)
