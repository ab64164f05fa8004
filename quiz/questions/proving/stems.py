"""The group *Stem*: what every stem must be, whatever it asks."""

import re
from collections.abc import Iterator
from functools import lru_cache

from quiz.questions.proving.folding import found_in, plain
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question

RELATIVE = re.compile(
    r"\b(today|yesterday|tomorrow|tonight|recently|nowadays|currently|(days?|weeks?|months?) (ago|later|earlier)|"
    r"the (next|following|previous|same) (day|night|week|month)|(last|this|next) (week|month|year))\b",
    re.IGNORECASE,
)
BADLY = re.compile(r"[{}<>_`]|  |\b(the|an?) which\b| [,.;:?!]|[,;:] ?\?|\.\.|,,|\(\)|\bNone\b|\S\?\S|\bthe the\b")
DOUBLED = re.compile(r"\b(\w+) \1\b", re.IGNORECASE)
NEGATION = re.compile(
    r"\b(not|never|no|none|nobody|nothing|nowhere|neither|nor|without|except|unless|cannot|\w+n[’']t)\b"
)
NONE_OF_THEM = re.compile(r"\b(all|none|both|neither|any|some) of (the above|these|them|those)\b", re.IGNORECASE)
PRONOUN = re.compile(r"(it|they|he|she|we|you|this|that|these|those|his|her|their|its|our|there|such)\b", re.IGNORECASE)
LEAD = re.compile(r"According to .*?, (?=[a-z“\"]|[A-Z])")


def one_question(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    if question.stem.count("?") != 1 or not question.stem.endswith("?"):
        yield "not one question mark at the end"


def readable(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    stem = question.stem
    if not 10 <= len(stem) <= 220:
        yield f"{len(stem)} characters"
    if stem[:1] != stem[:1].upper() or BADLY.search(stem) or stem != stem.strip():
        yield "the stem reads badly"
    if found := DOUBLED.search(stem):
        yield f"a word twice: {found[0]}"


def no_negation(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    rest = plain(question.stem)
    told = [world.text(world.events[key]) for key in question.events if key in world.events]
    for text in told:
        rest = rest.replace(text, "")
    rest = rest.replace(plain(world.events[question.event].clause.split("{place}")[0]), "")
    if found := NEGATION.search(rest):
        return [f"a negation: {found[0]}"]
    if NEGATION.search(plain(question.stem)):
        return Skipped("what happened is itself told with a negation, as in “did not leave”")
    return []


def no_sum_of_options(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    if any(found_in(NONE_OF_THEM, text) for text in (question.stem, *(option.text for option in question.options))):
        yield "an answer made of the others"


def no_relative_date(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    for text in (question.stem, *(option.text for option in question.options)):
        if found := found_in(RELATIVE, text):
            yield f"a relative date: {found}"


def no_loose_pronoun(world: World, question: Question, _whole: bool) -> Iterator[str]:
    for text in (question.stem, *(option.text for option in question.options)):
        if PRONOUN.match(without_lead(text)):
            yield f"a loose pronoun: {text[:40]}"
    for key in question.events:
        if PRONOUN.match(world.events[key].clause):
            yield f"a loose pronoun in the clause: {key}"


@lru_cache(4096)
def without_lead(text: str) -> str:
    """A text without the words that attribute it."""
    return LEAD.sub("", text, count=1) if text.startswith("According to ") else text


# --- What it points to ----------------------------------------------------------------------------


def points_to_one(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """The stem, or each option where the options are the events, tells the text of exactly one event."""
    for key, text in told(world, question):
        told_text = world.text(world.events[key])
        if world.by_text[told_text] != [key]:
            yield f"two events have this text: {key}"
        if told_text not in plain(text):
            yield f"the event is not told: {key}"


def told(world: World, question: Question) -> list[tuple[str, str]]:
    """Events whose whole text must stand in the stem or in an option, with the text where it must."""
    options = [(option.event, option.text) for option in question.options if option.event in world.events]
    match question.kind:
        case "first" | "order" | "settled":
            return options
        case "insert" | "next":
            return [(question.event, question.stem), *options]
        case _:
            return [(question.event, question.stem)]
