"""Place names: which spellings are one name, which place a text means, what lies in what and how far apart."""

from collections.abc import Iterable, Iterator
from dataclasses import FrozenInstanceError
from itertools import combinations
from math import asin, cos, dist, pi, radians, sin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz import gazetteer
from quiz.gazetteer import (
    EARTH_RADIUS_KM,
    Gazetteer,
    Grid,
    Place,
    apart_km,
    edits,
    fold,
    one_edit_apart,
    slips_allowed,
)

PLACES = (
    Place("syria", "Syria", "country"),
    Place("qalamoun", "Qalamoun", "region", "syria", ("al-Qalamoun",), "القلمون"),
    Place("yabroud", "Yabroud", "town", "qalamoun", ("Yabrud",), "يبرود", 33.9667, 36.6667),
    Place("yabroud-district", "Yabroud District", "district", "qalamoun"),
    Place("yabroud-square", "the main square of Yabroud", "site", "yabroud"),
    Place("an-nabk", "An-Nabk", "town", "qalamoun", ("An-Nabek", "Nabk"), "النبك", 34.0249, 36.7281),
    Place("qara", "Qara", "town", "qalamoun", ("Qarah",), "قارة", 34.1556, 36.7428),
    Place("maaloula", "Maaloula", "town", "qalamoun", ("Ma'loula", "Maalula"), "معلولا", 33.8442, 36.5467),
    Place("rima", "Rima", "town", "qalamoun"),
    Place("rima-farms", "Rima Farms", "farms", "qalamoun", ("Reema Farms",)),
    Place("jobeh", "al-Jobeh", "village", "qalamoun", ("Jobeh",)),
    Place("jibbeh", "Jibbeh", "village", "qalamoun", ("al-Jibbah",), "الجبة", 33.8247, 36.4742),
    Place("damascus", "Damascus", "city", "syria", (), "دمشق", 33.5102, 36.2913),
)


@pytest.fixture(scope="session")
def places() -> Gazetteer:
    """A few places of Qalamoun, among them the pairs that are easily mixed up."""
    return Gazetteer(PLACES)


def keys(found: Iterable[Place]) -> list[str]:
    return [place.key for place in found]


