"""Hints: what is told of a question before it is answered is true, is not the answer, and leaves one answer right.

What hints say is read from their words, and held against the claims; a hint that can't be read is a fault.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import factorial
from typing import Protocol

from quiz.gazetteer import Place
from quiz.questions.proving.answers import RIGHT
from quiz.questions.proving.dates import LONG, SHORT, right_days
from quiz.questions.proving.days import MONTHS, read_day, read_span
from quiz.questions.proving.folding import ARTICLES, named_in, plain
from quiz.questions.proving.orders import keys_of
from quiz.questions.proving.precedence import strictly_before
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question, Shape

CHOSEN = {Shape.CHOICE, Shape.PIN, Shape.GAP}
FEWEST_DAYS = 8
"""So many days at least are left to choose from."""
_MONTH = re.compile(rf"The day lies in ((?:{'|'.join(MONTHS)}) \d{{4}})\.")
_WITHIN = re.compile(r"The day lies after (\d+ \w+ \d+) and before (\d+ \w+ \d+)\.")
_END = re.compile(r"The (earliest|latest) of these events is “(.*)”\.")
_NAME = re.compile(
    r"(?:It lies in (?P<above>[^.]+)\. )?Its usual name(?:, without articles,)? begins with “(?P<letters>\w+)”"
    r"(?: and has (?:words of )?(?P<sizes>[\d, and]+) letters)?\."
)


class Told(Protocol):
    """A hint: what it says, and the indexes of the answers that it takes away."""

    @property
    def text(self) -> str: ...
    @property
    def gone(self) -> tuple[int, ...]: ...


Given = Sequence[Told]


@dataclass(frozen=True, slots=True)
class HintProperty:
    """One statement that must hold for the hints on every question, all of them, in the order in which they come."""

    name: str
    check: Callable[[World, Question, Given], list[str] | Skipped]


# --- One of several -----------------------------------------------------------------------------


def keeps_key(world: World, question: Question, given: Given) -> list[str] | Skipped:
    """By the claims as well as by the question's own key."""
    if question.shape not in CHOSEN:
        return Skipped("nothing is taken away where nothing is chosen")
    if not given:
        return Skipped("two answers are no more than what is left at the end")
    right = {*RIGHT[question.kind](world, question), *question.key}
    return [f"the right answer is taken away: {hint.text}" for hint in given if right.intersection(hint.gone)]


def says_what(_world: World, question: Question, given: Given) -> list[str] | Skipped:
    """Each step takes away what it names, something new, and there is such a thing."""
    if question.shape not in CHOSEN:
        return ["an answer is taken away where none is chosen" for hint in given if hint.gone]
    if not given:
        return Skipped("two answers are no more than what is left at the end")
    gone = [n for hint in given for n in hint.gone]
    bad = ["an answer is taken away twice, or is none"] * (
        len(set(gone)) < len(gone) or not set(gone) <= set(range(question.choices))
    )
    if not bad:
        bad = [f"says something else than it does: {hint.text}" for hint in given if not _names(question, hint)]
    return bad


def _names(question: Question, hint: Told) -> bool:
    """Whether a hint names the answers that it takes away, and no others; a gap by what stands before it."""
    texts = [unquoted(option.text) for option in question.options]
    if question.shape is Shape.GAP:
        texts = ["before all of these", *(f"right after {text}" for text in texts[:-1]), "after all of these"]
    named, told = [texts[n] for n in hint.gone], unquoted(hint.text)
    for text in named:
        before, found, told = told.partition(text)
        if not found or any(other in before for other in texts):
            return False
    return bool(hint.gone) and not any(other in told for other in texts)


def unquoted(text: str) -> str:
    """A text without its quotation marks, which change where texts are quoted in others."""
    return re.sub("[“”‘’]", "", text)


# --- What is left -------------------------------------------------------------------------------


def leaves_one(_world: World, question: Question, given: Given) -> list[str] | Skipped:
    """After all hints enough is left to choose from, and one right answer is among it."""
    if not given:
        return Skipped("two answers are no more than what is left at the end")
    match question.shape:
        case Shape.ORDER:
            return _too_little(factorial(len(question.options) - len(given)), 2)
        case Shape.DAY:
            days = [_stretch(hint.text) for hint in given]
            first, last = max(one for one, _ in days), min(other for _, other in days)
            held = first <= question.accepted[0] and question.accepted[1] <= last
            return [*_too_little((last - first).days + 1, FEWEST_DAYS), *([] if held else ["no right answer"])]
        case Shape.PLACE:
            return _too_little(_letters_hidden(given), 2)
        case _:
            rest = set(range(question.choices)) - {n for hint in given for n in hint.gone}
            right = len(rest.intersection(question.key))
            return [*_too_little(len(rest), 2), *([] if right == 1 else [f"{right} right answers"])]


def _too_little(left: int, least: int) -> list[str]:
    return [] if left >= least else [f"of {least} at least, {left} are left"]


def _letters_hidden(given: Given) -> int:
    """How many letters of a name are left to be found after the last hint."""
    found = _NAME.fullmatch(given[-1].text)
    sizes = [int(size) for size in re.findall(r"\d+", found["sizes"] or "")] if found else []
    return sum(sizes) - len(found["letters"]) if found else 0


# --- Truth --------------------------------------------------------------------------------------


