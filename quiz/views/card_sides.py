"""What the two sides of a card show, and where it stands in the day."""

from datetime import datetime
from typing import Any

from quiz.forms.cards import RATINGS
from quiz.models import Card, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.marking import Answer
from quiz.questions.question import Question, Shape
from quiz.scheduling import study_day
from quiz.study import deck, reviews, telling
from quiz.study import today as study
from quiz.study.feedback import told
from quiz.views import card_words, shapes


def side(user: User, story: Chronicle, card: Card, now: datetime, *, answer: bool, since: int | None) -> dict[str, Any]:
    """What a side of a card, with its event, shows; `since` is when its question was shown, in ms since 1970."""
    day = study_day(now, user.zone)
    question = deck.face(story, card.event.key, card.facet, card.reviews)
    last, left, done = reviews.last_done(user), len(study.queue(user, story, now).cards), study.done(user, day)
    shown: dict[str, Any] = {
        "held": deck.hold(story, card, day),
        "question": question,
        "ready": deck.is_ready(card, day),
        "last": card_words.deed(last) if last else "",
        "left": left,
        "done": done,
        "total": done + left,
    }
    if question and answer:
        shown |= {"since": since, **ratings(user, card, now), **explained(question, story)}
    elif question:
        shown |= {"shown": round(now.timestamp() * 1000), **_pinned(question, [])}
    return shown


def explained(question: Question, story: Chronicle) -> dict[str, Any]:
    """What the answer side tells of a question, as the feedback in a quiz does to somebody who gave no answer."""
    found = told(question, Answer(), story)
    states = ["right" if row.right else "" for row in found.rows]
    return {"feedback": found, "events": telling.kept(story, question.events), **_pinned(question, states)}


def _pinned(question: Question, states: list[str]) -> dict[str, Any]:
    """The map of a PIN question and its options with their positions; nothing for another."""
    if question.shape is not Shape.PIN:
        return {}
    return {"map": shapes.chart(question.options, states), "spots": shapes.spots(question.options)}


def ratings(user: User, card: Card, now: datetime) -> dict[str, Any]:
    """The buttons, each with its number, its name and when the card comes back; and which are `alike` in that."""
    days = {rating: (memory.due - memory.day).days for rating, memory in reviews.previewed(user, card, now).items()}
    buttons = [(rating.value, str(name), card_words.interval(days[rating])) for rating, name in RATINGS.items()]
    return {"ratings": buttons, "alike": card_words.alike(days)}
