"""The database computes the bounds of a date exactly as the chronology reads it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quiz.chronology import parse
from quiz.models import Claim, Phase
from tests.factories import ClaimFactory, PhaseFactory

pytestmark = pytest.mark.django_db

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
SPANS = st.tuples(DAYS, st.integers(1, 900)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
TEXTS = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: f"{day}~"),
    DAYS.map(lambda day: f"{day:%Y-%m}"),
    SPANS.map(lambda span: f"{span[0]}/{span[1]}"),
    SPANS.map(lambda span: f"[{span[0]}..{span[1]}]"),
    DAYS.map(lambda day: f"[..{day}]"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(text=TEXTS)
def test_bounds_in_the_database_are_those_of_the_chronology(text: str) -> None:
    claim = ClaimFactory(date=text)
    row = Claim.objects.get(pk=claim.pk)
    read = parse(text)
    assert (row.earliest, row.latest) == (read.earliest, read.latest)


def test_a_blank_date_has_no_bounds() -> None:
    row = Claim.objects.get(pk=ClaimFactory(date="").pk)
    assert (row.earliest, row.latest) == (None, None)


def test_bounds_follow_a_queryset_update() -> None:
    claim = ClaimFactory(date="2013-11-19")
    Claim.objects.filter(pk=claim.pk).update(date="[2014-07-11..2014-07-20]")
    row = Claim.objects.get(pk=claim.pk)
    assert (row.earliest, row.latest) == (date(2014, 7, 11), date(2014, 7, 20))


def test_bounds_follow_a_bulk_update() -> None:
    claim = ClaimFactory(date="2013-11-19")
    claim.date = "2014-02"
    Claim.objects.bulk_update([claim], ["date"])
    row = Claim.objects.get(pk=claim.pk)
    assert (row.earliest, row.latest) == (date(2014, 2, 1), date(2014, 2, 28))


def test_a_phase_has_the_bounds_of_its_span() -> None:
    row = Phase.objects.get(pk=PhaseFactory(date="2014-02-10/2014-03-16").pk)
    assert (row.earliest, row.latest) == (date(2014, 2, 10), date(2014, 3, 16))


@pytest.mark.parametrize(
    "text", ["19 November 2013", "2013-13", "2013-11-32", "2013-11-19?", "2013-11-1X", "2013-11-19/..", "2013-11-19\n"]
)
def test_the_database_refuses_a_malformed_date(text: str) -> None:
    claim = ClaimFactory(date="2013-11-19")
    with pytest.raises(DatabaseError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(date=text)
    assert Claim.objects.get(pk=claim.pk).date == "2013-11-19"
