"""`manage.py ask`: questions with everything about them, for reading or for other programs."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quiz.questions.chronicle import Chronicle
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Question, Shape
from quiz.study.facts import build

Asked = tuple[Question, int]
"""A question and the seed with which it was made."""


class Command(BaseCommand):
    """Prints questions drawn by chance from a seed; the same seed and content give the same bytes."""

    help = "Print questions with their options, key, explanation, citations and mode, drawn from a seed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, from which seed, of what sort, in which form."""
        parser.add_argument("--count", type=int, default=5, metavar="N", help="how many questions (default: 5)")
        parser.add_argument("--seed", type=int, default=0, metavar="S", help="what they are drawn from (default: 0)")
        parser.add_argument("--kind", metavar="K", help=f"one kind only: {', '.join(KINDS)}")
        parser.add_argument("--facet", metavar="F", help=f"one facet only: {', '.join(Facet)}")
        parser.add_argument("--json", action="store_true", help="as JSON, for other programs")

    def handle(self, *, count: int, seed: int, kind: str | None, facet: str | None, **options: Any) -> None:
        """Draw and print; raises CommandError for what can't be asked."""
        kinds = _kinds(kind, facet)
        if count < 1:
            raise CommandError("--count is how many questions to print: 1 or more.")
        drawn = _draw(build(), kinds, count, seed)
        if options["json"]:
            told = [{"event": question.event, "seed": own, **question.as_dict()} for question, own in drawn]
            self.stdout.write(json.dumps({"questions": told}, ensure_ascii=False, indent=1, sort_keys=True))
        else:
            self.stdout.write("\n\n".join("\n".join(_told(question, own)) for question, own in drawn))


def _kinds(kind: str | None, facet: str | None) -> list[str]:
    """The kinds to draw from; raises CommandError for names that there are not, and for two that exclude each other."""
    if kind is not None and kind not in KINDS:
        raise CommandError(f"There is no kind “{kind}”. There are: {', '.join(KINDS)}.")
    if facet is not None and facet not in set(Facet):
        raise CommandError(f"There is no facet “{facet}”. There are: {', '.join(Facet)}.")
    found = [one.name for one in KINDS.values() if kind in (None, one.name) and facet in (None, one.facet)]
    if not found:
        raise CommandError(f"The kind “{kind}” does not ask for the facet “{facet}”.")
    return found


def _draw(chronicle: Chronicle, kinds: Sequence[str], count: int, seed: int) -> list[Asked]:
    """Questions of the kinds in turn, none twice; raises CommandError where there are not so many."""
    drawn: list[Asked] = []
    for one in _candidates(chronicle, kinds, Random(f"ask/{seed}")):
        drawn.append(one)
        if len(drawn) == count:
            return drawn
    raise CommandError(f"The chronicle gives {len(drawn)} such questions only, not {count}.")


def _candidates(chronicle: Chronicle, kinds: Sequence[str], rng: Random) -> Iterator[Asked]:
    """One question of each kind about each event that it can ask, in an order of chance."""
    keys = sorted(chronicle.events)
    queues = {kind: rng.sample(keys, len(keys)) for kind in kinds}
    while any(queues.values()):
        for kind, queue in queues.items():
            made: Asked | None = None
            while queue and made is None:
                made = _made(chronicle, kind, queue.pop(), rng.getrandbits(32))
            if made:
                yield made


def _made(chronicle: Chronicle, kind: str, event: str, seed: int) -> Asked | None:
    made = make(chronicle, kind, event, seed)
    return (made, seed) if isinstance(made, Question) else None


# --- For people -----------------------------------------------------------------------------------


def _told(question: Question, seed: int) -> Iterator[str]:
    """A question as lines to read; the key is marked with an asterisk, or by its place in an order."""
    yield f"{question.id} (seed {seed}; {question.facet}; {question.mode}; event {question.event})"
    if question.sensitive:
        yield "Content note: a killing or an abduction."
    yield question.stem
    for n, option in enumerate(question.options):
        yield f"  {_mark(question, n)} {option.text}{f'  [{option.note}]' if option.note else ''}"
    if question.shape is Shape.GAP and len(question.options) in question.key:
        yield "  * after all"
    yield f"Key: {question.key_text}"
    if question.days:
        yield f"Accepted: {question.days[0]} to {question.days[1]}; half the credit {question.half_life:g} days off"
    if question.places:
        yield f"Accepted: {', '.join(question.places)}; asked back: {', '.join(question.aside) or 'none'}"
    yield question.explanation
    for cited in question.citations:
        voice, dated = (
            (f", on the word of {cited.voice}" if cited.voice else ""),
            f" ({cited.date})" if cited.date else "",
        )
        yield f"  {cited.source_key} {cited.source}, {cited.locator}{voice}: {cited.sentence}{dated}"


def _mark(question: Question, n: int) -> str:
    if question.shape is Shape.ORDER:
        return f"{question.key.index(n) + 1}."
    if question.shape is Shape.GAP:
        return "* before" if n in question.key else "  -"
    return "*" if n in question.key else "-"
