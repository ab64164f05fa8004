"""How rows name themselves to people, and the words by which they are found."""

from datetime import timedelta

import pytest

from quiz.models import Event, Sitting
from quiz.scheduling import Memory
from tests import factories as make


@pytest.mark.parametrize(
    ("low", "high", "words", "amount"),
    [
        (17, 17, "", "17"),
        (17, 32, "", "17–32"),
        (1200, None, "", "at least 1,200"),
        (None, 40, "", "up to 40"),
        (None, None, "dozens", "dozens"),
    ],
)
def test_a_figure_says_how_many(low: int | None, high: int | None, words: str, amount: str) -> None:
    assert make.FigureFactory.build(low=low, high=high, words=words, claim=None).amount == amount


def test_a_figure_names_what_it_counts() -> None:
    figure = make.FigureFactory.build(claim=None, of_whom="rebel fighters", low=17, high=17)
    assert str(figure) == "17 rebel fighters killed"


def test_a_force_takes_its_article_in_a_sentence_and_a_source_its_name_alone() -> None:
    army = make.ActorFactory.build(name="Syrian Army", kind="force")
    source = make.ActorFactory.build(name="a rebel commander", kind="source")
    assert (army.in_sentence, source.in_sentence) == ("the Syrian Army", "a rebel commander")


def test_an_event_shows_where_its_place_goes() -> None:
    assert str(make.EventFactory.build(clause="rebels left {place} at dawn")) == "rebels left … at dawn"


def test_a_passage_says_where_it_stands() -> None:
    source = make.SourceFactory.build(short_name="Wikipedia")
    passage = make.PassageFactory.build(source=source, section="Capture of Qara", paragraph=5, sentence=1)
    assert str(passage) == "Wikipedia, “Capture of Qara”, ¶ 5, sentence 1"


def test_an_infobox_has_no_paragraph() -> None:
    assert make.PassageFactory.build(source=None, infobox=True).locator == "infobox"


@pytest.mark.django_db
def test_events_come_in_the_order_of_the_story_and_undated_ones_last() -> None:
    undated = make.EventFactory()
    later = make.ClaimFactory(date="2014-03-16").event
    earlier = make.ClaimFactory(date="2013-11-19").event
    assert list(Event.objects.current().in_order()) == [earlier, later, undated]


@pytest.mark.django_db
def test_the_open_sittings_are_those_not_finished_the_newest_first() -> None:
    user = make.UserFactory()
    old = make.SittingFactory(user=user)
    make.SittingFactory(user=user, finished_at=make.NOW)
    assert list(Sitting.objects.filter(user=user).open()) == [old]


# --- Cards ----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_cards_are_shown_due_new_or_known() -> None:
    user, day = make.UserFactory(), make.NOW.date()
    soon = day + timedelta(days=1)
    due = make.CardFactory(user=user, due=day)
    later = make.CardFactory(user=user, due=soon)
    first, second = make.CardFactory(user=user, new=True, buried_until=day), make.CardFactory(user=user, new=True)
    suspended = make.CardFactory(user=user, due=day, suspended=True)
    buried = make.CardFactory(user=user, due=day, buried_until=soon)
    retired = make.CardFactory(user=user, due=day, event__retired=True)
    coming = make.CardFactory(user=user, new=True, due=soon)
    cards = user.cards.order_by("id")
    assert list(cards.shown(day)) == [due, later, first, second, coming]
    assert list(cards.due(day)) == [due]
    assert list(user.cards.new(day)) == [first, second]
    assert list(cards.known()) == [due, later, suspended, buried, retired]
    assert list(cards.due(soon)) == [due, later, buried]
    assert list(user.cards.new(soon)) == [first, second, coming]


@pytest.mark.parametrize("missing", ["stability", "difficulty", "day"])
def test_a_card_without_a_whole_memory_remembers_nothing(missing: str) -> None:
    card = make.CardFactory.build(user=None, event=None)
    assert card.memory == Memory(card.stability, card.difficulty, card.day, card.due, 1, 0)
    setattr(card, missing, None)
    assert card.memory is None


@pytest.mark.django_db
def test_the_log_stands_in_the_order_of_time_without_what_was_undone() -> None:
    card = make.CardFactory()
    day = timedelta(days=1)
    late = make.ReviewFactory(card=card, at=make.NOW + day)
    early = make.ReviewFactory(card=card)
    undone = make.ReviewFactory(card=card, at=make.NOW + 2 * day, undone_at=make.NOW + 3 * day)
    answered = make.ReviewFactory(card=card, answered=True)
    assert list(card.log.standing()) == [early, answered, late]
    assert list(card.user.reviews.undoable()) == [undone, late, early]


def test_a_learner_has_a_zone_even_before_it_is_known() -> None:
    assert [str(make.UserFactory.build(time_zone=zone).zone) for zone in ("", "Asia/Damascus")] == [
        "UTC",
        "Asia/Damascus",
    ]
