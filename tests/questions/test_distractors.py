"""Wrong answers: which days and places may stand beside the right one, and how the rank of the right one is drawn."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.gazetteer import Place
from quiz.questions.chronicle import Chronicle
from quiz.questions.distractors import by_rank, forbidden, group_of, prefer, similar_events, wrong_days, wrong_places
from quiz.questions.facts import ClaimFact, DateAsking, EventFact
from tests.questions.builders import chronicle, claim, event, frame, place, towns

DAY = timedelta(days=1)


def days_for(told: Chronicle, key: str = "e") -> tuple[list[date], list[date]]:
    how = told.dates[key]
    assert isinstance(how, DateAsking)
    return wrong_days(told, told.events[key], how)


def offered(*claims: ClaimFact | str, others: tuple[EventFact, ...] = ()) -> set[date]:
    """All wrong days for an event with these claims, in a chronicle with room at both ends."""
    before, after = days_for(chronicle(event("e", *claims, at="qara"), *others, *frame()))
    return {*before, *after}


def around(first: str, last: str = "", reach: int = 21) -> set[date]:
    """All days from `reach` days before the first to as many after the last."""
    low, high = date.fromisoformat(first), date.fromisoformat(last or first)
    return {low + n * DAY for n in range(-reach, (high - low).days + reach + 1)}


# --- Days ---------------------------------------------------------------------------------------


def test_wrong_days_lie_from_two_to_21_days_away() -> None:
    assert offered("2014-01-15") == around("2014-01-15") - around("2014-01-15", reach=1)


def test_wrong_days_come_nearest_first_on_either_side() -> None:
    before, after = days_for(chronicle(event("e", "2014-01-15"), *frame()))
    assert before == [date(2014, 1, 15) - n * DAY for n in range(2, 22)]
    assert after == [date(2014, 1, 15) + n * DAY for n in range(2, 22)]


def test_wrong_days_keep_two_days_from_every_accepted_day() -> None:
    span = ("2014-01-14", "2014-01-16")
    assert offered("/".join(span)) == around(*span) - around(*span, reach=1)


@pytest.mark.parametrize(
    "changes",
    [{"stance": "doubts"}, {"stance": "denies"}, {"stance": "predicted"}, {"overtaken": True}],
)
def test_wrong_days_keep_two_days_from_claims_that_do_not_vouch(changes: dict[str, object]) -> None:
    other = claim("2014-01-25", "003", **changes)
    mine = around("2014-01-15") - around("2014-01-15", reach=1)
    assert offered("2014-01-15", other) == mine - around("2014-01-25", reach=1)


def test_wrong_days_keep_two_days_from_an_uncertain_claim() -> None:
    mine = around("2014-01-15") - around("2014-01-15", reach=1)
    assert offered("2014-01-15", claim("2014-01-15~", "003")) == mine - around("2014-01-15", reach=3)


def test_a_claim_without_a_lower_bound_bars_all_days_before_it() -> None:
    days = offered("2014-01-15", claim("[..2014-01-18]", "003"))
    assert days == {date(2014, 1, 15) + n * DAY for n in range(5, 22)}


def test_no_wrong_day_lies_outside_the_chronicle() -> None:
    told = chronicle(event("e", "2014-01-15"), *frame("2014-01-12", "2014-01-18"))
    assert days_for(told) == ([date(2014, 1, 13), date(2014, 1, 12)], [date(2014, 1, 17), date(2014, 1, 18)])


def similar(**changes: object) -> EventFact:
    """The same thing at the same place, five days later."""
    return event("again", "2014-01-20", at="qara", **changes)


def test_the_days_of_a_similar_act_at_that_place_are_not_offered() -> None:
    alone = offered("2014-01-15")
    assert alone - offered("2014-01-15", others=(similar(),)) == {date(2014, 1, 20)}


def test_an_act_of_nobody_named_is_similar_as_well() -> None:
    assert date(2014, 1, 20) not in offered("2014-01-15", others=(similar(sides=()),))


@pytest.mark.parametrize("kind", ["recapture", "entry", "advance"])
def test_other_steps_of_gaining_a_place_are_similar_to_its_capture(kind: str) -> None:
    assert date(2014, 1, 20) not in offered("2014-01-15", others=(similar(kind=kind),))


@pytest.mark.parametrize("changes", [{"kind": "shelling"}, {"kind": "withdrawal"}, {"sides": ["opposition"]}])
def test_the_days_of_another_kind_of_act_or_another_side_are_offered(changes: dict[str, object]) -> None:
    assert offered("2014-01-15", others=(similar(**changes),)) == offered("2014-01-15")


def test_the_days_of_the_same_act_elsewhere_are_offered() -> None:
    elsewhere = event("again", "2014-01-20", at="rima")
    assert offered("2014-01-15", others=(elsewhere,)) == offered("2014-01-15")


def test_acts_are_similar_that_share_a_place_in_any_role() -> None:
    e = event("e", claim("2014-01-15", at=["qara", "rima"]), places={"qara": "at", "jobeh": "toward"}, at="qara")
    others = [event(f"at-{key}", "2014-01-20", at=key) for key in ("qara", "rima", "jobeh", "tfail")]
    told = chronicle(e, *others)
    assert [one.key for one in similar_events(told, e)] == ["at-jobeh", "at-qara", "at-rima"]


def test_an_act_of_nobody_named_is_similar_to_those_of_any_side() -> None:
    e = event("e", "2014-01-15", at="qara", sides=())
    assert [one.key for one in similar_events(chronicle(e, similar(sides=["opposition"])), e)] == ["again"]


def test_days_of_a_perhaps_same_event_are_forbidden() -> None:
    told = chronicle(event("e", "2014-01-15", twins=["f"]), event("f", "2014-01-20", twins=["e"]))
    assert forbidden(told, told.events["e"]) != forbidden(chronicle(event("e", "2014-01-15")), event("e", "2014-01-15"))
    assert (date(2014, 1, 19), date(2014, 1, 21)) in forbidden(told, told.events["e"])


# --- The rank of the key --------------------------------------------------------------------------


def test_each_rank_is_drawn_about_as_often_where_all_are_possible() -> None:
    rng = Random(1)
    draws = [by_rank(rng, "abcdef", "uvwxyz", 3) for _ in range(2000)]
    ranks = Counter(len(drawn[0]) for drawn in draws if drawn)
    assert set(ranks) == {0, 1, 2, 3}
    assert all(430 <= count <= 570 for count in ranks.values()), ranks


@given(st.integers(0, 5), st.integers(0, 5), st.integers(0, 4), st.integers())
def test_a_draw_gives_so_many_items_of_both_sides_or_nothing(before: int, after: int, count: int, seed: int) -> None:
    ones, others = list(range(before)), list(range(10, 10 + after))
    drawn = by_rank(Random(seed), ones, others, count)
    if before + after < count:
        assert drawn is None
    else:
        assert drawn is not None
        assert len(drawn[0]) + len(drawn[1]) == count == len({*drawn[0], *drawn[1]})
        assert set(drawn[0]) <= set(ones)
        assert set(drawn[1]) <= set(others)


def test_a_rank_that_the_items_do_not_allow_is_not_drawn() -> None:
    draws = [by_rank(Random(seed), "a", "xyz", 3) for seed in range(60)]
    assert {len(drawn[0]) for drawn in draws if drawn} == {0, 1}


def test_good_items_are_preferred_and_both_sorts_come_in_a_random_order() -> None:
    draws = [prefer(Random(seed), range(10), lambda n: n % 2 == 0, 7) for seed in range(40)]
    assert all(set(drawn[:5]) == {0, 2, 4, 6, 8} and len(set(drawn)) == 7 for drawn in draws)
    assert len({tuple(drawn[:5]) for drawn in draws}) > 20
    assert {n for drawn in draws for n in drawn[5:]} == {1, 3, 5, 7, 9}


# --- Places -------------------------------------------------------------------------------------

FIVE = ("qara", "jobeh", "rima", "tfail", "bakha")


def acts(*keys: str) -> list[EventFact]:
    """What puts places into the chronicle: something else that happened there, on another day."""
    return [event(f"at-{key}", "2014-05-01", at=key, kind="visit", sides=["lebanon"]) for key in keys]


def places_for(e: EventFact, *others: EventFact, places: tuple[Place, ...] = (), dated: bool = True) -> set[str]:
    listed = {one.key: one for one in (*towns(*FIVE), *places)}
    told = chronicle(e, *others, places=listed.values())
    return set(wrong_places(told, e, e.slot, dated=dated))


CAPTURE = event("e", "2014-01-15", at="qara")


def test_wrong_places_are_those_of_its_kinds_that_occur_in_the_chronicle() -> None:
    assert places_for(CAPTURE, *acts(*FIVE[:4])) == {"jobeh", "rima", "tfail"}


def test_wrong_places_come_nearest_first() -> None:
    told = chronicle(CAPTURE, *acts(*FIVE), places=towns(*FIVE))
    assert wrong_places(told, CAPTURE, "qara", dated=True) == list(FIVE[1:])


def test_only_the_14_nearest_places_are_drawn_from() -> None:
    keys = [f"town-{chr(97 + n)}" for n in range(20)]
    told = chronicle(CAPTURE, *acts(*keys), places=towns("qara", *keys))
    assert wrong_places(told, CAPTURE, "qara", dated=True) == keys[:14]


@pytest.mark.parametrize("kind", ["hill", "road", "site", "region", "valley"])
def test_another_group_of_kinds_is_not_offered(kind: str) -> None:
    assert places_for(CAPTURE, *acts("rima"), places=(place("rima", 2.0, kind),)) == set()


@pytest.mark.parametrize("kind", ["village", "farms"])
def test_towns_villages_and_farms_are_one_group(kind: str) -> None:
    assert places_for(CAPTURE, *acts("rima"), places=(place("rima", 2.0, kind),)) == {"rima"}


def test_a_city_does_not_stand_beside_towns() -> None:
    assert places_for(CAPTURE, *acts("rima"), places=(place("rima", 2.0, "city"),)) == set()


def test_a_place_with_a_name_one_slip_away_is_not_offered() -> None:
    assert places_for(CAPTURE, *acts("qira"), places=(place("qira", 2.0),)) == set()


def test_a_place_on_the_same_spot_is_not_offered_as_it_may_be_the_same_under_another_name() -> None:
    assert places_for(CAPTURE, *acts("sarkha"), places=(place("sarkha", 0.3),)) == set()


@pytest.mark.parametrize("kind", ["country", "region", "mountains", "province", "district", "border", "area"])
def test_wide_places_are_never_answers(kind: str) -> None:
    assert group_of(kind) is None
    assert places_for(CAPTURE, *acts("rima"), places=(place("qara", 0.0, kind),)) == set()


@pytest.mark.parametrize("role", ["at", "near", "around", "between", "from", "toward", "target", "mentioned"])
def test_a_place_of_the_event_in_any_role_is_not_offered(role: str) -> None:
    e = event("e", "2014-01-15", at="qara", places={"qara": "at", "rima": role})
    assert places_for(e, *acts("rima", "jobeh")) == {"jobeh"}


def test_a_place_that_one_claim_gives_is_not_offered_even_if_it_denies() -> None:
    e = event("e", "2014-01-15", claim(stance="denies", at=["rima"]), at="qara")
    assert places_for(e, *acts("rima", "jobeh")) == {"jobeh"}


def test_what_lies_in_a_place_of_the_event_is_not_offered_nor_what_holds_it() -> None:
    inner, outer = place("rima", 1.0, parent="qara"), place("tfail", 2.0)
    nested = (inner, outer, place("qara", 0.0, parent="tfail"))
    assert places_for(CAPTURE, *acts("rima", "jobeh", "tfail"), places=nested) == {"jobeh"}


def test_a_region_that_is_mentioned_does_not_bar_the_villages_in_it() -> None:
    region = (place("qalamoun", 0.0, "region"), place("rima", 1.0, parent="qalamoun"))
    e = event("e", "2014-01-15", at="qara", places={"qara": "at", "qalamoun": "at"})
    assert places_for(e, *acts("rima"), places=region) == {"rima"}


def test_a_wrong_place_lies_at_most_45_km_away() -> None:
    far = (place("rima", 44.9), place("jobeh", 45.1))
    assert places_for(CAPTURE, *acts("rima", "jobeh"), places=far) == {"rima"}


def test_a_place_without_coordinates_must_lie_in_the_same_thing() -> None:
    unknown = (
        place("qara", parent="hills"),
        place("hills", None, "mountains"),
        place("rima", None, parent="hills"),
        place("jobeh", None),
    )
    assert places_for(CAPTURE, *acts("rima", "jobeh"), places=unknown) == {"rima"}


def test_a_place_named_in_the_clause_is_not_offered() -> None:
    e = event("e", "2014-01-15", at="qara", clause="government forces captured {place} by way of the Rimah road")
    spelt = (place("rima", 2.0, spellings=("Reema", "Rimah")),)
    assert places_for(e, *acts("rima", "jobeh"), places=spelt) == {"jobeh"}


def test_a_place_named_after_another_is_not_offered_beside_it() -> None:
    named = (place("rima", 1.0, name="Qara Farms"), place("jobeh", 2.0, name="Farms of Jobeh"))
    assert places_for(CAPTURE, *acts("rima", "jobeh"), places=named) == {"jobeh"}


@pytest.mark.parametrize(("parents", "offered_there"), [(("town", "town"), set()), (("town", "other"), {"rima"})])
def test_parts_of_one_town_are_not_offered_beside_each_other(parents: tuple[str, str], offered_there: set[str]) -> None:
    parts = (
        place("qara", 0.0, "quarter", parent=parents[0]),
        place("rima", 1.0, "building", parent=parents[1]),
        place("town"),
        place("other"),
    )
    assert places_for(CAPTURE, *acts("rima"), places=parts) == offered_there


# The stem must be true of one place only.


def test_the_place_of_a_like_event_on_the_same_day_is_not_offered() -> None:
    like = event("like", "2014-01-15", at="rima")
    assert places_for(CAPTURE, like, *acts("jobeh")) == {"jobeh"}


def test_the_place_of_a_like_event_on_another_day_is_offered_where_the_stem_has_the_date() -> None:
    like = event("like", "2014-01-16", at="rima")
    assert places_for(CAPTURE, like) == {"rima"}
    assert places_for(CAPTURE, like, dated=False) == set()


def test_the_place_of_a_like_event_that_may_be_of_the_same_day_is_not_offered() -> None:
    assert places_for(CAPTURE, event("like", "2014-01", at="rima")) == set()
    assert places_for(CAPTURE, event("like", claim(), at="rima")) == set()
    assert places_for(event("e", claim(), at="qara"), event("like", "2014-01-15", at="rima")) == set()
    assert places_for(CAPTURE, event("like", "2014-01-20", claim("2014-01-15", stance="denies"), at="rima")) == set()


@pytest.mark.parametrize(
    ("changes", "offered_there"),
    [
        ({"sides": []}, set()),
        ({"sides": ["government", "lebanon"]}, set()),
        ({"sides": ["opposition"]}, {"rima"}),
        ({"kind": "withdrawal"}, {"rima"}),
        ({"kind": "visit"}, {"rima"}),
        ({"kind": "recapture"}, set()),
        ({"kind": "entry"}, set()),
        ({"kind": "advance"}, set()),
        ({"kind": "surrender"}, set()),
    ],
)
def test_a_like_event_is_of_a_kind_told_alike_and_may_be_of_the_same_side(
    changes: dict[str, object], offered_there: set[str]
) -> None:
    assert places_for(CAPTURE, event("like", "2014-01-15", at="rima", **changes)) == offered_there


def test_an_event_of_nobody_named_is_like_those_of_any_side() -> None:
    e = event("e", "2014-01-15", at="qara", sides=())
    assert places_for(e, event("like", "2014-01-15", at="rima")) == set()
