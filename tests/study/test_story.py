"""The story in steps: in which order events are told, which are told together, where they are shown, what differs."""

from datetime import date
from typing import Any

import pytest

from quiz.chronology import Order
from quiz.models import Phase
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact
from quiz.study import telling
from quiz.study.disputes import Saying
from quiz.study.facts import chronicle as stored
from quiz.study.story import Chapter, Step, compose, story
from quiz.study.story_order import Spot, Told, in_order, told_in
from quiz.study.story_sites import Site
from tests import factories as make
from tests.questions.builders import chronicle, claim, event, place
from tests.study.test_telling import FIRST, SECOND

DAY = "2013-11-20"


def at(*sentences: tuple[int, int], section: str = "Qara", source: str = "000") -> frozenset[Spot]:
    """Sentences by paragraph and number."""
    return frozenset(Spot(source, section, *one) for one in sentences)


def steps(*events: EventFact, told: Told | None = None, **changes: Any) -> tuple[Step, ...]:
    """The steps that events make without phases: those of the story, then those that no document dates."""
    chapters = compose(chronicle(*events, **changes), [], told or {}).chapters
    return tuple(step for chapter in chapters for step in chapter.steps)


def keys(found: tuple[Step, ...]) -> list[list[tuple[str, ...]]]:
    """The keys of the events in each happening of each step."""
    return [[happening.keys for happening in step.happenings] for step in found]


# --- Order --------------------------------------------------------------------------------------


def ordered(*events: EventFact, told: Told | None = None, stated: list[tuple[str, str]] | None = None) -> list[str]:
    held = chronicle(*events, stated=stated or [])
    return in_order(held, sorted(held.events), told or {})


def test_events_are_told_by_their_first_day_and_on_one_day_the_shorter_first() -> None:
    events = [event("a", f"{DAY}/2013-11-25"), event("b", "[2013-11-20..2013-11-21]"), event("c", DAY)]
    assert ordered(*events, event("d", "2013-11-19")) == ["d", "c", "b", "a"]


def test_what_happened_by_a_day_is_told_before_that_day_and_the_dead_are_counted_after_it() -> None:
    deaths = event("a", f"[..{DAY}]", kind="casualties")
    assert ordered(deaths, event("b", DAY), event("c", f"[..{DAY}]")) == ["c", "b", "a"]


def test_on_one_day_a_phase_begins_first_and_ends_last() -> None:
    ends = event("a", DAY, kind="end", clause="the first phase of the battle ended")
    begins = event("z", DAY, kind="start", clause="the second phase of the battle began")
    fight = event("c", DAY, kind="start", clause="fighting broke out")
    assert ordered(ends, begins, fight) == ["z", "c", "a"]


def test_within_a_day_events_follow_the_document_that_tells_most_of_them() -> None:
    told = {
        "a": at((2, 1)) | at((1, 1), source="001"),
        "b": at((1, 10)),
        "c": at((1, 2)),
        "d": at((0, 0), section="infobox") | at((1, 3)),
    }
    assert ordered(*(event(key, DAY) for key in "abcd"), told=told) == ["c", "d", "b", "a"]


def test_within_a_day_sections_follow_the_days_that_they_tell_of() -> None:
    told = {"a": at((1, 1), section="Later"), "b": at((9, 9), section="Sooner"), "c": at((1, 2), section="Later")}
    told["e"] = at((1, 1), section="Sooner")
    events = [event("a", DAY), event("b", DAY), event("c", "2013-11-25"), event("e", "2013-11-01")]
    assert ordered(*events, told=told) == ["e", "b", "a", "c"]


def test_an_event_that_only_an_infobox_tells_of_stands_where_the_box_does() -> None:
    told = {"a": at((0, 0), section="infobox"), "b": at((1, 1), section="infobox"), "c": frozenset[Spot]()}
    assert ordered(*(event(key, DAY) for key in "abc"), told=told) == ["a", "b", "c"]


def test_losses_told_in_the_same_sentence_come_after_the_fight() -> None:
    told = {key: at((1, 1)) for key in "ab"}
    assert ordered(event("a", DAY, kind="casualties"), event("b", DAY), told=told) == ["b", "a"]