# --- Folding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "folded"),
    [
        pytest.param("Yabroud", "YABROUD", "yabrud", id="case"),
        pytest.param("Yabroud", "Yabrud", "yabrud", id="ou and u"),
        pytest.param("Yabrooud", "Yabrouud", "yabrud", id="ou with letters doubled"),
        pytest.param("Reema", "Rima", "rima", id="ee and i"),
        pytest.param("Reeema", "Rima", "rima", id="eee and i"),
        pytest.param("Assal al-Ward", "Asal Ward", "asal ward", id="doubled letters and an inner article"),
        pytest.param("Tell", "Telll", "tel", id="trebled letters"),
        pytest.param("Deir-Attiyeh", "Deir Atiyeh", "deir atiyeh", id="hyphen and space"),
        pytest.param("Damascus–Homs highway", "Damascus-Homs  highway", "damascus homs highway", id="dashes"),
        pytest.param("Ras_al_Ain", "Ras al-Ain", "ras ain", id="underscore"),
        pytest.param("Qara, Syria.", "Qara (Syria)", "qara syria", id="other punctuation"),
        pytest.param(" Qara\t", "Qara", "qara", id="spaces at the ends"),
        pytest.param("Qārah", "Qarah", "qarah", id="a mark as part of the letter"),
        pytest.param("Qa\u0304rah", "Qarah", "qarah", id="a mark after the letter"),
        pytest.param("Ma'loula", "Maloula", "malula", id="apostrophe"),
        pytest.param("Ma`loula", "Ma’loula", "malula", id="backtick and quotation mark"),
        pytest.param("Ma´loula", "Maʿloula", "malula", id="acute accent and ayn"),
        pytest.param("Ma‘loula", "Maʾloula", "malula", id="turned quotation mark and hamza"),
        pytest.param("Maʻloula", "Maʼloula", "malula", id="modifier letters"),
        pytest.param("Ma＇loula", "Ma‴loula", "malula", id="signs made of others"),
        pytest.param('"Flag" hill', "“Flag” hill", "flag hil", id="quotation marks"),
        pytest.param("«Flag» hill", "Flag hill", "flag hil", id="guillemets"),
        pytest.param("Ya\u00adbroud", "Ya\u200bbrou\u200fd", "yabrud", id="what is not seen"),
        pytest.param("Deir\u2010Atiyeh", "Deir\u200aAtiyeh", "deir atiyeh", id="rare hyphens and spaces"),
        pytest.param("Qara", "\uff31\uff41\uff52\uff41", "qara", id="wide letters"),
        pytest.param("al-Qusayr", "Qusayr", "qusayr", id="al-"),
        pytest.param("Al Qusayr", "el-Qusayr", "qusayr", id="Al and el-"),
        pytest.param("An-Nabk", "Al-Nabk", "nabk", id="an- and al-"),
        pytest.param("An Nabek", "en-Nabek", "nabek", id="an and en-"),
        pytest.param("An-Nabk District", "Nabk District", "nabk district", id="an- before two words"),
        pytest.param("As Sarkhah", "Sarkhah", "sarkhah", id="as-"),
        pytest.param("Ar-Rastan", "Rastan", "rastan", id="ar-"),
        pytest.param("Az-Zabadani", "al-Zabadani", "zabadani", id="az-"),
        pytest.param("Ash-Sham", "Sham", "sham", id="ash-"),
        pytest.param("At-Tall", "Tall", "tal", id="at-"),
        pytest.param("Ad-Dumayr", "Dumayr", "dumayr", id="ad-"),
        pytest.param("the hills", "hills", "hils", id="the"),
        pytest.param("quarter of the town", "quarter of town", "quarter of town", id="inner the"),
        pytest.param("the An-Nabk", "Nabk", "nabk", id="two articles"),
        pytest.param("al-an-Nabk", "an-al-Nabk", "nabk", id="two articles in either order"),
        pytest.param("أرسال", "ارسال", "ارسال", id="alef with hamza"),
        pytest.param("إرسال", "آرسال", "ارسال", id="alef with hamza below and with madda"),
        pytest.param("ٱرسال", "ارسال", "ارسال", id="alef wasla"),
        pytest.param("قارة", "قاره", "قاره", id="ta marbuta and ha"),
        pytest.param("موسى", "موسي", "موسي", id="alef maqsura and ya"),
        pytest.param("یبرود", "يبرود", "يبرود", id="Persian ya"),
        pytest.param("النبک", "النبك", "نبك", id="Persian kaf"),
        pytest.param("قــارة", "قارة", "قاره", id="tatweel"),
        pytest.param("يَبْرُود", "يبرود", "يبرود", id="harakat"),
        pytest.param("عسّال الورد", "عسال الورد", "عسال ورد", id="shadda and an inner Arabic article"),
        pytest.param("القلمون", "قلمون", "قلمون", id="Arabic article"),
        pytest.param("ﻗﺎﺭﺓ", "قارة", "قاره", id="presentation forms"),
        pytest.param("Straße", "STRASSE", "strase", id="sharp s"),
        pytest.param("التلة ٤٥٢", "التلة ۴۵۲", "تله 452", id="Arabic and Persian digits"),
        pytest.param("Hill ٤٥٢", "Hill 452", "hil 452", id="Arabic and Western digits"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str, folded: str) -> None:
    assert (fold(one), fold(other)) == (folded, folded)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Jibbeh", "Jobeh", id="one letter apart"),
        pytest.param("Rima", "Rima Farms", id="a place and its farms"),
        pytest.param("Yabroud", "Yabroud District", id="a town and its district"),
        pytest.param("Ras al-Ain", "Ras al-Arab", id="one word apart"),
        pytest.param("Hill 11", "Hill 1", id="doubled digits"),
        pytest.param("Hill 1", "Hill 2", id="digits"),
        pytest.param("As Qara", "Qara", id="an assimilated article before another letter"),
        pytest.param("Ash Sarkhah", "Sarkhah", id="ash before s"),
        pytest.param("Anjar", "Jar", id="an article that is part of the word"),
        pytest.param("Alma", "Ma", id="letters of an article within a word"),
        pytest.param("Tel Al", "Tel", id="an article with no word after it"),
        pytest.param("Deir Atiyah", "Deiratiyah", id="words run together"),
        pytest.param("Bekaa", "Buka", id="another vowel"),
        pytest.param("الله", "له", id="letters of the Arabic article before a short rest"),
        pytest.param("تلل", "تل", id="doubled Arabic letters"),
    ],
)
def test_names_of_two_places_fold_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("", ""),
        (" \t", ""),
        ("al", "al"),
        ("The", "the"),
        ("al-", "al"),
        ("'", "'"),
        (" — ", "—"),
        ("ـ", "ـ"),
        ("ال", "ال"),
    ],
)
def test_a_name_with_nothing_to_tell_it_by_stays(name: str, folded: str) -> None:
    assert fold(name) == folded


