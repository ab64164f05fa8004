"""Statements: what several documents say alike is told once, and what shares its text counts once."""

import pytest

from quiz.questions.question import Citation
from quiz.study.facts import chronicle
from quiz.study.statements import Reports, Spot, Statement, reports, shortened, statements
from tests import factories as make


def cited(
    source: str, sentence: str = "Rebels left.", locator: str = "“Siege”, ¶ 1, sentence 2", **more: str
) -> Citation:
    return Citation(
        **{"source_key": source, "source": source.upper(), "date": "", "voice": ""}
        | more
        | {"sentence": sentence, "locator": locator}
    )


def test_what_documents_say_alike_is_told_once_with_all_of_them() -> None:
    told = statements([cited("a"), cited("b", "The army came."), cited("c"), cited("d", locator="infobox")])
    assert told == (
        Statement(
            "Rebels left.",
            "",
            "",
            (
                Spot((("a", "A"), ("c", "C")), "“Siege”, ¶ 1, sentence 2"),
                Spot((("d", "D"),), "infobox"),
            ),
        ),
        Statement("The army came.", "", "", (Spot((("b", "B"),), "“Siege”, ¶ 1, sentence 2"),)),
    )


@pytest.mark.parametrize("more", [{"date": "5 May 2014"}, {"voice": "SOHR"}])
def test_the_same_words_on_another_word_or_with_another_date_are_another_statement(more: dict[str, str]) -> None:
    assert len(statements([cited("a"), cited("b", **more)])) == 2


def test_a_date_that_the_sentence_tells_is_not_told_again() -> None:
    told = statements([cited("a", "On 5 May 2014 rebels left.", date="5 May 2014"), cited("a", date="by 6 May 2014")])
    assert [one.date for one in told] == ["", "by 6 May 2014"]


@pytest.mark.parametrize(
    ("locator", "short"),
    [
        ("“Siege”, ¶ 1, sentence 2", "“Siege”, ¶ 1, sentence 2"),
        ("“Siege”, ¶ 1, sentence 2; “Siege”, ¶ 1, sentence 3", "“Siege”, ¶ 1, sentences 2 and 3"),
        ("“A”, ¶ 1, sentence 1; “A”, ¶ 1, sentence 2; “A”, ¶ 1, sentence 4", "“A”, ¶ 1, sentences 1, 2 and 4"),
        ("“A”, ¶ 1, sentence 1; “A”, ¶ 2, sentence 1", "“A”, ¶ 1, sentence 1; “A”, ¶ 2, sentence 1"),
        ("“A”, ¶ 1, sentence 1; infobox", "“A”, ¶ 1, sentence 1; infobox"),
        ("infobox", "infobox"),
        ("¶ 1", "¶ 1"),
    ],
)
def test_sentences_of_one_paragraph_are_named_together(locator: str, short: str) -> None:
    assert shortened(locator) == short


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("families", "told"),
    [
        (["wiki"], Reports()),
        (["wiki", "wiki"], Reports("S0 and S1", alone=True)),
        (["wiki", "paper"], Reports(separate=2)),
        (["wiki", "paper", "wiki"], Reports("S0 and S2", separate=2)),
    ],
)
def test_documents_that_share_their_text_are_named_and_separate_reports_counted(
    families: list[str], told: Reports
) -> None:
    event = make.EventFactory(key="e")
    sources = [make.SourceFactory(key=f"s{n}", family=family) for n, family in enumerate(families)]
    for source in sources:
        make.ClaimFactory(event=event, source=source, date="2014-01-15")
    assert reports([cited(source.key) for source in sources], ["e"], chronicle()) == told


@pytest.mark.django_db
def test_reports_of_several_events_are_not_counted_and_nothing_is_said_of_what_is_gone() -> None:
    for key in "ef":
        event = make.EventFactory(key=key)
        make.ClaimFactory(event=event, source=make.SourceFactory(key=f"of-{key}"), date="2014-01-15")
    both = [cited("of-e"), cited("of-f")]
    assert reports(both, ["e", "f"], chronicle()) == Reports()
    assert reports(both, ["gone"], chronicle()) == Reports()
