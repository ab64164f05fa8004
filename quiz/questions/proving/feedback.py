"""The groups *Feedback* and *Meaning*: who says so, in which words, and what is told after the answer."""

import re
from collections.abc import Iterator

from quiz.questions.proving.days import Bounds, written_dates
from quiz.questions.proving.folding import plain
from quiz.questions.proving.kinds import DATES, ORDERS, PLACES
from quiz.questions.proving.orders import voiced_mode
from quiz.questions.proving.sources import source_mode
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Mode, Question, Shape

SENTENCE_END = re.compile(r"[.!”]$")


# --- Meaning ------------------------------------------------------------------------------------


def nothing_told_only(world: World, question: Question, _whole: bool) -> Iterator[str]:
    if world.events[question.event].told_only:
        yield "a state, a fear or an evaluation is asked"


def attributed_if_needed(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    """In the same sentence, to somebody who says so, if and only if the facet calls for it."""
    about = world.about(question.event)
    if question.kind in DATES:
        claims, needed = about.dated, about.voiced_date
    elif question.kind in PLACES:
        claims, needed = about.carrying, about.voiced_place
    elif question.kind == "choose-phase":
        return _phase_attributed(world, question)
    else:
        return Skipped("judged option by option, or asks for the source itself")
    attributed = question.stem.startswith("According to ")
    if needed != attributed:
        return ["attributed without need" if attributed else "not attributed"]
    return [] if about.speakers(claims, question.stem) else ["nobody whom the stem names says so"]


def _phase_attributed(world: World, question: Question) -> list[str]:
    """The phases are always somebody's: the stem names who divides the story so, and on whose word the event stands."""
    about = world.about(question.event)
    divided = re.search(r", as .+? divides? it,", question.stem)
    attributed = question.stem.startswith("According to ")
    bad = [] if divided else ["the stem does not say who divides the story into phases"]
    if about.voiced_order != attributed:
        bad.append("attributed without need" if attributed else "not attributed")
    return bad


def mode_fits(world: World, question: Question, _whole: bool) -> Iterator[str]:
    if question.mode is not expected_mode(world, question):
        yield f"{question.mode} instead of {expected_mode(world, question)}"


def expected_mode(world: World, question: Question) -> Mode:
    """The mode that the stem, the events and the kind call for."""
    if question.kind in ORDERS:
        return voiced_mode(world, question)
    if question.kind in {"source-date", "who-reports"}:
        return source_mode(world, question)
    if question.kind == "choose-phase":
        return Mode.ATTRIBUTED
    return Mode.ATTRIBUTED if question.stem.startswith("According to ") else Mode.PLAIN


# --- Feedback -----------------------------------------------------------------------------------


def names_key(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """What is shown as the right answer is the right answer."""
    text = plain(question.key_text)
    if not text:
        yield "no key is told"
    elif question.kind in PLACES:
        if text != plain(world.places[world.events[question.event].slot].name):
            yield f"another place is told: {question.key_text}"
    elif question.kind in DATES | {"source-date"}:
        given = written_dates(question.key_text)
        if not given or not set(given) <= world.about(question.event).bounds:
            yield f"another date is told: {question.key_text}"
    elif question.shape is Shape.CHOICE and plain(question.options[question.key[0]].text) not in text:
        yield f"another answer is told: {question.key_text}"
    elif question.shape is Shape.ORDER and not _in_turn(text, [plain(question.options[n].text) for n in question.key]):
        yield "another order is told"


def _in_turn(text: str, parts: list[str]) -> bool:
    """Whether a text holds all parts, one after the other."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def explained(world: World, question: Question, _whole: bool) -> Iterator[str]:
    text = question.explanation
    if not text.strip() or not SENTENCE_END.search(text) or text[:1] != text[:1].upper() or "{" in text:
        yield f"no sentence says why: {text}"
    allowed = bounds_told(world, question.events) | bounds_told(world, [option.event for option in question.options])
    for told in written_dates(text):
        if told not in allowed:
            yield f"a date that no claim gives: {told}"


def bounds_told(world: World, keys: list[str] | tuple[str, ...]) -> set[Bounds]:
    """What may be told as dates of these events, and of those that are perhaps the same."""
    whole = [one.key for key in keys if key in world.events for one in world.whole(world.events[key])]
    return set().union(*(world.about(key).bounds for key in whole))


def cited(world: World, question: Question, _whole: bool) -> Iterator[str]:
    if not question.citations:
        yield "no citation"
    for one in question.citations:
        if not one.locator or not one.sentence or not one.source:
            yield "a citation without source, place or sentence"


def all_claims_cited(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """All claims of the events asked about, those that differ too, each with its source, voice and date."""
    expected = {
        (c.source, c.source_name, c.voice_name, c.sentence, c.interval is None)
        for key in question.events
        for c in world.events[key].claims
    }
    given = {(c.source_key, c.source, c.voice, c.sentence, c.date == "") for c in question.citations}
    if not expected <= given:
        yield f"not cited: {sorted(one[3] for one in expected - given)}"
    whole = [one for key in question.events for one in world.whole(world.events[key])]
    known = {(c.source, c.source_name, c.voice_name, c.sentence, c.interval is None) for e in whole for c in e.claims}
    if not given <= known:
        yield "a citation that is no claim of the event"
