"""Loading into a database: what is written, and what is left alone."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.db.models import Model
from pytest_django import DjangoAssertNumQueries

from quiz.exchange import importing
from quiz.exchange.importing import Result, load
from quiz.exchange.records import BrokenFixture
from quiz.exchange.rows import Site, read_site
from quiz.models import (
    Actor,
    Claim,
    ContentRevision,
    Event,
    EventPlace,
    Figure,
    LoadedRecord,
    Phase,
    Place,
    PlaceSpelling,
    Review,
    StatedOrder,
)
from tests.exchange.conftest import load_all
from tests.exchange.small import OBJECTS, Folder, ident
from tests.factories import AskedQuestionFactory, EventFactory, PlaceFactory, ReviewFactory, SittingFactory

pytestmark = pytest.mark.django_db


def result(**numbers: int) -> Result:
    """A result without conflicts; what is not named is none."""
    counts = dict.fromkeys(("created", "updated", "unchanged", "kept", "retired", "deleted"), 0)
    return Result(**{**counts, **numbers}, conflicts=())


def conflicts(found: Result) -> list[str]:
    """The conflicts, as they are reported."""
    return [str(one) for one in found.conflicts]


# --- First and second load ----------------------------------------------------------------------


def test_everything_is_created_at_the_first_load_and_unchanged_at_the_second(folder: Folder) -> None:
    assert load_all(folder) == result(created=OBJECTS)
    assert load_all(folder) == result(unchanged=OBJECTS)


def test_rows_hold_what_the_files_say(folder: Folder) -> None:
    load_all(folder)
    claim = Claim.objects.get(key="qara-captured-000")
    assert claim.overtaken_by == Claim.objects.get(key="qara-captured-004")
    assert [str(passage.sentence) for passage in claim.passages.order_by("sentence")] == ["1", "2"]
    assert [str(figure) for figure in claim.figures.all()] == ["at least 18 rebels killed", "many wounded"]
    assert str(claim.earliest) == str(claim.latest) == "2013-11-19"
    place = Place.objects.get(key="qara")
    assert (place.latitude, place.longitude, place.lies_in) == (
        Decimal("34.15558"),
        Decimal("36.7"),
        Place.objects.get(key="syria"),
    )
    event = Event.objects.get(key="qara-attacked")
    assert event.perhaps_same_as == Event.objects.get(key="qara-captured")
    assert event.phase == Phase.objects.get(number=1)
    assert set(event.agents.values_list("key", flat=True)) == {"government-forces", "syrian-army"}


def test_loaddata_and_load_chronicle_make_the_same_rows_of_an_empty_database(folder: Folder) -> None:
    call_command("loaddata", *sorted(map(str, folder.path.glob("*.yaml"))), verbosity=0)
    by_django = read_site().rows
    Claim.objects.all().delete()
    for model in (StatedOrder, Event, Place, Actor, Phase):
        _empty(model)
    importing.apps.get_model("quiz", "Source").objects.all().delete()
    assert read_site() == Site()
    load_all(folder)
    assert read_site().rows == by_django


def _empty(model: type[Model]) -> None:
    for field in ("lies_in", "part_of", "perhaps_same_as"):
        if field in {one.name for one in model._meta.local_fields}:
            model._default_manager.update(**{field: None})
    model._default_manager.all().delete()


def test_after_loaddata_equal_rows_are_taken_over(folder: Folder) -> None:
    call_command("loaddata", *sorted(map(str, folder.path.glob("*.yaml"))), verbosity=0)
    assert load_all(folder) == result(unchanged=OBJECTS)
    assert LoadedRecord.objects.count() == OBJECTS
    folder.change("kind: attack", "kind: entry")
    assert load_all(folder) == result(updated=1, unchanged=OBJECTS - 1)


def test_an_unchanged_load_writes_nothing(folder: Folder) -> None:
    load_all(folder)
    before = ContentRevision.current()
    load_all(folder)
    assert ContentRevision.current() == before


def test_the_number_of_queries_does_not_grow_with_the_number_of_rows(
    folder: Folder, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(1000) as found:
            load_all(folder)
        return len(found)

    load_all(folder)
    few = queries()
    spelling = "- {{model: quiz.placespelling, fields: {{place: [qara], name: Spelling {}}}}}\n"
    folder.add("".join(spelling.format(number) for number in range(400)))
    load_all(folder)
    assert queries() == few


# --- Changes --------------------------------------------------------------------------------------


def test_what_changed_in_the_files_is_updated_field_by_field(folder: Folder) -> None:
    load_all(folder)
    Event.objects.filter(key="qara-attacked").update(sensitive=True)
    folder.change("kind: attack", "kind: entry")
    folder.change("    - [syrian-army]\n    phase", "    - [rebels]\n    phase")
    assert load_all(folder) == result(updated=1, unchanged=OBJECTS - 1)
    event = Event.objects.get(key="qara-attacked")
    assert (event.kind, event.sensitive) == ("entry", True)
    assert set(event.agents.values_list("key", flat=True)) == {"government-forces", "rebels"}


def test_references_to_several_rows_are_updated_alone(folder: Folder) -> None:
    load_all(folder)
    folder.change("    - [syrian-army]\n    phase", "    phase")
    assert load_all(folder) == result(updated=1, unchanged=OBJECTS - 1)
    assert [actor.key for actor in Event.objects.get(key="qara-attacked").agents.all()] == ["government-forces"]


def test_a_field_taken_out_of_the_file_goes_back_to_its_default(folder: Folder) -> None:
    load_all(folder)
    folder.change("    voice: [rebels]\n    stance: reported\n    carries_place: false\n", "")
    assert load_all(folder) == result(updated=1, unchanged=OBJECTS - 1)
    claim = Claim.objects.get(key="qara-captured-004")
    assert (claim.voice, claim.stance, claim.carries_place) == (None, "asserts", True)


def test_what_an_editor_changed_is_kept_load_after_load(folder: Folder) -> None:
    load_all(folder)
    Event.objects.filter(key="talks-held").update(clause="they talked")
    Event.objects.get(key="qara-attacked").agents.clear()
    assert load_all(folder) == load_all(folder) == result(kept=2, unchanged=OBJECTS - 2)
    assert Event.objects.get(key="talks-held").clause == "they talked"
    assert Event.objects.get(key="qara-attacked").agents.count() == 0


def test_a_conflict_names_object_field_and_both_values_and_leaves_the_editors(folder: Folder) -> None:
    load_all(folder)
    Event.objects.filter(key="talks-held").update(clause="they talked")
    folder.change("clause: the two sides held talks", "clause: Talks were held")
    first = load_all(folder)
    assert conflicts(first) == [
        "quiz.event talks-held, clause: the files have “Talks were held”, the site has “they talked”, which stays."
    ]
    assert load_all(folder) == first
    assert Event.objects.get(key="talks-held").clause == "they talked"
    Event.objects.filter(key="talks-held").update(clause="Talks were held")
    assert load_all(folder) == result(unchanged=OBJECTS)


def test_an_object_that_an_editor_deleted_stays_deleted(folder: Folder) -> None:
    load_all(folder)
    Event.objects.filter(key="talks-held").delete()
    assert load_all(folder) == result(kept=2, unchanged=OBJECTS - 2)
    folder.change("clause: the two sides held talks", "clause: the parties held talks")
    assert conflicts(load_all(folder)) == [
        "quiz.event talks-held: changed in the files, but an editor deleted it in the site; it stays deleted."
    ]
    assert not Event.objects.filter(key="talks-held").exists()


def test_new_objects_come_with_their_parents_and_with_forward_references(folder: Folder) -> None:
    load_all(folder)
    folder.add(
        "- {model: quiz.placespelling, fields: {place: [ghouta], name: Ghouta}}\n"
        "- {model: quiz.place, fields: {key: ghouta, name: Eastern Ghouta, kind: region, lies_in: [damascus]}}\n"
        "- {model: quiz.place, fields: {key: damascus, name: Damascus, kind: city, lies_in: [syria]}}\n",
        "00_new.yaml",
    )
    assert load_all(folder) == result(created=3, unchanged=OBJECTS)
    assert Place.objects.get(key="ghouta").lies_in == Place.objects.get(key="damascus")


def test_unique_values_may_pass_from_one_row_to_another(folder: Folder) -> None:
    folder.add(
        "- {model: quiz.phase, fields: {key: second, number: 2, name: Second, date: '2014-02', "
        "passages: [['000', infobox, null, null]]}}\n"
    )
    load_all(folder)
    numbers = dict(Phase.objects.values_list("key", "pk"))
    folder.change("number: 1\n", "number: 2\n")
    folder.change("key: second, number: 2", "key: second, number: 1")
    folder.change(
        "slot: true}}\n- {model: quiz.eventplace, fields: {event: [qara-captured], place: [syria], role: mentioned}}",
        "}}\n- {model: quiz.eventplace, fields: {event: [qara-captured], place: [syria], role: mentioned, slot: true}}",
    )
    folder.change("fields: {place: [qara], name: Qarah}", "fields: {place: [syria], name: QARAH}")
    assert load_all(folder) == result(created=1, updated=4, deleted=1, unchanged=OBJECTS - 4)
    assert dict(Phase.objects.values_list("key", "number")) == {"first": 2, "second": 1}
    assert dict(Phase.objects.values_list("key", "pk")) == numbers
    assert Event.objects.get(key="qara-attacked").phase == Phase.objects.get(key="first")
    assert EventPlace.objects.get(event__key="qara-captured", slot=True).place.key == "syria"
    assert str(PlaceSpelling.objects.get()) == "QARAH"


def test_references_to_several_rows_have_no_order(folder: Folder) -> None:
    load_all(folder)
    agents = Event.objects.get(key="qara-attacked").agents
    agents.clear()
    for key in ("syrian-army", "government-forces"):
        agents.add(Actor.objects.get(key=key))
    assert load_all(folder) == result(unchanged=OBJECTS)


# --- What is gone ---------------------------------------------------------------------------------

ATTACK = ("qara-attacked",)


def test_an_event_that_is_gone_from_the_files_is_deleted_with_its_parts(folder: Folder) -> None:
    load_all(folder)
    folder.drop(*ATTACK)
    assert load_all(folder) == result(deleted=3, unchanged=OBJECTS - 3)
    assert not Event.objects.filter(key="qara-attacked").exists()
    assert not Claim.objects.filter(event__key="qara-attacked").exists()
    assert load_all(folder) == result(unchanged=OBJECTS - 3)
    assert LoadedRecord.objects.count() == OBJECTS - 3


def test_an_event_that_comes_back_to_the_files_is_created_again(folder: Folder) -> None:
    before = folder.texts()["10_events_2013_11.yaml"]
    load_all(folder)
    folder.drop(*ATTACK)
    load_all(folder)
    folder.add(before, "10_events_2013_11.yaml")
    assert load_all(folder) == result(created=3, unchanged=OBJECTS - 3)


def test_an_event_that_learners_answered_is_retired_and_nothing_of_theirs_is_touched(folder: Folder) -> None:
    load_all(folder)
    review = ReviewFactory(answered=True, card__event=Event.objects.get(key="qara-attacked"))
    folder.drop(*ATTACK)
    assert load_all(folder) == result(retired=1, unchanged=OBJECTS - 3)
    assert Event.objects.get(key="qara-attacked").retired
    assert Claim.objects.filter(event__key="qara-attacked").count() == 1
    assert load_all(folder) == result(unchanged=OBJECTS - 3)
    assert Review.objects.get() == review
    review.asked.sitting.user.delete()
    assert load_all(folder) == result(deleted=3, unchanged=OBJECTS - 3)


def test_an_event_that_was_only_asked_is_retired_as_well(folder: Folder) -> None:
    load_all(folder)
    asked = AskedQuestionFactory(event=Event.objects.get(key="talks-held"))
    folder.drop("talks-held")
    assert load_all(folder).retired == 1
    asked.refresh_from_db()
    assert asked.event.retired


def test_a_phase_that_a_sitting_chose_is_not_taken_from_it(folder: Folder) -> None:
    load_all(folder)
    sitting = SittingFactory(phase=Phase.objects.get())
    folder.drop("model: quiz.phase")
    folder.change("    phase: [first]\n    perhaps", "    perhaps")
    folder.change("    phase: [first]\n    sensitive", "    sensitive")
    assert conflicts(load_all(folder)) == [
        "quiz.phase first: gone from the files, but learners' sittings refer to it; it stays."
    ]
    sitting.refresh_from_db()
    assert sitting.phase == Phase.objects.get()


def test_what_an_editor_changed_or_added_is_not_deleted(folder: Folder) -> None:
    load_all(folder)
    Figure.objects.filter(number=2).update(words="scores")
    EventFactory(key="editors-own")
    folder.drop("number: 2")
    found = load_all(folder)
    assert conflicts(found) == [
        "quiz.figure qara-captured-000 / 2: gone from the files, but an editor changed it in the site; it stays."
    ]
    assert Event.objects.filter(key="editors-own").exists()


def test_single_files_take_nothing_away(folder: Folder) -> None:
    load_all(folder)
    found = load([folder.path / "90_events_undated.yaml"], complete=False)
    assert found == result(unchanged=1)
    assert load_all(folder) == result(unchanged=OBJECTS)


def test_an_editors_row_with_the_name_of_a_new_one_stays_and_what_refers_to_the_new_one_waits(folder: Folder) -> None:
    load_all(folder)
    own = PlaceFactory(key="own", name="Yabroud")
    folder.add(
        "- {model: quiz.place, fields: {key: yabroud, name: Yabroud, kind: town}}\n"
        "- {model: quiz.placespelling, fields: {place: [yabroud], name: Yabrud}}\n"
    )
    found = load_all(folder)
    assert [str(one.id) for one in found.conflicts] == ["quiz.place yabroud", "quiz.placespelling yabroud / Yabrud"]
    assert list(Place.objects.filter(name="Yabroud")) == [own]
    own.delete()
    assert load_all(folder) == result(created=2, unchanged=OBJECTS)


# --- All or nothing -------------------------------------------------------------------------------


def everything() -> dict[str, object]:
    """All rows of the chronicle and of the loader's memory."""
    return {"site": read_site(), "loaded": list(LoadedRecord.objects.order_by("pk").values())}