PIECES = st.sampled_from(["al", "an", "the", "ash", "ee", "ou", "u", "n", "sh", "ال", "ر", "-", " "])
NAMES = st.one_of(
    st.text(),
    st.text("aeioulnsthrz -'ـالة", max_size=12),
    st.lists(PIECES).map("".join),
)


@settings(max_examples=1000)
@given(NAMES)
def test_a_fold_is_its_own_fold(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@settings(max_examples=500)
@given(NAMES)
def test_no_name_folds_to_nothing(name: str) -> None:
    assert bool(fold(name)) is bool(name.strip())


@given(st.text("abdefghijklmnopqrstuvwxyz", min_size=1), st.sampled_from(["al-", "El ", "the ", "AL-"]))
def test_an_article_in_front_makes_no_difference(name: str, article: str) -> None:
    assert fold(article + name) == fold(name)


# --- Edits ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("qara", "qara", 0),
        ("qara", "qarah", 1),
        ("qara", "qra", 1),
        ("qara", "qaba", 1),
        ("qara", "qraa", 1),
        ("jibeh", "jobeh", 1),
        ("jibeh", "jobah", 2),
        ("nabk", "nbka", 2),
        ("nabk", "anbk", 1),
        ("ab", "ba", 1),
        ("abcd", "badc", 2),
        ("ca", "abc", 3),
        ("kitten", "sitting", 3),
    ],
)
def test_edits_are_counted(one: str, other: str, count: int) -> None:
    assert edits(one, other) == edits(other, one) == count


LETTERS = "abc"
WORDS = st.text(LETTERS, max_size=6)


def one_edit_from(word: str) -> Iterator[str]:
    """Every text that one edit makes of a word, by making them all."""
    for i in range(len(word) + 1):
        yield from (word[:i] + letter + word[i:] for letter in LETTERS)
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
        yield from (word[:i] + letter + word[i + 1 :] for letter in LETTERS)
        yield word[:i] + word[i : i + 2][::-1] + word[i + 2 :]


@settings(max_examples=300)
@given(WORDS, WORDS)
def test_one_edit_is_what_makes_the_one_of_the_other(one: str, other: str) -> None:
    assert (edits(one, other) <= 1) is (one == other or other in one_edit_from(one))


@given(WORDS, WORDS, st.text(LETTERS, min_size=1))
def test_what_two_texts_share_at_their_ends_needs_no_edit(one: str, other: str, shared: str) -> None:
    assert edits(one + shared, other + shared) <= edits(one, other)
    assert abs(len(one) - len(other)) <= edits(one, other) <= max(len(one), len(other))
    assert (edits(one, other) == 0) is (one == other)


@pytest.mark.parametrize(
    ("folded", "allowed"),
    [
        ("", 0),
        ("a", 0),
        ("ab", 1),
        ("homs", 1),
        ("jibeh", 1),
        ("yabrud", 2),
        ("qalamun", 2),
        ("asal ward", 3),
        ("a" * 30, 3),
    ],
)
def test_longer_names_allow_more_slips(folded: str, allowed: int) -> None:
    assert slips_allowed(folded) == allowed


# --- Places by key and by name --------------------------------------------------------------


def test_a_place_is_found_by_its_key(places: Gazetteer) -> None:
    assert places["qara"] is PLACES[6]
    assert "qara" in places
    assert "quara" not in places
    with pytest.raises(KeyError):
        places["quara"]