def test_what_a_document_orders_in_words_is_told_in_that_order() -> None:
    assert ordered(event("a", DAY), event("b", DAY), event("c", DAY), stated=[("c", "a"), ("b", "c")]) == [
        "b",
        "c",
        "a",
    ]


def test_what_can_have_happened_earlier_is_told_before_what_it_led_to() -> None:
    ready = event("ready", "[..2013-11-22]")
    events = [event("opened", DAY), event("other", "2013-11-21"), ready]
    assert ordered(*events, stated=[("ready", "opened")]) == ["ready", "opened", "other"]


def test_what_cannot_have_happened_earlier_is_waited_for() -> None:
    vague = event("vague", "[2013-11-20..2013-11-28]")
    events = [vague, event("other", "2013-11-21"), event("sure", "2013-11-25")]
    assert ordered(*events, stated=[("sure", "vague")]) == ["other", "sure", "vague"]


def test_words_against_dates_and_words_in_a_circle_change_nothing() -> None:
    assert ordered(event("a", DAY), event("b", "2013-11-25"), stated=[("b", "a")]) == ["a", "b"]
    assert ordered(event("a", DAY), event("b", DAY), stated=[("b", "a"), ("a", "b")]) == ["a", "b"]


# --- Steps --------------------------------------------------------------------------------------


def test_each_event_is_a_step_even_without_a_place() -> None:
    found = steps(event("a", DAY, at="qara"), event("b", "2013-11-21"))
    assert [(step.number, step.when, step.shown) for step in found] == [
        (1, "20 November 2013", ("qara",)),
        (2, "21 November 2013", ()),
    ]


def test_what_one_sentence_tells_of_one_day_is_one_step() -> None:
    told = {"a": at((1, 1)), "b": at((1, 1)), "c": at((1, 2)), "d": at((1, 2)), "e": at((0, 0)), "f": at((0, 0))}
    events = [*(event(key, DAY) for key in "abc"), event("d", f"{DAY}/2013-11-21"), event("e", "2013-11-24")]
    found = steps(*events, event("f", "2013-11-24"), told=told)
    assert keys(found) == [[("a",), ("b",)], [("c",)], [("d",)], [("e",)], [("f",)]]


def test_a_disputed_event_is_a_step_of_its_own() -> None:
    told = {"a": at((1, 1)), "b": at((1, 1))}
    two = event("b", DAY, claim("2013-11-22", "003"))
    one = event("a", DAY, claim("2013-11-22", "003"))
    assert keys(steps(one, two, told=told)) == [[("a",)], [("b",)]]


def test_what_a_sentence_tells_alike_of_two_places_is_told_once() -> None:
    told = {"a": at((1, 1)), "b": at((1, 1)), "c": at((1, 1))}
    one = event("a", DAY, at="qara", clause="the army captured {place} along with Flitah")
    two = event("b", DAY, at="flitah", clause="the army captured {place} along with Qara")
    other = event("c", DAY, at="flitah", kind="shelling", clause="the army captured {place} along with Qara")
    (step,) = steps(one, two, other, told=told)
    assert [happening.keys for happening in step.happenings] == [("a", "b"), ("c",)]
    assert step.sites == (Site("qara", "at", "qara"), Site("flitah", "at", "flitah"))


def test_what_a_sentence_tells_of_a_place_that_the_other_line_does_not_name_is_told_as_well() -> None:
    told = {"a": at((1, 1)), "b": at((1, 1))}
    clause = "government forces with others at their side captured the town of {place}"
    (step,) = steps(event("a", DAY, at="qara", clause=clause), event("b", DAY, at="rima", clause=clause), told=told)
    assert [happening.keys for happening in step.happenings] == [("a",), ("b",)]


