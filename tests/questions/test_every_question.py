"""The proof: over the fixtures, every event and kind with several seeds, no question that an independent judge faults.

The judge is `tests/questions/checker.py`. Below the proof stand planted faults, each of which it must catch, and
floors for the number of questions judged: '0 faults' never means '0 checked'.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from quiz.chronology import day_in_words
from quiz.models import Claim, Phase, StatedOrder
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Option, Question
from quiz.study.facts import build
from quiz.study.sittings import Choice, assemble
from tests.questions.builders import chronicle, claim, event, frame, towns
from tests.questions.checker import World, faults, km, opening_days, read_option

SEEDS = range(3)
FLOORS = {"choose-date": 600, "enter-date": 550, "choose-place": 550, "first": 400, "order": 400}
"""So many questions must be made and judged at least; about 80 % of what there were when this was written."""


@pytest.fixture(scope="module")
def real(django_db_setup: None, django_db_blocker: Any) -> tuple[Chronicle, World]:
    """The fixtures, loaded once and taken back: the facts for the makers, and for the judge.

    Whoever uses it needs the mark `django_db`: pytest-django makes a test database only for tests that ask for one,
    and without it this would work on the site's own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_chronicle", stdout=StringIO())
        told = build()
        stated = list(StatedOrder.objects.values_list("earlier__key", "later__key"))
        claimed = Claim.objects.exclude(earliest=None).values_list("earliest", flat=True)
        first_day = min(*Phase.objects.values_list("earliest", flat=True), *claimed)
        transaction.set_rollback(True)
    return told, World(told.events.values(), told.gazetteer.places, stated, first_day)


