"""What an export of a learner's own data holds: each section, each field by its name, and what it means."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an export: its name there, what it means, and its path from the row where that is another."""

    name: str
    meaning: Any
    path: str = ""

    @property
    def source(self) -> str:
        """Where the value is read."""
        return self.path or self.name


@dataclass(frozen=True, slots=True)
class Section:
    """One list of an export: its name and title, and its fields in their order."""

    name: str
    title: Any
    fields: tuple[Field, ...]


_EVENT = _("key of the event, as in the address of its page")
_FACET = _("what of the event: date, place, sequence or source")

ACCOUNT = Section(
    "account",
    _("Account and settings"),
    (
        Field("username", _("your name here; a guest is given one")),
        Field("is_guest", _("whether there is no account yet")),
        Field("is_staff", _("whether you are an editor")),
        Field("first_name", _("blank, unless an editor filled it in")),
        Field("last_name", _("blank, unless an editor filled it in")),
        Field("email", _("blank, unless an editor filled it in")),
        Field("date_joined", _("since when")),
        Field("last_login", _("when you last logged in")),
        Field("time_zone", _("IANA name of your time zone; blank counts as UTC")),
        Field("desired_retention", _("the chance of recall, 0.7 to 0.97, at which a card comes back")),
        Field("new_per_day", _("most new cards a day")),
        Field("reviews_per_day", _("most reviews a day")),
        Field("shortcuts", _("whether keyboard shortcuts are on")),
        Field("theme", _("auto, light or dark")),
    ),
)
SITTINGS = Section(
    "sittings",
    _("Quizzes"),
    (
        Field("id", _("number of the quiz")),
        Field("mode", _("practice, exam, daily, weak, again or timeline")),
        Field("phase", _("key of the phase chosen; none for the whole story"), "phase__key"),
        Field("facet", _("subject chosen; blank for all")),
        Field("kinds", _("kinds of question chosen; empty for all")),
        Field("aim", _("share of right answers aimed at, 0 to 1")),
        Field("length", _("number of questions")),
        Field("minutes", _("time limit, where you chose one")),
        Field("started_at", _("when it began")),
        Field("ends_at", _("when its time is up")),
        Field("finished_at", _("when it was finished")),
    ),
)
QUESTIONS = Section(
    "questions",
    _("Questions of a quiz, within it"),
    (
        Field("id", _("number of the question")),
        Field("number", _("its place in the quiz, from 1")),
        Field("event", _("key of the event, as in the address of its page; none until you were told"), "event__key"),
        Field("facet", _FACET),
        Field("kind", _("kind of question")),
        Field("difficulty", _("how hard it was held to be, in logits; none until you were told the key")),
        Field("expected", _("credit expected beforehand, 0 to 1; none until you were told the key")),
        Field("probe", _("whether it was drawn at random to learn how hard it is; none until you were told the key")),
        Field("hints", _("how many hints you asked for")),
        Field("answered_at", _("when you answered")),
        Field("answer", _("what you answered: choice (from 0), day, order, place, typed")),
        Field("credit", _("0 for wrong to 1 for right; none while an exam is not finished")),
        Field("confidence", _("how sure you said to be, 1 to 3")),
        Field("content", _("the question as it was asked; its key and sources once you were told them")),
    ),
)
CARDS = Section(
    "cards",
    _("Cards: what you remember of each fact"),
    (
        Field("id", _("number of the card; one that an exam asked for is left out until the exam is finished")),
        Field("event", _EVENT, "event__key"),
        Field("facet", _FACET),
        Field("stability", _("days until the chance of recall has fallen to 90 %")),
        Field("difficulty", _("1 to 10")),
        Field("day", _("study day of the last rating")),
        Field("due", _("study day of the next review")),
        Field("reviews", _("ratings so far")),
        Field("lapses", _("how often it was forgotten")),
        Field("suspended", _("whether it is set aside")),
        Field("buried_until", _("study day until which it is put off")),
        Field("kinds", _("for each kind of question: answers, and the sum of their credits")),
        Field("taken", _("how often which place was taken for the right one")),
    ),
)
REVIEWS = Section(
    "reviews",
    _("Log: what was done with each card, and what each answer told of it"),
    (
        Field("id", _("number of the entry; what an exam tells is left out until it is finished")),
        Field("card", _("number of the card"), "card_id"),
        Field("event", _EVENT, "card__event__key"),
        Field("facet", _FACET, "card__facet"),
        Field("what", _("rated, added, suspended, resumed or buried")),
        Field("at", _("when")),
        Field("day", _("study day, which begins at 04:00 in your time zone")),
        Field("rating", _("1 again, 2 hard, 3 good, 4 easy")),
        Field("milliseconds", _("how long it took, where known")),
        Field("source", _("quiz or card")),
        Field("question", _("number of the question of the quiz"), "asked_id"),
        Field("kind", _("kind of question")),
        Field("credit", _("of the answer, 0 to 1; none on a card")),
        Field("hardness", _("of the question when it was answered, in logits")),
        Field("taken", _("key of the place taken for the right one")),
        Field("foreseen", _("chance of recall just before, 0 to 1; none at a first rating")),
        Field("interval", _("days given until the next review")),
        Field("retention", _("desired retention then in force")),
        Field("undone_at", _("when it was taken back; it counts for nothing then")),
    ),
)
STUDY_DAYS = Section(
    "study_days",
    _("Study days"),
    (
        Field("day", _("the study day")),
        Field("answers", _("questions of quizzes answered")),
        Field("ratings", _("cards rated")),
        Field("new", _("of these, cards rated for the first time")),
        Field("seen", _("of these, cards that came back")),
        Field("foreseen", _("facts last rated on an earlier day whose recall was tried")),
        Field("expected", _("sum of the chances foreseen for them")),
        Field("recalled", _("how many of them were recalled")),
    ),
)
CONFIDENCES = Section(
    "confidences",
    _("Confidence"),
    (
        Field("level", _("1 guessing, 2 fairly sure, 3 sure")),
        Field("answers", _("answers at this level")),
        Field("credit", _("the sum of their credits")),
    ),
)
ABILITIES = Section(
    "abilities",
    _("Abilities: what quizzes with an aim go by"),
    (
        Field("facet", _("date, place, sequence or source")),
        Field("ability", _("estimate in logits; higher is abler")),
        Field("answers", _("on how many answers it rests")),
    ),
)
REPORTS = Section(
    "reports",
    _("Problems that you reported"),
    (
        Field("id", _("number of the report")),
        Field("at", _("when you made it")),
        Field("added_at", _("when you last reported the same again")),
        Field("event", _EVENT, "event_key"),
        Field("question", _("number of the question of the quiz; none for the page of an event"), "asked_id"),
        Field("question_key", _("which question it was; blank for the page of an event")),
        Field("kind", _("kind of question")),
        Field("content", _("the question as it was shown to you")),
        Field("answer", _("what you had answered")),
        Field("revision", _("name of the state of the chronicle at that time")),
        Field("problem", _("what you found wrong")),
        Field("text", _("in your words")),
        Field("state", _("open, looking, mended, no-fault or duplicate")),
        Field("decided_at", _("when the editors decided")),
    ),
)
SECTIONS = (ACCOUNT, SITTINGS, QUESTIONS, CARDS, REVIEWS, STUDY_DAYS, CONFIDENCES, ABILITIES, REPORTS)
"""All of them, for who wants to know what a field means."""

TABLE = (
    "card",
    "event",
    "facet",
    "at",
    "day",
    "rating",
    "milliseconds",
    "source",
    "kind",
    "credit",
    "foreseen",
    "interval",
    "retention",
    "undone_at",
)
"""The columns of the log as a table, by their names in the log."""
