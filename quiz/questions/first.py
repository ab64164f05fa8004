"""Which came first? Two events, of which one came before the other by all claims, or by a document that is named."""

from collections.abc import Iterator
from random import Random

from quiz.chronology import in_words
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.ordering import REACH_DAYS, citations, clause, mode_of, near, option, sensitive, why_in_order
from quiz.questions.question import Facet, Mode, Option, Question, Shape

KIND = "first"


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask which of an event and another came first; the other is drawn among those before or after it."""
    if event.key not in chronicle.sequence:
        return chronicle.sequence.refused[event.key]
    before, after = _pool(chronicle, event.key)
    if not before + after:
        return Refusal("nothing near it in time comes definitely before or after it")
    other = rng.choice(_alike(chronicle, event.key, before, after, rng))
    # The position on the page is drawn anew: were it sorted by text, one opening word could stand for 'earlier'.
    return _build(chronicle, event, other, rng.sample([event.key, other], 2))


def _alike(chronicle: Chronicle, key: str, before: list[str], after: list[str], rng: Random) -> list[str]:
    """Those before, or those after an event, as often the one as the other; and of them such as are on both sides.

    Drawn first is whether the other is told on somebody's word, and whether its text is the longer one: so neither
    tells anything of the order. An event that has others on one side only stands beside those told as it is, if
    there are any.
    """
    leads, length = chronicle.sequence.leads, len(clause(chronicle, key))

    def look(other: str) -> tuple[bool, bool]:
        return bool(leads[other]), len(clause(chronicle, other)) > length

    looks = sorted(set(map(look, before)) & set(map(look, after)))
    side = rng.choice([side for side in (before, after) if side])
    if looks:
        drawn = rng.choice(looks)
        return [other for other in side if look(other) == drawn]
    return [other for other in side if bool(leads[other]) is bool(leads[key])] or side


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The event beside each of those near it."""
    if event.key in chronicle.sequence:
        for other in (key for side in _pool(chronicle, event.key) for key in side):
            yield _build(chronicle, event, other, [event.key, other])


def _pool(chronicle: Chronicle, key: str) -> tuple[list[str], list[str]]:
    """Events before and after one: definitely, or by every document that dates both."""
    sequence, (before, after) = chronicle.sequence, near(chronicle, key)
    beside = [other for other in sequence.beside(key, REACH_DAYS) if not sequence.are_steps(key, other)]
    before += [other for other in beside if sequence.documents_before(other, key)]
    after += [other for other in beside if sequence.documents_before(key, other)]
    return before, after


def _build(chronicle: Chronicle, event: EventFact, other: str, shown: list[str]) -> Question:
    sequence = chronicle.sequence
    definite = sequence.precede(*shown) or sequence.precede(*shown[::-1])
    settled = sequence.precede(*shown) or (not definite and bool(sequence.documents_before(*shown)))
    earlier, later = shown if settled else shown[::-1]
    source = "" if definite else sequence.documents_before(earlier, later)[0]
    options = [option(chronicle, key) if definite else _as_told_there(chronicle, key) for key in shown]
    return Question(
        id=f"{KIND}/{event.key}/{other}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.SEQUENCE,
        mode=mode_of(chronicle, shown) if definite else Mode.ATTRIBUTED,
        events=(event.key, other),
        stem=f"According to {_name(chronicle, earlier, source)}, which of these two came first?"
        if source
        else "Which of these two came first?",
        options=tuple(options),
        key=(shown.index(earlier),),
        key_text=capital(clause(chronicle, earlier)) if definite else capital(chronicle.texts[earlier]),
        explanation=_why(chronicle, earlier, later, source),
        citations=citations(chronicle, (earlier, later)),
        sensitive=sensitive(chronicle, shown),
    )


def _as_told_there(chronicle: Chronicle, key: str) -> Option:
    """An event in the words of the document that the stem names, which tells of it itself."""
    return Option(capital(chronicle.texts[key]), chronicle.story_line(key), event=key)


def _name(chronicle: Chronicle, key: str, source: str) -> str:
    return next(claim.source_name for claim in chronicle.events[key].claims if claim.source == source)


def _why(chronicle: Chronicle, earlier: str, later: str, source: str) -> str:
    if not source:
        return why_in_order(chronicle, [earlier, later])
    one, other = (_dates_there(chronicle, key, source) for key in (earlier, later))
    return (
        f"{_name(chronicle, earlier, source)} dates the earlier to {one} and the later to {other}. "
        "No document contradicts this order, but not all dates are narrow enough to confirm it."
    )


def _dates_there(chronicle: Chronicle, key: str, source: str) -> str:
    told = [claim.interval for claim in chronicle.sequence.dated(key) if claim.source == source and claim.interval]
    return " or ".join(dict.fromkeys(in_words(interval) for interval in told))