def test_places_keep_the_order_in_which_they_were_given(places: Gazetteer) -> None:
    assert places.places == PLACES
    assert Gazetteer(iter(PLACES)).places == PLACES


def test_two_places_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^Two places have the same key\.$"):
        Gazetteer([Place("rima", "Rima", "town"), Place("rima", "Rima Farms", "farms")])


def test_a_place_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PLACES[0].name = "Lebanon"  # type: ignore[misc]
    assert not hasattr(PLACES[0], "__dict__")


def test_the_names_of_a_place_are_all_ways_to_write_it() -> None:
    assert PLACES[2].names == ("Yabroud", "Yabrud", "يبرود")
    assert Place("rima", "Rima", "town", spellings=("", " ")).names == ("Rima",)


def test_every_spelling_finds_its_own_place(places: Gazetteer) -> None:
    for place in PLACES:
        assert [places.find(name) for name in place.names] == [place] * len(place.names)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  the  YABRUD ", "yabroud"),
        ("Nabek", "an-nabk"),
        ("reema-farms", "rima-farms"),
        ("نبک", "an-nabk"),
        ("Maʿloula", "maaloula"),
    ],
)
def test_a_place_is_found_however_it_is_typed(places: Gazetteer, text: str, key: str) -> None:
    assert places.find(text) == places[key]


@pytest.mark.parametrize("text", ["", "  ", "Homs", "Yabro", "farms", "'"])
def test_no_place_is_found_for_a_text_that_names_none(places: Gazetteer, text: str) -> None:
    assert places.find(text) is None


def test_a_name_that_two_places_share_finds_neither() -> None:
    names = {"b": "Ras al-Ain", "a": "Ras Ain", "c": "Qara"}
    shared = Gazetteer(Place(key, name, "town") for key, name in names.items())
    assert shared.find("Ras al-Ain") is None
    assert shared.clashes() == [("ras ain", "a", "b")]
    assert shared.confusable() == [("a", "b")]
    assert shared.slips("Ras al-Ain") == ((0, shared["a"]), (0, shared["b"]))


def test_each_pair_of_three_places_with_one_name_is_a_clash() -> None:
    spellings = {"c": ("Ain",), "a": (), "b": ("Ain",)}
    shared = Gazetteer(Place(key, "Rima", "town", None, others) for key, others in spellings.items())
    assert shared.clashes() == [
        ("ain", "b", "c"),
        ("rima", "a", "b"),
        ("rima", "a", "c"),
        ("rima", "b", "c"),
    ]


def test_spellings_of_one_place_that_fold_alike_are_no_clash(places: Gazetteer) -> None:
    assert fold("Maalula") == fold("Ma'loula")
    assert places.clashes() == []


# --- Slips ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("Jebbeh", ["jibbeh", "jobeh"]),
        ("Jobbeh", ["jobeh", "jibbeh"]),
        ("Jibah", ["jibbeh"]),
        ("Yabrod", ["yabroud"]),
        ("Yarboud", ["yabroud"]),
        ("annabk", ["an-nabk"]),
        ("Reima", ["rima"]),
        ("Rma Frms", ["rima-farms"]),
        ("Beirut", []),
        ("", []),
        ("x", []),
    ],
)
def test_slips_are_what_a_text_may_mean(places: Gazetteer, text: str, near: list[str]) -> None:
    assert [place.key for _, place in places.slips(text)] == near


def test_slips_are_counted_from_the_nearest_spelling(places: Gazetteer) -> None:
    assert places.slips("Jibbah") == ((0, places["jibbeh"]),)
    assert places.slips("Jobah") == ((1, places["jibbeh"]), (1, places["jobeh"]))
    assert places.slips("Nabuk") == ((1, places["an-nabk"]),)


def test_slips_equally_far_come_by_key() -> None:
    many = Gazetteer([Place(f"tal-{letter}", f"Tal{letter}", "hill") for letter in "fedcb"])
    assert [place.key for _, place in many.slips("Talx")] == ["tal-b", "tal-c", "tal-d", "tal-e", "tal-f"]


