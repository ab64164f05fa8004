"""What a browser has of a question before it is answered, through the site's own views; and how its form reads days.

Everything is written in a transaction that is taken back, so that nothing of it is left in the database.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import resolve, reverse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from quiz.chronology import day_in_words
from quiz.forms.sittings import AnswerForm
from quiz.models import AskedQuestion, Event, Sitting, User
from quiz.models.sittings import new_token
from quiz.questions.chronicle import Chronicle
from quiz.questions.making import KINDS, make
from quiz.questions.marking import Answer
from quiz.questions.question import Mode, Question, Shape
from quiz.study.proof.report import Fault, Row

SAMPLE = 4
"""Of each kind so many questions are shown."""
VARYING = re.compile(r'(?:csrfmiddlewaretoken" value|nonce)="[^"]*"|"X-CSRFToken": ?"[^"]*"')
"""What differs each time a page is made."""
MARKUP = re.compile(r"<[^>]*>")
WORDS = re.compile(r'\s(?:aria-label|content|title|alt)="[^"]*"')
"""Attributes that hold words for readers."""
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def pages(chronicle: Chronicle) -> list[Row]:
    """Show some questions of each kind, and type dates into some; the rows say what was found."""
    same = Row("Stem", "the page before the answer is the same whatever is right")
    quiet = Row("Stem", "the page before the answer holds no key of an event or place, and no day to be entered")
    stored = Row("Typed and map", "a date that can be read in two ways is asked back, and nothing is stored")
    sample = list(_sample(chronicle))
    if not sample:
        return [same, quiet, stored, formats(chronicle)]
    with stage() as theatre:
        for question in sample:
            page = theatre.show(question)
            tells = any(theatre.show(other) != page for other in others(question))
            same.see([Fault.of("the page tells the key", question, 0)] if tells else [])
            quiet.see(Fault.of(f"the page holds “{leak}”", question, 0) for leak in leaks(question, page))
            if question.shape is Shape.DAY:
                kept = not theatre.refuses(question, "11/10/2013")
                stored.see([Fault.of("a date was guessed, or stored", question, 0)] if kept else [])
    return [same, quiet, stored, formats(chronicle)]


def _sample(chronicle: Chronicle) -> Iterator[Question]:
    """The first questions of each kind that there are, in the order of the events' keys."""
    for kind in KINDS:
        made = (make(chronicle, kind, key, seed=0) for key in sorted(chronicle.events))
        yield from islice((question for question in made if isinstance(question, Question)), SAMPLE)


# --- Showing --------------------------------------------------------------------------------------