def test_a_step_knows_its_time() -> None:
    found = steps(
        event("a", "[..2013-11-20]"),
        event("b", "2013-11-20~"),
        event("c", "2013-11"),
        event("d", "2013-12-01/2013-12-03"),
        event("e", ""),
    )
    told = {step.happenings[0].keys[0]: (step.earliest, step.latest, step.by, step.day) for step in found}
    assert told == {
        "a": (date(2013, 11, 20), date(2013, 11, 20), True, None),
        "b": (date(2013, 11, 18), date(2013, 11, 22), False, date(2013, 11, 18)),
        "c": (date(2013, 11, 1), date(2013, 11, 30), False, None),
        "d": (date(2013, 12, 1), date(2013, 12, 3), False, date(2013, 12, 1)),
        "e": (None, None, False, None),
    }


def test_what_no_document_dates_stands_in_no_order() -> None:
    first, second = steps(event("a", ""), event("b", ""))
    assert [(step.earliest, step.latest, step.day, step.order) for step in (first, second)] == [(None,) * 4] * 2


# --- Settled or not -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "expected", "unsettled"),
    [
        (event("a", DAY), event("b", "2013-11-21"), Order.BEFORE, False),
        (event("a", DAY), event("b", DAY), Order.OPEN, True),
        (event("a", DAY, claim("2013-11-25", "003")), event("b", "2013-11-22"), Order.CONTESTED, True),
        (event("a", DAY, told_only=True), event("b", "2013-11-21"), Order.BEFORE, False),
        (event("a", DAY, told_only=True), event("b", DAY), Order.OPEN, True),
    ],
)
def test_a_step_says_how_it_stands_to_the_step_before(
    one: EventFact, other: EventFact, expected: Order, unsettled: bool
) -> None:
    first, second = steps(one, other)
    assert (first.order, first.unsettled) == (None, False)
    assert (second.order, second.unsettled) == (expected, unsettled)


def test_words_settle_the_order_of_what_is_only_told() -> None:
    held = chronicle(event("a", DAY, told_only=True), event("b", DAY), stated=[("a", "b")])
    (chapter,) = compose(held, [], {}).chapters
    assert chapter.steps[1].order is Order.BEFORE


# --- Places -------------------------------------------------------------------------------------


def test_a_place_without_coordinates_is_shown_at_the_town_it_lies_in() -> None:
    ground = [place("town", 1.0), place("hospital", None, "building", parent="town"), place("region", None, "region")]
    found = steps(
        event("a", DAY, places={"hospital": "target", "town": "near"}),
        event("b", "2013-11-21", places={"region": "at"}),
        places=ground,
    )
    assert [step.sites for step in found] == [
        (Site("hospital", "target", "town"), Site("town", "near", "town")),
        (Site("region", "at", ""),),
    ]
    assert [step.shown for step in found] == [("town",), ()]


def test_places_only_mentioned_are_named_and_not_shown() -> None:
    (step,) = steps(event("a", DAY, at="qara", places={"rima": "mentioned", "qara": "at"}))
    assert (step.sites, step.named) == ((Site("qara", "at", "qara"),), (Site("rima", "mentioned", "rima"),))


def test_where_sources_differ_on_the_place_both_are_shown() -> None:
    (step,) = steps(event("a", DAY, claim(DAY, "003", at=["rima"]), at="qara"))
    assert step.shown == ("qara", "rima")
    (happening,) = step.happenings
    assert happening.places == (Saying("Qara", "", ("Document 000",)), Saying("Rima", "", ("Document 003",)))
    assert (happening.dates, step.disputed) == ((), True)


# --- What differs -------------------------------------------------------------------------------


def test_where_sources_differ_on_the_date_each_day_stands_with_all_who_give_it() -> None:
    (step,) = steps(
        event(
            "a",
            claim("2013-11-22", "003"),
            claim("2013-11-20", "000"),
            claim("2013-11-20", "004"),
            claim("2013-11-22", "005", stance="unconfirmed", voice="sohr"),
            claim("", "006", stance="denies", voice="sana"),
            claim("", "007"),
            claim("2013-11-30", "008", overtaken=True),
        )
    )
    (happening,) = step.happenings
    assert happening.dates == (
        Saying("20 November 2013", "", ("Document 000", "Document 004")),
        Saying("22 November 2013", "", ("Document 003",)),
        Saying("22 November 2013", "unconfirmed", ("SOHR, in Document 005",)),
        Saying("", "denies", ("SANA, in Document 006",)),
    )


