"""What is shown after an answer: right or wrong, the key, why, and what each choice really was."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from quiz.chronology import day_in_words
from quiz.gazetteer import Gazetteer, Place, fold
from quiz.models import AskedQuestion
from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer, Marked, longest_run, mark
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.study.sittings import stored_answer


class Verdict(StrEnum):
    """How an answer came out."""

    RIGHT = "right"
    PARTLY = "partly"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One option after the answer.

    `given` and `rank` are places in an order, from 1; 0 where there is none. `km` is how far a pin lies from the
    right one. `repeated` says that the note tells the option once more, with its date. In a line of events `right`
    is the one that was to be put in, `chosen` the gap that was answered.
    """

    option: Option
    chosen: bool
    right: bool
    given: int = 0
    rank: int = 0
    km: float | None = None
    repeated: bool = False

    @property
    def told(self) -> str:
        """What the option says; its note alone, where that repeats it."""
        return self.option.note if self.repeated else self.option.text

    @property
    def really(self) -> str:
        """What its note adds to that; blank for nothing."""
        return "" if self.repeated else self.option.note


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that a feedback page says of one answered question.

    `typed` is a typed name where it is not the usual spelling, `slip` whether it is none at all; `elsewhere` tells
    what happened at a place that was typed wrongly. `misplaced` is the first event of an order that does not stand
    where it was put, `belongs` the one that does.
    """

    question: Question
    marked: Marked
    verdict: Verdict
    given: str
    rows: tuple[Row, ...]
    typed: str = ""
    slip: bool = False
    elsewhere: str = ""
    misplaced: Row | None = None
    belongs: Row | None = None

    @property
    def percent(self) -> int:
        """The credit in per cent, rounded."""
        return round(self.marked.credit * 100)


def feedback(asked: AskedQuestion, story: Chronicle) -> Feedback:
    """The feedback on an answered question; raises ValueError for one that is not answered.

    The chronicle, as it is now, tells of what the question does not hold: a place that was typed, the event that was
    to be put into a line.
    """
    return told(asked.question, stored_answer(asked), story)


def told(question: Question, answer: Answer, story: Chronicle) -> Feedback:
    """The feedback on an answer to a question; with `Answer()`, what there is to tell to somebody who gave none."""
    marked = mark(question, answer)
    found = Feedback(question, marked, _verdict(marked, answer), _given(question, answer), ())
    match question.shape:
        case Shape.ORDER:
            return _with_order(found, answer)
        case Shape.GAP:
            return replace(found, rows=_line(question, answer, story))
        case Shape.PLACE:
            return _with_place(found, answer, story)
        case _:
            return replace(found, rows=_choice_rows(question, answer))


def _verdict(marked: Marked, answer: Answer) -> Verdict:
    if answer.unknown:
        return Verdict.UNKNOWN
    if marked.right:
        return Verdict.RIGHT
    # What rounds to nothing is not called partly right.
    return Verdict.PARTLY if round(marked.credit * 100) else Verdict.WRONG


def _given(question: Question, answer: Answer) -> str:
    """The answer in words; blank for an order and a gap, which the rows show."""
    if answer.choice is not None and question.shape is not Shape.GAP:
        return question.options[answer.choice].text
    return day_in_words(answer.day) if isinstance(answer.day, date) else ""


# --- Choices and pins ---------------------------------------------------------------------------


def _choice_rows(question: Question, answer: Answer) -> tuple[Row, ...]:
    right = question.options[question.key[0]] if question.key else None
    return tuple(
        Row(
            option,
            chosen=n == answer.choice,
            right=n in question.key,
            km=distance_km(option, right) if right else None,
            repeated=_repeated(question, option),
        )
        for n, option in enumerate(question.options)
    )


def _repeated(question: Question, option: Option) -> bool:
    """Whether an option tells of an event, and its note of the same one with its date."""
    return question.facet is Facet.SEQUENCE and option.text.casefold() in option.note.casefold()


def distance_km(one: Option, other: Option) -> float | None:
    """Great-circle distance of two pins in kilometres; None for options that are no pins."""
    pins = (Place(key, "", "", lat=option.lat, lon=option.lon) for key, option in (("one", one), ("other", other)))
    return Gazetteer(pins).distance_km("one", "other")


# --- Order and line -----------------------------------------------------------------------------


def _with_order(told: Feedback, answer: Answer) -> Feedback:
    """The events in their right order, each with the place it was given; `right` marks the longest run in order."""
    key = told.question.key
    run = set(longest_run(answer.order, key)) if answer.order else set()
    given = {item: place for place, item in enumerate(answer.order, 1)}
    rows = tuple(
        Row(option, item in given, item in run, given.get(item, 0), rank, repeated=_repeated(told.question, option))
        for rank, item in enumerate(key, 1)
        for option in [told.question.options[item]]
    )
    first = next((n for n, item in enumerate(answer.order) if item != key[n]), None)
    if first is None:
        return replace(told, rows=rows)
    return replace(told, rows=rows, misplaced=rows[key.index(answer.order[first])], belongs=rows[first])


def _line(question: Question, answer: Answer, story: Chronicle) -> tuple[Row, ...]:
    """The line of events with the one that was to be put in, where it belongs; and the gap that was answered."""
    told = story.story_line(question.event) if question.event in story.events else question.key_text
    rows = []
    for gap in range(question.choices):
        if gap in question.key:
            rows.append(Row(Option(told, event=question.event), chosen=gap == answer.choice, right=True))
        elif gap == answer.choice:
            rows.append(Row(Option(""), chosen=True, right=False))
        after = question.options[gap : gap + 1]
        rows += [Row(option, chosen=False, right=False, repeated=_repeated(question, option)) for option in after]
    return tuple(rows)


# --- Typed places -------------------------------------------------------------------------------


def _with_place(told: Feedback, answer: Answer, story: Chronicle) -> Feedback:
    """What was typed, as what it was read, and what happened there if it was wrong."""
    typed = answer.typed
    if answer.place not in story.gazetteer:
        return replace(told, given=typed or answer.place)
    place = story.gazetteer[answer.place]
    slip = bool(typed) and fold(typed) not in map(fold, place.names)
    unusual = typed if slip or fold(typed) != fold(place.name) else ""
    elsewhere = "" if told.marked.right else _elsewhere(story, place.key)
    return replace(told, given=place.name, typed=unusual, slip=slip, elsewhere=elsewhere)


def _elsewhere(story: Chronicle, place: str) -> str:
    """What the chronicle tells of a place, in a line; blank for nothing, and for killings and abductions alone."""
    there = story.slot_place.get(place, [])
    told = story.most_telling(there) if there else ""
    return "" if not told or story.events[told].sensitive else story.story_line(told)