def _named(names: list[tuple[str, str]]) -> Gazetteer:
    return Gazetteer(Place(f"p{n}", name, "town", None, (other,)) for n, (name, other) in enumerate(names))


SYLLABLES = st.text("jibohae", min_size=1, max_size=7)
MANY = st.lists(st.tuples(SYLLABLES, st.one_of(st.just(""), SYLLABLES)), max_size=8).map(_named)


@settings(max_examples=300)
@given(MANY, st.text("jibohaex", max_size=8))
def test_slips_are_what_measuring_every_name_finds(many: Gazetteer, text: str) -> None:
    measured = []
    for place in many.places:
        least = min(edits(fold(text), fold(name)) for name in place.names)
        if least <= slips_allowed(fold(text)):
            measured.append((least, place.key))
    assert [(count, place.key) for count, place in many.slips(text)] == sorted(measured)


@settings(max_examples=300)
@given(MANY)
def test_confusable_pairs_are_what_measuring_every_pair_finds(many: Gazetteer) -> None:
    assert many.confusable() == sorted(
        (one.key, other.key)
        for one, other in combinations(many.places, 2)
        if any(edits(fold(a), fold(b)) <= 1 for a in one.names for b in other.names)
    )


def test_jibbeh_and_jobeh_are_confusable_and_nothing_else_is(places: Gazetteer) -> None:
    assert places.confusable() == [("jibbeh", "jobeh")]


def test_few_names_of_a_large_gazetteer_are_measured_for_one_text(monkeypatch: pytest.MonkeyPatch) -> None:
    syllables = [
        "qa",
        "yab",
        "rud",
        "nab",
        "ek",
        "sa",
        "hel",
        "mu",
        "lot",
        "fiz",
        "kus",
        "deir",
        "gow",
        "cav",
    ]
    names = [a + b + c for a in syllables for b in syllables for c in syllables]
    large = Gazetteer(Place(name, name, "village") for name in names)
    measured = []

    def counted(one: str, other: str) -> int:
        measured.append(other)
        return edits(one, other)

    monkeypatch.setattr(gazetteer, "edits", counted)
    assert large.slips("yabrudek")[0] == (0, large["yabrudek"])
    assert len(measured) < len(names) / 10


# --- Containment ----------------------------------------------------------------------------


def test_the_lineage_of_a_place_runs_from_itself_outwards(places: Gazetteer) -> None:
    assert places.lineage("yabroud-square") == ("yabroud-square", "yabroud", "qalamoun", "syria")
    assert places.lineage("syria") == ("syria",)


def test_lineage_ends_at_a_place_that_is_not_held() -> None:
    assert Gazetteer([Place("qara", "Qara", "town", "qalamoun")]).lineage("qara") == ("qara",)


@pytest.mark.parametrize(
    ("outer", "inner", "contains", "related"),
    [
        ("syria", "yabroud-square", True, True),
        ("yabroud", "yabroud-square", True, True),
        ("yabroud-square", "yabroud", False, True),
        ("yabroud", "yabroud", False, True),
        ("yabroud", "yabroud-district", False, False),
        ("qara", "yabroud-square", False, False),
    ],
)
def test_a_place_contains_what_lies_in_it_but_not_itself(
    places: Gazetteer, outer: str, inner: str, contains: bool, related: bool
) -> None:
    assert places.contains(outer, inner) is contains
    assert places.related(outer, inner) is places.related(inner, outer) is related


def test_unknown_keys_are_refused_everywhere(places: Gazetteer) -> None:
    for ask in (places.contains, places.related, places.distance_km):
        for pair in (("qara", "nowhere"), ("nowhere", "qara"), ("nowhere", "nowhere")):
            with pytest.raises(KeyError):
                ask(*pair)
    with pytest.raises(KeyError):
        places.lineage("nowhere")
    with pytest.raises(KeyError):
        places.folds("nowhere")


