"""How an answer of a quiz rates the facts that it tells of: the one table between marking and memory.

==================================  =======================================================  ======
How it was asked                    How it came out                                          Rating
==================================  =======================================================  ======
any                                 "I don't know", or wrong                                 Again
recall: a place typed               right                                                    Good
recall: a day entered               an accepted day                                          Good
recall: a day entered               a day off, credit at least 0.8                           Hard
recall: a day entered               credit below 0.8                                         Again
recognition: one of several chosen  right                                                    Good
recognition: one of several chosen  right, where every second guess is, or said to be one    Hard
order of N events, for each of N    all its pairs with the others right                      Good
order of N events, for each of N    at least two thirds of its pairs right                   Hard
order of N events, for each of N    fewer                                                    Again
chosen or put in order, at first    what is rated Good above                                 Hard
chosen or put in order, at first    what is rated Hard above                                 Again
in any way, with one hint           what is rated Good above                                 Hard
in any way, with one hint           what is rated Hard above                                 Again
one that leaves two answers         any                                                      Again
one that names the event            any                                                      Again
in any way, with more hints         any                                                      Again
==================================  =======================================================  ======

No answer of a quiz is rated Easy: that it was easy only the learner can say, on a card. A fact of the sequence is an
event and its place among the others; its card asks what came next after it. An order of N events rates N such facts,
a gap the one that was put in, a choice between events those that it compares. Below 0.8 an entered date may be owed
to always answering the middle of the story; two thirds of the pairs lie above what a blind order gets right (half).

At first means that nothing of the fact was remembered yet. What was then right among few answers is as likely guessed
or reasoned as known: rated as later, it was recalled at the next review far less often than foreseen by the simulated
learners of `tests/bench/three_weeks.py`.

A hint takes nothing from the credit, which says what was answered, but what is recalled by a cue is recalled with
difficulty, and what was chosen from two, or told outright as the earliest event of an order is, not at all: its card
comes back as soon as one that was missed. So each hint lowers the rating by one.
"""

from quiz.questions.hints import left
from quiz.questions.marking import Answer, FactCredit
from quiz.questions.question import Facet, Question, Shape
from quiz.scheduling import Rating

NEARLY_DAY = 0.8
"""From this credit on an entered day counts as recalled with difficulty."""
NEARLY_ORDER = 2 / 3
"""From this share of right pairs on the place of an event in an order does."""
EVEN_CHANCE = 0.5
"""A choice that a blind guess gets right so often says little."""
GUESSING = 1
"""The degree of confidence that says so."""
TYPED = frozenset({Shape.DAY, Shape.PLACE})
"""Shapes whose answer is recalled, not recognised."""
LOWER = {Rating.GOOD: Rating.HARD}
"""What weaker evidence makes of a rating; of any other it makes Again."""


def rating(
    question: Question, fact: FactCredit, confidence: int | None = None, *, met: bool = True, hints: int = 0
) -> Rating:
    """The rating of one fact by its credit.

    `confidence` is 1 (guessing) to 3 (sure), None where not said; `met` whether something was remembered of it before;
    `hints` how many were asked for.
    """
    given = _rating(question, fact.credit, confidence)
    if not met and question.shape not in TYPED:
        given = _lower(given)
    return _hinted(question, fact, given, hints) if hints else given


def _lower(given: Rating) -> Rating:
    return LOWER.get(given, Rating.AGAIN)


def _hinted(question: Question, fact: FactCredit, given: Rating, hints: int) -> Rating:
    """The rating with so many hints, at least one; the first one on an order names its earliest event."""
    named = question.shape is Shape.ORDER and fact.event == question.options[question.key[0]].event
    return Rating.AGAIN if hints > 1 or named or left(question, hints) == 2 else _lower(given)


def _rating(question: Question, credit: float, confidence: int | None) -> Rating:
    match question.shape:
        case Shape.DAY:
            return _graded(credit, NEARLY_DAY)
        case Shape.ORDER:
            return _graded(credit, NEARLY_ORDER)
        case Shape.PLACE:
            return _graded(credit, 1.0)
        case _chosen:
            doubtful = question.chance >= EVEN_CHANCE or confidence == GUESSING
            return Rating.HARD if credit == 1 and doubtful else _graded(credit, 1.0)


def _graded(credit: float, nearly: float) -> Rating:
    if credit == 1:
        return Rating.GOOD
    # Two thirds of three pairs are told apart from 0.666… by no rounding.
    return Rating.HARD if credit >= nearly - 1e-9 else Rating.AGAIN


def taken(question: Question, answer: Answer) -> str:
    """The key of the place that was taken for the right one; blank where no place was, or the right one."""
    if question.facet is not Facet.PLACE or answer.unknown:
        return ""
    if question.shape is Shape.PLACE:
        return "" if answer.place in question.places else answer.place
    if answer.choice is None or question.shape not in {Shape.CHOICE, Shape.PIN} or answer.choice in question.key:
        return ""
    return question.options[answer.choice].place
