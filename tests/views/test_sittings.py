"""Taking a quiz, page by page: with htmx and without, with the back button, in two tabs, by strangers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quiz.models import AskedQuestion, Review, Sitting, User
from quiz.questions.making import KINDS
from quiz.questions.marking import Answer
from quiz.questions.question import Question, Shape
from quiz.study import sittings as study
from quiz.templatetags.quiz_words import kind_title, percent, unbroken
from tests import factories as make
from tests.views.conftest import Seat

HTMX = {"HX-Request": "true"}
HOME, BEGIN = reverse("quiz:home"), reverse("quiz:sitting-begin")


def address(asked: AskedQuestion, number: int = 0) -> str:
    return reverse("quiz:question-detail", args=[asked.sitting.token, number or asked.number])


def end(asked: AskedQuestion) -> str:
    return reverse("quiz:sitting-detail", args=[asked.sitting.token])


def right(question: Question) -> dict[str, str]:
    """What the form sends for the right answer."""
    match question.shape:
        case Shape.CHOICE | Shape.GAP | Shape.PIN:
            return {"choice": str(question.key[0])}
        case Shape.DAY:
            return {"day": question.accepted[0].isoformat()}
        case Shape.ORDER:
            return {f"place_{item}": str(place) for place, item in enumerate(question.key, 1)}
        case Shape.PLACE:
            return {"place": question.key_text}


def post(client: Client, asked: AskedQuestion, data: dict[str, str] | None = None, **changes: Any) -> HttpResponse:
    """Answer a question, rightly unless said otherwise."""
    sent = {"token": asked.token, **(right(asked.question) if data is None else data)}
    return client.post(address(asked), {**sent, **changes.pop("extra", {})}, **changes)


def secrets(question: Question) -> set[str]:
    """What a page must not hold before the answer."""
    notes = {option.note for option in question.options} - {""}
    typed = {question.key_text, *(question.days or ())} if question.shape in {Shape.DAY, Shape.PLACE} else set()
    keys = {*question.events, *(key for option in question.options for key in (option.event, option.witness))} - {""}
    keys |= {f'"{key}"' for key in (*question.places, *question.aside, *(o.place for o in question.options)) if key}
    return {question.explanation, *notes, *typed, *keys, *(c.sentence for c in question.citations)}


def whichever(asked: AskedQuestion) -> AskedQuestion:
    """The same question with another right answer, and everything else that is told after the answer changed."""
    content = asked.question.as_dict()
    content["key"] = tuple((n + 1) % max(1, len(content["options"])) for n in content["key"])
    content["key_text"], content["explanation"], content["citations"] = "Another", "For another reason.", ()
    content["days"] = content["days"] and ("2014-03-03", "2014-03-03")
    content["places"], content["aside"] = ("mallow",) * len(content["places"]), ("nutmeg",) * len(content["aside"])
    for option in content["options"]:
        option["note"], option["event"], option["place"] = "Something else.", "mallow-captured", "nutmeg"
    asked.content = content
    asked.save()
    return asked


# --- The whole way ------------------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_visitor_takes_a_quiz_from_the_first_page_to_the_score(client: Client, headers: dict[str, str]) -> None:
    assert client.get(HOME).status_code == 200
    assert client.get(BEGIN).status_code == 200
    begun = client.post(BEGIN, {"phase": "", "facet": "date", "length": "5"})
    sitting = Sitting.objects.get()
    assert (begun.status_code, begun["Location"]) == (302, reverse("quiz:sitting-detail", args=[sitting.token]))
    assert (sitting.length, sitting.facet, sitting.user.is_guest) == (5, "date", True)
    for number in range(1, 6):
        url = reverse("quiz:question-detail", args=[sitting.token, number])
        went_on = client.get(reverse("quiz:sitting-detail", args=[sitting.token]))
        assert (went_on.status_code, went_on["Location"]) == (302, url)
        assert client.get(url, headers=headers).status_code == 200
        answered = post(client, sitting.asked.get(number=number), headers=headers)
        assert answered.status_code == (200 if headers else 302)
        if not headers:
            assert answered["Location"] == url
            answered = client.get(url)
        assert "Right" in answered.content.decode()
    sitting.refresh_from_db()
    assert sitting.finished_at is not None
    finished = client.get(reverse("quiz:sitting-detail", args=[sitting.token]))
    assert finished.status_code == 200
    assert finished.context["score"] == 5.0
    assert (Review.objects.count(), User.objects.count()) == (5, 1)


@pytest.mark.parametrize("shape", Shape)
def test_each_shape_is_asked_and_answered(client: Client, seat: Seat, shape: Shape) -> None:
    asked = seat(shape)
    shown = client.get(address(asked))
    for option in asked.question.options:
        assert option.text in shown.content.decode()
    assert 'name="unknown"' in shown.content.decode()
    assert post(client, asked).status_code == 302
    asked.refresh_from_db()
    assert asked.credit == 1.0


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_nothing_of_the_key_reaches_the_browser_before_the_answer(
    client: Client, seat: Seat, shape: Shape, headers: dict[str, str]
) -> None:
    asked = seat(shape)
    page = client.get(address(asked), headers=headers).content.decode()
    assert [secret for secret in secrets(asked.question) if secret in page] == []
    assert asked.event.key not in page
    refused = post(client, asked, {}, headers=headers)
    assert refused.status_code == 422
    page = refused.content.decode()
    assert [secret for secret in secrets(asked.question) if secret in page] == []


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("data", [None, {}], ids=["asked", "asked back"])
def test_the_page_is_the_same_whatever_is_right(
    client: Client, seat: Seat, shape: Shape, data: dict[str, str] | None
) -> None:
    def shown() -> str:
        response = client.get(address(asked)) if data is None else post(client, asked, data)
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())

    asked = seat(shape)
    before = shown()
    whichever(asked)
    assert shown() == before


@pytest.mark.parametrize("shape", Shape)
def test_i_do_not_know_is_an_answer_with_full_feedback(client: Client, seat: Seat, shape: Shape) -> None:
    asked = seat(shape)
    assert post(client, asked, {"unknown": "on"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.credit, study.stored_answer(asked)) == (0.0, Answer())
    page = client.get(address(asked)).content.decode()
    assert asked.question.citations[0].sentence in page


def told(client: Client, asked: AskedQuestion, data: dict[str, str]) -> str:
    """The text of the feedback on an answer, its blanks as single ones."""
    post(client, asked, data)
    page = client.get(address(asked)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_a_line_is_told_with_the_event_in_its_place(client: Client, seat: Seat) -> None:
    page = told(client, seat(Shape.GAP), {"choice": "0"})
    line = [
        "you put it here",
        *(f"Government forces captured {town} (" for town in ("Amber", "Birch", "Cedar", "Dune")),
    ]
    at = [page.index(text) for text in line]
    assert at == sorted(at)
    assert "Government forces captured Cedar (8 January 2014). it belongs here" in page


def test_an_order_is_told_with_the_first_event_out_of_place(client: Client, seat: Seat) -> None:
    given = {"place_0": "3", "place_1": "1", "place_2": "2", "place_3": "4"}
    page = told(client, seat(Shape.ORDER), given)
    assert "The first one out of place: “Government forces captured Dune”, which you put in place 2." in page


def test_a_pin_is_told_with_its_distance(client: Client, seat: Seat) -> None:
    assert "Amber 40 km from the right place" in told(client, seat(Shape.PIN), {"choice": "0"})


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_slip_is_told_with_the_usual_spelling(client: Client, seat: Seat, headers: dict[str, str]) -> None:
    asked = seat(Shape.PLACE)
    shown = post(client, asked, {"place": "Ambar"}, headers=headers)
    page = (shown if headers else client.get(address(asked))).content.decode()
    assert "You typed “Ambar”: it was read as Amber, which is the usual spelling." in page
    again = post(client, asked, {"place": "Dune"}, headers=headers)
    assert (again if headers else client.get(address(asked))).content.decode().count("Ambar") == page.count("Ambar")


def test_a_wrong_place_is_told_with_what_happened_there(client: Client, seat: Seat) -> None:
    page = told(client, seat(Shape.PLACE), {"place": "Dune"})
    assert "Of Dune the chronicle tells: Government forces captured Dune (11 January 2014)." in page


def test_a_day_may_be_picked_from_the_years_of_the_chronicle(client: Client, seat: Seat) -> None:
    asked = seat(Shape.DAY)
    assert 'min="2013-01-01" max="2014-12-31"' in client.get(address(asked)).content.decode()
    post(client, asked, {"picked": asked.question.accepted[1].isoformat()})
    asked.refresh_from_db()
    assert asked.credit == 1.0


def test_i_do_not_know_counts_even_beside_a_choice(client: Client, seat: Seat) -> None:
    asked = seat()
    post(client, asked, extra={"unknown": "on"})
    asked.refresh_from_db()
    assert asked.credit == 0.0


def test_a_finished_quiz_shows_what_became_of_its_events_even_when_they_are_retired(client: Client, seat: Seat) -> None:
    asked = seat(length=1)
    post(client, asked)
    type(asked.event).objects.update(retired=True)
    assert client.get(end(asked)).status_code == 200
    assert client.get(address(asked)).status_code == 200


# --- htmx ---------------------------------------------------------------------------------------


def whole(response: HttpResponse) -> bool:
    return "<!doctype html>" in response.content.decode().lower()


@pytest.mark.parametrize(
    ("headers", "page"),
    [
        ({}, True),
        (HTMX, False),
        ({**HTMX, "HX-Boosted": "true"}, True),
        ({**HTMX, "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_a_fragment_and_everybody_else_the_page(
    client: Client, seat: Seat, headers: dict[str, str], page: bool
) -> None:
    asked = seat()
    shown = client.get(address(asked), headers=headers)
    assert (shown.status_code, whole(shown)) == (200, page)
    post(client, asked)
    assert whole(client.get(address(asked), headers=headers)) == page


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_caches_keep_fragment_and_page_apart_and_keep_neither(
    client: Client, seat: Seat, headers: dict[str, str]
) -> None:
    asked = seat()
    for response in (client.get(address(asked), headers=headers), post(client, asked, {}, headers=headers)):
        assert "HX-Request" in re.split(r",\s*", response["Vary"])
        assert "no-store" in response["Cache-Control"]


def test_a_fragment_starts_with_a_heading_that_takes_the_focus(client: Client, seat: Seat) -> None:
    asked = seat()
    for response in (client.get(address(asked), headers=HTMX), post(client, asked, headers=HTMX)):
        assert re.search(r"<h1[^>]*\btabindex=\"-1\"[^>]*\bautofocus", response.content.decode())


# --- Reading writes nothing -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["home", "sitting-begin", "progress", "event-list", "about", "sign-up", "log-in"])
@pytest.mark.parametrize("verb", ["get", "head"])
def test_a_visit_makes_no_user(client: Client, name: str, verb: str) -> None:
    assert getattr(client, verb)(reverse(f"quiz:{name}")).status_code == 200
    assert (User.objects.count(), Sitting.objects.count()) == (0, 0)
    assert "sessionid" not in client.cookies


def test_looking_at_a_question_writes_nothing(client: Client, seat: Seat) -> None:
    asked = seat()
    with CaptureQueriesContext(connection) as queries:
        client.get(address(asked))
        client.get(end(asked))
        client.get(HOME)
    assert [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []


def test_home_offers_to_go_on_with_what_is_open(client: Client, seat: Seat) -> None:
    asked = seat()
    assert client.get(HOME).context["open_sitting"] == asked.sitting
    assert Client().get(HOME).context["open_sitting"] is None


# --- Strangers ----------------------------------------------------------------------------------


def test_other_peoples_sittings_do_not_exist(client: Client, seat: Seat) -> None:
    asked = seat()
    client.force_login(make.UserFactory())
    for url in (end(asked), address(asked)):
        assert client.get(url).status_code == 404
    assert post(client, asked).status_code == 404
    assert Review.objects.count() == 0


def test_an_editor_does_not_see_a_learners_sitting_either(client: Client, seat: Seat) -> None:
    asked = seat()
    client.force_login(make.UserFactory(is_staff=True, is_superuser=True))
    assert client.get(address(asked)).status_code == 404


def test_somebody_who_is_nobody_is_asked_to_log_in(seat: Seat) -> None:
    asked, stranger = seat(), Client()
    for url in (end(asked), address(asked)):
        assert stranger.get(url)["Location"] == f"{reverse('quiz:log-in')}?next={url}"
    assert post(stranger, asked).status_code == 302
    assert (Review.objects.count(), User.objects.count()) == (0, 1)


# --- Again, ahead, elsewhere ----------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_answer_sent_twice_counts_once(client: Client, seat: Seat, headers: dict[str, str]) -> None:
    asked = seat()
    first = post(client, asked, {"unknown": "on"}, headers=headers)
    before = list(AskedQuestion.objects.values()), list(Review.objects.values())
    again = post(client, asked, headers=headers)
    assert (again.status_code, again.headers.get("Location")) == (first.status_code, first.headers.get("Location"))
    assert (list(AskedQuestion.objects.values()), list(Review.objects.values())) == before


def test_a_replayed_answer_with_another_token_changes_nothing_and_shows_what_is_stored(
    client: Client, seat: Seat
) -> None:
    asked = seat()
    post(client, asked)
    replayed = post(client, asked, {"token": "forged", "choice": "0"}, headers=HTMX)
    assert (replayed.status_code, Review.objects.count()) == (200, len(asked.question.events))


def test_an_answer_given_in_another_tab_just_now_is_shown(client: Client, seat: Seat) -> None:
    """The other tab answers the last question between the two looks that this request takes at it."""
    asked = seat(length=1)

    def other_tab(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        waiting = AskedQuestion.objects.filter(pk=asked.pk, answered_at=None)
        if "quiz_askedquestion" in sql and sql.startswith("SELECT") and not answered and "number" in sql:
            answered.append(sql)
            assert waiting.exists()
            study.answer(asked.pk, Answer(), now=make.NOW)
        return result

    answered: list[str] = []
    with connection.execute_wrapper(other_tab):
        response = post(client, asked)
    assert (len(answered), response.status_code, response["Location"]) == (1, 302, address(asked))
    asked.refresh_from_db()
    assert (asked.credit, Review.objects.count()) == (0.0, len(asked.question.events))


@pytest.mark.parametrize("verb", ["get", "post"])
def test_answering_ahead_leads_back_to_the_first_open_question(client: Client, seat: Seat, verb: str) -> None:
    asked = seat()
    ahead = asked.sitting.asked.get(number=3)
    data = {"token": ahead.token, **right(ahead.question)} if verb == "post" else {}
    response = getattr(client, verb)(address(asked, 3), data)
    assert (response.status_code, response["Location"]) == (302, address(asked))
    assert Review.objects.count() == 0


def test_going_back_shows_the_feedback_again(client: Client, seat: Seat) -> None:
    asked = seat()
    post(client, asked)
    assert asked.question.citations[0].sentence in client.get(address(asked)).content.decode()
    assert client.get(end(asked))["Location"] == address(asked, 2)


# --- Beginning ----------------------------------------------------------------------------------


def test_kinds_and_aim_are_chosen_and_carried_on(client: Client) -> None:
    kinds = ["choose-date", "enter-date"]
    client.post(BEGIN, {"length": "5", "facet": "date", "kinds": [*kinds, "enter-date"], "aim": "0.75"})
    sitting = Sitting.objects.get()
    assert (sitting.kinds, sitting.aim) == (kinds, 0.75)
    assert {one.kind for one in sitting.asked.all()} == set(kinds)
    for one in sitting.asked.all():
        study.answer(one.pk, Answer(), now=make.NOW)
    page = client.get(reverse("quiz:sitting-detail", args=[sitting.token])).content.decode()
    again = dict.fromkeys(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    sent = [("phase", ""), ("facet", "date"), *(("kinds", kind) for kind in kinds), ("length", "5"), ("aim", "0.75")]
    sent += [("feedback", "practice"), ("minutes", "")]
    assert [one for one in again if one[0] != "csrfmiddlewaretoken"] == sent
    assert "aimed at 75\u202f% right" in page


def test_no_kinds_and_no_aim_are_all_kinds_as_they_come(client: Client) -> None:
    client.post(BEGIN, {"length": "5", "facet": "date", "aim": ""})
    assert (Sitting.objects.get().kinds, Sitting.objects.get().aim) == ([], None)


def test_every_kind_can_be_chosen_under_its_facet(client: Client) -> None:
    page = client.get(BEGIN)
    offered = [name for _, kinds in page.context["form"].kinds_by_facet for name, _, _ in kinds]
    assert sorted(offered) == sorted(KINDS)
    assert [name for name in offered if f'name="kinds" value="{name}"' not in page.content.decode()] == []


def test_a_facet_that_none_of_the_kinds_asks_is_refused_in_words_and_the_choice_is_kept(client: Client) -> None:
    response = client.post(BEGIN, {"length": "5", "facet": "place", "kinds": ["enter-date"], "aim": "0.5"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "None of the kinds of question that you chose asks about “Places”." in page
    kept = re.findall(r'name="(\w+)" value="([^"]*)" checked', page)
    kept = [one for one in kept if one not in {("feedback", "practice"), ("minutes", "")}]
    assert kept == [("phase", ""), ("facet", "place"), ("length", "5"), ("aim", "0.5"), ("kinds", "enter-date")]
    assert '<details class="kinds" open>' in page
    assert (User.objects.count(), Sitting.objects.count()) == (0, 0)


# --- The end --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earned", "score"),
    [([0, 0.04], "0"), ([1, 0.99], "1.9"), ([1, 1], "2"), ([0.1, 0.2], "0.3"), ([0.5, 0.25], "0.7")],
)
def test_a_score_is_told_to_a_tenth_and_never_as_more_than_it_is(
    client: Client, seat: Seat, earned: list[float], score: str
) -> None:
    asked = seat(length=2)
    for one, credit in zip(asked.sitting.asked.all(), earned, strict=True):
        study.answer(one.pk, Answer(), now=make.NOW)
        AskedQuestion.objects.filter(pk=one.pk).update(credit=credit)
    assert f"<b>{score}</b> of 2" in client.get(end(asked)).content.decode()


def test_the_rows_of_the_end_page_say_kind_and_event(client: Client, seat: Seat) -> None:
    asked = seat(Shape.ORDER, length=3)
    for one in asked.sitting.asked.all():
        study.answer(one.pk, Answer(), now=make.NOW)
    page = re.sub(r"\s+", " ", client.get(end(asked)).content.decode())
    assert "<small>Put in order · Government forces captured Amber and 3 other events</small>" in page
    insert = 'captured Grove? <small class="came-out">I don’t know</small> <small>Insert into the timeline</small>'
    assert insert in page


def test_a_kind_that_is_no_longer_made_has_no_title() -> None:
    assert (kind_title("gone"), kind_title("order")) == ("", "Put in order")


def test_an_account_begins_as_itself(client: Client) -> None:
    user = make.UserFactory()
    client.force_login(user)
    assert client.post(BEGIN, {"length": "5", "facet": "date"}).status_code == 302
    assert (Sitting.objects.get().user, User.objects.count()) == (user, 1)


def test_a_guest_stays_the_same_guest(client: Client) -> None:
    for _ in range(2):
        client.post(BEGIN, {"length": "5", "facet": "date"})
    assert (Sitting.objects.count(), User.objects.count()) == (2, 1)


def test_too_wide_a_wish_says_how_many_there_are_and_leaves_no_guest_behind(client: Client) -> None:
    response = client.post(BEGIN, {"length": "20", "facet": "sequence"})
    assert response.status_code == 400
    page = response.content.decode()
    assert re.search(r"This choice gives \d+ questions only\. Choose fewer, or a wider topic\.", page)
    assert (User.objects.count(), Sitting.objects.count()) == (0, 0)
    assert "sessionid" not in client.cookies


def test_a_length_that_is_left_out_is_ten(client: Client) -> None:
    client.post(BEGIN, {"facet": "date"})
    assert Sitting.objects.get().length == 10


@pytest.mark.parametrize("length", [1, 3])
def test_a_question_costs_the_same_however_long_the_quiz(client: Client, seat: Seat, length: int) -> None:
    asked = seat(length=length)
    client.get(address(asked))
    with CaptureQueriesContext(connection) as asking:
        client.get(address(asked))
    with CaptureQueriesContext(connection) as answering:
        post(client, asked, headers=HTMX)
    assert len(asking) == 6
    assert len(answering) <= 24


def test_the_end_page_costs_the_same_however_long_the_quiz(client: Client, seat: Seat) -> None:
    costs = []
    for length in (1, 3):
        asked = seat(length=length)
        for one in asked.sitting.asked.all():
            study.answer(one.pk, Answer(), now=make.NOW)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(end(asked)).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1]


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("On 16 March 2014 it fell.", "On 16~March 2014 it fell."),
        ("15–17 November 2013", "15–17~November 2013"),
        ("between 5 and 7 August", "between 5 and 7~August"),
        ("¶ 3, sentence 12", "¶~3, sentence~12"),
        ("23 km from Damascus", "23~km from Damascus"),
        ("17 Marchers", "17 Marchers"),
        ("in March 2014", "in March 2014"),
    ],
)
def test_no_line_ends_between_a_number_and_what_it_belongs_to(text: str, whole: str) -> None:
    assert unbroken(text) == whole.replace("~", "\N{NO-BREAK SPACE}")


def test_a_share_is_written_with_a_narrow_space_that_does_not_break() -> None:
    assert percent(0.634) == "63\u202f%"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("settled", "Where their dates do not tell which came first, that is the right answer."),
        ("source-date", "The documents that this site is made from can differ on a date."),
        ("who-reports", "This site is made from five documents"),
        ("first", ""),
    ],
)
def test_what_is_meant_is_said_where_a_newcomer_would_wonder(client: Client, seat: Seat, kind: str, said: str) -> None:
    asked = seat()
    asked.content["kind"] = kind
    asked.save()
    page = client.get(address(asked)).content.decode()
    assert ('class="hint meant"' in page) == bool(said)
    assert said in page


def test_whose_word_is_meant_is_said_too(client: Client, seat: Seat) -> None:
    asked = seat()
    asked.content |= {"kind": "who-reports", "stem": "On whose word does The Book report it?"}
    asked.save()
    assert "A document often quotes others" in client.get(address(asked)).content.decode()


@pytest.mark.parametrize(
    ("off", "verdict", "share"),
    [(2, "Partly right: 2 days off", "63 % of the point"), (11, "Not right: 11 days off", "8 % of the point")],
)
def test_a_near_day_is_told_by_how_far_it_is_off(
    client: Client, seat: Seat, off: int, verdict: str, share: str
) -> None:
    asked = seat(Shape.DAY)
    page = told(client, asked, {"day": (asked.question.accepted[1] + timedelta(days=off)).isoformat()})
    assert verdict in page
    assert f"This earns {share}." in page


def test_an_order_is_told_by_how_many_stand_in_sequence(client: Client, seat: Seat) -> None:
    asked = seat(Shape.ORDER)
    first, second, *rest = asked.question.key
    places = {item: place for place, item in enumerate((second, first, *rest), 1)}
    page = told(client, asked, {f"place_{item}": str(place) for item, place in places.items()})
    assert f"Partly right: {len(places) - 1} of {len(places)} in sequence" in page