def everything(told: Chronicle, kind: str) -> Iterator[tuple[str, Question | Refusal]]:
    """Each event's question of a kind, or why there is none."""
    return ((key, make(told, kind, key, seed)) for key in told.events for seed in SEEDS)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_no_question_has_a_fault(real: tuple[Chronicle, World], kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    told, world = real
    judged, skipped, found = 0, Counter[str](), []
    for key, made in everything(told, kind):
        if isinstance(made, Refusal):
            skipped[made.reason] += 1
        else:
            judged += 1
            found += [
                (key, fault, made.stem, [option.text for option in made.options]) for fault in faults(world, made)
            ]
    with capsys.disabled():
        reasons = "; ".join(f"{count} {reason}" for reason, count in skipped.most_common())
        print(f"\n  {kind}: {judged} judged, {skipped.total()} not made ({reasons})")  # noqa: T201
    assert found == []
    assert judged >= FLOORS[kind]


def test_every_kind_has_a_floor() -> None:
    assert set(FLOORS) == set(KINDS)


@pytest.mark.django_db
def test_the_fixtures_give_the_judge_something_to_go_by(real: tuple[Chronicle, World]) -> None:
    _, world = real
    claims = [one for told in world.events.values() for one in told.claims]
    assert len(world.events) >= 300
    assert len(claims) >= 400
    assert len(world.stated) >= 5
    assert any(one.stance in {"doubts", "denies"} for one in claims)
    assert any(one.overtaken for one in claims)


@pytest.mark.django_db
def test_a_key_takes_every_rank_about_as_often_where_the_chronicle_has_room(real: tuple[Chronicle, World]) -> None:
    told, world = real
    ranks: Counter[int] = Counter()
    for _, made in everything(told, "choose-date"):
        if isinstance(made, Question):
            first, last = read_option(made.options[made.key[0]].text)
            if min(first - world.first_day, told.last_day - last) > 30 * DAY:
                ranks[made.key[0]] += 1
    share = ranks.total() / 4
    assert share >= 50
    assert all(0.75 * share <= ranks[rank] <= 1.25 * share for rank in range(4)), ranks


@pytest.mark.django_db
def test_the_earlier_of_two_events_stands_first_about_half_the_time(real: tuple[Chronicle, World]) -> None:
    ranks = Counter(made.key[0] for _, made in everything(real[0], "first") if isinstance(made, Question))
    assert 0.43 <= ranks[0] / ranks.total() <= 0.57


# --- Planted faults -----------------------------------------------------------------------------

PLACES = towns("qara", "rima", "tfail", "jobeh", "bakha", "flitah")


def story(**changes: Any) -> tuple[Chronicle, World]:
    """A small chronicle: a capture of Qara between other events at other places, all of them askable."""
    told = chronicle(
        event("e", claim("2014-01-15"), claim("2014-01-25", "003", stance="predicted"), at="qara", **changes),
        *(
            event(
                f"at-{place.key}",
                f"2014-02-{3 * n:02}",
                at=place.key,
                kind="visit",
                clause="a minister saw {place}",
                sides=[],
            )
            for n, place in enumerate(PLACES, 1)
        ),
        event("like", "2014-01-30", at="flitah", clause="government forces took hold of {place}"),
        *frame(),
        places=PLACES,
    )
    return told, World(told.events.values(), told.gazetteer.places, (), date(2013, 9, 1))


def sound(kind: str, seed: int = 1) -> tuple[World, Question]:
    """A question without a fault, for planting one."""
    told, world = story()
    made = make(told, kind, "e", seed)
    assert isinstance(made, Question)
    assert faults(world, made) == []
    return world, made


def with_option(made: Question, n: int, **changes: Any) -> Question:
    options = list(made.options)
    options[n] = replace(options[n], **changes)
    return replace(made, options=tuple(options))


def wrong(made: Question) -> int:
    """The number of a wrong option: the last one, so that dates can move back without a change of order."""
    return max(set(range(len(made.options))) - set(made.key))


def redated(made: Question, *days: date) -> Question:
    """The same question with these days as options, the right one among them."""
    key = days.index(date(2014, 1, 15))
    return replace(made, options=tuple(Option(day_in_words(day)) for day in days), key=(key,))


KEY = date(2014, 1, 15)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "caught"),
    [
        ([KEY, KEY + DAY, KEY + 4 * DAY, KEY + 5 * DAY], ["a wrong option that a claim allows, or nearly"]),
        ([KEY - DAY, KEY, KEY + 4 * DAY, KEY + 5 * DAY], ["a wrong option that a claim allows, or nearly"]),
        ([KEY, KEY + 4 * DAY, KEY + 5 * DAY, KEY + 9 * DAY], ["a wrong option that a claim allows, or nearly"]),
        ([KEY, KEY + 4 * DAY, KEY + 5 * DAY, KEY + 10 * DAY], ["a wrong option that a claim allows, or nearly"]),
        ([KEY, KEY + 4 * DAY, KEY + 5 * DAY, KEY + 22 * DAY], ["a wrong day far away"]),
        ([KEY + 4 * DAY, KEY, KEY + 5 * DAY, KEY + 12 * DAY], ["not four options in order"]),
        ([KEY, KEY + 4 * DAY, KEY + 5 * DAY], ["not four options in order"]),
        ([KEY, KEY + 4 * DAY, KEY + 5 * DAY, KEY + 12 * DAY], []),
    ],
)
def test_a_planted_fault_among_days_is_caught(days: list[date], caught: list[str]) -> None:
    world, made = sound("choose-date")
    assert faults(world, redated(made, *days)) == caught


def test_a_second_right_day_is_caught() -> None:
    told = chronicle(event("e", "2014-01-14/2014-01-16"), *frame())
    world = World(told.events.values(), (), (), date(2013, 9, 1))
    made = make(told, "choose-date", "e", 1)
    assert isinstance(made, Question)
    assert faults(world, made) == []
    right = made.key[0]
    others = [f"{n} January 2014" for n in (14, 15, 16) if f"{n} January 2014" != made.options[right].text]
    planted = with_option(made, wrong(made), text=others[0], note="", event="")
    assert "not exactly one right option" in faults(world, planted)


def test_a_right_day_that_is_not_marked_as_such_is_caught() -> None:
    world, made = sound("choose-date")
    assert "not exactly one right option" in faults(world, replace(made, key=((made.key[0] + 1) % 4,)))


def test_a_span_among_days_is_caught() -> None:
    world, made = sound("choose-date")
    assert "options of two sorts" in faults(world, with_option(made, 3, text="1–4 February 2014"))


def test_a_day_before_the_chronicle_is_caught() -> None:
    told = chronicle(event("e", "2014-01-15", at="qara"), *frame("2014-01-10"))
    world = World(told.events.values(), told.gazetteer.places, (), date(2014, 1, 10))
    made = make(told, "choose-date", "e", 1)
    assert isinstance(made, Question)
    planted = redated(made, KEY - 6 * DAY, KEY, KEY + 4 * DAY, KEY + 5 * DAY)
    assert faults(world, planted) == ["a wrong option before the chronicle"]


