"""A learner's own data: all of it comes out, in the words of the table of fields, and can be worked with."""

import csv
import json
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quiz.exchange import own_data, own_fields
from quiz.models import Ability, AskedQuestion, Card, Confidence, ProblemReport, Review, Sitting, StudyDay, User
from quiz.scheduling import Rating, replay
from quiz.study import reviews
from quiz.study.reviews import Shown
from tests import factories as make

pytestmark = pytest.mark.django_db

MODELS = {
    "account": User,
    "sittings": Sitting,
    "questions": AskedQuestion,
    "cards": Card,
    "reviews": Review,
    "study_days": StudyDay,
    "confidences": Confidence,
    "abilities": Ability,
    "reports": ProblemReport,
}
LEFT_OUT = {
    # The hash of the password, and rights: they say nothing that the learner did or chose.
    User: {"id", "password", "is_superuser", "is_active", "groups", "user_permissions"},
    # Names in addresses, and the seed of the draw.
    Sitting: {"token", "user", "seed"},
    AskedQuestion: {"token", "sitting"},
    Card: {"user"},
    Review: {"user"},
    StudyDay: {"id", "user"},
    Confidence: {"id", "user"},
    Ability: {"id", "user"},
    # The event by its key alone; what editors note among themselves, and who of them decided.
    ProblemReport: {"user", "event", "note", "decided_by"},
}


def exported(user: User) -> Any:
    return json.loads("".join(own_data.as_json(user, make.NOW)))


def table(user: User) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO("".join(own_data.as_csv(user)), newline="")))


def full() -> User:
    """A learner of whom something of each sort is kept."""
    user = make.UserFactory(username="anna", time_zone="Asia/Beirut")
    user.set_password("stone-slate-and-thyme")
    user.save()
    make.ReviewFactory(answered=True, card__user=user, card__event__key="first")
    AskedQuestion.objects.update(answered_at=make.NOW, answer={"choice": 0}, credit=1.0)
    make.ReviewFactory(card__user=user, card__event__key="second", milliseconds=2500, foreseen=0.875)
    StudyDay.objects.create(user=user, day=make.NOW.date(), answers=1)
    Confidence.objects.create(user=user, level=2, answers=1, credit=0.5)
    Ability.objects.create(user=user, facet="date", ability=0.25, answers=1)
    make.ProblemReportFactory(user=user, asked=AskedQuestion.objects.get(), text="Both are right.", note="Seen.")
    return user


def test_whatever_points_to_a_learner_is_exported() -> None:
    kept = {one.related_model for one in User._meta.related_objects}
    # What editors did in their pages is the history of the chronicle.
    assert {model.__name__ for model in kept} - {"LogEntry"} == {
        MODELS[name].__name__ for name in MODELS if name not in {"account", "questions"}
    }


@pytest.mark.parametrize("section", own_fields.SECTIONS, ids=lambda section: section.name)
def test_every_field_of_every_row_is_exported_or_left_out_on_purpose(section: own_fields.Section) -> None:
    model = MODELS[section.name]
    fields = {one.name for one in (*model._meta.fields, *model._meta.many_to_many)}
    told = {one.source.split("__")[0].removesuffix("_id") for one in section.fields} - {"source"}
    assert told | LEFT_OUT[model] == fields
    assert told & LEFT_OUT[model] == set()


def test_the_export_says_what_it_is_and_what_its_fields_mean() -> None:
    data = exported(full())
    assert (data["format"], data["version"]) == ("qalamoun-own-data", 1)
    assert data["exported_at"] == "2026-11-22T12:00:00+00:00"
    assert set(data) == {"format", "version", "exported_at", "fields", *MODELS} - {"questions"}
    assert set(data["fields"]) == set(MODELS)
    assert all(data["fields"][name][field] for name in MODELS for field in data["fields"][name])
    for name in set(MODELS) - {"account", "questions", "sittings"}:
        assert [set(row) for row in data[name]] == [set(data["fields"][name])] * len(data[name])
        assert data[name]
    assert set(data["account"]) == set(data["fields"]["account"])
    assert set(data["sittings"][0]) == {*data["fields"]["sittings"], "questions"}
    assert set(data["sittings"][0]["questions"][0]) == set(data["fields"]["questions"])


def test_the_export_holds_what_is_kept() -> None:
    user = full()
    data = exported(user)
    assert (data["account"]["username"], data["account"]["time_zone"]) == ("anna", "Asia/Beirut")
    asked = AskedQuestion.objects.get()
    question = data["sittings"][0]["questions"][0]
    assert (question["answer"], question["credit"], question["event"]) == ({"choice": 0}, 1.0, "first")
    assert question["content"] == asked.content
    quiz, card = data["reviews"]
    assert (quiz["source"], quiz["question"], quiz["credit"], quiz["event"]) == ("quiz", asked.pk, 1.0, "first")
    assert (card["source"], card["question"], card["milliseconds"], card["foreseen"]) == ("card", None, 2500, 0.875)
    assert (card["at"], card["day"]) == ("2026-11-22T12:00:00+00:00", "2026-11-22")
    assert [row["event"] for row in data["cards"]] == ["first", "second"]
    assert data["study_days"][0]["answers"] == 1
    assert data["confidences"] == [{"level": 2, "answers": 1, "credit": 0.5}]
    assert data["abilities"] == [{"facet": "date", "ability": 0.25, "answers": 1}]


