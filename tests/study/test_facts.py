"""From rows to facts: every row becomes the fact it should, and the chronicle in memory is never out of date."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quiz.chronology import parse
from quiz.gazetteer import Place as GazetteerPlace
from quiz.models import Basis, Claim, ContentRevision, Event, EventKind, Place, PlaceKind, Role, Side, Stance
from quiz.questions.facts import ClaimFact, EventFact, PlaceRole
from quiz.questions.phases import PhaseFact
from quiz.study.facts import build, chronicle, gazetteer
from tests import factories as make
from tests.study.stories import FIRST, capture, tell

pytestmark = pytest.mark.django_db


# --- Kept in memory -----------------------------------------------------------------------------


def test_the_chronicle_costs_one_query_while_nothing_changes(django_assert_num_queries: Any) -> None:
    tell(2)
    first = chronicle()
    with django_assert_num_queries(1):
        assert chronicle() is first
    assert first.revision == ContentRevision.current()


@pytest.mark.parametrize("towns", [1, 3])
def test_building_the_chronicle_costs_the_same_however_long_it_is(towns: int, django_assert_num_queries: Any) -> None:
    tell(towns)
    with django_assert_num_queries(15):
        assert len(build().events) == towns


def clause(told: Any, key: str = "amber-captured") -> str | None:
    return told.events[key].clause if key in told.events else None


def save() -> None:
    event = Event.objects.get(key="amber-captured")
    event.clause = "rebels left {place}"
    event.save()


def update_by_pk() -> None:
    event = Event.objects.get(key="amber-captured")
    event.clause = "rebels left {place}"
    Event.objects.bulk_update([event], ["clause"])


def by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE quiz_event SET clause = 'rebels left {place}' WHERE key = 'amber-captured'")


@pytest.mark.parametrize(
    "change",
    [save, update_by_pk, by_hand, lambda: Event.objects.update(clause="rebels left {place}")],
)
def test_an_edit_is_seen_at_once_however_it_was_made(change: Callable[[], Any]) -> None:
    tell(2)
    before = chronicle()
    change()
    assert clause(chronicle()) == "rebels left {place}"
    assert clause(before) == "government forces captured {place}"


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.get(key="amber-captured").delete(),
        lambda: Event.objects.filter(key="amber-captured").delete(),
        lambda: Event.objects.filter(key="amber-captured").update(retired=True),
    ],
)
def test_an_event_that_is_deleted_or_retired_is_gone_at_once(change: Callable[[], Any]) -> None:
    tell(2)
    assert set(chronicle().events) == {"amber-captured", "birch-captured"}
    change()
    assert set(chronicle().events) == {"birch-captured"}


def test_rows_made_in_bulk_are_seen_at_once() -> None:
    tell(1)
    chronicle()
    Event.objects.bulk_create([make.EventFactory.build(key="other")])
    assert set(chronicle().events) == {"amber-captured", "other"}


def test_a_claim_that_loses_its_passages_is_seen_at_once() -> None:
    tell(1)
    chronicle()
    Claim.objects.get().passages.clear()
    assert chronicle().events["amber-captured"].claims[0].locators == ()


def test_a_change_that_is_rolled_back_is_forgotten() -> None:
    tell(1)
    before = chronicle()
    with transaction.atomic():
        save()
        assert clause(chronicle()) == "rebels left {place}"
        transaction.set_rollback(True)
    assert clause(chronicle()) == "government forces captured {place}"
    assert chronicle().revision == before.revision


def test_what_learners_do_leaves_the_chronicle_in_memory() -> None:
    tell(1)
    before = chronicle()
    make.ReviewFactory(answered=True, card__event=Event.objects.get())
    assert chronicle() is before


def test_an_empty_database_gives_an_empty_chronicle() -> None:
    assert dict(chronicle().events) == {}


# --- Rows and facts -----------------------------------------------------------------------------


def fact(key: str = "e") -> EventFact:
    return build().events[key]


def test_an_event_becomes_a_fact() -> None:
    phase = make.PhaseFactory(key="first", name="First phase", date="2013-11-15/2013-12-15")
    agents = [make.ActorFactory(key=key, side=side) for key, side in (("army", Side.GOVERNMENT), ("un", Side.NONE))]
    event = make.EventFactory(
        key="e", kind=EventKind.RELEASE, clause="x left {place}", phase=phase, sensitive=True, agents=agents
    )
    for key, role, slot in (("amber", Role.FROM, False), ("birch", Role.TOWARD, True)):
        make.EventPlaceFactory(event=event, place=make.PlaceFactory(key=key), role=role, slot=slot)
    assert fact() == EventFact(
        key="e",
        kind="release",
        clause="x left {place}",
        phase="first",
        sides=frozenset({"government"}),
        agents=frozenset({"army", "un"}),
        places=(PlaceRole("birch", "toward"), PlaceRole("amber", "from")),
        slot="birch",
        claims=(),
        sensitive=True,
    )
    assert build().phases == (
        PhaseFact("first", "First phase", parse("2013-11-15").latest, parse("2013-12-15").latest, ("Publisher",)),
    )


def test_an_event_without_phase_place_and_agents_becomes_a_bare_fact() -> None:
    make.EventFactory(key="e", clause="x", told_only=True)
    assert fact() == EventFact("e", "capture", "x", "", frozenset(), frozenset(), (), "", (), told_only=True)


def test_a_claim_becomes_a_fact() -> None:
    source = make.SourceFactory(key="book", short_name="The Book", family="books")
    voice = make.ActorFactory(key="sohr", name="SOHR")
    passage = make.PassageFactory(source=source, section="Siege", paragraph=2, sentence=3)
    event = make.EventFactory(key="e")
    claim = make.ClaimFactory(
        key="c",
        event=event,
        source=source,
        voice=voice,
        stance=Stance.REPORTED,
        date="2014-02-20~",
        sentence="They took it.",
        passages=[passage],
        carries_place=False,
    )
    make.ClaimPlaceFactory(claim=claim, place=make.PlaceFactory(key="amber"), role=Role.NEAR)
    told = ClaimFact(
        key="c",
        source="book",
        source_name="The Book",
        family="books",
        voice="sohr",
        voice_name="SOHR",
        stance="reported",
        interval=parse("2014-02-20~"),
        places=(PlaceRole("amber", "near"),),
        carries_place=False,
        sentence="They took it.",
        locators=("“Siege”, ¶ 2, sentence 3",),
    )
    assert fact().claims == (told,)
    Claim.objects.update(voice=None, date="", date_basis="")
    assert fact().claims == (replace(told, voice="", voice_name="", interval=None),)
    Claim.objects.update(date="2014-02-20", date_basis=Basis.INFERRED)
    assert fact().claims[0].inferred


def test_a_claim_of_an_infobox_alone_stands_in_a_box() -> None:
    event = make.EventFactory(key="e")
    box = make.PassageFactory(infobox=True)
    make.ClaimFactory(key="a", event=event, source=box.source, passages=[box])
    make.ClaimFactory(key="b", event=event, source=box.source, passages=[box, make.PassageFactory(source=box.source)])
    make.ClaimFactory(key="c", event=event, source=box.source, passages=[])
    assert {claim.key: claim.infobox for claim in fact().claims} == {"a": True, "b": False, "c": False}


def test_a_claim_that_a_later_one_overtakes_says_so() -> None:
    event = make.EventFactory(key="e")
    later = make.ClaimFactory(key="later", event=event)
    make.ClaimFactory(key="earlier", event=event, overtaken_by=later)
    assert {claim.key: claim.overtaken for claim in fact().claims} == {"later": False, "earlier": True}


@pytest.mark.parametrize("kind", [EventKind.STATEMENT, EventKind.FORECAST])
def test_that_somebody_said_a_thing_the_document_says_on_its_own_word(kind: EventKind) -> None:
    speaker, other = make.ActorFactory(key="speaker"), make.ActorFactory(key="other")
    event = make.EventFactory(key="e", kind=kind, agents=[speaker])
    make.ClaimFactory(key="a", event=event, voice=speaker)
    make.ClaimFactory(key="b", event=event, voice=other)
    assert {claim.key: claim.voice for claim in fact().claims} == {"a": "", "b": "other"}
    Event.objects.update(kind=EventKind.CAPTURE)
    assert {claim.voice for claim in fact().claims} == {"speaker", "other"}


def test_events_that_are_perhaps_the_same_know_each_other_across_any_number_of_links() -> None:
    a = make.EventFactory(key="a")
    b = make.EventFactory(key="b", perhaps_same_as=a)
    make.EventFactory(key="c", perhaps_same_as=b)
    make.EventFactory(key="d", perhaps_same_as=a)
    make.EventFactory(key="e")
    everyone = {"a", "b", "c", "d"}
    told = build().events
    assert {key: set(event.twins) for key, event in told.items()} == {
        **{key: everyone - {key} for key in everyone},
        "e": set(),
    }


def test_a_retired_event_is_nobodys_twin() -> None:
    a = make.EventFactory(key="a", retired=True)
    make.EventFactory(key="b", perhaps_same_as=a)
    assert {key: event.twins for key, event in build().events.items()} == {"b": frozenset()}


def test_stated_orders_are_kept_for_events_that_are_there() -> None:
    a, b, c = (make.EventFactory(key=key) for key in "abc")
    gone = make.EventFactory(key="gone", retired=True)
    for earlier, later in ((a, b), (b, c), (gone, a), (c, gone)):
        make.StatedOrderFactory(earlier=earlier, later=later)
    assert build().sequence.stated == {("a", "b"), ("b", "c"), ("a", "c")}


def test_a_place_becomes_a_place_with_all_its_names() -> None:
    outer = make.PlaceFactory(key="hills", name="Hills", kind=PlaceKind.MOUNTAINS)
    make.PlaceFactory(
        key="amber",
        name="Amber",
        name_ar="عنبر",
        lies_in=outer,
        latitude="33.96700",
        longitude="36.66000",
        coordinates_from="a map",
    )
    for name in ("Ambar", "Anbar"):
        make.PlaceSpellingFactory(place=Place.objects.get(key="amber"), name=name)
    told = gazetteer()
    assert told["hills"] == GazetteerPlace("hills", "Hills", "mountains")
    assert told["amber"] == GazetteerPlace("amber", "Amber", "town", "hills", ("Ambar", "Anbar"), "عنبر", 33.967, 36.66)


def test_the_story_of_these_tests_has_everything_to_ask() -> None:
    tell()
    told = chronicle()
    assert (len(told.events), len(told.sequence.span), told.first_day) == (
        12,
        12,
        min(FIRST, parse("2013-11-15").latest),
    )
    source = make.SourceFactory()
    with CaptureQueriesContext(connection) as queries:
        capture("Moss", "2014-03-01", source)
    assert queries.captured_queries
