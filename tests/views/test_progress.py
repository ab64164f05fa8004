"""The progress pages: to everybody what is theirs, in few queries, with a table beside each chart."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quiz.models import Confidence, Event, StudyDay, User
from quiz.scheduling import study_day
from quiz.study.progress import PAGE
from tests import factories as make

PROGRESS, HISTORY = reverse("quiz:progress"), reverse("quiz:sitting-list")
MOST_QUERIES = 12


@pytest.fixture
def learner(client: Client) -> User:
    user = make.UserFactory()
    client.force_login(user)
    return user


def text(client: Client, address: str = PROGRESS) -> str:
    """The text of a page, its blanks as single ones."""
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def events() -> Iterator[Event]:
    return iter(Event.objects.order_by("key"))


def today() -> date:
    """The study day of learners whose zone is not known."""
    return study_day(timezone.now(), UTC)


def met(user: User, count: int = 1, **changes: Any) -> None:
    """Cards of so many facts, rated today."""
    for event, _ in zip(events(), range(count), strict=False):
        make.CardFactory(user=user, event=event, day=today(), due=today() + timedelta(days=2), **changes)


def sat(user: User, count: int = 1, **changes: Any) -> list[Any]:
    """Finished sittings, the newest first."""
    made = []
    for n in range(count):
        at = make.NOW - timedelta(hours=n)
        made.append(make.SittingFactory(user=user, started_at=at, finished_at=at, **changes))
        make.AskedQuestionFactory(sitting=made[-1], event=next(events()), answered_at=at, answer={}, credit=0.5)
    return made


def studied(user: User, days_ago: int = 0, **counted: float) -> None:
    StudyDay.objects.create(user=user, day=today() - timedelta(days=days_ago), **counted)


# --- Who sees what --------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [PROGRESS, HISTORY])
def test_a_visitor_is_invited_to_begin(client: Client, address: str) -> None:
    page = text(client, address)
    assert "Nothing is here yet" in page
    assert "Start a quiz of 10 questions" in page
    assert "Log in to see yours" in page
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize("address", [PROGRESS, HISTORY])
def test_an_account_that_did_nothing_is_invited_to_begin_and_not_to_log_in(
    client: Client, learner: User, address: str
) -> None:
    met(make.UserFactory(), 6)
    sat(make.UserFactory())
    page = text(client, address)
    assert "Start a quiz of 10 questions" in page
    assert "Log in to see yours" not in page


@pytest.mark.parametrize("address", [PROGRESS, HISTORY])
@pytest.mark.parametrize("is_guest", [True, False])
def test_guests_are_told_that_this_browser_alone_knows_it(client: Client, address: str, is_guest: bool) -> None:
    user = make.UserFactory(is_guest=is_guest)
    client.force_login(user)
    sat(user)
    assert ("known to this browser only" in text(client, address)) is is_guest


@pytest.mark.parametrize("address", [PROGRESS, HISTORY])
@pytest.mark.parametrize("verb", ["get", "head"])
def test_looking_writes_nothing_and_is_kept_by_nobody(client: Client, learner: User, address: str, verb: str) -> None:
    met(learner, 2)
    sat(learner)
    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, verb)(address)
    assert [one["sql"] for one in queries if not one["sql"].startswith("SELECT")] == []
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", [PROGRESS, HISTORY])
def test_progress_is_only_looked_at(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("begun", ["card", "day", "sitting"])
def test_whatever_was_done_first_shows_the_page(client: Client, learner: User, begun: str) -> None:
    {"card": lambda: met(learner), "day": lambda: studied(learner, 1, answers=1), "sitting": lambda: sat(learner)}[
        begun
    ]()
    assert "Still to come here" in text(client)


# --- How much it costs ---------------------------------------------------------------------------


def plenty(user: User, count: int) -> None:
    """So many of everything."""
    met(user, count, taken={"birch": 1}, kinds={"enter-date": [1, 1.0]})
    for sitting in sat(user, count):
        sitting.phase = make.PhaseFactory()
        sitting.save()
    for n in range(count):
        studied(user, n, answers=1, foreseen=1)
    for n in range(min(count, 3)):
        Confidence.objects.create(user=user, level=n + 1, answers=1, credit=1)


def test_both_pages_cost_the_same_however_much_was_done(client: Client) -> None:
    costs = []
    for count in (1, 3):
        user = make.UserFactory()
        plenty(user, count)
        client.force_login(user)
        for address in (PROGRESS, HISTORY):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            # Of the log only what an exam that is still open put there, to leave it out.
            logged = [one["sql"] for one in queries if "quiz_review" in one["sql"]]
            assert [
                sql for sql in logged if not re.search(r"\"finished_at\" IS NULL AND .*\"mode\" = 'exam'", sql)
            ] == []
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= MOST_QUERIES


# --- What it says ---------------------------------------------------------------------------------


def test_mastery_is_told_in_words_from_five_facts_on(client: Client, learner: User) -> None:
    met(learner, 4)
    facts = client.get(PROGRESS).context["overall"].facts
    page = text(client)
    assert f"You have met 4 of {facts} facts." in page
    assert "How much you would recall today, by subject, phase and place: once you have met 5 facts." in page
    assert "Dates 4 of 40" not in page
    make.CardFactory(user=learner, event=list(events())[5], day=today())
    page = text(client)
    # What was seen only today counts as it will tomorrow.
    assert f"You would recall 95 % today of the 5 facts that you have met. There are {facts} in all." in page
    assert "Dates 5 of 40 95 %" in page
    assert "Places 0 of 40 not met yet" in page
    assert "once you have met 5 facts" not in page


def test_what_was_met_long_ago_would_be_recalled_less(client: Client) -> None:
    user = make.UserFactory(time_zone="Asia/Beirut")
    client.force_login(user)
    for event, _ in zip(events(), range(5), strict=False):
        make.CardFactory(user=user, event=event, day=today() - timedelta(days=400))
    share = client.get(PROGRESS).context["overall"].recall
    assert 0 < share < 0.5


def test_long_tables_are_folded_under_a_line_that_sums_them_up(client: Client, learner: User) -> None:
    met(learner, 13, kinds={"enter-date": [1, 1.0], "choose-date": [1, 0.0]})
    page = client.get(PROGRESS).content.decode()
    folded = re.findall(r"<summary>(By [^<]+)</summary>", page)
    assert folded == ["By phase: 2 of 3 begun", "By place: 13 places met", "By kind of question: 2 kinds answered"]


ALL_PARTS = ["mastery", "forecast", "calendar", "retention", "confusions", "calibration"]


def test_on_the_first_day_one_line_each_says_what_is_still_to_come(client: Client, learner: User) -> None:
    met(learner, 2)
    studied(learner, answers=2)
    page = client.get(PROGRESS)
    assert (page.context["parts"], page.context["to_come"]) == (
        ["forecast"],
        [one for one in ALL_PARTS if one != "forecast"],
    )
    assert len(re.findall(r"<section", page.content.decode())) == 4
    assert "once you have done something on 3 days" in text(client)
    assert "once 20 facts have come back on a later day (so far 0)" in text(client)


def test_after_months_everything_is_shown_and_listed_above(client: Client, learner: User) -> None:
    met(learner, 13, taken={"birch": 1})
    for day in range(3):
        studied(learner, day, answers=9, foreseen=9, expected=8.0, recalled=8)
    Confidence.objects.create(user=learner, level=3, answers=25, credit=18.0)
    page = client.get(PROGRESS)
    assert (page.context["parts"], page.context["to_come"]) == (ALL_PARTS, [])
    shown = page.content.decode()
    contents = shown[shown.index("on-this-page") : shown.index("</nav>", shown.index("on-this-page"))]
    links = re.findall(r'href="#(\w+)"', contents)
    assert links == [*ALL_PARTS, "past"]
    assert all(f'id="{link}"' in shown for link in links)
    assert "Still to come" not in shown


def test_a_confusion_leads_to_both_places(client: Client, learner: User) -> None:
    [first] = [event for event, _ in zip(events(), range(1), strict=False)]
    make.CardFactory(user=learner, event=first, facet="place", taken={"zinnia": 3})
    page = client.get(PROGRESS).content.decode()
    right = first.places.get(slot=True).place
    table = page[page.index('id="confusions"') :]
    assert f'href="{reverse("quiz:place-detail", args=["zinnia"])}"' in table
    assert f'href="{right.get_absolute_url()}"' in table


def test_sure_answers_are_told_with_their_share(client: Client, learner: User) -> None:
    assert "once you have said of 5 answers how sure you were" in (met(learner), text(client))[1]
    Confidence.objects.create(user=learner, level=3, answers=25, credit=18.0)
    page = text(client)
    assert "When you said “sure”, 72 % were right." in page
    assert "Sure 25 72 %" in page


@pytest.mark.parametrize(
    ("recalled", "expected", "said"),
    [
        (88, 91.4, "The two agree as closely as chance allows"),
        (70, 90.0, "That is less than chance alone would explain."),
        (99, 90.0, "That is more than chance alone would explain."),
        (80, 80.0, "because cards came later than they were due"),
    ],
)
def test_retention_is_told_beside_what_was_foreseen_and_asked_for(
    client: Client, learner: User, recalled: int, expected: float, said: str
) -> None:
    studied(learner, 3, ratings=100, foreseen=100, expected=expected, recalled=recalled)
    page = text(client)
    assert f"You recalled {recalled} of 100; {expected:.0f} were expected; you asked for 90 %." in page
    assert said in page


def test_few_attempts_are_not_judged_and_old_ones_only_where_new_ones_are_few(client: Client, learner: User) -> None:
    studied(learner, 3, foreseen=19, expected=18.0, recalled=19)
    assert "once 20 facts have come back on a later day (so far 19)" in text(client)
    studied(learner, 40, foreseen=81, expected=72.0, recalled=71)
    assert "You recalled 90 of 100" in text(client)
    studied(learner, 4, foreseen=1, expected=1.0, recalled=1)
    assert "You recalled 20 of 20" in text(client)


def test_the_backlog_is_told_beside_what_is_due_today(client: Client) -> None:
    user = make.UserFactory(reviews_per_day=2)
    client.force_login(user)
    past = today() - timedelta(days=9)
    for event, _ in zip(events(), range(5), strict=False):
        make.CardFactory(user=user, event=event, day=past, due=past + timedelta(days=2))
    page = text(client)
    assert "2 cards are due today. 3 more wait: you asked for at most 2 reviews a day" in page
    StudyDay.objects.create(user=user, day=today(), seen=2)
    assert "5 cards are due, but today’s reviews are done." in text(client)


def test_weak_spots_lead_to_their_events_and_to_a_quiz(client: Client, learner: User) -> None:
    assert "There are no weak spots" in (sat(learner), text(client))[1]
    past = today() - timedelta(days=90)
    shown = list(events())[:11]
    for event in shown:
        make.CardFactory(user=learner, event=event, day=past, due=past + timedelta(days=2))
    page = client.get(PROGRESS)
    assert len(page.context["weak"]) == 10
    assert "A quiz on up to 10 weak spots" in page.content.decode()
    assert f'<a href="{shown[0].get_absolute_url()}">' in page.content.decode()
    assert 'name="mode" value="weak"' in page.content.decode()
    assert 'name="mode" value="daily"' in page.content.decode()


def test_each_chart_has_a_name_and_a_table_beside_it(client: Client, learner: User) -> None:
    plenty(learner, 5)
    StudyDay.objects.update(foreseen=10, expected=9.0, recalled=9)
    Confidence.objects.update(answers=10)
    page = client.get(PROGRESS).content.decode()
    main = page[page.index("<main") :]
    charts = re.findall(r'<svg class="(\w+)"[^>]*role="img" aria-labelledby="([\w-]+)"', main)
    assert [name for name, _ in charts] == ["bars", "calendar", "curve"]
    assert all(f'<title id="{title}">' in main for _, title in charts)
    tables = re.findall(r"<table.*?</table>", main, re.DOTALL)
    assert len(tables) == 9
    assert all("<caption>" in table and 'scope="col"' in table and 'scope="row"' in table for table in tables)


# --- History ------------------------------------------------------------------------------------


def test_a_sitting_is_told_with_its_mode_topic_score_and_date_and_leads_back_to_it(
    client: Client, learner: User
) -> None:
    phase = make.PhaseFactory(name="Middle phase")
    [sitting] = sat(learner, mode="weak", phase=phase, facet="date", length=5)
    for address in (PROGRESS, HISTORY):
        assert "22 November 2026, 12:00 Weak spots: Middle phase, dates 0.5 of 5" in text(client, address)
        assert f'href="{sitting.get_absolute_url()}"' in client.get(address).content.decode()


def test_a_sitting_that_waits_tells_no_score(client: Client, learner: User) -> None:
    [sitting] = sat(learner, mode="exam")
    type(sitting).objects.update(finished_at=None)
    assert "Exam: the whole story waits at question 2 of 10" in text(client, HISTORY)


def test_dates_are_those_of_the_learners_clock(client: Client) -> None:
    user = make.UserFactory(time_zone="Asia/Tokyo")
    client.force_login(user)
    make.SittingFactory(user=user, started_at=datetime(2026, 3, 1, 20, 30, tzinfo=UTC))
    for address in (PROGRESS, HISTORY):
        assert "2 March 2026, 05:30" in text(client, address)


def test_older_sittings_follow_page_by_page(client: Client, learner: User) -> None:
    made = sat(learner, PAGE + 1)
    sat(make.UserFactory(), 3)
    first = client.get(HISTORY)
    assert [past.sitting for past in first.context["history"].sittings] == made[:PAGE]
    link = re.search(r'href="(\?after=[^"]+)"', first.content.decode())
    assert link
    second = client.get(HISTORY + link[1])
    assert [past.sitting for past in second.context["history"].sittings] == made[PAGE:]
    assert "?after=" not in second.content.decode()
    assert "Back to the newest" in second.content.decode()
    assert "All your quizzes" in text(client)


def test_after_the_oldest_the_page_says_so(client: Client, learner: User) -> None:
    [sitting] = sat(learner)
    assert "no quiz came before it" in text(client, f"{HISTORY}?after={sitting.token}")


@pytest.mark.parametrize("after", ["unknown", "%00", "a%20b", "%ED%A0%80", "x" * 23, "1_000é"])
def test_an_unknown_place_in_the_history_is_no_page(client: Client, learner: User, after: str) -> None:
    assert client.get(f"{HISTORY}?after={after}").status_code == 404


def test_other_peoples_sittings_mark_no_place_in_the_history(client: Client, learner: User) -> None:
    [other] = sat(make.UserFactory())
    assert client.get(f"{HISTORY}?after={other.token}").status_code == 404