def test_a_note_that_tells_another_day_is_caught() -> None:
    world, made = sound("choose-date")
    assert faults(world, with_option(made, wrong(made), note="It happened.", event="at-rima")) == [
        "a note that is not true"
    ]


def test_a_note_that_denies_an_event_is_caught() -> None:
    world, made = sound("choose-date")
    planted = redated(made, KEY, KEY + 4 * DAY, KEY + 5 * DAY, KEY + 15 * DAY)
    assert faults(world, with_option(planted, 3, note="The chronicle dates no event to this day alone.")) == [
        "a note that is not true"
    ]


@pytest.mark.parametrize("kind", ["choose-date", "enter-date", "choose-place"])
@pytest.mark.parametrize(
    ("pattern", "caught"),
    [
        ("According to Document 000, {}", {"attributed without need", "the mode is not that of the stem"}),
        ("{} Or when?", {"not one question"}),
        ("The next day, {}", {"a relative date in the stem"}),
        ("For  long, {}", {"the stem reads badly"}),
        ("x" * 220 + "{}", {"length of the stem"}),
    ],
)
def test_a_planted_fault_of_wording_is_caught(kind: str, pattern: str, caught: set[str]) -> None:
    world, made = sound(kind)
    assert caught <= set(faults(world, replace(made, stem=pattern.format(made.stem))))


@pytest.mark.parametrize("kind", ["choose-date", "enter-date", "choose-place"])
@pytest.mark.parametrize("changes", [{"kind": "killing"}, {"told_only": True}, {"clause": "rebels killed at {place}"}])
def test_a_question_that_needs_its_source_or_must_not_be_asked_is_caught(kind: str, changes: dict[str, Any]) -> None:
    _, made = sound(kind)
    _, world = story(sensitive=True, **changes)
    fault = "a state is asked" if "told_only" in changes else "not attributed"
    assert fault in faults(world, replace(made, sensitive=True))


def test_a_lead_that_names_somebody_else_is_caught() -> None:
    told = chronicle(event("e", claim("2014-01-15", voice="sohr")), *frame())
    world = World(told.events.values(), (), (), date(2013, 9, 1))
    made = make(told, "enter-date", "e", 1)
    assert isinstance(made, Question)
    assert faults(world, made) == []
    planted = replace(made, stem=made.stem.replace("SOHR", "the Army"))
    assert faults(world, planted)[0] == "nobody whom the stem names says so"


@pytest.mark.parametrize("kind", ["choose-date", "enter-date"])
@pytest.mark.parametrize(
    ("stem", "caught"),
    [
        ("On which day in January was it that government forces captured Qara?", "a month or weekday in the stem"),
        ("On which Monday was it that government forces captured Qara?", "a month or weekday in the stem"),
        ("On which day was it that 15 government forces captured Qara?", "a number of the key in the stem"),
        ("On which day was it that government forces captured it?", "the stem does not tell of the event"),
    ],
)
def test_a_date_that_leaks_into_its_stem_is_caught(kind: str, stem: str, caught: str) -> None:
    world, made = sound(kind)
    assert caught in faults(world, replace(made, stem=stem))


@pytest.mark.parametrize(
    ("changes", "caught"),
    [
        ({"days": ("2014-01-15", "2014-01-16")}, ["the accepted days are not those of the claims"]),
        ({"days": ("2014-01-14", "2014-01-14")}, ["the accepted days are not those of the claims"]),
        ({"half_life": 7.0}, ["the half-life"]),
        ({"options": (Option("15 January 2014"),), "key": (0,)}, ["options where none belong"]),
        ({"citations": ()}, ["no citation", "not all claims are cited"]),
        ({"explanation": ""}, ["no explanation"]),
        ({"sensitive": True}, ["the content note is wrong"]),
    ],
)
def test_a_planted_fault_of_an_entered_date_is_caught(changes: dict[str, Any], caught: list[str]) -> None:
    world, made = sound("enter-date")
    assert faults(world, replace(made, **changes)) == caught


def test_disputed_and_unsettled_dates_are_caught() -> None:
    _, made = sound("enter-date")
    for claims in (["2014-01-15", "2014-01-17"], ["2014-01-15", "2014-01-15/2014-01-16"]):
        told = chronicle(event("e", *claims, at="qara"), *frame())
        found = faults(World(told.events.values(), told.gazetteer.places, (), date(2013, 9, 1)), made)
        assert {"a disputed date is asked", "a day inside a span is taken for agreement"} & set(found)
    _, world = story(twins=["like"])
    assert "a date that is not settled" in faults(world, made)


