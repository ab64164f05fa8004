"""Wrong places: of the key's kind, near it, and excluded by what is said of the event."""

from itertools import permutations

import pytest

from quiz.gazetteer import Place
from quiz.questions.facts import EventFact
from quiz.questions.near_places import is_excluded, within_reach, wrong_places
from quiz.questions.place_kinds import group_of, kinds_told_alike
from tests.questions.builders import chronicle, claim, event, place, towns

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


def test_only_the_30_nearest_places_are_looked_at() -> None:
    keys = [f"town-{chr(97 + n // 6)}{chr(103 + n % 6)}{n // 6}" for n in range(36)]
    told = chronicle(CAPTURE, *acts(*keys), places=towns("qara", *keys))
    near = wrong_places(told, CAPTURE, "qara", dated=True)
    assert near == [key for key in keys[:30] if key in near]
    assert len(near) == 30


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


def test_the_place_of_perhaps_the_same_event_is_not_offered() -> None:
    twin = event("t", "2014-03-01", at="rima", kind="visit", sides=["lebanon"], twins=["e"])
    e = event("e", "2014-01-15", at="qara", twins=["t", "gone"])
    assert places_for(e, twin, *acts("rima", "jobeh")) == {"jobeh"}


def test_a_like_event_in_what_lies_in_a_place_or_holds_it_bars_it_as_well() -> None:
    nested = (place("rima", 1.0, parent="tfail"), place("tfail", 2.0), place("square", 1.0, "site", parent="rima"))
    for where in ("square", "tfail"):
        like = event("like", "2014-01-15", at=where)
        assert "rima" not in places_for(CAPTURE, like, *acts("rima", "jobeh"), places=nested)


def test_a_like_event_in_a_whole_district_bars_no_village_in_it() -> None:
    district = (place("rima", 1.0, parent="district"), place("district", None, "district"))
    like = event("like", "2014-01-15", at="district")
    assert places_for(CAPTURE, like, *acts("rima"), places=district) == {"rima"}


def test_an_event_of_a_date_without_bound_excludes_nothing_by_its_days() -> None:
    e = event("e", "2014-01-15", claim("[..2014-01-15]", stance="doubts"), at="qara")
    assert places_for(e, event("like", "2014-05-01", at="rima"), *acts("jobeh")) == {"jobeh"}


def test_like_events_that_touch_months_are_found_across_their_edges() -> None:
    e = event("e", "2014-01-30/2014-02-02", at="qara")
    assert places_for(e, event("like", "2014-02-02", at="rima"), *acts("jobeh")) == {"jobeh"}
    assert places_for(e, event("like", "[2013-11-01..2014-01-30]", at="rima"), *acts("jobeh")) == {"jobeh"}
    assert places_for(e, event("like", "2014-02-03", at="rima"), *acts("jobeh")) == {"jobeh", "rima"}


def test_a_like_event_of_a_year_is_held_against_the_days_themselves() -> None:
    assert places_for(CAPTURE, event("like", "[2013-01-01..2013-12-31]", at="rima")) == {"rima"}
    assert places_for(CAPTURE, event("like", "[2013-01-01..2014-01-15]", at="rima")) == set()


@pytest.mark.parametrize("noun", ["town", "village"])
def test_a_clause_that_tells_the_kind_of_its_place_has_no_other_kind_beside_it(noun: str) -> None:
    e = event("e", "2014-01-15", at="qara", clause=f"rebels fled {{place}} as the {noun} was shelled")
    kinds = (place("qara", kind=noun), place("rima", 2.0, "village"), place("jobeh", 1.0, "town"))
    expected = {"rima"} if noun == "village" else {"jobeh"}
    assert places_for(e, *acts("rima", "jobeh"), places=kinds) == expected


def test_the_kind_of_another_place_in_the_clause_tells_nothing() -> None:
    e = event("e", "2014-01-15", at="qara", clause="rebels fled {place} for the town of Homs")
    assert places_for(e, *acts("rima"), places=(place("rima", 2.0, "village"),)) == {"rima"}


def test_nothing_is_wrong_for_a_place_that_is_never_an_answer() -> None:
    assert places_for(CAPTURE, *acts("rima"), places=(place("qara", 0.0, "border"),)) == set()


def test_kinds_told_alike_are_those_of_its_families() -> None:
    assert kinds_told_alike("truce") == {"forecast", "report", "statement", "talks", "truce"}
    assert kinds_told_alike("recapture") == {"advance", "capture", "entry", "recapture", "surrender"}
    assert kinds_told_alike("blockade") == {"blockade"}


def test_an_event_does_not_bar_places_by_itself() -> None:
    told = chronicle(CAPTURE, *acts("rima"), places=towns(*FIVE))
    assert is_excluded(told, CAPTURE, "rima", dated=False)
    assert not is_excluded(told, CAPTURE, "qara", dated=False)


def test_places_are_within_reach_up_to_45_km_or_at_no_known_distance() -> None:
    story = chronicle(places=(place("a"), place("b", 44.9), place("c", 45.2), place("d", None)))
    reach = {pair for pair in permutations("abcd", 2) if within_reach(story, *pair)}
    assert reach == {pair for pair in permutations("abcd", 2) if set(pair) != {"a", "c"}}
