"""The group *Options*: which answer is right, and what a set of options must be, whatever it is of."""

import re
from collections.abc import Callable, Iterator

from quiz.questions.proving.dates import right_dates, right_phases, spans
from quiz.questions.proving.folding import plain
from quiz.questions.proving.kinds import FORMS
from quiz.questions.proving.orders import right_first, right_gap, right_next, right_order, right_settled
from quiz.questions.proving.places import right_here, right_places
from quiz.questions.proving.sources import right_witnesses
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Question, Shape

RIGHT: dict[str, Callable[[World, Question], list[int]]] = {
    "choose-date": right_dates,
    "choose-phase": right_phases,
    "choose-place": right_places,
    "find-place": right_places,
    "happened-here": right_here,
    "first": right_first,
    "order": right_order,
    "insert": right_gap,
    "next": right_next,
    "settled": right_settled,
    "who-reports": right_witnesses,
    "source-date": right_dates,
}
TYPED = "its answer is typed, not chosen"
UNSORTED = {
    "happened-here": "events are shown in an order drawn at random",
    "first": "events are shown in an order drawn at random",
    "order": "events are shown in an order drawn at random",
    "next": "events are shown in an order drawn at random",
    "settled": "events are shown in an order drawn at random",
}
TIMES_AS_LONG = 2.5
"""The key is at most so many times as long as every wrong option, and every wrong one as the key."""


def known_kind(_world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    form = FORMS.get(question.kind)
    if form is None:
        return [f"nobody judges this kind: {question.kind}"]
    if (question.shape, question.facet) != (form.shape, form.facet):
        return [f"not the shape or the facet of its kind: {question.shape}, {question.facet}"]
    typed = question.shape in {Shape.DAY, Shape.PLACE}
    if typed and (question.options or question.key):
        return ["options where none belong"]
    if (question.days is not None) != (question.shape is Shape.DAY):
        return ["days where none belong, or none where they do"]
    misplaced = bool(question.places) != (question.shape is Shape.PLACE)
    return ["places where none belong, or none where they do"] if misplaced else []


def exactly_one(world: World, question: Question, _whole: bool) -> list[str]:
    right = RIGHT[question.kind](world, question)
    if question.shape is not Shape.ORDER and len(right) != 1:
        return [f"{len(right)} right answers"]
    return [] if tuple(right) == question.key else ["the key is not the right answer"]


def count(world: World, question: Question, whole: bool) -> list[str] | Skipped:
    if not whole:
        return Skipped("a pair stands for the sets made of it")
    form = FORMS[question.kind]
    return [] if form.least <= len(question.options) <= form.most else [f"{len(question.options)} options"]


def distinct(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    texts = [plain(option.text) for option in question.options]
    if len(set(texts)) < len(texts) or not all(texts):
        yield "two options are one, or one is blank"


def in_order(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    """Dates and phases by time, places and witnesses by name; events are shuffled, as names would tell."""
    if question.kind in UNSORTED:
        return Skipped(UNSORTED[question.kind])
    texts = [option.text for option in question.options]
    if question.kind in {"choose-date", "source-date"}:
        return [] if spans(question) == sorted(spans(question)) else ["dates out of order"]
    if question.kind == "choose-phase":
        order = [plain(phase.name) for phase in world.phases]
        ranks = [order.index(plain(text)) for text in texts if plain(text) in order]
        return [] if ranks == sorted(ranks) else ["phases out of order"]
    if question.kind == "insert":
        return Skipped("the line is judged as an order")
    return [] if texts == sorted(texts, key=as_in_an_index) else ["names out of order"]


def as_in_an_index(text: str) -> str:
    """A name without the article or quotation mark that opens it, as indexes sort."""
    return re.sub(r"^(the |an? |al-)?[\"“]?", "", text.casefold())


def similar_length(_world: World, question: Question, whole: bool) -> list[str] | Skipped:
    if not whole:
        return Skipped("a pair stands for the sets made of it")
    if question.kind in UNSORTED or question.kind == "insert":
        return Skipped("events are told in words of their own; the guessing bots go by length")
    sizes = [len(option.text) for option in question.options]
    right, wrong = sizes[question.key[0]], [size for n, size in enumerate(sizes) if n not in question.key]
    if not min(wrong) / TIMES_AS_LONG <= right <= max(wrong) * TIMES_AS_LONG:
        return [f"the key stands out by its length: {sizes}"]
    return []