def test_a_stem_that_points_to_two_events_is_caught() -> None:
    _, made = sound("enter-date")
    told = chronicle(event("e", "2014-01-15", at="qara"), event("f", "2014-03-15", at="qara"))
    world = World(told.events.values(), told.gazetteer.places, (), date(2013, 9, 1))
    assert "the stem points to two events" in faults(world, made)


# Places


def placed(**parents: str) -> tuple[World, Question]:
    """A sound question of a place, and a world in which some places lie in others."""
    world, made = sound("choose-place")
    places = [replace(place, parent=parents.get(place.key)) for place in PLACES]
    return World(world.events.values(), places, (), world.first_day), made


def test_a_wrong_place_that_contains_the_key_is_caught() -> None:
    _, made = sound("choose-place")
    world, _ = placed(qara=made.options[wrong(made)].text.lower())
    assert faults(world, made) == ["a wrong place that is, holds or lies in a right one"]


def test_a_wrong_place_that_lies_in_the_key_is_caught() -> None:
    _, made = sound("choose-place")
    world, _ = placed(**{made.options[wrong(made)].text.lower(): "qara"})
    assert faults(world, made) == ["a wrong place that is, holds or lies in a right one"]


def test_a_wrong_place_that_a_claim_gives_is_caught() -> None:
    _, made = sound("choose-place")
    wrong_key = made.options[wrong(made)].text.lower()
    _, world = story(places={"qara": "at", wrong_key: "mentioned"})
    assert faults(world, made) == ["a wrong place that is, holds or lies in a right one"]


def test_a_wrong_place_of_which_the_stem_is_true_is_caught() -> None:
    world, made = sound("choose-place")
    key = next(option.text for n, option in enumerate(made.options) if n not in made.key).lower()
    same_day = event("f", "2014-01-15", at=key, clause="government forces also captured {place}")
    planted = World([*world.events.values(), same_day], PLACES, (), world.first_day)
    assert faults(planted, made) == ["a wrong place that is, holds or lies in a right one"]
    another_day = World([*world.events.values(), replace(same_day, claims=(claim("2014-01-17"),))], PLACES, (), KEY)
    assert faults(another_day, made) == []
    undated = replace(made, stem="Government forces captured which town or village?")
    assert "a wrong place that is, holds or lies in a right one" in faults(another_day, undated)


@pytest.mark.parametrize(
    ("changes", "caught"),
    [
        ({"kind": "hill"}, "a wrong place of another kind"),
        ({"lat": 36.0}, "a wrong place far away"),
        ({"lat": None, "parent": "tfail"}, "a wrong place that may be far away"),
        ({"spellings": ("forces",)}, "a wrong place named in the clause"),
    ],
)
def test_a_wrong_place_of_the_wrong_sort_is_caught(changes: dict[str, Any], caught: str) -> None:
    world, made = sound("choose-place")
    key = made.options[wrong(made)].text.lower()
    places = [replace(place, **changes) if place.key == key else place for place in PLACES]
    assert caught in faults(World(world.events.values(), places, (), world.first_day), made)


def test_a_key_that_leaks_into_its_stem_is_caught() -> None:
    world, made = sound("choose-place")
    assert "the key in the stem" in faults(world, replace(made, stem="Near QARA, which town or village was captured?"))


@pytest.mark.parametrize(
    ("stem", "caught"),
    [
        (
            "On 16 January 2014, government forces captured which town or village?",
            "a date in the stem that is not plain",
        ),
        ("Government forces captured which town or village in May?", "a date inside the stem"),
        ("Government forces captured what?", "no place is asked for"),
        ("Government forces captured the which town or village?", "the stem reads badly"),
        ("Government forces captured which town or village region?", "the stem reads badly"),
    ],
)
def test_a_stem_that_asks_for_its_place_badly_is_caught(stem: str, caught: str) -> None:
    world, made = sound("choose-place")
    assert caught in faults(world, replace(made, stem=stem))