def test_rounds_of_containment_are_listed_once_each(places: Gazetteer) -> None:
    parents = {"c": "b", "b": "a", "a": "c", "into": "c", "x": "y", "y": "x", "free": None, "self": "self"}
    parents |= {key: key for key in "nmlkjih"}
    tangled = Gazetteer(Place(key, key, "area", parent) for key, parent in parents.items())
    assert tangled.cycles() == [("a", "c", "b"), *((key,) for key in "hijklmn"), ("self",), ("x", "y")]
    assert tangled.lineage("into") == ("into", "c", "b", "a")
    assert tangled.contains("a", "b")
    assert tangled.contains("b", "a")
    assert not tangled.contains("self", "self")
    assert places.cycles() == []


PARENTS = st.dictionaries(st.sampled_from("abcdef"), st.one_of(st.none(), st.sampled_from("abcdefz")))


@settings(max_examples=300)
@given(PARENTS)
def test_containment_is_what_climbing_step_by_step_finds(parents: dict[str, str | None]) -> None:
    tangled = Gazetteer(Place(key, key, "area", parent) for key, parent in parents.items())
    in_rounds = set()
    for key, parent in parents.items():
        above, step = [], parent
        while step in parents and len(above) < len(parents):
            above.append(step)
            step = parents[step]
        assert {outer for outer in parents if tangled.contains(outer, key)} == set(above) - {key}
        in_rounds |= {key} & set(above)
    listed = [key for one_round in tangled.cycles() for key in one_round]
    assert sorted(listed) == sorted(in_rounds)


# --- Nearness -------------------------------------------------------------------------------


def at(*ends: tuple[float, float]) -> Gazetteer:
    """Places p0, p1 and so on at these latitudes and longitudes."""
    return Gazetteer(Place(f"p{n}", f"P{n}", "town", lat=lat, lon=lon) for n, (lat, lon) in enumerate(ends))


@pytest.mark.parametrize(
    ("one", "other", "share_of_a_round"),
    [
        pytest.param((0, 0), (0, 0), 0, id="no way at all"),
        pytest.param((0, 0), (0, 1), 1 / 360, id="one degree along the equator"),
        pytest.param((33, 36), (34, 36), 1 / 360, id="one degree along a meridian"),
        pytest.param((0, 0), (0, 90), 1 / 4, id="a quarter of the equator"),
        pytest.param((0, 179), (0, -179), 2 / 360, id="across the date line"),
        pytest.param((60, 0), (60, 180), 60 / 360, id="over the pole"),
        pytest.param((90, 0), (-90, 50), 1 / 2, id="from pole to pole"),
        pytest.param((0.1, -179.9), (-0.1, 0.1), 1 / 2, id="two ends of the Earth"),
        pytest.param((-37.1, -41.6), (37.1, 138.4), 1 / 2, id="two ends whose square rounds to above 1"),
    ],
)
def test_distances_agree_with_shares_of_a_round_of_the_earth(
    one: tuple[float, float], other: tuple[float, float], share_of_a_round: float
) -> None:
    distance = at(one, other).distance_km("p0", "p1")
    assert distance == pytest.approx(share_of_a_round * 2 * pi * EARTH_RADIUS_KM, abs=1e-6)


ENDS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def on_the_sphere(end: tuple[float, float]) -> tuple[float, float, float]:
    lat, lon = map(radians, end)
    return cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)


@given(ENDS, ENDS)
def test_distances_agree_with_the_chord_through_the_earth(
    one: tuple[float, float],
    other: tuple[float, float],
) -> None:
    two = at(one, other)
    chord = dist(on_the_sphere(one), on_the_sphere(other))
    there = two.distance_km("p0", "p1")
    assert there == two.distance_km("p1", "p0")
    # Near the far end of the Earth an angle can't be told from its sine more exactly than this.
    assert there == pytest.approx(2 * EARTH_RADIUS_KM * asin(min(1.0, chord / 2)), abs=1e-3)


def test_distances_are_in_kilometres_of_the_mean_earth() -> None:
    assert at((0, 0), (0, 1)).distance_km("p0", "p1") == pytest.approx(111.19508, abs=1e-5)


@pytest.mark.parametrize(("lat", "lon"), [(None, None), (33.0, None), (None, 36.0)])
def test_no_distance_is_made_up_for_a_place_without_coordinates(lat: float | None, lon: float | None) -> None:
    two = Gazetteer([Place("a", "A", "town", lat=lat, lon=lon), Place("b", "B", "town", lat=0.0, lon=0.0)])
    assert two.distance_km("a", "b") is None
    assert two.distance_km("b", "a") is None


