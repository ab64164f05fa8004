"""What is shown after an answer: right or wrong, the key, why, and what each choice really was."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from quiz.chronology import day_in_words
from quiz.gazetteer import Gazetteer, Place, fold
from quiz.models import AskedQuestion
from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer, Marked, longest_run, mark
from quiz.questions.question import Facet, Option, Question, Shape
from quiz.study.sittings import stored_answer
from quiz.study.statements import Reports, Statement, reports, statements
from quiz.study.telling import Line, kept

LEAST_PARTLY = 0.2
"""From so much credit on an answer is called partly right: less would read as wrong, and is called so."""
TOLD_BY_SOURCES = frozenset({Facet.DATE, Facet.PLACE})
"""Of these an explanation tells the question and its key once more: the sources' own statements say why."""


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
    is the one that was to be put in, `chosen` the gap that was answered. `link` is the key of the event that is told
    of, blank where there is none or the chronicle no longer tells it.
    """

    option: Option
    chosen: bool
    right: bool
    given: int = 0
    rank: int = 0
    km: float | None = None
    repeated: bool = False
    link: str = ""

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
    where it was put, `belongs` the one that does. `why` is what the explanation says beyond the rest of the page,
    blank for nothing; `read_on` are the events asked about to which no row leads.
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
    why: str = ""
    statements: tuple[Statement, ...] = ()
    reports: Reports = field(default_factory=Reports)
    read_on: tuple[Line, ...] = ()

    @property
    def earns_part(self) -> bool:
        """Whether it earns a part of the point that is worth telling."""
        return 0 < round(self.marked.credit * 100) < 100

    @property
    def in_sequence(self) -> int:
        """How many events of an order stand in the longest run in order."""
        return sum(row.right for row in self.rows)


def feedback(asked: AskedQuestion, story: Chronicle) -> Feedback:
    """The feedback on an answered question; raises ValueError for one that is not answered.

    The chronicle, as it is now, tells of what the question does not hold: a place that was typed, the event that was
    to be put into a line.
    """
    return told(asked.question, stored_answer(asked), story)


def told(question: Question, answer: Answer, story: Chronicle) -> Feedback:
    """The feedback on an answer to a question; with `Answer()`, what there is to tell to somebody who gave none."""
    marked = mark(question, answer)
    bare = Feedback(question, marked, _verdict(marked, answer), _given(question, answer), ())
    found = _with_rows(bare, answer, story)
    rows = tuple(_noted(question, _linked(question, row, story), story) for row in found.rows)
    led_to = {row.link for row in rows}
    return replace(
        found,
        rows=rows,
        why=_why(question, found.rows),
        statements=statements(question.citations),
        reports=reports(question.citations, question.events, story),
        read_on=kept(story, [key for key in question.events if key not in led_to]),
    )


def _with_rows(bare: Feedback, answer: Answer, story: Chronicle) -> Feedback:
    question = bare.question
    match question.shape:
        case Shape.ORDER:
            return _with_order(bare, answer)
        case Shape.GAP:
            return replace(bare, rows=_line(question, answer, story))
        case Shape.PLACE:
            return _with_place(bare, answer, story)
        case _:
            return replace(bare, rows=_choice_rows(question, answer))


def _noted(question: Question, row: Row, story: Chronicle) -> Row:
    """A row; a right one without the note that tells once more what the key and the sources do."""
    if not row.right or row.repeated or (question.facet is Facet.SEQUENCE and row.option.event):
        return row
    told = story.story_line(question.event) if question.event in story.events else ""
    # Of a phase the note goes on: it says which days the phase has.
    note = row.option.note.removeprefix(told).strip() if question.kind == "choose-phase" else ""
    return replace(row, option=replace(row.option, note=note))


def _linked(question: Question, row: Row, story: Chronicle) -> Row:
    """A row with the event that its text tells of; a right day, place or source is no event.

    Nor is a day that another source gives for the event asked about.
    """
    itself = row.right or row.option.event == question.event
    tells = question.facet is Facet.SEQUENCE or row.repeated or not itself
    return replace(row, link=row.option.event) if tells and row.option.event in story.events else row


def _why(question: Question, rows: Iterable[Row]) -> str:
    """The explanation without what the question with its key, the rows or the statements of the sources tell."""
    if question.facet in TOLD_BY_SOURCES or question.kind == "who-reports":
        return ""
    rest = question.explanation
    for row in rows:
        for text in (row.told, row.really):
            rest = rest.replace(text, "") if text.endswith(".") else rest
    return " ".join(rest.split())


def _verdict(marked: Marked, answer: Answer) -> Verdict:
    if answer.unknown:
        return Verdict.UNKNOWN
    if marked.right:
        return Verdict.RIGHT
    return Verdict.PARTLY if marked.credit >= LEAST_PARTLY else Verdict.WRONG


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
    """Whether an option tells of an event, and its note of the same one with its date, or with the place it hid."""
    if question.kind == "happened-here":
        return bool(option.note)
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
