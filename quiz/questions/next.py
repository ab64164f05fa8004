"""What came next? The event that came soonest after one, beside others that came before it or later still."""

import re
from collections.abc import Iterator
from random import Random

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.ordering import citations, clause, dated_line, mode_of, near, option, sensitive
from quiz.questions.question import Facet, Question, Shape
from quiz.questions.stems import refused_stem

KIND = "next"
MOST_WRONG, LEAST_WRONG = 3, 2
DRAWS = 8
"""Among so many draws one is chosen by its words."""
WORD = re.compile(r"\w{3,}")


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask which of some events came soonest after one; how many of them came before it is drawn first."""
    if event.key not in chronicle.sequence:
        return chronicle.sequence.refused[event.key]
    before, after = near(chronicle, event.key)
    if not after:
        return Refusal("nothing near it in time comes definitely after it")
    for wrong in (MOST_WRONG, LEAST_WRONG):
        for rank in rng.sample(range(wrong + 1), wrong + 1):
            keys = [key for key in after if len(_later(chronicle, key, after)) >= wrong - rank]
            if rank <= len(before) and keys:
                drawn = _evenly(chronicle, event.key, (before, after, keys), (rank, wrong - rank), rng)
                return _build(chronicle, event, drawn[0], rng.sample(drawn, len(drawn)))
    return Refusal("too few events near it in time stand in a strict order")


def _evenly(
    chronicle: Chronicle,
    asked: str,
    pool: tuple[list[str], list[str], list[str]],
    counts: tuple[int, int],
    rng: Random,
) -> list[str]:
    """The key and so many events before the asked one and after the key; of several draws one that words do not tell.

    What came next is likelier than others to share words with what came before it, and lies between two groups that
    share words with each other. So it is drawn first whether the key is to be the one most like the stem, and whether
    the one least like the others.
    """
    (before, after, keys), (earlier, later) = pool, counts
    size = 1 + earlier + later
    wanted = (rng.randrange(size) == 0, rng.randrange(size) == 0)
    bags = {key: _words(clause(chronicle, key)) for key in (asked, *before, *after)}

    def draw() -> list[str]:
        key = rng.choice(keys)
        return [key, *rng.sample(before, earlier), *rng.sample(_later(chronicle, key, after), later)]

    def misses(drawn: list[str]) -> int:
        like = [len(bags[asked] & bags[key]) for key in drawn]
        company = [sum(len(bags[key] & bags[other]) for other in drawn if other != key) for key in drawn]
        told = (_first_is_least([-n for n in like], rng), _first_is_least(company, rng))
        return sum(one != other for one, other in zip(told, wanted, strict=True))

    return min((draw() for _ in range(DRAWS)), key=misses)


def _first_is_least(measured: list[int], rng: Random) -> bool:
    """Whether the first measures least; a tie is settled by lot."""
    ties = measured.count(min(measured))
    return measured[0] == min(measured) and rng.randrange(ties) == 0


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.casefold()))


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """Each event that may have come next, beside each that came before the asked one or later still."""
    if event.key not in chronicle.sequence:
        return
    before, after = near(chronicle, event.key)
    for key in after:
        for wrong in (*before, *_later(chronicle, key, after)):
            made = _build(chronicle, event, key, [key, wrong])
            if isinstance(made, Question):
                yield made


def _later(chronicle: Chronicle, key: str, after: list[str]) -> list[str]:
    """Those events that came definitely after one, and are no steps of one fight with it."""
    sequence = chronicle.sequence
    return [other for other in after if sequence.precede(key, other) and sequence.strict(key, other)]


def _build(chronicle: Chronicle, event: EventFact, key: str, shown: list[str]) -> Question | Refusal:
    stem = f"Which of these came soonest after this: {clause(chronicle, event.key)}?"
    return refused_stem(stem) or Question(
        id="/".join((KIND, event.key, key, *sorted(set(shown) - {key}))),
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.SEQUENCE,
        mode=mode_of(chronicle, (event.key, *shown)),
        events=(event.key, key),
        stem=stem,
        options=tuple(option(chronicle, k) for k in shown),
        key=(shown.index(key),),
        key_text=option(chronicle, key).text,
        explanation=_why(chronicle, event.key, key, shown),
        citations=citations(chronicle, (event.key, key)),
        sensitive=sensitive(chronicle, (event.key, *shown)),
    )


def _why(chronicle: Chronicle, asked: str, key: str, shown: list[str]) -> str:
    """The two dates, and where the other choices lie."""
    earlier = sum(chronicle.sequence.precede(other, asked) for other in shown)
    later = len(shown) - 1 - earlier
    told = f"{dated_line(chronicle, asked)} The next of these: {chronicle.date_words(key)}."
    if earlier:
        told += f" {_count(earlier)} of the other choices came before."
    return f"{told} {_count(later)} of the other choices came later still." if later else told


def _count(number: int) -> str:
    return ("None", "One", "Two", "Three")[number]
