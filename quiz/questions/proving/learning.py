"""Guessing bots that have learned from the keys of other events."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

from quiz.questions.proving.bots import Bot, Picks, dates, least, most, options_are_answers
from quiz.questions.question import Question


def learned(questions: Iterable[Question]) -> dict[str, Bot]:
    """Bots that have seen the keys of all these questions but those about the event that is asked.

    To have seen the very event would be to know it, not to guess.
    """
    asked = [question for question in questions if options_are_answers(question)]
    days = sorted(days[question.key[0]] for question in asked if (days := dates(question)))
    return {
        "most frequent": _most_frequent(asked, _texts),
        "most frequent date": _most_frequent(asked, dates),
        "median date": _nearest(days[len(days) // 2] if days else None),
    }


def _texts(question: Question) -> list[str]:
    return [option.text for option in question.options]


def _most_frequent(asked: Iterable[Question], answers: Callable[[Question], Sequence[Hashable] | None]) -> Bot:
    """The option that was the key most often in questions of the kind about other events."""
    everywhere: dict[str, Counter[Hashable]] = defaultdict(Counter)
    own: dict[tuple[str, str], Counter[Hashable]] = defaultdict(Counter)
    for question in asked:
        if offered := answers(question):
            everywhere[question.kind][offered[question.key[0]]] += 1
            own[question.kind, question.event][offered[question.key[0]]] += 1

    def bot(question: Question) -> Picks | None:
        offered = answers(question) if options_are_answers(question) else None
        if not offered:
            return None
        seen, mine = everywhere[question.kind], own[question.kind, question.event]
        return most([float(seen[answer] - mine[answer]) for answer in offered])

    return bot


def _nearest(median: float | None) -> Bot:
    """The date nearest to the median of all keys."""

    def bot(question: Question) -> Picks | None:
        days = dates(question)
        return None if days is None or median is None else least([abs(day - median) for day in days])

    return bot
