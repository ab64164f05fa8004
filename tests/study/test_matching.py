"""Words sought in texts: by their beginnings, through case, marks, spellings and Arabic letter forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.study.matching import Document, Piece, Shelf, pieces, sought


def marked(text: str, query: str) -> str:
    """The text with brackets around what was sought."""
    return "".join(f"[{one.text}]" if one.hit else one.text for one in pieces(text, sought(query)))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        pytest.param("Rebels entered Yabroud", "YABROUD", "Rebels entered [Yabroud]", id="case"),
        pytest.param("Rebels entered Yabroud", "yabrud", "Rebels entered [Yabroud]", id="ou and u"),
        pytest.param("Rebels entered Yabroud", "yabro", "Rebels entered [Yabroud]", id="a beginning that is no fold"),
        pytest.param("Rebels entered Yabroud", "broud", "Rebels entered Yabroud", id="not the beginning"),
        pytest.param("Qārah and Ma'loula", "qara maaloula", "[Qārah] and [Ma'loula]", id="marks and apostrophes"),
        pytest.param("Maʿlula, Ma’lula", "maʾlūla", "[Maʿlula], [Ma’lula]", id="ayn, hamza, quotation mark"),
        pytest.param("the Al-Nusra Front", "al-Nusra", "the Al-[Nusra] Front", id="an article is not sought"),
        pytest.param("near An-Nabk", "nabk", "near An-[Nabk]", id="an article before it"),
        pytest.param("“Yabroud’s” hills", "yabroud", "“[Yabroud]’s” hills", id="possessive and quotation marks"),
        pytest.param("the rebels’ hills", "rebels", "the [rebels]’ hills", id="plural possessive"),
        pytest.param("في يَبْرُود", "يبرود", "في [يَبْرُود]", id="harakat"),
        pytest.param("قــارة", "قاره", "[قــارة]", id="tatweel, ta marbuta"),
        pytest.param("أرسال", "ارسال", "[أرسال]", id="alef with hamza"),
        pytest.param("القلمون", "القل", "[القلمون]", id="half an Arabic word with its article"),
        pytest.param("القلمون", "قلمون", "[القلمون]", id="an Arabic word without its article"),
        pytest.param("2 men of 20", "2", "[2] men of 20", id="a number is sought whole"),
        pytest.param("1,200 families", "1200", "1,200 families", id="a comma parts numbers"),
        pytest.param("1,200 families", "1,200", "[1],[200] families", id="a number with its comma"),
        pytest.param("٢٠ men", "20", "[٢٠] men", id="Arabic digits"),
        pytest.param("anything", "…", "anything", id="no word"),
    ],
)
def test_what_was_sought_is_marked_in_a_text(text: str, query: str, expected: str) -> None:
    assert marked(text, query) == expected


@given(st.text(), st.text())
def test_pieces_put_together_are_the_text(text: str, query: str) -> None:
    assert "".join(piece.text for piece in pieces(text, sought(query))) == text


def test_pieces_are_never_empty() -> None:
    assert pieces("Qara", sought("qara")) == (Piece("Qara", hit=True),)
    assert pieces("", sought("qara")) == ()


def test_a_word_is_sought_once() -> None:
    assert [word.bare for word in sought("Qara qara QARA")] == ["qara"]


def test_a_lone_article_is_a_word() -> None:
    assert [word.bare for word in sought("the")] == ["the"]


SHELF = Shelf(
    [
        Document("square", (("the main square of Yabroud",), (), ("It lies in the middle.",))),
        Document("yabroud", (("Yabroud",), ("Yabrud", "يبرود"), ("A town.",))),
        Document("battle", (("the battle",), (), ("It was fought for Yabroud in March.",))),
        Document("qara", (("Qara",), ("Qarah",), ())),
    ]
)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("Yabroud", ["yabroud", "square", "battle"], id="the name itself, then names, then texts"),
        pytest.param("yabr", ["square", "yabroud", "battle"], id="as listed where nothing is the name itself"),
        pytest.param("yabroud square", ["square"], id="all words"),
        pytest.param("square middle", ["square"], id="words from name and text"),
        pytest.param("يبر", ["yabroud"], id="another name"),
        pytest.param("yabroud nothing", [], id="a word that is nowhere"),
        pytest.param("nothing yabroud", [], id="a word that is nowhere, first"),
        pytest.param("", [], id="blank"),
        pytest.param("?!", [], id="no words"),
    ],
)
def test_documents_are_found_by_all_words_best_first(query: str, expected: list[str]) -> None:
    assert SHELF.find(query) == expected
