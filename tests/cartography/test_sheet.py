"""A whole map: which names it shows and where, so that none covers another."""

from itertools import combinations

import pytest

from quiz.cartography.lettering import STANDS, is_named
from quiz.cartography.marks import Label, Mark
from quiz.cartography.placing import Box, about, along, in_country, trouble, written
from quiz.cartography.projection import HEART, REGION, Frame, Point, around
from quiz.cartography.sheet import FOOT, Drawing, Words, drawn

WORDS = Words("Lebanon", "Syria", "highway (schematic)", "ridge (schematic)")
TOWNS = {
    "damascus": (33.5102, 36.29128),
    "yabroud": (33.96921, 36.65729),
    "sahel": (34.026, 36.655),
    "flitah": (34.029, 36.583),
    "ras-al-maarra": (34.001, 36.559),
    "maaloula": (33.84529, 36.54514),
    "qara": (34.15558, 36.74284),
    "an-nabk": (34.02403, 36.72848),
    "arsal": (34.17944, 36.42083),
}


def mark(key: str, badge: str = "", state: str = "") -> Mark:
    return Mark(key, key.title(), "عربي", *TOWNS[key], badge=badge, state=state)


def sheet(*marks: Mark, frame: Frame = HEART, labels: bool = True, inner: Frame | None = None) -> Drawing:
    return drawn(marks, frame, WORDS, labels=labels, inner=inner)


def names(drawing: Drawing) -> dict[str, str]:
    """The marks that are named, with their Arabic names where these are shown."""
    return {spot.mark.key: spot.label.text_ar for spot in drawing.spots if spot.label}


def boxes(drawing: Drawing) -> list[Box]:
    labels = [spot.label for spot in drawing.spots if spot.label]
    return [label.box for label in (*labels, *drawing.towns)]


def test_a_map_shows_the_marks_that_lie_in_it_under_their_numbers() -> None:
    found = sheet(mark("damascus"), mark("yabroud"), mark("qara"))
    assert [(spot.number, spot.mark.key) for spot in found.spots] == [(1, "yabroud"), (2, "qara")]
    assert found.height == HEART.height + FOOT


def test_every_tier_is_named_in_the_heart_and_only_the_first_has_arabic() -> None:
    found = sheet(*map(mark, ("yabroud", "sahel", "flitah", "ras-al-maarra", "maaloula")))
    assert names(found) == {"yabroud": "عربي", "sahel": "", "flitah": "", "ras-al-maarra": "", "maaloula": ""}


def test_further_away_only_the_tiers_that_fit_are_named() -> None:
    assert [key for key in ("yabroud", "maaloula", "sahel") if is_named(key, REGION)] == ["yabroud", "maaloula"]
    wide = around([(33.4, 35.8), (34.8, 37.3)])
    assert [key for key in ("yabroud", "maaloula", "sahel") if is_named(key, wide)] == ["yabroud"]
    assert names(sheet(mark("sahel"), frame=REGION)) == {}
    assert names(sheet(mark("sahel", state="now"), frame=REGION)) == {"sahel": ""}


def test_within_the_part_that_another_map_shows_larger_only_the_best_known_are_named() -> None:
    found = sheet(*map(mark, TOWNS), frame=REGION, inner=HEART)
    assert names(found) == {"yabroud": "", "qara": "", "an-nabk": "", "arsal": "", "damascus": "عربي"}
    assert found.box is not None
    corners = (*REGION.xy(HEART.north, HEART.west), *REGION.xy(HEART.south, HEART.east))
    assert (found.box.left, found.box.top, found.box.right, found.box.bottom) == pytest.approx(corners, abs=0.1)


def test_no_name_covers_another_or_leaves_the_map() -> None:
    for frame, inner in ((HEART, None), (REGION, HEART)):
        found = sheet(*map(mark, TOWNS), frame=frame, inner=inner)
        assert [pair for pair in combinations(boxes(found), 2) if pair[0].overlap(pair[1])] == []
        assert [box for box in boxes(found) if box.outside(frame.width, frame.height)] == []


def test_a_name_at_the_edge_moves_to_another_side() -> None:
    x = around([TOWNS["qara"], (34.2, 36.3)]).east
    frame = Frame(36.3, TOWNS["qara"][1] + 0.02, 33.9, 34.3)
    (spot,) = sheet(mark("qara"), frame=frame).spots
    assert x > frame.east
    assert spot.label is not None
    assert (STANDS["qara"].anchor, spot.label.anchor) == ("start", "end")


def test_a_map_that_asks_names_no_mark_and_no_town_near_one() -> None:
    asking = sheet(mark("maaloula", "A"), mark("yabroud", "B"), labels=False)
    assert names(asking) == {}
    assert "al-Qutayfah" in [label.text for label in asking.towns]
    near = Mark("near", "Near", "", 33.76, 36.61, badge="A")
    assert "al-Qutayfah" not in [label.text for label in sheet(near, labels=False).towns]


def test_a_marked_town_is_not_drawn_again_for_orientation() -> None:
    assert "Damascus" in [label.text for label in sheet(frame=REGION).towns]
    assert "Damascus" not in [label.text for label in sheet(mark("damascus"), frame=REGION).towns]