def test_a_date_that_stands_on_a_word_is_attributed_once() -> None:
    box = claim(DAY, "003", infobox=True)
    month = claim("2013-11", "004")
    (step,) = steps(event("a", box, month))
    assert step.happenings[0].dated_by == "According to Document 003"
    (step,) = steps(event("a", claim(DAY, voice="sohr")))
    assert (step.happenings[0].line.attributed, step.happenings[0].dated_by) == ("According to SOHR", "")


def test_what_is_perhaps_the_same_is_named_unless_it_is_told_there() -> None:
    found = steps(event("a", DAY, twins=["b"]), event("b", "2013-11-22", twins=["a"]))
    assert [step.happenings[0].twins for step in found] == [("b",), ("a",)]


def test_a_step_is_sensitive_if_any_of_it_is() -> None:
    told = {"a": at((1, 1)), "b": at((1, 1))}
    (step,) = steps(event("a", DAY), event("b", DAY, sensitive=True), told=told)
    assert step.sensitive


# --- Chapters -----------------------------------------------------------------------------------


def chapters(*events: EventFact, phases: list[Phase], told: Told | None = None) -> tuple[Chapter, ...]:
    return compose(chronicle(*events), phases, told or {}).chapters


def test_chapters_are_those_of_the_chronicle_and_hold_each_event_once() -> None:
    events = [event(key, day) for key, day in zip("abcd", ("2013-11-14", DAY, "2014-02-12", ""), strict=True)]
    held = chronicle(*events)
    told = compose(held, [FIRST, SECOND], {})
    assert [(one.slug, one.title, one.phase) for one in told.chapters] == [
        (one.slug, one.title, one.phase) for one in telling.chapters(held, [FIRST, SECOND])
    ]
    assert told.where == {
        "a": ("before-first", 1),
        "b": ("first", 1),
        "c": ("second", 1),
        "d": ("undated", 1),
    }


def test_a_chapter_counts_its_events_and_lists_its_places_and_days() -> None:
    told = {"a": at((1, 1)), "b": at((1, 1))}
    (chapter,) = chapters(
        event("a", DAY, at="qara"),
        event("b", DAY, at="rima"),
        event("c", DAY, at="qara"),
        event("d", "2013-11"),
        event("e", "[..2013-11-22]"),
        event("f", "2013-11-25/2013-11-27"),
        phases=[],
        told=told,
    )
    assert chapter.events == 6
    assert chapter.shown == ("qara", "rima")
    assert chapter.days() == {date(2013, 11, 20): 2, date(2013, 11, 25): 5}
    assert [step.when for step in chapter.steps] == [
        "in November 2013",
        "20 November 2013",
        "20 November 2013",
        "by 22 November 2013",
        "25–27 November 2013",
    ]


# --- Stored -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_sentences_of_all_current_events_are_read_at_once(django_assert_num_queries: Any) -> None:
    source = make.SourceFactory(key="book")
    passages = [make.PassageFactory(source=source, section="Qara", sentence=2), make.PassageFactory(infobox=True)]
    one = make.ClaimFactory(passages=passages, event=make.EventFactory(key="one"))
    make.ClaimFactory(event=make.EventFactory(retired=True))
    with django_assert_num_queries(1):
        assert told_in() == {
            "one": frozenset({Spot("book", "Qara", 1, 2), Spot(passages[1].source.key, "infobox", 0, 0)})
        }
    assert one.event.key == "one"


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_a_new_chronicle_is_put_in_steps_by_two_queries_and_never_again(
    count: int, django_assert_num_queries: Any
) -> None:
    for _ in range(count):
        make.ClaimFactory(date=DAY)
    make.PhaseFactory(key="first")
    held: Chronicle = stored()
    with django_assert_num_queries(2):
        assert len(story(held).where) == count
    with django_assert_num_queries(0):
        assert [chapter.slug for chapter in story(held).chapters] == ["first"]