def true(world: World, question: Question, given: Given) -> list[str] | Skipped:
    """Held against the claims: an order by its events, a day by all days, a place by its name and what it lies in."""
    if not given:
        return Skipped("there are no hints")
    judge = _TRUE.get(question.shape)
    if judge is None:
        return Skipped("what a hint takes away is judged apart")
    return [f"not so: {hint.text}" for hint in given if not judge(world, question, hint.text)]


def _order_true(world: World, question: Question, text: str) -> bool:
    found = _END.fullmatch(text)
    named = [o.event for o in question.options if found and unquoted(o.text) == unquoted(found[2])]
    if found is None or len(named) != 1:
        return False
    others = [key for key in keys_of(question) if key != named[0]]
    pairs = [(named[0], key) if found[1] == "earliest" else (key, named[0]) for key in others]
    return all(strictly_before(world, *pair) for pair in pairs)


def _day_true(world: World, question: Question, text: str) -> bool:
    """Of a lasting thing the day asked for is its first or its last, so that one must lie in the stretch."""
    first, last = _stretch(text)
    days = right_days(world, question)
    if SHORT < len(days) <= LONG:
        days = frozenset({*question.accepted} & {min(days), max(days)})
    return bool(days) and all(first <= day <= last for day in days)


def _stretch(text: str) -> tuple[date, date]:
    """First and last day that a hint allows; none at all where it can't be read."""
    if found := _MONTH.fullmatch(text):
        return read_span(found[1])
    if found := _WITHIN.fullmatch(text):
        return read_day(found[1]) + timedelta(days=1), read_day(found[2]) - timedelta(days=1)
    return date.max, date.min


def _place_true(world: World, question: Question, text: str) -> bool:
    found = _NAME.fullmatch(text)
    slot = world.events[question.event].slot
    if found is None or slot not in world.places:
        return False
    names = {plain(world.places[key].name) for key in world.above(slot)}
    inside = all(plain(name) in names for name in (found["above"] or "").split(", ") if name)
    return inside and _spelt(world.places[slot], found)


def _spelt(place: Place, found: re.Match[str]) -> bool:
    """Whether the name begins so, and its words are so long; articles count for nothing."""
    every = re.findall(r"[^\W_]+", place.name)
    words = [word for n, word in enumerate(every) if word.casefold() not in {*ARTICLES, "a"} or n == len(every) - 1]
    sizes = [int(size) for size in re.findall(r"\d+", found["sizes"] or "")]
    begins = bool(words) and words[0].casefold().startswith(found["letters"].casefold())
    return begins and (not sizes or sizes == [len(word) for word in words])


_TRUE = {Shape.ORDER: _order_true, Shape.DAY: _day_true, Shape.PLACE: _place_true}


# --- What is not told ---------------------------------------------------------------------------


def no_key(world: World, question: Question, given: Given) -> list[str] | Skipped:
    """No right option, no spelling of the place, no right day stands in the words of any hint.

    The events of an order and of a line are no answers by themselves.
    """
    if not given:
        return Skipped("there are no hints")
    return [f"holds the key: {hint.text}" for hint in given if _holds_key(world, question, hint)]


def _holds_key(world: World, question: Question, hint: Told) -> bool:
    match question.shape:
        case Shape.DAY:
            first, last = question.accepted
            days = (first + timedelta(days=n) for n in range((last - first).days + 1))
            return any(re.search(rf"\b{d.day} {MONTHS[d.month - 1]} {d.year}\b", hint.text) for d in days)
        case Shape.PLACE:
            names = [name for key in question.places if key in world.places for name in world.places[key].names]
            return any(named_in(name, hint.text) for name in names)
        case Shape.CHOICE | Shape.PIN:
            told, texts = unquoted(hint.text), [unquoted(option.text) for option in question.options]
            wrong = [text for n, text in enumerate(texts) if n not in question.key]
            for text in sorted(wrong, key=len, reverse=True):
                told = told.replace(text, "")
            return any(texts[n] in told for n in question.key)
        case _:
            return False


def number_tells_nothing(_world: World, question: Question, given: Given) -> list[str]:
    """How many hints there are follows from what is seen: the shape, and how many answers there are."""
    match question.shape:
        case Shape.ORDER:
            expected = min(2, max(0, len(question.options) - 2))
        case Shape.DAY | Shape.PLACE:
            expected = 2
        case _:
            # Each step takes half of the wrong answers, rounded down: as often as their number can be halved so.
            expected = (question.choices - 2).bit_length()
    return [] if len(given) == expected else [f"{len(given)} hints where {expected} are due"]


def tells_more(_world: World, _question: Question, given: Given) -> list[str] | Skipped:
    """No two hints say the same."""
    if len(given) < 2:
        return Skipped("there is one hint at most")
    return ["a hint comes twice"] * (len(_texts(given)) < len(given))


def _texts(given: Iterable[Told]) -> set[str]:
    return {plain(hint.text) for hint in given}


HINT_PROPERTIES = (
    HintProperty("no hint takes the right answer away", keeps_key),
    HintProperty("a hint says what it takes away, and each takes something away", says_what),
    HintProperty("hints leave a choice, with one right answer in it", leaves_one),
    HintProperty("no hint contradicts a claim", true),
    HintProperty("no hint holds the key", no_key),
    HintProperty("the number of hints tells nothing", number_tells_nothing),
    HintProperty("each hint tells more than the one before", tells_more),
)