def test_a_report_is_exported_with_what_was_shown_but_not_what_editors_note_among_themselves() -> None:
    user = full()
    editor = make.UserFactory(username="edith")
    ProblemReport.objects.update(state="mended", decided_at=make.NOW, decided_by=editor)
    report = exported(user)["reports"][0]
    asked = AskedQuestion.objects.get()
    assert (report["question"], report["event"], report["problem"]) == (asked.pk, "first", "wording")
    assert (report["content"], report["answer"]) == (asked.content, {"choice": 0})
    assert (report["text"], report["state"], report["decided_at"]) == ("Both are right.", "mended", report["at"])
    text = "".join(own_data.as_json(user, make.NOW))
    assert "Seen." not in text
    assert "edith" not in text


def test_neither_the_password_nor_another_learner_is_in_it() -> None:
    user = full()
    make.ReviewFactory(answered=True, card__user__username="berta", card__event__key="quince-battle")
    text = "".join(own_data.as_json(user, make.NOW))
    assert user.password not in text
    assert "berta" not in text
    assert "quince-battle" not in text
    assert [row["event"] for row in table(user)] == ["first", "second"]


ANSWERED = {"answered_at": make.NOW, "answer": {"choice": 1}, "credit": 0.5}


def the_question(asked: AskedQuestion) -> Any:
    """As it is exported."""
    return exported(asked.sitting.user)["sittings"][0]["questions"][0]


@pytest.mark.parametrize("mode", ["practice", "exam"])
def test_a_key_is_in_it_once_its_learner_was_told(mode: str) -> None:
    finished = make.NOW if mode == "exam" else None
    drawn = {"difficulty": 0.25, "expected": 0.75, "probe": True}
    asked = make.AskedQuestionFactory(sitting__mode=mode, sitting__finished_at=finished, **ANSWERED, **drawn)
    asked.refresh_from_db()
    found = the_question(asked)
    assert found["content"] == asked.content
    assert (found["credit"], found["answer"]) == (0.5, {"choice": 1})
    told = (asked.event.key, 0.25, 0.75, True)
    assert (found["event"], found["difficulty"], found["expected"], found["probe"]) == told


@pytest.mark.parametrize(("mode", "changes"), [("practice", {}), ("daily", {}), ("exam", {}), ("exam", ANSWERED)])
def test_until_then_a_question_is_what_its_page_shows(mode: str, changes: dict[str, Any]) -> None:
    drawn = {"difficulty": 0.25, "expected": 0.75, "probe": True}
    asked = make.AskedQuestionFactory(sitting__mode=mode, **changes, **drawn)
    found = the_question(asked)
    assert found["content"] == {"stem": asked.question.stem, "options": ["19 November 2013", "23 November 2013"]}
    assert (found["credit"], found["answer"]) == (None, changes.get("answer"))
    assert [found[name] for name in ("event", "difficulty", "expected", "probe")] == [None] * 4
    text = "".join(own_data.as_json(asked.sitting.user, make.NOW))
    assert asked.event.key not in text


def test_what_an_exam_tells_of_cards_is_in_it_once_the_exam_is_finished() -> None:
    user = make.UserFactory()
    exam = make.ReviewFactory(answered=True, card__user=user, asked__sitting__mode="exam")
    practice = make.ReviewFactory(answered=True, card__user=user)
    rated = make.ReviewFactory(card__user=user)

    def logged() -> tuple[list[int], list[int], list[str]]:
        data = exported(user)
        return (
            [row["id"] for row in data["reviews"]],
            [row["id"] for row in data["cards"]],
            [row["card"] for row in table(user)],
        )

    others = [practice.card_id, rated.card_id]
    assert logged() == ([practice.pk, rated.pk], others, [str(pk) for pk in others])
    Sitting.objects.filter(mode="exam").update(finished_at=make.NOW)
    cards = [exam.card_id, *others]
    assert logged() == ([exam.pk, practice.pk, rated.pk], cards, [str(pk) for pk in cards])


def test_a_quiz_in_a_phase_names_it() -> None:
    sitting = make.SittingFactory(phase=make.PhaseFactory(key="second"), kinds=["order"])
    found = exported(sitting.user)["sittings"][0]
    assert (found["phase"], found["kinds"], found["questions"]) == ("second", ["order"], [])


def test_of_somebody_who_did_nothing_the_lists_are_empty() -> None:
    user = make.UserFactory()
    data = exported(user)
    names = ("sittings", "cards", "reviews", "study_days", "confidences", "abilities", "reports")
    assert [data[name] for name in names] == [[]] * 7
    assert table(user) == []
    assert own_data.kept(user) == own_data.Kept(0, 0, 0, 0, 0, 0, 0, 0)


