"""How rows name themselves to people."""

import pytest

from quiz.models import Event, Sitting
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