class Stage:
    """A sitting of one question, whose content is put there anew for each showing."""

    def __init__(self) -> None:
        """Begin the sitting; any event will do for its row."""
        now = timezone.now()
        self.user = User.objects.create(username=f"guest-{new_token()}", is_guest=True, date_joined=now)
        self.sitting = Sitting.objects.create(user=self.user, length=1, seed=0, started_at=now)
        event = Event.objects.order_by("key")[0]
        self.asked = AskedQuestion(sitting=self.sitting, number=1, event=event, kind="", facet="", content={})
        self.address = reverse("quiz:question-detail", args=[self.sitting.token, 1])

    def show(self, question: Question) -> str:
        """The whole page of a question and its fragment, without what differs each time."""
        self._put(question)
        made = (self._answered(RequestFactory().get(self.address, headers=h)) for h in ({}, {"HX-Request": "true"}))
        return VARYING.sub("", "".join(response.content.decode() for response in made))

    def refuses(self, question: Question, day: str) -> bool:
        """Whether an entered day is asked back, with nothing stored."""
        self._put(question)
        typed = {"token": self.asked.token, "day": day}
        response = self._answered(RequestFactory().post(self.address, typed, headers={"HX-Request": "true"}))
        self.asked.refresh_from_db()
        return response.status_code == 422 and self.asked.answered_at is None

    def _put(self, question: Question) -> None:
        self.asked.kind, self.asked.facet = question.kind, question.facet
        self.asked.content, self.asked.answered_at = question.as_dict(), None
        self.asked.answer = self.asked.credit = None
        self.asked.save()

    def _answered(self, request: HttpRequest) -> HttpResponse:
        """What the site's own view makes of a request by the learner."""
        request.user = self.user
        request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
        match = request.resolver_match = resolve(self.address)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage of which nothing is left afterwards."""
    # Where files of the site's style lie makes no difference here, and need not be known yet.
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain), transaction.atomic():
        yield Stage()
        transaction.set_rollback(True)


def others(question: Question) -> list[Question]:
    """Questions that differ in nothing that may be seen before the answer: another key, all else about it changed."""
    bare = replace(
        question,
        id="other",
        mode=next(mode for mode in Mode if mode is not question.mode),
        options=tuple(replace(o, note="Other.", event="", place="", witness="") for o in question.options),
        events=("other", "others"),
        key_text="Other",
        explanation="Other.",
        citations=(),
        aside=(),
    )
    match question.shape:
        case Shape.CHOICE | Shape.PIN | Shape.GAP:
            return [replace(bare, key=(n,)) for n in range(question.choices) if n not in question.key]
        case Shape.ORDER:
            return [replace(bare, key=question.key[::-1])]
        case Shape.DAY:
            first, last = ((day + timedelta(days=40)).isoformat() for day in question.accepted)
            return [replace(bare, days=(first, last), half_life=1.0)]
        case Shape.PLACE:
            return [replace(bare, places=("other",))]


def leaks(question: Question, page: str) -> list[str]:
    """Keys of events and places that stand in the markup of a page, and days to be entered that stand anywhere."""
    markup = "".join(WORDS.sub("", tag) for tag in MARKUP.findall(page))
    options = {key for option in question.options for key in (option.event, option.place, option.witness)}
    keys = sorted({*question.events, *question.places, *question.aside, *options} - {""})
    found = [key for key in keys if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", markup)]
    days = {text for day in question.accepted for text in _written(day)} if question.days else set[str]()
    return found + sorted(text for text in days if text in page)


# --- Typing ---------------------------------------------------------------------------------------


def _written(day: date) -> list[str]:
    """A day in the ways in which nobody can misread it."""
    month = day_in_words(day).split()[1]
    return [
        day.isoformat(),
        f"{day.day} {month} {day.year}",
        f"{month[:3]} {day.day}, {day.year}",
        f"{month[:3]} {day.day} {day.year}",
        day.isoformat().translate(ARABIC_DIGITS),
    ]


def formats(chronicle: Chronicle) -> Row:
    """Whether the form reads a day in every way in which it may be written, and asks back what is ambiguous."""
    row = Row("Typed and map", "the form reads a day as it may be written, and asks back what it can't")
    for key in sorted(chronicle.events):
        question = make(chronicle, "enter-date", key, seed=0)
        if isinstance(question, Question):
            row.see(_misread(chronicle, question))
    return row


def _misread(chronicle: Chronicle, question: Question) -> Iterator[Fault]:
    day = question.accepted[0]
    expected: dict[str, date | None] = dict.fromkeys(_written(day), day)
    ambiguous = day.day <= 12 and day.day != day.month
    expected[f"{day.day}/{day.month}/{day.year}"] = None if ambiguous else day
    expected |= dict.fromkeys([f"31 February {day.year}", f"{day.day} {day.month}", "some day", f"1/1/{day.year - 90}"])
    for text, right in expected.items():
        form = AnswerForm({"token": "token", "day": text}, question=question, story=chronicle)
        form.is_valid()
        read = form.cleaned_data.get("answer")
        told = bool(form.errors.get("day"))
        if (read != Answer(day=right)) if right else (read is not None or not told):
            yield Fault.of(f"“{text}” is read as {read}", question, 0)