def test_what_is_kept_is_counted() -> None:
    user = full()
    make.AskedQuestionFactory(sitting=user.sittings.get())
    full_of_others = make.ReviewFactory(answered=True)
    assert full_of_others.user != user
    assert own_data.kept(user) == own_data.Kept(1, 1, 2, 2, 1, 1, 1, 1)


# --- The table ----------------------------------------------------------------------------------


def test_the_table_has_a_line_for_each_rating_and_none_for_other_deeds() -> None:
    user = full()
    card = user.cards.last()
    make.ReviewFactory(card=card, what="suspended", rating=None, retention=None)
    make.ReviewFactory(card=card, at=make.NOW + timedelta(days=1), rating=1, undone_at=make.NOW + timedelta(days=2))
    quiz, rated, undone = table(user)
    assert list(quiz) == list(own_fields.TABLE)
    assert (quiz["source"], quiz["credit"], quiz["kind"], quiz["undone_at"]) == ("quiz", "1.0", "choose-date", "")
    assert rated == {
        "card": str(card.pk),
        "event": "second",
        "facet": "date",
        "at": "2026-11-22T12:00:00+00:00",
        "day": "2026-11-22",
        "rating": "3",
        "milliseconds": "2500",
        "source": "card",
        "kind": "",
        "credit": "",
        "foreseen": "0.875",
        "interval": "2",
        "retention": "0.9",
        "undone_at": "",
    }
    assert (undone["rating"], undone["undone_at"]) == ("1", "2026-11-24T12:00:00+00:00")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_a_text(sign: str) -> None:
    kind = f'{sign}HYPERLINK("x")'
    review = make.ReviewFactory(kind=kind)
    assert table(review.user)[0]["kind"] == f"'{kind}"


def test_other_cells_stay_as_they_are() -> None:
    review = make.ReviewFactory(kind='of "a", b\nand =c', foreseen=0.25)
    row = table(review.user)[0]
    assert (row["kind"], row["foreseen"]) == ('of "a", b\nand =c', "0.25")


# --- Working with it ----------------------------------------------------------------------------


def studied() -> Card:
    """A card that was rated on several days, once taken back."""
    card = make.CardFactory(new=True, event__key="yabroud-captured")
    now = make.NOW
    for n, rating in enumerate((Rating.GOOD, Rating.AGAIN, Rating.HARD, Rating.EASY, Rating.GOOD)):
        card.user.desired_retention = 0.9 + n / 100
        card.user.save()
        reviews.rate(card.user, card.pk, rating, Shown(n), now=now)
        now += timedelta(days=2 * n + 1)
    reviews.undo(card.user, now=now)
    reviews.rate(card.user, card.pk, Rating.HARD, Shown(4), now=now)
    card.refresh_from_db()
    return card


def test_a_cards_state_follows_from_its_exported_log() -> None:
    card = studied()
    data = exported(card.user)
    (state,) = data["cards"]
    log = [row for row in data["reviews"] if row["card"] == state["id"] and row["rating"] and not row["undone_at"]]
    assert [row["rating"] for row in log] == [3, 1, 2, 4, 2]
    assert len(data["reviews"]) == 6
    history = [(Rating(row["rating"]), date.fromisoformat(row["day"]), row["retention"]) for row in log]
    memory = replay(history, f"{state['event']}/{state['facet']}")
    assert memory is not None
    assert memory == card.memory
    for name in ("stability", "difficulty", "reviews", "lapses"):
        assert state[name] == getattr(memory, name)
    assert (state["day"], state["due"]) == (memory.day.isoformat(), memory.due.isoformat())


def test_the_table_gives_the_same_history_as_everything() -> None:
    card = studied()
    rows, log = table(card.user), exported(card.user)["reviews"]
    assert [(row["rating"], row["day"], row["retention"]) for row in rows] == [
        (str(row["rating"]), row["day"], str(row["retention"])) for row in log
    ]
    times = [datetime.fromisoformat(row["at"]) for row in rows]
    assert times == sorted(times)
    assert {str(time.utcoffset()) for time in times} == {"0:00:00"}


# --- Piece by piece -----------------------------------------------------------------------------


def test_it_comes_in_pieces() -> None:
    user = make.UserFactory()
    card = make.CardFactory(user=user)
    Review.objects.bulk_create(make.ReviewFactory.build_batch(600, card=card, user=user))
    pieces = list(own_data.as_json(user, make.NOW))
    assert len(pieces) > 1
    assert max(map(len, pieces)) < 66 * 1024
    assert len(json.loads("".join(pieces))["reviews"]) == 600
    assert len(list(own_data.as_csv(user))) == 1 + sum(map(len, own_data.as_csv(user))) // 65_600


def test_both_cost_the_same_queries_at_one_and_at_three() -> None:
    def queries(user: User) -> tuple[int, int]:
        found = []
        for pieces in (own_data.as_json(user, make.NOW), own_data.as_csv(user)):
            with CaptureQueriesContext(connection) as captured:
                list(pieces)
            found.append(len(captured))
        return found[0], found[1]

    user = full()
    one = queries(user)
    for _ in range(2):
        make.ReviewFactory(answered=True, card__user=user)
        make.SittingFactory(user=user, phase=make.PhaseFactory())
    assert queries(user) == one == (9, 1)
