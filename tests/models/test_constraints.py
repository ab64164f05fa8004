"""Each rule of the database refuses what breaks it, by its name, and a form says so in words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from quiz.models import (
    Ability,
    Claim,
    Confidence,
    ContentRevision,
    Deed,
    Event,
    ItemDifficulty,
    LoadedRecord,
    StudyDay,
)
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
    "time_limit_is_whole": lambda: make.SittingFactory(minutes=10),
    "confidence_is_a_level": lambda: make.AskedQuestionFactory(confidence=4),
    "hints_are_few": lambda: make.AskedQuestionFactory(hints=5),
    "desired_retention_is_in_range": lambda: make.UserFactory(desired_retention=0.98),
    "daily_caps_are_in_range": lambda: make.UserFactory(new_per_day=501),
    "learner_has_one_memory_of_a_fact": lambda: _twice(
        make.CardFactory, user=make.UserFactory(), event=make.EventFactory()
    ),
    "memory_is_whole": lambda: make.CardFactory(day=None),
    "answer_counts_once_per_fact": lambda: _twice(
        make.ReviewFactory, card=make.CardFactory(), asked=make.AskedQuestionFactory()
    ),
    "rating_is_whole": lambda: make.ReviewFactory(rating=None),
    "credit_is_a_share": lambda: make.ReviewFactory(answered=True, credit=1.1),
    "foreseen_is_a_share": lambda: make.ReviewFactory(foreseen=1.1),
    "learner_has_each_day_once": lambda: _twice(StudyDay.objects.create, user=make.UserFactory(), day=make.NOW.date()),
    "learner_has_each_confidence_once": lambda: _twice(Confidence.objects.create, user=make.UserFactory(), level=1),
    "item_has_one_difficulty": lambda: _twice(
        ItemDifficulty.objects.create, event=make.EventFactory(), kind="choose-date"
    ),
    "learner_reports_a_problem_once": lambda: _twice(
        make.ProblemReportFactory, user=make.UserFactory(), asked=make.AskedQuestionFactory()
    ),
    "report_names_its_event": lambda: make.ProblemReportFactory(event_key=""),
    "reported_question_is_whole": lambda: make.ProblemReportFactory(content=None),
    "problem_is_one_of_its_subject": lambda: make.ProblemReportFactory(of_event=True, problem="two-right"),
    "other_problem_is_described": lambda: make.ProblemReportFactory(problem="other"),
    "report_has_at_most_1000_characters": lambda: make.ProblemReportFactory(text="é" * 1001),
    "decision_is_whole": lambda: make.ProblemReportFactory(state="mended"),
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


@pytest.mark.parametrize(
    "whole_or_not",
    [
        {"stability": None},
        {"difficulty": None},
        {"reviews": 0},
        {"stability": 0.0},
        {"stability": -1.0},
        {"difficulty": 0.9},
        {"difficulty": 10.1},
        {"stability": None, "difficulty": None, "day": None},
        {"stability": None, "difficulty": None, "reviews": 0},
    ],
)
def test_half_a_memory_is_refused(whole_or_not: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.CardFactory(**whole_or_not)


@pytest.mark.parametrize(
    "entry",
    [
        {"rating": 0},
        {"rating": 5},
        {"retention": None},
        {"what": Deed.SUSPENDED},
        {"what": Deed.ADDED, "rating": None, "answered": True},
    ],
)
def test_a_rating_without_its_parts_and_a_deed_with_them_are_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ReviewFactory(**entry)


@pytest.mark.parametrize("share", [-0.1, 1.1])
@pytest.mark.parametrize("field", ["credit", "foreseen"])
def test_a_share_of_the_log_outside_0_to_1_is_refused(field: str, share: float) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.ReviewFactory(**{field: share})


@pytest.mark.parametrize("limit", [{"ends_at": make.NOW}, {"minutes": 0, "ends_at": make.NOW}])
def test_half_a_time_limit_is_refused(limit: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.SittingFactory(**limit)


def test_a_confidence_below_guessing_is_refused() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.AskedQuestionFactory(confidence=0)


@pytest.mark.parametrize("wish", [{"desired_retention": 0.69}, {"reviews_per_day": 501}])
def test_a_wish_out_of_range_is_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make.UserFactory(**wish)


def test_the_bounds_themselves_are_allowed() -> None:
    make.UserFactory(desired_retention=0.7, new_per_day=0, reviews_per_day=500)
    make.UserFactory(desired_retention=0.97, new_per_day=500, reviews_per_day=0)
    make.CardFactory(stability=0.001, difficulty=1.0)
    make.CardFactory(difficulty=10.0)
    make.CardFactory(new=True)
    make.ReviewFactory(rating=1, foreseen=0.0)
    make.ReviewFactory(rating=4, foreseen=1.0)
    for level in (1, 3):
        make.AskedQuestionFactory(confidence=level)


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