def test_options_of_places_out_of_order_twice_or_unknown_are_caught() -> None:
    world, made = sound("choose-place")
    turned = replace(made, options=made.options[::-1], key=(3 - made.key[0],))
    assert faults(world, turned) == ["not three or four options in order"]
    assert "two options are one" in faults(world, with_option(made, wrong(made), text="QARA"))
    assert "an option that is no place" in faults(world, with_option(made, wrong(made), text="Zzz"))
    assert "an option of options" in faults(world, with_option(made, wrong(made), text="None of these"))
    assert faults(world, with_option(made, wrong(made), event="e")) == ["a note that is not true"]


# Order


def four(*days: str, **changes: Any) -> tuple[Chronicle, World]:
    told = chronicle(*(event(key, day) for key, day in zip("abcd", days, strict=True)), **changes)
    return told, World(told.events.values(), (), changes.get("stated", ()), date(2013, 9, 1))


IN_ORDER = ("2014-01-01", "2014-01-03", "2014-01-05", "2014-01-07")


def ordered(kind: str = "order") -> Question:
    told, world = four(*IN_ORDER)
    made = make(told, kind, "a", 1)
    assert isinstance(made, Question)
    assert faults(world, made) == []
    return made


@pytest.mark.parametrize(
    "days",
    [
        ("2014-01-01", "2014-01-03", "2014-01-03", "2014-01-07"),
        ("2014-01-01", "2014-01-03/2014-01-05", "2014-01-05", "2014-01-07"),
        ("2014-01-01", "2014-01-05", "2014-01-03", "2014-01-07"),
        ("2014-01-01", "2014-01-03", "2014-01-05", "[..2014-01-07]"),
        ("2014-01-01", "2014-01-03", "2014-01", "2014-01-07"),
    ],
)
def test_a_pair_that_is_tied_open_or_reversed_is_caught(days: tuple[str, ...]) -> None:
    _, world = four(*days)
    assert faults(world, ordered()) == ["not strictly in order"]


def test_a_pair_that_only_an_overtaken_claim_reverses_is_caught() -> None:
    _, world = four(*IN_ORDER)
    late = replace(world.events["a"], claims=(claim("2014-01-01"), claim("2014-01-04", overtaken=True)))
    planted = World([late, *(world.events[key] for key in "bcd")], (), (), world.first_day)
    assert faults(planted, replace(ordered(), citations=ordered().citations)) == ["not strictly in order"]


def test_a_stated_order_breaks_a_tie_and_a_claim_breaks_a_stated_order() -> None:
    tied = ("2014-01-01", "2014-01-03", "2014-01-03", "2014-01-07")
    assert faults(four(*tied, stated=[("b", "c")])[1], ordered()) == []
    assert faults(four(*tied, stated=[("b", "d"), ("d", "c")])[1], ordered()) == []
    assert faults(four(*tied, stated=[("c", "b")])[1], ordered()) == ["not strictly in order"]
    turned = ("2014-01-01", "2014-01-05", "2014-01-03", "2014-01-07")
    assert faults(four(*turned, stated=[("b", "c")])[1], ordered()) == ["not strictly in order"]


def test_a_pair_that_is_perhaps_one_event_is_caught() -> None:
    _, world = four(*IN_ORDER)
    events = [replace(world.events["a"], twins=frozenset("b")), *(world.events[key] for key in "bcd")]
    assert faults(World(events, (), (), world.first_day), ordered()) == ["not strictly in order"]


def test_a_key_that_turns_two_events_is_caught() -> None:
    made = ordered()
    a, b, c, d = made.key
    assert "not strictly in order" in faults(four(*IN_ORDER)[1], replace(made, key=(b, a, c, d)))
    first = ordered("first")
    assert faults(four(*IN_ORDER)[1], replace(first, key=(1 - first.key[0],))) == ["not strictly in order"]


@pytest.mark.parametrize("shown", ["abcd", "bacd", "cbad", "dbca", "abdc"])
def test_a_start_that_is_right_or_one_swap_away_is_caught(shown: str) -> None:
    made = ordered()
    by_event = {option.event: option for option in made.options}
    planted = replace(
        made, options=tuple(by_event[key] for key in shown), key=tuple(shown.index(key) for key in "abcd")
    )
    assert faults(four(*IN_ORDER)[1], planted) == ["the start is right or one swap away"]


