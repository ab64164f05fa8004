"""The whole chronicle is checked: what no single row can see is found, and named."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from quiz.models import Event, Place
from tests import factories as make

pytestmark = pytest.mark.django_db
HEADER = "document,section,paragraph,sentence,line,text\n"


def check(**options: object) -> str:
    """What the command prints, also when it fails."""
    out = StringIO()
    try:
        call_command("check_chronicle", stdout=out, **options)
    except CommandError as error:
        out.write(f"failed: {error}")
    return out.getvalue()


@pytest.fixture
def story() -> Event:
    """One sound event: a claim with a locator, in its phase."""
    phase = make.PhaseFactory(key="first", date="2013-11-15/2013-12-15")
    event = make.EventFactory(key="qara-captured", clause="government forces captured {place}", phase=phase)
    make.EventPlaceFactory(event=event, place=make.PlaceFactory(key="qara", name="Qara"), slot=True)
    source = make.SourceFactory(key="002")
    passage = make.PassageFactory(source=source, section="Capture of Qara", paragraph=5, sentence=1)
    make.ClaimFactory(key="qara-captured-002", event=event, source=source, date="2013-11-19", passages=[passage])
    return event


def test_a_sound_chronicle_passes(story: Event) -> None:
    printed = check()
    assert "0 errors, 0 remarks" in printed
    assert "1 events, 1 claims" in printed
    assert "002     1 claims of 1 events" in printed
    assert "002     1  Capture of Qara" in printed
    assert "enter-date    1 plain" in printed
    assert "order         none" in printed
    assert "failed" not in printed


@pytest.mark.parametrize(
    ("sort", "about"),
    [
        ("event without claims", "lonely"),
        ("claim without locator", "bare"),
        ("locator in another source", "strange"),
        ("spelling in two places", "qara"),
        ("cycle in containment", "qara in yabroud"),
        ("cycle in order", "a → b"),
        ("order against dates", "late → early"),
        ("slot without place", "nowhere"),
        ("clause of two events", "double"),
        ("date in a clause", "dated"),
        ("date outside its phase", "outside"),
        ("phase missing", "homeless"),
    ],
)
def test_an_error_is_named_and_fails(story: Event, sort: str, about: str) -> None:
    PLANTED[sort](story)
    printed = check()
    assert f"error: {sort}: {about}" in printed
    assert "failed: The chronicle has" in printed


def _bare(story: Event) -> None:
    make.ClaimFactory(key="bare", event=story, passages=[])


def _strange(story: Event) -> None:
    make.ClaimFactory(key="strange", event=story, passages=[make.PassageFactory()])


def _cycle(story: Event) -> None:
    qara = Place.objects.get(key="qara")
    qara.lies_in = make.PlaceFactory(key="yabroud", name="Yabroud", lies_in=qara)
    qara.save()


def _both_orders(story: Event) -> None:
    a, b = (make.ClaimFactory(event__key=key).event for key in "ab")
    make.StatedOrderFactory(earlier=a, later=b)
    make.StatedOrderFactory(earlier=b, later=a)


def _order_against_dates(story: Event) -> None:
    late = make.ClaimFactory(event__key="late", date="2014-03-16").event
    early = make.ClaimFactory(event__key="early", date="2014-01-16").event
    make.StatedOrderFactory(earlier=late, later=early)


def _nowhere(story: Event) -> None:
    make.ClaimFactory(event__key="nowhere", event__clause="rebels left {place}")


def _double(story: Event) -> None:
    for key in ("double", "double-too"):
        make.ClaimFactory(event__key=key, event__clause="rebels left the town")


def _outside(story: Event) -> None:
    make.ClaimFactory(event__key="outside", event__phase=story.phase, date="2013-12-16")


PLANTED = {
    "event without claims": lambda story: make.EventFactory(key="lonely"),
    "claim without locator": _bare,
    "locator in another source": _strange,
    "spelling in two places": lambda story: make.PlaceSpellingFactory(name="al-Qara"),
    "cycle in containment": _cycle,
    "cycle in order": _both_orders,
    "order against dates": _order_against_dates,
    "slot without place": _nowhere,
    "clause of two events": _double,
    "date in a clause": lambda story: make.ClaimFactory(
        event__key="dated", event__clause="on 15 April 2014 rebels left the town"
    ),
    "date outside its phase": _outside,
    "phase missing": lambda story: make.ClaimFactory(event__key="homeless", date="2013-11-20"),
}


def test_disputes_are_remarks_and_do_not_fail(story: Event) -> None:
    make.ClaimFactory(event=story, date="2013-11-21")
    for extent, killed in (("most", 18), ("whole", 40)):
        claim = make.ClaimFactory(event=story, extent=extent)
        make.FigureFactory(claim=claim, of_whom="rebels", low=killed, high=killed)
    elsewhere = make.ClaimFactory(event=story)
    make.ClaimPlaceFactory(claim=elsewhere)
    printed = check()
    for sort in ("disputed date", "disputed figure", "disputed extent", "disputed place"):
        assert f"remark: {sort}: qara-captured" in printed
    assert "0 errors, 4 remarks" in printed


def test_a_figure_that_was_overtaken_is_no_dispute(story: Event) -> None:
    later = make.FigureFactory(claim__event=story, of_whom="people", low=40, high=40).claim
    make.FigureFactory(claim__event=story, claim__overtaken_by=later, of_whom="people", low=18, high=18)
    assert "disputed figure" not in check()


def test_spellings_one_slip_apart_are_remarked(story: Event) -> None:
    make.PlaceFactory(key="jibbeh", name="Jibbeh")
    make.PlaceFactory(key="jobeh", name="Jobeh")
    assert "remark: spellings one slip apart: jibbeh, jobeh" in check()


def test_sentences_that_no_claim_cites_are_listed(story: Event, tmp_path: Path) -> None:
    file = tmp_path / "sentences.csv"
    file.write_text(
        HEADER + '002,"Capture of Qara, and after",5,1,9,Cited.\n002,Capture of Qara,5,2,9,Not cited.\n',
        encoding="utf-8",
    )
    printed = check(sentences=file)
    assert "1 sentences that no claim cites" in printed
    assert "002 “Capture of Qara” 5.2  Not cited." in printed


@pytest.mark.parametrize(
    "content", [b"document,section\n002,lead\n", HEADER.encode() + b"002,lead,one,1,1,x\n", b"\xff\xfe\x00"]
)
def test_a_malformed_file_of_sentences_is_refused_by_name(story: Event, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "sentences.csv"
    file.write_bytes(content)
    assert f"failed: {file}" in check(sentences=file)


def test_a_missing_file_of_sentences_is_refused_by_name(story: Event, tmp_path: Path) -> None:
    assert f"failed: {tmp_path / 'none.csv'}" in check(sentences=tmp_path / "none.csv")


def test_retired_events_are_passed_over(story: Event) -> None:
    make.ClaimFactory(event__key="outside", event__retired=True, event__phase=story.phase, date="2013-12-16")
    assert "0 errors" in check()
