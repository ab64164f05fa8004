"""Flashcards, page by page: what is due, both sides of a card, undo, what is set aside, the list of all."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quiz.models import Card, Claim, Deed, Event, Review, StudyDay, User
from quiz.questions.question import Question, Shape
from quiz.scheduling import Rating, study_day
from quiz.study import deck
from quiz.study.facts import chronicle
from quiz.views import card_sides, card_words, shapes
from tests import factories as make
from tests.study.stories import TOWNS, by_hand

HTMX = {"HX-Request": "true"}
TODAY, REVIEW, ALL, UNDO = (reverse(f"quiz:{name}") for name in ("today", "card-review", "card-list", "card-undo"))
FACETS = ("date", "place", "sequence")


@pytest.fixture
def user(client: Client) -> User:
    """A learner without cards, logged in."""
    found = make.UserFactory(time_zone="Asia/Beirut")
    client.force_login(found)
    return found


def now_day(user: User) -> date:
    return study_day(timezone.now(), user.zone)


def card(user: User, n: int = 0, facet: str = "date", late: int = 0, **changes: Any) -> Card:
    """A card of the n-th event, last rated a week before it came due, which it did so many days ago."""
    due = now_day(user) - timedelta(days=late)
    values = {"day": due - timedelta(days=7), "due": due, "stability": 7.0, **changes}
    if values["stability"] is None:
        values |= {"difficulty": None, "day": None, "reviews": 0}
    return make.CardFactory(user=user, event=event(n), facet=facet, **values)


def event(n: int) -> Event:
    return Event.objects.get(key=f"{TOWNS[n].lower()}-captured")


def address(card: Card, side: str = "") -> str:
    return reverse("quiz:card-detail", args=[card.pk]) + (f"?side={side}" if side else "")


def aside(card: Card) -> str:
    return reverse("quiz:card-set-aside", args=[card.pk])


def text(response: HttpResponse) -> str:
    """What a page says, without its tags."""
    assert response.status_code in {200, 400, 422, 503}
    page = re.sub(r"<head>.*?</head>", "", response.content.decode(), flags=re.DOTALL)
    page = re.sub(r"</d[td]>", " ", page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page)).replace("&#x27;", "'").replace("&quot;", '"')


def face(card: Card) -> Question:
    found = deck.face(chronicle(), card.event.key, card.facet, card.reviews)
    assert found
    return found


def rate(client: Client, card: Card, rating: Any = 3, headers: dict[str, str] | None = None, **more: Any) -> Any:
    data = {"rating": str(int(rating)), "reviews": card.reviews, "kind": face(card).kind, "shown": "", **more}
    return client.post(address(card), data, headers=headers or {})


def writes(queries: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in queries if one["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


# --- Today ----------------------------------------------------------------------------------------


def test_a_visitor_reads_what_cards_are_and_leaves_no_trace(client: Client) -> None:
    page = client.get(TODAY)
    assert "Cards put a few facts before you each day" in text(page)
    assert "What the numbers mean" in text(page)
    assert f'action="{REVIEW}"' in page.content.decode()
    assert (User.objects.count(), "sessionid" in client.cookies) == (0, False)


def test_a_visitor_who_starts_becomes_a_guest_with_the_first_cards_of_the_story(client: Client) -> None:
    begun = client.post(REVIEW, {"zone": "Asia/Beirut"})
    guest = User.objects.get()
    cards = list(guest.cards.select_related("event"))
    assert (guest.is_guest, guest.time_zone) == (True, "Asia/Beirut")
    assert [(one.event.key, one.facet) for one in cards] == [(event(n).key, "date") for n in range(5)]
    assert (begun.status_code, begun["Location"]) == (302, address(cards[0]))
    assert "5 of 5 left today New" in text(client.get(begun["Location"]))


@pytest.mark.parametrize("zone", ["Mars/Crater", "\0", "x" * 5000])
def test_a_zone_that_is_none_is_left_out(client: Client, zone: str) -> None:
    assert client.post(REVIEW, {"zone": zone}).status_code == 302
    assert User.objects.get().time_zone == ""


def test_starting_again_takes_up_no_more(client: Client, user: User) -> None:
    for _ in range(2):
        client.post(REVIEW)
    assert user.cards.count() == 5


def test_a_visitor_who_follows_an_old_link_to_the_review_is_led_to_today(client: Client) -> None:
    assert client.get(REVIEW)["Location"] == TODAY
    assert User.objects.count() == 0


def test_today_says_how_many_cards_there_are_and_how_many_of_them_are_new(client: Client, user: User) -> None:
    card(user, 0)
    card(user, 1)
    page = client.get(TODAY)
    assert "7 cards today: 2 to review, 5 new." in text(page)
    assert 'name="mode" value="daily"' in page.content.decode()


@pytest.mark.parametrize(
    ("reviews", "new", "says"),
    [
        (0, 1, "1 card today, a new one."),
        (0, 2, "2 cards today, all of them new."),
        (1, 0, "1 card today, to review."),
        (2, 0, "2 cards today, to review."),
        (1, 1, "2 cards today: 1 to review, 1 new."),
    ],
)
def test_one_card_and_one_sort_of_cards_are_said_in_their_own_words(
    client: Client, user: User, reviews: int, new: int, says: str
) -> None:
    User.objects.update(new_per_day=new)
    for n in range(reviews):
        card(user, n)
    card(user, 20, suspended=True)
    assert says in text(client.get(TODAY))


def test_a_backlog_is_told_as_a_plan_and_never_as_a_number(client: Client, user: User) -> None:
    User.objects.update(reviews_per_day=3)
    StudyDay.objects.create(user=user, day=now_day(user) - timedelta(days=10), ratings=1)
    for n in range(8):
        card(user, n, late=3)
    page = client.get(TODAY)
    assert "Welcome back. Nothing is lost" in text(page)
    assert "3 cards today, to review." in text(page)
    rows = re.findall(r'<th scope="row">([^<]+)</th><td class="figure">(\d+)</td>', page.content.decode())
    assert [(name == "Today", cards) for name, cards in rows] == [(True, "3"), (False, "3"), (False, "2")]
    assert "New cards wait until then." in text(page)
    assert "It goes on like this" not in text(page)
    assert not re.search(r"\b8\b", text(page))


def test_a_plan_longer_than_two_weeks_says_that_it_goes_on(client: Client, user: User) -> None:
    User.objects.update(reviews_per_day=1)
    for n in range(15):
        card(user, n)
    page = client.get(TODAY)
    assert page.content.decode().count('<th scope="row">') == 14
    assert "It goes on like this after these days." in text(page)


def test_a_plan_begins_today_with_what_today_still_holds(client: Client, user: User) -> None:
    User.objects.update(reviews_per_day=3)
    StudyDay.objects.create(user=user, day=now_day(user), ratings=2, seen=2)
    for n in range(5):
        card(user, n)
    rows = re.findall(r'</th><td class="figure">(\d+)</td>', client.get(TODAY).content.decode())
    assert rows == ["1", "3", "1"]


def test_who_allows_no_reviews_is_told_why_cards_wait(client: Client, user: User) -> None:
    User.objects.update(reviews_per_day=0)
    card(user)
    assert "Your settings allow no reviews, so all cards wait." in text(client.get(TODAY))


def test_who_was_here_lately_is_not_welcomed_back(client: Client, user: User) -> None:
    StudyDay.objects.create(user=user, day=now_day(user) - timedelta(days=6), ratings=1)
    card(user)
    assert "Welcome back" not in text(client.get(TODAY))


def test_when_all_is_done_today_says_when_the_next_card_comes(client: Client, user: User) -> None:
    client.post(REVIEW)
    for one in user.cards.all():
        rate(client, one)
    page = client.get(TODAY)
    coming = card_words.coming(
        datetime.combine(now_day(user) + timedelta(days=1), datetime.min.time(), user.zone) + timedelta(hours=4),
        timezone.now(),
        user.zone,
    )
    assert f"All done for today. The next card comes {coming}." in text(page)
    assert "5 cards rated today." in text(page)
    assert '"Review"' not in page.content.decode()
    assert "Undo: rated “Good”" in text(page)


def test_where_no_new_cards_are_wanted_the_next_one_is_that_which_comes_due_first(client: Client, user: User) -> None:
    User.objects.update(new_per_day=0, time_zone="")
    due = study_day(timezone.now(), UTC) + timedelta(days=400)
    card(user, due=due, day=due - timedelta(days=500))
    words = f"Nothing is due. The next card comes on {due.day} {due:%B %Y}, from 04:00 (UTC)."
    assert words in text(client.get(TODAY))


def test_where_nothing_is_to_come_today_says_so(client: Client, user: User) -> None:
    User.objects.update(new_per_day=0)
    card(user, suspended=True)
    assert "Nothing is due. No other card is to come" in text(client.get(TODAY))


def test_leeches_are_named_with_their_event_and_a_way_back(client: Client, user: User) -> None:
    leech = card(user, 2, suspended=True, lapses=8)
    card(user, 3, suspended=True, lapses=7)
    page = client.get(TODAY)
    assert "These were forgotten 8 times or more" in text(page)
    named = re.findall(r'class="fact">.*?href="([^"]+)"', page.content.decode(), re.DOTALL)
    assert named == [reverse("quiz:event-detail", args=[leech.event.key])]
    back = client.post(aside(leech), {"what": "resumed", "next": TODAY})
    assert back["Location"] == TODAY
    assert not Card.objects.get(pk=leech.pk).suspended
    assert "These were forgotten" not in text(client.get(TODAY))


@pytest.mark.parametrize(("guest", "told"), [(True, 1), (False, 0)])
def test_a_guest_is_told_that_cards_are_known_to_this_browser_only(client: Client, guest: bool, told: int) -> None:
    user = make.UserFactory(is_guest=guest)
    client.force_login(user)
    card(user)
    page = client.get(TODAY).content.decode()
    assert page.count("known to this browser only") == told
    assert page.count(f'{reverse("quiz:sign-up")}?next={TODAY}">Sign up: a name') == told


def test_an_undo_of_an_earlier_day_is_not_offered_on_today(client: Client, user: User) -> None:
    make.ReviewFactory(card=card(user), at=timezone.now() - timedelta(days=3))
    assert "Undo" not in text(client.get(TODAY))


# --- The question side ----------------------------------------------------------------------------


def secrets(question: Question) -> set[str]:
    """What a question side must not hold."""
    notes = {option.note for option in question.options} - {""}
    typed = {question.key_text, *(question.days or ())} if question.shape in {Shape.DAY, Shape.PLACE} else set()
    keys = {*question.events, *(option.event for option in question.options)} - {""}
    places = {f'"{key}"' for key in question.places}
    return {question.explanation, *notes, *typed, *keys, *places, *(one.sentence for one in question.citations)}


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_nothing_of_the_key_is_on_the_question_side(
    client: Client, user: User, facet: str, headers: dict[str, str]
) -> None:
    shown = card(user, 7, facet)
    page = client.get(address(shown), headers=headers).content.decode()
    assert face(shown).stem in page
    assert [secret for secret in secrets(face(shown)) if secret in page] == []
    assert all(option.text in page for option in face(shown).options)
    assert "radio" not in page
    assert face(shown).key_text in text(client.get(address(shown, "answer")))


def test_a_pin_is_thought_of_on_a_map_whichever_is_right() -> None:
    def page(question: Question) -> str:
        context = {"question": question, "ready": True, "map": shapes.chart(question.options), "shown": 1}
        held = deck.Held(Card(pk=1), None, None, 0, buried=False)
        return render_to_string("quiz/cards/_question.html", {**context, "held": held, "left": 1, "total": 1})

    question = by_hand(Shape.PIN)
    assert page(question).count('<g class="pin"') == len(question.options)
    assert 'class="thoughts lettered"' in page(question)
    others = {**question.as_dict(), "key": (0,), "key_text": "Another"}
    assert page(question) == page(Question.from_dict(others))


def test_the_answer_side_of_a_pin_marks_the_right_one() -> None:
    told = card_sides.explained(by_hand(Shape.PIN), chronicle())
    states = [spot.mark.state for spot in told["map"].spots]
    assert states == ["", "", "right", "", "", ""]


def test_a_killing_has_its_note_before_the_question(client: Client, user: User) -> None:
    Event.objects.filter(key=event(0).key).update(sensitive=True)
    shown = card(user)
    page = client.get(address(shown))
    assert face(shown).sensitive
    assert "Content note: this question concerns a killing or an abduction." in text(page)
    assert 'aria-describedby="content-note"' in page.content.decode()


def test_the_step_line_counts_what_is_left_of_today(client: Client, user: User) -> None:
    User.objects.update(new_per_day=0)
    cards = [card(user, n) for n in range(3)]
    assert "3 of 3 left today" in text(client.get(address(cards[0])))
    rate(client, cards[0])
    assert "2 of 3 left today" in text(client.get(address(cards[1])))
    assert "New" not in text(client.get(address(cards[1])))


@pytest.mark.parametrize("side", ["", "answer"])
def test_a_fragment_brings_its_title_its_status_and_a_heading_that_takes_the_focus(
    client: Client, user: User, side: str
) -> None:
    shown = card(user)
    page = client.get(address(shown, side), headers=HTMX)
    found = page.content.decode()
    assert re.search(r"<h1[^>]*\btabindex=\"-1\"[^>]*\bautofocus", found)
    assert found.count("<title>") == found.count('id="status" hx-swap-oob="innerHTML"') == 1
    assert (f"The answer: {face(shown).key_text}." in found) == bool(side)
    assert "<!doctype" not in found
    assert "HX-Request" in page["Vary"]
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize(("shortcuts", "told"), [(True, True), (False, False)])
def test_keys_are_told_where_they_work(client: Client, user: User, shortcuts: bool, told: bool) -> None:
    User.objects.update(shortcuts=shortcuts)
    shown = card(user)
    assert ("Keys: Space or Enter shows the answer" in text(client.get(address(shown)))) == told
    assert ("Keys: 1 to 4 rate" in text(client.get(address(shown, "answer")))) == told


# --- The answer side ------------------------------------------------------------------------------


@pytest.mark.parametrize("facet", FACETS)
def test_the_answer_side_tells_all_with_its_sources(client: Client, user: User, facet: str) -> None:
    shown = card(user, 7, facet)
    page = client.get(address(shown, "answer"))
    question = face(shown)
    assert all(citation.sentence in text(page) for citation in question.citations)
    assert page.context["feedback"].why in text(page)
    assert all(row.told in text(page) and row.really in text(page) for row in page.context["feedback"].rows)
    assert reverse("quiz:event-detail", args=[shown.event.key]) in page.content.decode()
    assert "your answer" not in text(page).lower()


BUTTON = re.compile(r'name="rating" value="(\d)"[^>]*><b>(\w+)</b> <span>([^<]+)</span>')


@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("known", [True, False])
def test_what_a_button_says_is_what_happens(client: Client, user: User, rating: Rating, known: bool) -> None:
    shown = card(user) if known else card(user, stability=None)
    buttons = BUTTON.findall(client.get(address(shown, "answer")).content.decode())
    assert [name for _, name, _ in buttons] == ["Again", "Hard", "Good", "Easy"]
    assert rate(client, shown, rating).status_code == 302
    shown.refresh_from_db()
    assert buttons[rating - 1][2] == card_words.interval((shown.due - now_day(user)).days)


def test_a_rating_keeps_the_kind_and_how_long_it_took(client: Client, user: User) -> None:
    shown = card(user)
    page = client.get(address(shown)).content.decode()
    link = re.search(r'href="([^"]+side=answer&amp;shown=(\d+))"', page)
    assert link
    answer = client.get(link[1].replace("&amp;", "&")).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer))
    assert hidden["shown"] == link[2]
    rate(client, shown, 3, **{name: hidden[name] for name in ("reviews", "kind", "shown")})
    entry = Review.objects.get()
    assert (entry.kind, entry.rating) == (face_kind(shown), 3)
    assert entry.milliseconds is not None
    assert 0 <= entry.milliseconds < 60_000


def face_kind(card: Card) -> str:
    return face(Card.objects.get(pk=card.pk)).kind


@pytest.mark.parametrize("query", ["side=answer&shown=x", "side=back", "side=answer%00", "shown=9" + "9" * 5000])
def test_an_address_that_is_not_understood_shows_the_question(client: Client, user: User, query: str) -> None:
    assert client.get(f"{address(card(user))}?{query}").context.get("feedback") is None


def test_a_time_that_nobody_knows_is_kept_as_unknown(client: Client, user: User) -> None:
    rate(client, card(user), 3, shown="")
    assert Review.objects.get().milliseconds is None


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_after_a_rating_comes_the_next_card_and_at_last_today(
    client: Client, user: User, headers: dict[str, str]
) -> None:
    User.objects.update(new_per_day=0)
    first, second = card(user, 0, late=0), card(user, 1, late=1)
    assert client.get(REVIEW)["Location"] == address(first)
    assert rate(client, first, headers=headers)["Location"] == REVIEW
    assert client.get(REVIEW, headers=headers)["Location"] == address(second)
    rate(client, second, headers=headers)
    end = client.get(REVIEW, headers=headers)
    # htmx is told to go there: it would swap the page in where the card stood, and lose the message.
    assert (end.status_code, end.headers.get("HX-Redirect"), end.headers.get("Location")) == (
        (200, TODAY, None) if headers else (302, None, TODAY)
    )
    assert "Done for today: 2 cards rated. Nothing is left." in text(client.get(TODAY))


def test_a_card_that_was_forgotten_comes_again_the_same_day(client: Client, user: User) -> None:
    User.objects.update(new_per_day=1)
    client.post(REVIEW)
    only = user.cards.get()
    rate(client, only, Rating.AGAIN)
    only.refresh_from_db()
    assert only.due == now_day(user)
    assert client.get(REVIEW)["Location"] == address(only)
    assert "1 of 2 left today" in text(client.get(address(only)))


@pytest.mark.parametrize("rating", [3, 1], ids=["due later", "due again today"])
def test_a_card_rated_in_another_tab_is_not_rated_twice(client: Client, user: User, rating: int) -> None:
    shown, other = card(user, 0, stability=None), card(user, 1)
    rate(client, shown, rating)
    again = client.post(address(shown), {"rating": "4", "reviews": "0", "kind": "enter-date", "shown": ""})
    assert (again.status_code, again["Location"]) == (302, REVIEW)
    assert Review.objects.count() == 1
    assert "That card was rated or set aside meanwhile" in text(client.get(address(other), headers=HTMX))


@pytest.mark.parametrize(
    "data",
    [
        {"rating": ""},
        {"rating": "0"},
        {"rating": "5"},
        {"rating": "good"},
        {"rating": "3\0"},
        {"rating": "9" * 5000},
        {"rating": "\ud800"},
        {"reviews": ""},
        {"reviews": "-1"},
        {"reviews": "9" * 5000},
        {"reviews": "x"},
        {"kind": "nonsense"},
        {"kind": "\0"},
        {"shown": "soon"},
        {"shown": "9" * 400},
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_rating_that_cannot_be_read_is_asked_back_and_counts_nothing(
    client: Client, user: User, data: dict[str, str], headers: dict[str, str]
) -> None:
    shown = card(user)
    sent = {"rating": "3", "reviews": "1", "kind": "enter-date", "shown": "", **data}
    body = "&".join(f"{name}={value}" for name, value in sent.items()).encode("utf-8", "surrogatepass")
    response = client.generic("POST", address(shown), body, "application/x-www-form-urlencoded", headers=headers)
    assert response.status_code == 422
    assert "This rating could not be read, and nothing was counted." in text(response)
    assert 'id="rating-error" tabindex="-1" autofocus' in response.content.decode()
    assert len(BUTTON.findall(response.content.decode())) == 4
    assert Review.objects.count() == 0


def test_a_rating_that_cannot_be_stored_leaves_the_card_and_counts_when_sent_again(client: Client, user: User) -> None:
    def full(execute: Any, sql: str, *others: Any) -> Any:
        if sql.startswith("INSERT"):
            raise OperationalError("database or disk is full")
        return execute(sql, *others)

    shown = card(user)
    with connection.execute_wrapper(full):
        refused = rate(client, shown)
    assert refused.status_code == 503
    assert "could not be stored just now" in text(refused)
    assert len(BUTTON.findall(refused.content.decode())) == 4
    assert rate(client, shown).status_code == 302
    assert Review.objects.count() == 1


# --- Undo -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("rated", "Undone: rated “Hard”."),
        ("suspended", "Undone: set aside."),
        ("buried", "Undone: put off until tomorrow."),
    ],
)
def test_undo_leads_back_to_the_question_and_says_what_was_undone(
    client: Client, user: User, what: str, says: str
) -> None:
    client.post(REVIEW)
    shown = user.cards.order_by("pk").first()
    assert shown
    before = {**shown.__dict__, "_state": None}
    if what == "rated":
        rate(client, shown, Rating.HARD)
    else:
        client.post(aside(shown), {"what": what})
    back = client.post(UNDO)
    assert (back.status_code, back["Location"]) == (302, address(shown))
    assert {**Card.objects.get(pk=shown.pk).__dict__, "_state": None} == before
    page = client.get(back["Location"], headers=HTMX)
    assert f"{says} The card is as it was before." in text(page)
    assert face(shown).stem in text(page)
    assert "Undo:" not in text(page)


def test_undo_goes_back_as_far_as_twenty_things_and_then_says_that_there_is_nothing(client: Client, user: User) -> None:
    User.objects.update(new_per_day=0)
    cards = [card(user, n) for n in range(21)]
    for one in cards:
        client.post(aside(one), {"what": "suspended"})
    undone = [client.post(UNDO)["Location"] for _ in range(21)]
    assert undone == [*(address(one) for one in reversed(cards[1:])), REVIEW]
    assert Card.objects.filter(suspended=True).get() == cards[0]
    assert "There is nothing to undo." in text(client.get(address(cards[1])))


def test_undo_is_named_on_the_card(client: Client, user: User) -> None:
    shown = card(user, 1)
    rate(client, card(user, 0), Rating.EASY)
    for side in ("", "answer"):
        assert "Undo: rated “Easy”" in text(client.get(address(shown, side)))


# --- Set aside ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("what", "says"),
    [("suspended", "Set aside: it does not come back"), ("buried", "Put off: it comes back tomorrow.")],
)
def test_a_card_set_aside_makes_room_for_the_next_and_can_be_taken_back(
    client: Client, user: User, what: str, says: str
) -> None:
    shown, other = card(user, 0, late=0), card(user, 1, late=1)
    gone = client.post(aside(shown), {"what": what})
    assert gone["Location"] == REVIEW
    assert client.get(REVIEW)["Location"] == address(other)
    assert says in text(client.get(address(other)))
    page = client.get(address(shown))
    assert "Take back" in text(page)
    assert BUTTON.findall(client.get(address(shown, "answer")).content.decode()) == []
    client.post(aside(shown), {"what": "resumed", "next": address(shown)})
    assert client.get(REVIEW)["Location"] == address(shown)


@pytest.mark.parametrize("data", [{}, {"what": ""}, {"what": "rated"}, {"what": "added"}, {"what": "\0"}])
def test_what_cannot_be_read_sets_nothing_aside(client: Client, user: User, data: dict[str, str]) -> None:
    shown = card(user)
    refused = client.post(aside(shown), data)
    assert refused.status_code == 422
    assert "That could not be read, and nothing was changed." in text(refused)
    assert Review.objects.count() == 0


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example/", "today", "javascript:x", ""])
def test_nobody_is_led_off_the_site(client: Client, user: User, target: str) -> None:
    gone = client.post(aside(card(user)), {"what": "buried", "next": target})
    assert gone["Location"] == REVIEW


def test_either_side_has_its_menu(client: Client, user: User) -> None:
    shown = card(user)
    for side in ("", "answer"):
        page = client.get(address(shown, side)).content.decode()
        assert re.findall(r'name="what" value="(\w+)" data-key="(.)"', page) == [("buried", "-"), ("suspended", "@")]


# --- Old bookmarks --------------------------------------------------------------------------------


def test_a_card_of_somebody_else_does_not_exist(client: Client, user: User) -> None:
    theirs = card(make.UserFactory())
    answers = [
        client.get(address(theirs)),
        client.get(address(theirs, "answer")),
        rate(client, theirs),
        client.get(aside(theirs)),
        client.post(aside(theirs), {"what": "suspended"}),
        client.get("/cards/999999999999999999999999999/"),
    ]
    assert {one.status_code for one in answers} == {404}
    assert Review.objects.count() == 0


@pytest.mark.parametrize("verb", ["get", "post"])
def test_who_is_not_logged_in_is_asked_to(verb: str) -> None:
    shown, stranger = card(make.UserFactory()), Client()
    for url in (address(shown), aside(shown), UNDO, ALL):
        if (url, verb) != (ALL, "post"):
            assert getattr(stranger, verb)(url)["Location"] == f"{reverse('quiz:log-in')}?next={url}"


def test_who_comes_back_from_log_in_by_a_get_goes_on(client: Client, user: User) -> None:
    shown = card(user)
    assert client.get(UNDO)["Location"] == REVIEW
    assert client.get(aside(shown))["Location"] == address(shown)
    assert Review.objects.count() == 0


def test_a_card_that_is_not_due_can_be_looked_at_and_is_not_rated(client: Client, user: User) -> None:
    shown = card(user, late=-3)
    page = client.get(address(shown))
    assert f"it comes back on {shown.due.day} {shown.due:%B %Y}" in text(page)
    assert BUTTON.findall(client.get(address(shown, "answer")).content.decode()) == []
    assert face(shown).citations[0].sentence in text(client.get(address(shown, "answer")))
    assert rate(client, shown)["Location"] == REVIEW
    assert Review.objects.count() == 0


def test_a_card_beyond_the_cap_of_today_may_be_rated_as_it_is_due(client: Client, user: User) -> None:
    User.objects.update(reviews_per_day=0)
    rate(client, card(user))
    assert Review.objects.count() == 1


def test_a_card_of_a_retired_event_says_so_and_leads_on(client: Client, user: User) -> None:
    shown = card(user)
    Event.objects.filter(pk=shown.event_id).update(retired=True)
    for headers in ({}, HTMX):
        page = client.get(address(shown, "answer"), headers=headers)
        assert "The event that it asked about is no longer in the chronicle." in text(page)
        assert f'href="{REVIEW}"' in page.content.decode()
    sent = {"rating": "3", "reviews": "1", "kind": "enter-date"}
    assert client.post(address(shown), sent)["Location"] == REVIEW
    assert Review.objects.count() == 0


def test_a_card_that_cannot_be_asked_any_more_says_so_and_names_its_event(client: Client, user: User) -> None:
    shown = card(user)
    Claim.objects.filter(event=shown.event).update(date="", date_basis="")
    page = client.get(address(shown))
    assert "this question would not have one right answer" in text(page)
    assert reverse("quiz:event-detail", args=[shown.event.key]) in page.content.decode()


# --- All cards ------------------------------------------------------------------------------------


def listed(client: Client, **query: str) -> list[str]:
    """The events of the cards listed, by the names of their towns, with the facet where it is not the date."""
    page = client.get(ALL, query)
    assert page.status_code == 200
    return [f"{one.card.event.key.removesuffix('-captured')} {one.card.facet}" for one in page.context["cards"]]


def test_cards_are_listed_in_the_order_of_the_story_or_by_due_day(client: Client, user: User) -> None:
    card(user, 2, late=2)
    card(user, 0, "place", late=1)
    card(user, 0, late=-5)
    card(make.UserFactory(), 1)
    assert listed(client) == ["amber date", "amber place", "cedar date"]
    assert listed(client, order="due") == ["cedar date", "amber place", "amber date"]


def test_cards_are_filtered_by_state_and_facet(client: Client, user: User) -> None:
    card(user, 0)
    card(user, 1, "place", stability=None)
    card(user, 2, late=-4)
    card(user, 3, suspended=True, lapses=8)
    card(user, 4, buried_until=now_day(user) + timedelta(days=1))
    card(user, 5, buried_until=now_day(user), lapses=7)
    found = {state: listed(client, state=state) for state in ("", "due", "learning", "aside", "leeches")}
    assert found == {
        "": ["amber date", "birch place", "cedar date", "dune date", "elm date", "fern date"],
        "due": ["amber date", "birch place", "fern date"],
        "learning": ["cedar date"],
        "aside": ["dune date", "elm date"],
        "leeches": ["dune date"],
    }
    assert listed(client, facet="place") == ["birch place"]
    assert listed(client, state="due", facet="date") == ["amber date", "fern date"]
    assert "None of your cards is among these." in text(client.get(ALL, {"facet": "source"}))


def test_a_row_says_what_it_is_about_when_it_is_due_and_how_likely_it_is_recalled(client: Client, user: User) -> None:
    day = now_day(user)
    card(user, 0, stability=7.0, day=day - timedelta(days=7), due=day, lapses=1)
    card(user, 1, stability=None)
    later = card(user, 2, late=-40, day=day)
    page = client.get(ALL)
    assert "When: Government forces captured Amber Due today Would recall 90 % Forgotten 1 time" in text(page)
    assert "Would recall not rated yet" in text(page)
    assert f"Due {later.due.day} {later.due:%B %Y} Would recall 100 %" in text(page)
    assert "of a hundred cards at 63 %, you would know 63." in text(page)
    assert reverse("quiz:event-detail", args=["amber-captured"]) in page.content.decode()


def test_a_card_set_aside_is_taken_back_from_the_list_to_the_same_place(client: Client, user: User) -> None:
    shown = card(user, suspended=True, lapses=8)
    page = client.get(ALL, {"state": "aside"})
    assert "set aside forgotten often" in text(page)
    assert "Due not at all" in text(page)
    target = re.search(r'name="next" value="([^"]+)"', page.content.decode())
    assert target
    back = client.post(aside(shown), {"what": "resumed", "next": target[1]})
    assert back["Location"] == f"{ALL}?state=aside"
    assert "Taken back: it comes when it is due." in text(client.get(back["Location"]))


def test_a_card_of_a_retired_event_stays_in_the_list_at_its_end(client: Client, user: User) -> None:
    Event.objects.filter(pk=card(user, 0, suspended=True).event_id).update(retired=True)
    card(user, 1)
    assert listed(client) == ["birch date", "amber date"]
    page = client.get(ALL)
    assert "an event that the chronicle no longer tells" in text(page)
    assert "Take back" not in text(page)


def test_the_list_is_paged_by_fifty_and_keeps_the_choice(client: Client, user: User) -> None:
    for n in range(26):
        for facet in ("date", "place"):
            card(user, n, facet)
    first = client.get(ALL, {"state": "due"})
    assert len(first.context["cards"]) == 50
    assert 'href="?state=due&amp;page=2"' in first.content.decode()
    second = client.get(ALL, {"state": "due", "page": "2"})
    assert [one.card.facet for one in second.context["cards"]] == ["date", "place"]
    assert 'start="51"' in second.content.decode()
    assert 'href="?state=due&amp;page=1"' in second.content.decode()
    assert len(client.get(ALL, {"page": "99"}).context["cards"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        {"state": "lost"},
        {"facet": "weather"},
        {"order": "\0"},
        {"page": "0"},
        {"page": "x"},
        {"page": "9" * 5000},
        {"state": "\0", "page": "-1"},
    ],
)
def test_a_choice_that_cannot_be_read_is_left_out_and_said(client: Client, user: User, query: dict[str, str]) -> None:
    card(user)
    page = client.get(ALL, query)
    assert page.status_code == 400
    assert "A part of this choice could not be read, and was left out." in text(page)
    assert len(page.context["cards"]) == 1


def test_who_has_no_cards_reads_how_they_come(client: Client, user: User) -> None:
    page = client.get(ALL)
    assert "You have no cards yet." in text(page)
    assert f'action="{REVIEW}"' in page.content.decode()


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("cards", [1, 3])
@pytest.mark.parametrize(("where", "queries"), [("today", 15), ("list", 5), ("question", 10), ("answer", 10)])
def test_a_page_takes_as_many_queries_for_three_cards_as_for_one(
    client: Client, user: User, cards: int, where: str, queries: int
) -> None:
    for n in range(cards):
        card(user, n)
        card(user, n + 10, suspended=True, lapses=8)
    shown = user.cards.order_by("pk").first()
    assert shown
    url = {"today": TODAY, "list": ALL, "question": address(shown), "answer": address(shown, "answer")}[where]
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    assert len(asked) == queries, "\n".join(one["sql"] for one in asked)


def test_looking_writes_nothing(client: Client, user: User) -> None:
    shown = card(user)
    with CaptureQueriesContext(connection) as queries:
        for url in (TODAY, REVIEW, ALL, address(shown), address(shown, "answer"), UNDO, aside(shown)):
            client.get(url)
            client.head(url)
    assert writes(queries) == []


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "once more today"),
        (1, "tomorrow"),
        (2, "in 2 days"),
        (30, "in 30 days"),
        (31, "in 1 month"),
        (61, "in 2 months"),
        (335, "in 11 months"),
        (355, "in 1 year"),
        (365, "in 1 year"),
        (440, "in 1.2 years"),
        (731, "in 2 years"),
        (36500, "in 99.9 years"),
    ],
)
def test_an_interval_in_words(days: int, words: str) -> None:
    assert card_words.interval(days) == words


@pytest.mark.parametrize(
    ("days", "names"),
    [
        ((0, 1, 3, 8), None),
        ((0, 3, 3, 8), ("Hard", "Good")),
        ((0, 2, 3, 3), ("Good", "Easy")),
        ((1, 1, 1, 3), ("Again", "Hard")),
    ],
)
def test_ratings_that_give_the_same_day_are_named(days: tuple[int, ...], names: tuple[str, str] | None) -> None:
    assert card_words.alike(dict(zip(Rating, days, strict=True))) == names


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 22, 2, tzinfo=UTC), "today, from 04:00"),
        (datetime(2026, 11, 23, 2, tzinfo=UTC), "tomorrow, from 04:00"),
        (datetime(2026, 11, 24, 2, tzinfo=UTC), "on Tuesday, 24 November, from 04:00"),
        (datetime(2026, 11, 28, 2, tzinfo=UTC), "on Saturday, 28 November, from 04:00"),
        (datetime(2026, 11, 29, 2, tzinfo=UTC), "on 29 November 2026, from 04:00"),
    ],
)
def test_a_day_to_come_in_words_by_the_clock_of_the_learner(at: datetime, words: str) -> None:
    now = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # 01:30 of the 22nd in Beirut
    assert card_words.coming(at, now, ZoneInfo("Asia/Beirut")) == words


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (Deed.RATED, "rated “Good”"),
        (Deed.SUSPENDED, "set aside"),
        (Deed.BURIED, "put off until tomorrow"),
        (Deed.RESUMED, "taken back"),
    ],
)
def test_what_was_done_in_words(what: Deed, words: str) -> None:
    assert card_words.deed(Review(what=what, rating=3 if what == Deed.RATED else None)) == words


def test_a_day_without_a_rating_that_is_over_is_said_too() -> None:
    assert [card_words.rated(n, new) for n, new in ((0, 0), (1, 0), (1, 1), (0, 2))] == [
        "Nothing is left for today.",
        "Done for today: 1 card rated. Nothing is left.",
        "1 new card is still to come.",
        "2 new cards are still to come.",
    ]