@pytest.mark.parametrize("kind", ["first", "order"])
@pytest.mark.parametrize(
    ("changes", "caught"),
    [
        ({"claims": (claim("2014-01-01", voice="sohr"),)}, "an event that is not told plainly"),
        ({"kind": "casualties"}, "an event that is not told plainly"),
        ({"told_only": True}, "an event that is not told plainly"),
        ({"clause": "government forces captured the b post"}, "an option does not point to one event"),
    ],
)
def test_an_event_that_must_not_stand_in_an_order_is_caught(kind: str, changes: dict[str, Any], caught: str) -> None:
    _, world = four(*IN_ORDER)
    events = [replace(world.events["a"], **changes), *(world.events[key] for key in "bcd")]
    assert caught in faults(World(events, (), (), world.first_day), ordered(kind))


@pytest.mark.parametrize("kind", ["first", "order"])
@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("Government forces recaptured the a post", "a word that tells the order"),
        ("Government forces captured the a post again", "a word that tells the order"),
        ("In May, government forces captured the a post", "a date in an option"),
    ],
)
def test_words_that_tell_the_order_are_caught(kind: str, text: str, caught: str) -> None:
    made = ordered(kind)
    n = next(n for n, option in enumerate(made.options) if option.event == "a")
    assert caught in faults(four(*IN_ORDER)[1], with_option(made, n, text=text))


# The judge's own tools


def test_the_judge_knows_plain_values_only() -> None:
    tree = ast.parse((Path(__file__).parent / "checker.py").read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    assert {f"{node.module}.{one.name}" for node in imports for one in node.names if node.module[:4] == "quiz"} == {
        "quiz.chronology.Interval",
        "quiz.gazetteer.Place",
        "quiz.questions.facts.ClaimFact",
        "quiz.questions.facts.EventFact",
        "quiz.questions.question.Option",
        "quiz.questions.question.Question",
    }
    assert not any(
        one.name.startswith("quiz") for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names
    )


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("19 November 2013", date(2013, 11, 19), date(2013, 11, 19)),
        ("15–17 November 2013", date(2013, 11, 15), date(2013, 11, 17)),
        ("29 November – 2 December 2013", date(2013, 11, 29), date(2013, 12, 2)),
        ("28 December 2013 – 1 January 2014", date(2013, 12, 28), date(2014, 1, 1)),
    ],
)
def test_the_judge_reads_the_options_of_dates(text: str, first: date, last: date) -> None:
    assert read_option(text) == (first, last)


def days(first: date, last: date) -> frozenset[date]:
    return frozenset(first + n * DAY for n in range((last - first).days + 1))


@pytest.mark.parametrize(
    ("stem", "allowed"),
    [
        ("On 5 May 2014, rebels left which hill?", days(date(2014, 5, 5), date(2014, 5, 5))),
        ("According to SOHR, on 15 May 2014, rebels left which hill?", days(date(2014, 5, 15), date(2014, 5, 15))),
        ("Around 2 May 2014, rebels left which hill?", days(date(2014, 4, 30), date(2014, 5, 4))),
        ("In February 2014, rebels left which hill?", days(date(2014, 2, 1), date(2014, 2, 28))),
        ("Between 2 and 4 May 2014, rebels left which hill?", days(date(2014, 5, 2), date(2014, 5, 4))),
        ("Between 30 April and 1 May 2014, rebels left which hill?", days(date(2014, 4, 30), date(2014, 5, 1))),
        ("Rebels left which hill on 5 May 2014, at noon?", frozenset()),
    ],
)
def test_the_judge_reads_the_date_that_opens_a_stem(stem: str, allowed: frozenset[date]) -> None:
    assert opening_days(stem) == allowed


def test_the_judge_measures_distances() -> None:
    measured = [km(PLACES[0], place) for place in PLACES[1:]]
    assert measured == pytest.approx([1.0, 2.0, 3.0, 4.0, 5.0], rel=1e-3)
    assert km(PLACES[0], replace(PLACES[1], lon=None)) is None


@pytest.mark.django_db
def test_no_two_questions_of_a_sitting_rest_on_one_sentence(real: tuple[Chronicle, World]) -> None:
    told, world = real
    for seed in range(60):
        asked = assemble(told, Choice(length=10), seed)
        for n, later in enumerate(asked):
            known = {place for earlier in asked[:n] for key in earlier.events for place in sentences(world, key)}
            assert known.isdisjoint(place for key in later.events for place in sentences(world, key))


def sentences(world: World, key: str) -> set[tuple[str, str]]:
    """Where the claims of an event stand, boxes apart, which gather what has nothing to do with each other."""
    return {(c.source, at) for c in world.events[key].claims if not c.infobox for at in c.locators}