# --- The grid -------------------------------------------------------------------------------


def test_places_near_come_nearest_first() -> None:
    grid = Grid(PLACES)
    yabroud = PLACES[2]
    assert keys(grid.near(yabroud, 15.0)) == ["an-nabk"]
    assert keys(grid.near(yabroud, 30.0)) == ["an-nabk", "maaloula", "qara", "jibbeh"]
    assert keys(grid.near(yabroud, 30.0, limit=2)) == ["an-nabk", "maaloula"]
    assert keys(grid.near(yabroud, 100.0)) == ["an-nabk", "maaloula", "qara", "jibbeh", "damascus"]


def test_nothing_is_near_a_place_without_coordinates() -> None:
    assert Grid(PLACES).near(PLACES[8], 60.0) == []
    assert Grid([]).near(PLACES[2], 60.0) == []


def test_places_at_one_distance_come_by_key() -> None:
    latitudes = {"c": 0.1, "b": -0.1, "a": 0.1, "o": 0.0}
    around = [Place(key, key, "town", lat=lat, lon=0.0) for key, lat in latitudes.items()]
    assert keys(Grid(around).near(around[3], 50.0)) == ["a", "b", "c"]
    assert keys(Grid(around).near(around[3], 50.0, limit=2)) == ["a", "b"]
    assert keys(Grid(around).near(around[2], 50.0)) == ["c", "o", "b"]


ENDS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))
CLOSE = st.tuples(st.floats(33.0, 35.0), st.floats(36.0, 37.5))


@given(
    st.lists(st.one_of(CLOSE, ENDS), min_size=1, max_size=25),
    st.floats(0.0, 60.0),
    st.one_of(st.none(), st.integers(1, 6)),
)
def test_what_is_near_is_what_measuring_every_place_finds(
    ends: list[tuple[float, float]], km: float, limit: int | None
) -> None:
    listed = [Place(f"p{n:02}", f"p{n:02}", "town", lat=lat, lon=lon) for n, (lat, lon) in enumerate(ends)]
    apart = [(apart_km(listed[0], one), one.key) for one in listed[1:]]
    expected = [key for distance, key in sorted(apart) if distance is not None and distance <= km]
    assert keys(Grid(listed).near(listed[0], km, limit)) == expected[:limit]


def test_what_is_near_is_found_across_the_date_line_and_at_a_pole() -> None:
    line = [Place("w", "w", "town", lat=0.0, lon=179.95), Place("e", "e", "town", lat=0.0, lon=-179.95)]
    pole = [Place("n", "n", "town", lat=89.95, lon=0.0), Place("s", "s", "town", lat=89.95, lon=180.0)]
    assert keys(Grid(line).near(line[0], 12.0)) == ["e"]
    assert keys(Grid(pole).near(pole[0], 12.0)) == ["s"]


def test_few_places_of_a_large_country_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    country = [Place(f"p{n}", f"p{n}", "town", lat=30 + n // 60 * 0.1, lon=30 + n % 60 * 0.1) for n in range(3600)]
    grid, measured = Grid(country), []

    def counted(one: Place, other: Place) -> float | None:
        measured.append(other)
        return apart_km(one, other)

    monkeypatch.setattr(gazetteer, "apart_km", counted)
    assert len(grid.near(country[1830], 45.0, limit=30)) == 30
    assert len(measured) < 120


# --- Folds and pairs of names ---------------------------------------------------------------


def test_the_folds_of_a_place_are_those_of_its_names_the_main_one_first(places: Gazetteer) -> None:
    assert places.folds("an-nabk") == ("nabk", "nabek", "نبك")
    assert places.folds("jobeh") == ("jobeh",)
    with pytest.raises(KeyError):
        places.folds("nowhere")


@given(st.lists(st.text("abc", max_size=4), max_size=12))
def test_pairs_one_edit_apart_are_what_measuring_every_pair_finds(texts: list[str]) -> None:
    expected = {pair for pair in combinations(sorted(set(texts)), 2) if edits(*pair) <= 1}
    assert one_edit_apart(texts) == expected
