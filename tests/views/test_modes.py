"""Exams, their time, reviews, timeline runs, and what is done with a finished sitting, page by page."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quiz.forms.zones import ZoneField
from quiz.models import AskedQuestion, Card, Deed, Event, Review, Sitting, SittingMode, User
from quiz.questions.marking import Answer
from quiz.questions.question import Shape
from quiz.study import sittings as study
from tests import factories as make
from tests.study.stories import right
from tests.views.conftest import Seat

HTMX = {"HX-Request": "true"}
HOME, BEGIN = reverse("quiz:home"), reverse("quiz:sitting-begin")
REVIEW, RUN = reverse("quiz:sitting-review"), reverse("quiz:timeline-run")
VERDICTS = ("Right", "Not right", "Partly right", "You said: I don’t know", "The right answer")


def at(name: str, sitting: Sitting, *more: int) -> str:
    return reverse(f"quiz:{name}", args=[sitting.token, *more])


def question(asked: AskedQuestion) -> str:
    return at("question-detail", asked.sitting, asked.number)


def text(response: HttpResponse) -> str:
    return response.content.decode()


def seat_exam(
    seat: Seat, shape: Shape = Shape.CHOICE, minutes: int = 10, left: int = 10, **named: Any
) -> AskedQuestion:
    """The first question of an exam with so many minutes left."""
    asked = seat(shape, **named)
    ends = timezone.now() + timedelta(minutes=left)
    Sitting.objects.update(mode=SittingMode.EXAM, minutes=minutes, ends_at=ends)
    asked.sitting.refresh_from_db()
    return asked


def send(client: Client, asked: AskedQuestion, data: dict[str, Any] | None = None, **changes: Any) -> HttpResponse:
    """Answer, with the first choice unless said otherwise."""
    return client.post(question(asked), {"token": asked.token, **(data or {"choice": "0"})}, **changes)


def finish(asked: AskedQuestion, *, rightly: bool = False) -> Sitting:
    """Answer the whole sitting."""
    for one in asked.sitting.asked.order_by("number"):
        study.answer(one.pk, right(one.question) if rightly else Answer(), now=timezone.now())
    return Sitting.objects.get(pk=asked.sitting_id)


# --- Set-up -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "title", "chosen"),
    [
        ("?mode=exam", "Set up an exam", "exam"),
        ("", "Set up a quiz", "practice"),
        ("?mode=%00", "Set up a quiz", "practice"),
    ],
)
def test_an_exam_is_chosen_beforehand(client: Client, query: str, title: str, chosen: str) -> None:
    shown = text(client.get(BEGIN + query))
    assert f"<h1>{title}</h1>" in shown
    assert f'name="feedback" value="{chosen}" checked' in shown
    assert f'href="{BEGIN}?mode=exam"' in text(client.get(HOME))


def test_an_exam_is_begun_with_its_minutes(client: Client) -> None:
    client.post(BEGIN, {"length": "5", "feedback": "exam", "minutes": "20", "zone": "Asia/Beirut"})
    sitting = Sitting.objects.get()
    assert (sitting.mode, sitting.minutes, sitting.ends_at) == ("exam", 20, sitting.started_at + timedelta(minutes=20))
    assert sitting.user.time_zone == "Asia/Beirut"


@pytest.mark.parametrize(
    ("sent", "mode", "minutes"),
    [
        ({}, "practice", None),
        ({"feedback": "", "minutes": ""}, "practice", None),
        ({"feedback": "exam"}, "exam", None),
        ({"feedback": "practice", "minutes": "10"}, "practice", None),
    ],
)
def test_no_time_runs_unless_it_was_chosen_for_an_exam(
    client: Client, sent: dict[str, str], mode: str, minutes: int | None
) -> None:
    client.post(BEGIN, {"length": "5", **sent})
    assert (Sitting.objects.get().mode, Sitting.objects.get().minutes) == (mode, minutes)


@pytest.mark.parametrize("sent", [{"feedback": "timeline"}, {"feedback": "exam", "minutes": "1_0"}, {"minutes": "-1"}])
def test_other_modes_and_minutes_are_refused_in_words(client: Client, sent: dict[str, str]) -> None:
    refused = client.post(BEGIN, {"length": "5", **sent})
    assert (refused.status_code, Sitting.objects.count(), User.objects.count()) == (400, 0, 0)
    assert "is not one of the available choices" in text(refused)


@pytest.mark.parametrize(
    "zone", ["", "Moon/Base", "../etc/passwd", "UTC\0", "x" * 5000, "\ud800".encode("utf-16", "surrogatepass")]
)
def test_a_zone_that_is_none_is_passed_over(client: Client, zone: str) -> None:
    client.post(BEGIN, {"length": "5", "zone": zone})
    assert User.objects.get().time_zone == ""


def test_a_zone_is_read_by_its_name() -> None:
    assert [ZoneField().clean(one) for one in (" Europe/London ", None, "europe/london?")] == ["Europe/London", "", ""]


@pytest.mark.parametrize("address", [HOME, BEGIN, RUN])
def test_forms_that_begin_something_have_a_field_for_the_zone(client: Client, address: str) -> None:
    assert '<input type="hidden" name="zone" data-zone>' in text(client.get(address))


# --- Home ---------------------------------------------------------------------------------------


def test_home_says_of_today_that_something_is_due_only_where_it_is(client: Client, seat: Seat) -> None:
    today = "Some of what you know is due to be asked again today."
    assert today not in text(client.get(HOME))
    user = seat().sitting.user
    make.CardFactory(user=user, event=Event.objects.all()[0], due=timezone.now().date() + timedelta(days=3))
    assert today not in text(client.get(HOME))
    make.CardFactory(user=user, event=Event.objects.all()[1], due=make.NOW.date() - timedelta(days=9))
    assert today in text(client.get(HOME))


# --- An exam is silent ----------------------------------------------------------------------------


@pytest.mark.parametrize("given", [{"choice": "1"}, {"choice": "0"}, {"unknown": "on"}])
def test_after_an_answer_the_next_question_comes_at_once(client: Client, seat: Seat, given: dict[str, str]) -> None:
    asked = seat_exam(seat)
    following = at("question-detail", asked.sitting, 2)
    answered = send(client, asked, given)
    assert (answered.status_code, answered["Location"]) == (302, following)
    shown = text(client.get(following))
    assert [word for word in VERDICTS if word in shown] == []
    assert "Exam, question <b>2</b> of 3" in shown


def test_with_htmx_the_next_question_comes_in_the_same_breath(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat)
    answered = send(client, asked, headers=HTMX)
    assert answered["HX-Push-Url"] == at("question-detail", asked.sitting, 2)
    shown = text(answered)
    assert "<html" not in shown
    assert "Exam, question <b>2</b> of 3" in shown
    assert [word for word in VERDICTS if word in shown] == []


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("verb", ["get", "post"])
def test_going_back_in_an_exam_leads_on(client: Client, seat: Seat, headers: dict[str, str], verb: str) -> None:
    asked = seat_exam(seat)
    send(client, asked)
    back = getattr(client, verb)(question(asked), {"token": asked.token, "choice": "1"}, headers=headers, follow=True)
    assert "Exam, question <b>2</b> of 3" in text(back)
    assert [word for word in VERDICTS if word in text(back)] == []
    asked.refresh_from_db()
    assert asked.answer["choice"] == 0


def test_before_its_end_an_exam_tells_of_no_misses(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat)
    send(client, asked, {"unknown": "on"})
    following = at("question-detail", asked.sitting, 2)
    for name in ("sitting-misses", "sitting-again"):
        response = client.post(at(name, asked.sitting), follow=True)
        assert response.redirect_chain[-1][0] == following
        assert "fact" not in "".join(str(one) for one in response.context["messages"])
    assert (Sitting.objects.count(), Review.objects.filter(what=Deed.ADDED).count()) == (1, 0)
    assert client.get(at("sitting-detail", asked.sitting))["Location"] == following


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_after_its_last_answer_an_exam_shows_everything(client: Client, seat: Seat, headers: dict[str, str]) -> None:
    asked = seat_exam(seat, length=1)
    done = send(client, asked, {"choice": "1", "confidence": "3"}, headers=headers)
    assert done["Location"] == at("sitting-detail", asked.sitting)
    shown = text(client.get(done["Location"]))
    assert "<h1>Exam: your result</h1>" in shown
    assert "You said: sure" in shown
    assert "You missed nothing" in shown
    assert "Right" in text(client.get(question(asked)))


# --- Ending it early ------------------------------------------------------------------------------


def test_an_exam_that_is_ended_tells_what_was_not_answered(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat)
    assert f'action="{at("sitting-finish", asked.sitting)}"' in text(client.get(question(asked)))
    send(client, asked, {"choice": "1"})
    ended = client.post(at("sitting-finish", asked.sitting), follow=True)
    shown = text(ended)
    assert "2 questions not answered" in shown
    assert (shown.count("You did not answer this question"), ended.context["score"]) == (2, 1.0)
    assert Review.objects.count() == 1
    assert AskedQuestion.objects.filter(answer__isnull=False).count() == 1
    # An open question of it is no longer asked, nor taken.
    late = AskedQuestion.objects.get(number=2)
    for response in (client.get(question(late)), send(client, late), send(client, late, headers=HTMX)):
        assert response["Location"] == at("sitting-detail", asked.sitting)
    assert Review.objects.count() == 1


def test_practice_may_be_stopped_and_takes_no_answer_afterwards(client: Client, seat: Seat) -> None:
    asked = seat()
    shown = text(client.get(question(asked)))
    assert "End the exam now" not in shown
    assert "Add 5 minutes" not in shown
    assert "Stop here and see the result" in shown
    send(client, asked, {"unknown": "on"})
    stopped = client.post(at("sitting-finish", asked.sitting), follow=True)
    assert "2 questions not answered" in text(stopped)
    assert stopped.context["tally"] == "1 not known"
    assert text(stopped).count('<small class="came-out">Not answered') == 2
    assert text(stopped).count('<small class="came-out">I don’t know') == 1
    late = AskedQuestion.objects.get(number=2)
    assert "is not counted" not in text(client.get(question(late), follow=True))
    refused = client.post(question(late), {"token": late.token, "choice": "0"}, follow=True)
    assert "your answer is not counted" in text(refused)
    assert Review.objects.count() == 1


def test_the_result_says_how_many_came_out_how(client: Client, seat: Seat) -> None:
    asked = seat(length=3)
    wrong = Answer(choice=(asked.question.key[0] + 1) % 4)
    for one, answer in zip(asked.sitting.asked.order_by("number"), (wrong, Answer(), Answer()), strict=True):
        study.answer(one.pk, answer, now=timezone.now())
    assert '<p class="tally">1 wrong, 2 not known</p>' in text(client.get(at("sitting-detail", asked.sitting)))


def test_questions_and_facts_that_were_missed_are_told_where_they_differ(client: Client, seat: Seat) -> None:
    shown = text(client.get(at("sitting-detail", finish(seat(Shape.ORDER, length=1)))))
    facts = Card.objects.count()
    assert facts > 1
    assert f"<p>You missed 1 question, about {facts} facts.</p>" in shown
    assert "Repeat the missed question" in shown


def test_what_was_set_aside_or_known_since_is_not_told_to_come_tomorrow(client: Client, seat: Seat) -> None:
    sitting = finish(seat(length=1))
    for changes in ({"suspended": True, "due": timezone.now().date()}, {"suspended": False, "due": "2099-01-01"}):
        Card.objects.update(**changes)
        shown = text(client.get(at("sitting-detail", sitting)))
        assert "to my cards" in shown
        assert "tomorrow." not in shown


def test_an_exam_that_ends_in_another_tab_takes_no_answer(client: Client, seat: Seat) -> None:
    asked, ended = seat_exam(seat), list[Sitting]()

    def end_first(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        # The view has seen by then that it had not ended.
        if "quiz_askedquestion" in sql and '"answered_at" IS NULL' in sql and not ended:
            ended.append(asked.sitting)
            study.finish(asked.sitting.user, asked.sitting_id, now=timezone.now())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(end_first):
        response = send(client, asked)
    assert (len(ended), response.status_code) == (1, 302)
    assert response["Location"] == at("sitting-detail", asked.sitting)
    assert Review.objects.count() == 0


# --- Time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(minutes=9, seconds=40), "10 minutes left"),
        (timedelta(minutes=9, seconds=10), "9 minutes left"),
        (timedelta(seconds=70), "1 minute left"),
        (timedelta(seconds=50), "less than a minute left"),
    ],
)
@pytest.mark.parametrize("zone", [("Asia/Beirut", "until 14:32"), ("", "until 12:32 UTC")])
def test_time_left_is_told_in_words_and_its_end_by_the_learners_clock(
    client: Client, seat: Seat, monkeypatch: pytest.MonkeyPatch, left: timedelta, words: str, zone: tuple[str, str]
) -> None:
    asked = seat_exam(seat)
    ends = make.NOW + timedelta(minutes=32)
    Sitting.objects.update(ends_at=ends)
    User.objects.update(time_zone=zone[0])
    monkeypatch.setattr("django.utils.timezone.now", lambda: ends - left)
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text(client.get(question(asked)))))
    assert f"{words}, {zone[1]} " in shown


def test_an_exam_without_limit_shows_no_clock(client: Client, seat: Seat) -> None:
    asked = seat()
    Sitting.objects.update(mode=SittingMode.EXAM)
    shown = text(client.get(question(asked)))
    assert "data-clock" not in shown
    assert "End the exam now" in shown


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize(
    ("shape", "given", "stays"),
    [
        (Shape.CHOICE, {"choice": "2", "confidence": "1"}, {"choice": "2", "confidence": "1"}),
        (Shape.DAY, {"day": "soon <b>"}, {"day": "soon &lt;b&gt;"}),
        (Shape.PLACE, {"place": "Bir"}, {"place": "Bir"}),
    ],
)
def test_an_answer_after_the_end_is_not_taken_and_not_lost(
    client: Client, seat: Seat, shape: Shape, given: dict[str, str], stays: dict[str, str], headers: dict[str, str]
) -> None:
    asked = seat_exam(seat, shape, left=-1)
    late = send(client, asked, given, headers=headers)
    assert (late.status_code, Review.objects.count()) == (409, 0)
    assert "The time is up" in text(late)
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text(late)))
    form.pop("csrfmiddlewaretoken")
    assert form == {"token": asked.token, **stays}
    extended = client.post(at("sitting-extend", asked.sitting), {"token": asked.token, **given}, headers=headers)
    assert extended.status_code == 200
    for name, value in stays.items():
        assert re.search(rf'name="{name}"[^>]* value="{value}"', text(extended))
    if shape is Shape.CHOICE:
        assert re.findall(r'name="(\w+)" value="(\d)" checked', text(extended)) == list(given.items())
    assert "-error" not in text(extended).replace("data-error", "")
    if shape is Shape.CHOICE:
        assert send(client, asked, given, headers=headers).status_code == (200 if headers else 302)
        asked.refresh_from_db()
        assert (asked.answer["choice"], asked.confidence) == (2, 1)


def test_an_answer_that_will_not_do_after_the_end_is_not_lost_either(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat, Shape.DAY, left=-1)
    late = send(client, asked, {"day": "31 February 2014"})
    assert (late.status_code, 'name="day" value="31 February 2014"' in text(late)) == (409, True)


def test_an_order_stays_as_it_was_when_time_is_added(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat, Shape.ORDER)
    given = {f"place_{n}": str(4 - n) for n in range(3)}
    shown = text(client.post(at("sitting-extend", asked.sitting), {"token": asked.token, **given}))
    assert re.findall(r"<option selected>(\d)", shown) == ["4", "3", "2"]


def test_coming_back_after_the_end_offers_more_time_or_the_result(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat, left=-1)
    shown = client.get(at("sitting-detail", asked.sitting), follow=True)
    assert shown.status_code == 200
    assert "Add 5 minutes and go on" in text(shown)
    assert "See the result" in text(shown)
    assert asked.question.stem not in text(shown)
    on = client.post(at("sitting-extend", asked.sitting), follow=True)
    assert on.redirect_chain[-1][0] == question(asked)
    assert "5 minutes left" in text(on)


def test_minutes_are_added_from_the_question_as_often_as_wished(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat)
    for _ in range(2):
        client.post(at("sitting-extend", asked.sitting), {"token": "of another question"})
    ends = Sitting.objects.get().ends_at
    assert ends == asked.sitting.ends_at + timedelta(minutes=10)


@pytest.mark.parametrize("name", ["sitting-extend", "sitting-finish", "sitting-misses", "sitting-again"])
def test_what_is_done_by_a_post_leads_back_when_it_is_gone_to(client: Client, seat: Seat, name: str) -> None:
    asked = seat_exam(seat)
    address = at(name, asked.sitting)
    before = list(Sitting.objects.values())
    assert client.get(address)["Location"] == at("sitting-detail", asked.sitting)
    assert list(Sitting.objects.values()) == before
    stranger = Client()
    stranger.force_login(make.UserFactory())
    assert [stranger.get(address).status_code, stranger.post(address).status_code] == [404, 404]
    assert Client().post(address)["Location"] == f"{reverse('quiz:log-in')}?next={address}"


def test_a_finished_exam_is_not_extended(client: Client, seat: Seat) -> None:
    asked = seat_exam(seat)
    sitting = finish(asked)
    response = client.post(at("sitting-extend", sitting), {"token": asked.token})
    assert response["Location"] == at("sitting-detail", sitting)


# --- How sure -----------------------------------------------------------------------------------


def test_how_sure_is_asked_and_never_required(client: Client, seat: Seat) -> None:
    asked = seat()
    shown = text(client.get(question(asked)))
    assert re.findall(r'name="confidence" value="(\d)"( checked)?', shown) == [("1", ""), ("2", ""), ("3", "")]
    assert "You said" not in text(send(client, asked, headers=HTMX))


@pytest.mark.parametrize(
    ("given", "said"), [({"choice": "0"}, "You said: fairly sure"), ({"unknown": "on"}, ""), ({"choice": "x"}, "")]
)
def test_how_sure_somebody_was_is_told_in_one_line(
    client: Client, seat: Seat, given: dict[str, str], said: str
) -> None:
    shown = text(send(client, seat(), {**given, "confidence": "2"}, headers=HTMX))
    assert re.findall("You said: [a-z ]+", shown) == ([said] if said else [])
    if "x" in given.values():
        assert 'name="confidence" value="2" checked' in shown


@pytest.mark.parametrize("level", ["0", "4", "1_0", "sure", "٢", "2\0"])
def test_a_degree_that_there_is_not_is_asked_back(client: Client, seat: Seat, level: str) -> None:
    refused = send(client, seat(), {"choice": "0", "confidence": level})
    assert (refused.status_code, Review.objects.count()) == (422, 0)


# --- Reviews ------------------------------------------------------------------------------------


def known(user: User, number: int = 0, days: int = 40) -> Card:
    """A card of the date of one of the towns, not thought of for so many days."""
    day = timezone.now().date() - timedelta(days=days)
    event = Event.objects.order_by("key")[number]
    return make.CardFactory(user=user, event=event, stability=10.0, day=day, due=day + timedelta(days=10))


@pytest.fixture
def learner(client: Client) -> User:
    user = make.UserFactory()
    client.force_login(user)
    return user


@pytest.mark.parametrize(("mode", "title"), [("daily", "Daily review"), ("weak", "Weak spots")])
def test_a_review_asks_the_facts_of_ones_own_cards(client: Client, learner: User, mode: str, title: str) -> None:
    cards = [known(learner, number) for number in (0, 3, 5)]
    known(make.UserFactory(), 7)
    response = client.post(REVIEW, {"mode": mode}, follow=True)
    sitting = Sitting.objects.get()
    assert (sitting.mode, sitting.user) == (mode, learner)
    # By chance one question may answer another, which is left out then.
    assert {asked.event for asked in sitting.asked.all()} <= {card.event for card in cards}
    assert f"{title}, question <b>1</b> of {sitting.length}" in text(response)
    done = text(client.get(at("sitting-detail", finish(sitting.asked.all()[0]))))
    assert f"{title}: your result" in done
    assert f'action="{REVIEW}"' in done


@pytest.mark.parametrize("who", ["visitor", "learner", "learner with other cards"])
@pytest.mark.parametrize(("mode", "title"), [("daily", "Nothing is due now"), ("weak", "No weak spots just now")])
def test_a_review_of_nothing_says_so_and_begins_nothing(client: Client, who: str, mode: str, title: str) -> None:
    if who != "visitor":
        user = make.UserFactory()
        client.force_login(user)
    if who == "learner with other cards":
        make.CardFactory(
            user=user, event=make.EventFactory(), day=timezone.now().date(), due=timezone.now().date() + timedelta(9)
        )
    users = User.objects.count()
    response = client.post(REVIEW, {"mode": mode})
    assert f"<h1>{title}</h1>" in text(response)
    assert (response.status_code, Sitting.objects.count(), User.objects.count()) == (200, 0, users)


def test_a_quiz_on_weak_spots_asks_ten_questions_at_most(client: Client, learner: User) -> None:
    for number in range(14):
        known(learner, number)
    assert "likely to forget: up to 10 questions<" in text(client.get(REVIEW))
    client.post(REVIEW, {"mode": "weak"})
    assert Sitting.objects.get().length <= 10


def test_cards_that_cannot_be_asked_give_no_review(client: Client, learner: User) -> None:
    card = make.CardFactory(user=learner, event=make.EventFactory(), stability=0.1, day=make.NOW.date())
    assert card.memory
    assert "No weak spots" in text(client.post(REVIEW, {"mode": "weak"}))


@pytest.mark.parametrize("sent", [{}, {"mode": "exam"}, {"mode": "\0"}])
def test_a_review_of_another_sort_is_refused(client: Client, learner: User, sent: dict[str, str]) -> None:
    known(learner)
    assert (client.post(REVIEW, sent).status_code, Sitting.objects.count()) == (400 if sent else 200, 0)


def test_the_page_of_reviews_writes_nothing(client: Client, learner: User) -> None:
    known(learner)
    shown = text(client.get(REVIEW))
    assert "Review as a quiz" in shown
    assert "What is due today: 1 question<" in shown
    assert "What you are most likely to forget: 1 question<" in shown
    assert Sitting.objects.count() == 0


# --- What was missed ----------------------------------------------------------------------------


def test_what_was_missed_comes_among_the_cards_and_twice_does_no_harm(client: Client, seat: Seat) -> None:
    sitting = finish(seat(length=2))
    missed = Card.objects.count()
    shown = text(client.get(at("sitting-detail", sitting)))
    assert f"Add the {missed} missed facts to my cards" in shown
    assert "Otherwise they come tomorrow." in shown
    assert "Repeat the 2 missed questions" in shown
    assert "You missed" not in shown
    for _ in range(2):
        added = client.post(at("sitting-misses", sitting), follow=True)
        assert f"These {missed} facts are among today’s cards." in text(added)
        assert f'<a href="{reverse("quiz:today")}">Review them now</a>' in text(added)
        assert f'action="{at("sitting-misses", sitting)}"' not in text(added)
        assert Card.objects.count() == missed
    assert set(Card.objects.values_list("due", flat=True)) == {timezone.now().date()}


def test_where_nothing_was_missed_nothing_is_offered(client: Client, seat: Seat) -> None:
    sitting = finish(seat(), rightly=True)
    shown = text(client.get(at("sitting-detail", sitting)))
    assert "You missed nothing, so there is nothing to add to your cards." in shown
    assert "missed question" not in shown
    again = client.post(at("sitting-again", sitting), follow=True)
    assert "Nothing that you missed in this quiz can be asked again." in text(again)
    assert Sitting.objects.count() == 1


def test_only_what_was_missed_is_asked_again_by_the_same_kinds(client: Client, seat: Seat) -> None:
    asked = seat(length=1)
    sitting = finish(asked)
    response = client.post(at("sitting-again", sitting), follow=True)
    again = Sitting.objects.get(mode=SittingMode.AGAIN)
    assert list(again.asked.values_list("event", "kind")) == [(asked.event_id, asked.kind)]
    assert "Once more, question <b>1</b> of 1" in text(response)
    done = text(client.get(at("sitting-detail", finish(again.asked.all()[0]))))
    assert "A quiz of 10 new questions" in done


def test_an_exam_is_begun_anew_with_its_minutes(client: Client, seat: Seat) -> None:
    sitting = finish(seat_exam(seat))
    Sitting.objects.update(length=5)
    shown = text(client.get(at("sitting-detail", sitting)))
    form = shown[shown.index(f'action="{BEGIN}"') :].split("</form>")[0]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    client.post(BEGIN, fields)
    again = Sitting.objects.latest("pk")
    assert (again.pk != sitting.pk, again.mode, again.minutes, again.length) == (True, "exam", 10, 5)


@pytest.mark.parametrize("mode", SittingMode.values)
def test_the_end_page_of_each_mode_costs_the_same_however_long(client: Client, seat: Seat, mode: str) -> None:
    costs = []
    for length in (1, 3):
        asked = seat(Shape.GAP, length=length)
        Sitting.objects.filter(pk=asked.sitting_id).update(mode=mode)
        sitting = finish(asked)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at("sitting-detail", sitting)).status_code == 200
        costs.append(len(queries))
    assert costs == [6, 6]


# --- Timeline run -------------------------------------------------------------------------------


@pytest.fixture
def run(client: Client) -> Callable[..., Sitting]:
    """A run begun by a visitor."""

    def begun(**sent: str) -> Sitting:
        assert client.post(RUN, {"phase": "", **sent}).status_code == 302
        return Sitting.objects.latest("pk")

    return begun


def test_a_run_is_explained_and_begun(client: Client, run: Callable[..., Sitting]) -> None:
    shown = text(client.get(RUN))
    assert "up to 9 more" in shown
    assert 'value="second"' in shown
    assert User.objects.count() == 0
    sitting = run(phase="second", zone="Asia/Damascus")
    assert (sitting.mode, sitting.phase and sitting.phase.key, sitting.length) == ("timeline", "second", 9)
    assert sitting.user.time_zone == "Asia/Damascus"
    assert "Timeline run, question <b>1</b> of 9" in text(client.get(at("question-detail", sitting, 1)))


@pytest.mark.parametrize("phase", ["no-such-phase", "empty", "\0"])
def test_a_run_over_too_few_events_is_refused_in_words_and_leaves_no_guest(client: Client, phase: str) -> None:
    make.PhaseFactory(key="empty")
    refused = client.post(RUN, {"phase": phase})
    assert (refused.status_code, User.objects.count(), Sitting.objects.count()) == (400, 0, 0)
    assert "The run could not begin" in text(refused)


def test_the_line_shows_the_dates_of_what_was_placed_and_nothing_of_what_is_asked(
    client: Client, run: Callable[..., Sitting]
) -> None:
    sitting = run()
    for asked in sitting.asked.order_by("number"):
        question_page = text(client.get(question(asked)))
        line = asked.question
        dates = [option.note.removeprefix(option.text).strip(" ().") for option in line.options]
        shown = re.findall(r'<b class="when">(.*?)</b> <span>(.*?)</span>', question_page)
        told = [(date, option.text) for date, option in zip(dates, line.options, strict=True)]
        assert shown == (told if asked.number > 1 else [])
        assert [date in question_page for date in dates] == [asked.number > 1] * len(dates)
        assert line.explanation not in question_page
        assert line.event not in question_page
        study.answer(asked.pk, Answer(choice=0), now=make.NOW)


def test_a_finished_run_shows_its_line_and_a_text_that_names_no_event(
    client: Client, run: Callable[..., Sitting]
) -> None:
    sitting = run()
    states = []
    for asked in sitting.asked.order_by("number"):
        choice = 0 if asked.number % 3 else asked.question.key[0]
        states.append(choice == asked.question.key[0])
        study.answer(asked.pk, Answer(choice=choice), now=make.NOW)
    response = client.get(at("sitting-detail", sitting))
    line, share = response.context["line"], shared(response)
    assert [stop.text for stop in line] == sorted((stop.text for stop in line), key=day_told)
    assert sorted(stop.state for stop in line) == sorted(["", *("right" if one else "wrong" for one in states)])
    wrong = [f"the {n}{'st' if n == 1 else 'nd' if n == 2 else 'th'}" for n, one in enumerate(states, 1) if not one]
    told = f"(not {', '.join(wrong[:-1])} and {wrong[-1]})"
    assert share == f"Qalamoun, timeline run: {sum(states)} of 9 events put in their place {told}.\nhttp://testserver/"
    assert "Another run" in text(response)


def shared(response: HttpResponse) -> str:
    """What the page offers to be shared."""
    found = re.search(r"<textarea[^>]*>([^<]+)</textarea>", response.content.decode())
    assert found
    return found[1]


def test_a_result_is_shared_without_its_questions(client: Client, seat: Seat) -> None:
    asked = seat(length=1)
    study.answer(asked.pk, Answer(choice=0), now=make.NOW)
    response = client.get(at("sitting-detail", asked.sitting))
    assert shared(response) == "Qalamoun, quiz: 0 of 1 points (1 wrong).\nhttp://testserver/"


def test_a_quiz_that_was_ended_at_once_is_shared_without_a_tally(client: Client, seat: Seat) -> None:
    response = client.post(at("sitting-finish", seat().sitting), follow=True)
    assert shared(response) == "Qalamoun, quiz: 0 of 3 points.\nhttp://testserver/"


def day_told(line: str) -> Any:
    """The day that a line of the story tells."""
    found = re.search(r"\((\d+) (\w+) (\d+)\)", line)
    assert found, line
    months = ["January", "February", "March", "April", "May"]
    return int(found[3]), months.index(found[2]), int(found[1])


def test_a_run_that_was_ended_tells_what_was_not_placed(client: Client, run: Callable[..., Sitting]) -> None:
    sitting = run()
    response = client.post(at("sitting-finish", sitting), follow=True)
    told = "Qalamoun, timeline run: 0 of 9 events put in their place (9 not answered)."
    assert shared(response).splitlines()[0] == told
    assert "given at the start" in text(response)
    assert {stop.state for stop in response.context["line"]} == {"", "unanswered"}


# --- Costs, and forms that are too old ------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 3])
def test_an_exam_costs_the_same_however_long(client: Client, seat: Seat, length: int) -> None:
    asked = seat_exam(seat, length=length)
    client.get(question(asked))
    with CaptureQueriesContext(connection) as asking:
        client.get(question(asked))
    with CaptureQueriesContext(connection) as extending:
        client.post(at("sitting-extend", asked.sitting), {"token": asked.token})
    assert len(asking) == 6
    assert len(extending) == 9


def test_a_form_that_is_too_old_leads_back_to_its_page(seat: Seat) -> None:
    asked = seat()
    client = Client(enforce_csrf_checks=True)
    client.force_login(asked.sitting.user)
    refused = send(client, asked)
    assert refused.status_code == 403
    assert f'href="{question(asked)}">Load the page again</a>' in text(refused)
    assert "Load the page again" not in text(client.post(reverse("quiz:log-out")))
