"""Each rule of the database refuses what breaks it, by its name, and a form says so in words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from quiz.models import Ability, Claim, ContentRevision, Event, ItemDifficulty, LoadedRecord
from tests import factories as make

pytestmark = pytest.mark.django_db


def _twice(factory: Callable[..., Any], **values: Any) -> None:
    factory(**values)
    factory(**values)


def _itself(factory: Callable[..., Any], field: str) -> None:
    row = factory()
    setattr(row, field, row)
    row.save()


def _order_of_one(event: Event) -> None:
    make.StatedOrderFactory(earlier=event, later=event)


def _answered(**values: Any) -> None:
    make.AskedQuestionFactory(**{"answered_at": make.NOW, "credit": 1.0, "answer": {"choice": 0}, **values})


BROKEN: dict[str, Callable[[], Any]] = {
    "source_published_is_edtf": lambda: make.SourceFactory(published="in October"),
    "phase_date_is_edtf": lambda: make.PhaseFactory(date="first"),
    "claim_date_is_edtf": lambda: make.ClaimFactory(date="soon"),
    "figure_as_of_is_edtf": lambda: make.FigureFactory(as_of="then"),
    "passage_is_located": lambda: make.PassageFactory(paragraph=None),
    "passage_is_unique": lambda: _twice(make.PassageFactory, source=make.SourceFactory(), sentence=1),
    "infobox_is_unique": lambda: _twice(make.PassageFactory, source=make.SourceFactory(), infobox=True),
    "coordinates_are_whole": lambda: make.PlaceFactory(latitude="34.0"),
    "place_lies_elsewhere": lambda: _itself(make.PlaceFactory, "lies_in"),
    "spelling_is_of_one_place": lambda: [make.PlaceSpellingFactory(name=n) for n in ("Yabrud", "yabrud")],
    "actor_is_part_of_another": lambda: _itself(make.ActorFactory, "part_of"),
    "actor_name_is_listed_once": lambda: _twice(make.ActorNameFactory, actor=make.ActorFactory(), name="the Army"),
    "event_doubles_another": lambda: _itself(make.EventFactory, "perhaps_same_as"),
    "clause_is_a_clause": lambda: make.EventFactory(clause="It happened."),
    "event_has_a_place_once_per_role": lambda: _twice(
        make.EventPlaceFactory, event=make.EventFactory(), place=make.PlaceFactory()
    ),
    "event_has_one_slot": lambda: _twice(make.EventPlaceFactory, event=make.EventFactory(), slot=True),
    "order_is_stated_once": lambda: _twice(
        make.StatedOrderFactory,
        earlier=make.EventFactory(),
        later=make.EventFactory(),
        passage=make.PassageFactory(),
    ),
    "order_is_of_two_events": lambda: _order_of_one(make.EventFactory()),
    "order_has_words": lambda: make.StatedOrderFactory(words=""),
    "date_has_a_basis": lambda: make.ClaimFactory(date="2013-11-19", date_basis=""),
    "relative_date_says_from_what": lambda: make.ClaimFactory(date="2013-11-19", date_basis="relative"),
    "claim_is_overtaken_by_another": lambda: _itself(make.ClaimFactory, "overtaken_by"),
    "claim_has_a_sentence": lambda: make.ClaimFactory(sentence=""),
    "claim_has_a_place_once_per_role": lambda: _twice(
        make.ClaimPlaceFactory, claim=make.ClaimFactory(), place=make.PlaceFactory()
    ),
    "figure_is_numbered_once": lambda: _twice(make.FigureFactory, claim=make.ClaimFactory()),
    "figure_says_how_many": lambda: make.FigureFactory(low=None, high=None),
    "figure_range_is_in_order": lambda: make.FigureFactory(low=18, high=17),
    "one_content_revision": lambda: ContentRevision.objects.create(pk=2, token="x"),
    "record_is_loaded_once": lambda: [
        LoadedRecord.objects.create(model="quiz.event", name="[]", fields={}) for _ in range(2)
    ],
    "sitting_has_a_length": lambda: make.SittingFactory(length=51),
    "sitting_aims_at_a_share": lambda: make.SittingFactory(aim=1.0),
    "question_has_its_number": lambda: _twice(make.AskedQuestionFactory, sitting=make.SittingFactory(), number=1),
    "answer_is_whole": lambda: _answered(credit=None),
    "expected_is_a_share": lambda: make.AskedQuestionFactory(expected=1.1),
    "answer_counts_once_per_fact": lambda: _twice(make.AttemptFactory, asked=make.AskedQuestionFactory()),
    "credit_is_a_share": lambda: make.AttemptFactory(credit=1.1),
    "item_has_one_difficulty": lambda: _twice(
        ItemDifficulty.objects.create, event=make.EventFactory(), kind="choose-date"
    ),
    "learner_has_one_ability_per_facet": lambda: _twice(Ability.objects.create, user=make.UserFactory(), facet="date"),
}


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses(name: str) -> None:
    # PostgreSQL already fails to compute the bounds of what is no date, which is a DataError.
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        BROKEN[name]()


def test_every_rule_of_the_database_is_tried_here() -> None:
    rules = {rule.name for model in apps.get_app_config("quiz").get_models() for rule in model._meta.constraints}
    assert rules == set(BROKEN) | {"unique_username"} & rules


@pytest.mark.parametrize("given", [{"latitude": "34.0"}, {"longitude": "36.0"}, {"latitude": "91", "longitude": "36"}])
def test_coordinates_with_an_origin_but_not_whole_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.PlaceFactory(coordinates_from="a gazetteer", **given)


@pytest.mark.parametrize("credit", [-0.1, 1.1])
def test_a_credit_outside_0_to_1_is_refused(credit: float) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        _answered(credit=credit)


@pytest.mark.parametrize("aim", [-0.5, 0.0, 1.0])
def test_an_aim_that_is_no_share_is_refused(aim: float) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SittingFactory(aim=aim)


@pytest.mark.parametrize("expected", [-0.1, 1.1])
def test_an_expected_credit_outside_0_to_1_is_refused(expected: float) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.AskedQuestionFactory(expected=expected)


def test_a_refused_rule_says_what_to_do() -> None:
    claim = make.ClaimFactory()
    claim.date, claim.date_basis = "2013-11-19", ""
    with pytest.raises(ValidationError, match="A date needs its basis"):
        claim.full_clean()


@pytest.mark.parametrize("clause", ["captured {place} and {place}", "captured {town}", "captured {"])
def test_a_clause_with_other_braces_than_one_slot_is_refused(clause: str) -> None:
    with pytest.raises(ValidationError, match="once, and no other braces"):
        make.EventFactory.build(clause=clause).clean()


@pytest.mark.parametrize("clause", ["rebels left on 15 April", "in March 2014 rebels left", "rebels left in 2014"])
def test_a_clause_with_a_date_is_refused(clause: str) -> None:
    with pytest.raises(ValidationError, match="Leave the date out"):
        make.EventFactory.build(clause=clause).clean()


def test_a_clause_may_hold_numbers_and_the_word_may() -> None:
    make.EventFactory.build(clause="1,400 rebels, who may have come from {place}, left 20 posts").clean()


def test_a_malformed_date_is_refused_with_the_accepted_forms() -> None:
    with pytest.raises(ValidationError, match="is no date of the chronicle"):
        Claim(date="November 2013", sentence="x", key="x").clean_fields(exclude=["event", "source"])


@pytest.mark.parametrize("key", ["Qara", "qara_town", "-qara", "qara--town", "قارة"])
def test_a_key_that_is_no_slug_is_refused(key: str) -> None:
    with pytest.raises(ValidationError, match="lower-case letters"):
        make.PlaceFactory.build(key=key).clean_fields()