def test_a_town_for_orientation_without_room_for_its_name_is_left_out() -> None:
    ring = [(33.738 + north / 50, 36.6007 + east / 50) for north in range(-2, 3) for east in range(-2, 3)]
    crowd = [Mark(f"m{n}", "Name", "", lat, lon, state="before") for n, (lat, lon) in enumerate(ring)]
    frame = around(ring, least_km=60)
    assert "al-Qutayfah" in [label.text for label in sheet(frame=frame).towns]
    assert "al-Qutayfah" not in [label.text for label in sheet(*crowd, frame=frame).towns]


def test_pins_that_are_told_apart_are_named_and_the_others_where_there_is_room() -> None:
    badges = ["A", "B", "C", "D"]
    keys = ["sahel", "flitah", "ras-al-maarra", "yabroud"]
    found = sheet(*(mark(key, badge, "right" if badge == "B" else "") for key, badge in zip(keys, badges, strict=True)))
    assert "flitah" in names(found)
    assert [pair for pair in combinations(boxes(found), 2) if pair[0].overlap(pair[1])] == []


def test_a_pin_without_room_for_its_name_has_none() -> None:
    crowd = [
        Mark(f"m{n}", "A very long name indeed", "", 33.9 + n % 3 / 50, 36.5 + n / 60, badge=str(n)) for n in range(9)
    ]
    named = [spot for spot in sheet(*crowd, frame=around([(one.lat, one.lon) for one in crowd])).spots if spot.label]
    assert 0 < len(named) < len(crowd)


def test_the_place_that_a_map_is_about_has_a_ring_and_its_name_stands_further_off() -> None:
    (plain,), (now,) = sheet(mark("qara")).spots, sheet(mark("qara", state="now")).spots
    assert plain.label is not None
    assert now.label is not None
    assert now.label.dx > plain.label.dx
    assert now.boxes[0].width > plain.boxes[0].width


@pytest.mark.parametrize(("key", "down"), [("al-jarajir", -1), ("hosh-arab", 1)])
def test_a_name_above_or_below_a_ring_stands_further_off_too(key: str, down: int) -> None:
    plain, now = (sheet(Mark(key, "Name", "", 33.95, 36.6, state=state)).spots[0].label for state in ("before", ""))
    assert plain is not None
    assert now is not None
    assert (plain.dy - now.dy) * down > 0


def test_countries_are_named_on_their_own_sides_of_the_border() -> None:
    found = {label.text: label for label in sheet(frame=REGION).countries}
    assert set(found) == {"Lebanon", "Syria"}
    east = sheet(frame=around([(33.9, 36.95)]))
    assert [label.text for label in east.countries] == ["Syria"]


def test_schematic_lines_say_so_beside_them() -> None:
    assert [label.text for label in sheet().lines] == ["highway (schematic)", "ridge (schematic)"]
    assert sheet(frame=around([(33.9, 36.95)])).lines == ()


def test_a_map_is_drawn_once() -> None:
    assert sheet(mark("qara")) is sheet(mark("qara"))


def test_the_scale_bar_ends_before_the_edge() -> None:
    found = sheet()
    assert found.bar_from + found.bar < found.frame.width


# --- Fields ---------------------------------------------------------------------------------------


def test_fields_overlap_by_the_area_they_share() -> None:
    assert Box(0, 0, 10, 10).overlap(Box(5, 6, 20, 20)) == 20
    assert Box(0, 0, 10, 10).overlap(Box(10, 0, 20, 10)) == 0
    assert Box(-3, -4, 12, 15).outside(10, 10) == 3 + 4 + 2 + 5
    assert (Box(1, 2, 5, 9).width, Box(1, 2, 5, 9).height) == (4, 7)


def test_a_text_lies_to_the_side_of_its_anchor() -> None:
    start, middle, end = (written("abcd", 50, 50, anchor) for anchor in ("start", "middle", "end"))
    assert (start.left, end.right) == (50, 50)
    assert middle.left + middle.right == pytest.approx(100)
    assert written("abcd", 50, 50, rows=2).bottom > middle.bottom


def test_a_text_along_a_line_stands_on_its_free_side() -> None:
    line = [(50.0, 200.0), (350.0, 200.0)]
    free, above, nowhere = (
        along("text", [line], taken, HEART) for taken in ([], [Box(0, 180, 400, 199)], [Box(0, 180, 400, 220)])
    )
    assert free is not None
    assert above is not None
    assert (free.x, free.y, free.turn, free.down < 0, above.down > 0, nowhere) == (200, 200, 0, True, True, None)


@pytest.mark.parametrize(
    ("start", "end", "turn"),
    [
        ((50, 50), (50, 300), 90),
        ((50, 300), (50, 50), 90),
        ((350, 100), (50, 100), 0),
        ((50, 50), (250, 250), 45),
        ((250, 250), (50, 50), 45),
        ((50, 250), (250, 50), -45),
        ((250, 50), (50, 250), -45),
    ],
)
def test_a_text_along_a_line_is_never_upside_down(start: Point, end: Point, turn: float) -> None:
    found = along("x", [[start, end]], [], HEART)
    assert found is not None
    assert found.turn == turn


def test_a_country_without_room_for_its_name_has_none() -> None:
    assert in_country("Syria", HEART, [Box(0, 0, 400, 500)], [], lebanon=False) is None
    assert trouble(about((10, 10), 5), [], HEART) == 0
    assert Label("x", 0, 0).box.left < 0