def test_a_broken_file_changes_nothing(folder: Folder) -> None:
    load_all(folder)
    before = everything()
    folder.change("kind: attack", "kind: entry")
    folder.change("date: '2013-11-19'", "date: '2013-11-31'")
    with pytest.raises(BrokenFixture, match=r"quiz\.claim qara-captured-000"):
        load_all(folder)
    assert everything() == before


def test_a_failure_of_the_database_halfway_changes_nothing(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def fail(*_arguments: object) -> None:
        raise IntegrityError("halfway")

    monkeypatch.setattr(importing, "_remember", fail)
    with pytest.raises(IntegrityError):
        load_all(folder)
    assert everything() == before


def test_a_dry_run_reports_the_same_and_writes_nothing(folder: Folder) -> None:
    before = everything()
    assert load_all(folder, dry_run=True) == result(created=OBJECTS)
    assert everything() == before


def test_files_without_objects_are_refused_lest_they_empty_the_site(tmp_path: Path) -> None:
    (tmp_path / "empty.yaml").write_text("[]\n")
    with pytest.raises(BrokenFixture, match=r"empty\.yaml: holds no objects"):
        load([tmp_path / "empty.yaml"], complete=True)
    with pytest.raises(BrokenFixture, match="fixtures: holds no objects"):
        load([], complete=True)


def test_ancestors_of_models_and_fields_that_are_no_more_are_no_obstacle(folder: Folder) -> None:
    load_all(folder)
    LoadedRecord.objects.create(model="quiz.battle", name='["b"]', fields={"key": "b"})
    one = LoadedRecord.objects.get(model="quiz.event", name='["talks-held"]')
    one.fields = {**one.fields, "colour": "red"}
    one.save()
    assert load_all(folder) == result(unchanged=OBJECTS)


def test_a_reference_to_a_row_that_is_only_in_the_site_is_refused_in_a_whole_chronicle(folder: Folder) -> None:
    load_all(folder)
    PlaceFactory(key="own")
    folder.add("- {model: quiz.placespelling, fields: {place: [own], name: Own}}\n")
    with pytest.raises(BrokenFixture, match=r"refers to quiz\.place own, which is unknown"):
        load_all(folder)
    assert load([folder.path / "99_more.yaml"], complete=False) == result(created=1)


def test_the_site_is_read_in_a_fixed_number_of_queries(
    folder: Folder, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load_all(folder)
    with django_assert_num_queries(17):
        site = read_site()
    assert site.rows[ident("event", "talks-held")]["clause"] == "the two sides held talks"
