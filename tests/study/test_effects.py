"""What an edit changes in the questions: the two chronicles compared."""

from collections.abc import Callable

import pytest
from django.db import transaction

from quiz.models import Claim, Event, EventPlace, Place, StatedOrder
from quiz.questions.question import Facet, Option, Shape
from quiz.study import effects
from quiz.study.effects import Changes, Sort, Standing
from tests import factories as make
from tests.study.stories import FIRST, tell


@pytest.fixture
def story(db: None) -> list[Event]:
    """A dozen captures, three days apart."""
    return tell()


def by(deed: Callable[[], object]) -> Changes:
    """What a deed changes; it is undone."""
    before = effects.current()
    with transaction.atomic():
        deed()
        after = effects.uncommitted()
        transaction.set_rollback(True)
    return effects.compare(before, after)


def found(changes: Changes, sort: Sort, event: Event) -> set[str]:
    """The kinds of question on an event that an edit does this to."""
    return {effect.kind.name for effect in changes.of(sort) if effect.event == event.key}


def claim_of(event: Event, **values: object) -> Callable[[], object]:
    """Change the claim of an event."""
    return lambda: Claim.objects.filter(event=event).update(**values)


def test_a_deed_that_touches_no_fact_changes_nothing(story: list[Event]) -> None:
    changes = by(lambda: Event.objects.update(note="x"))
    assert changes == Changes()
    assert not changes


def test_what_is_undone_leaves_no_trace(story: list[Event]) -> None:
    before = effects.current().chronicle
    by(lambda: Event.objects.all().delete())
    assert effects.current().chronicle is before
    assert Event.objects.count() == 12


def test_another_date_changes_the_key_of_its_date_questions(story: list[Event]) -> None:
    changes = by(claim_of(story[4], date="2014-01-15"))
    assert {"choose-date", "enter-date"} <= found(changes, Sort.KEY, story[4])
    (entered,) = (e for e in changes.of(Sort.KEY) if (e.kind.name, e.event) == ("enter-date", story[4].key))
    assert (entered.before.key, entered.after.key) == ("14 January 2014", "15 January 2014")
    assert entered.told == "Government forces captured Elm (15 January 2014)"
    assert changes.of(Sort.GONE) == []


def test_a_doubt_makes_questions_disappear_and_says_why(story: list[Event]) -> None:
    changes = by(claim_of(story[4], stance="doubts"))
    assert {"choose-date", "enter-date", "choose-place"} <= found(changes, Sort.GONE, story[4])
    assert {e.after.reason for e in changes.of(Sort.GONE) if e.kind.name == "enter-date"} == {"no claim vouches for it"}


def test_a_voice_makes_its_questions_attributed(story: list[Event]) -> None:
    voice = make.ActorFactory(name="A party")
    changes = by(claim_of(story[4], voice=voice))
    assert "enter-date" in found(changes, Sort.WORDS, story[4])
    assert found(changes, Sort.KEY, story[4]) == set()


def test_retiring_and_deleting_make_all_its_questions_disappear(story: list[Event]) -> None:
    asked = {
        kind
        for (key, kind), s in effects.standings(effects.current().chronicle).items()
        if key == story[4].key and not s.reason
    }
    for deed in (lambda: Event.objects.filter(pk=story[4].pk).update(retired=True), story[4].delete):
        changes = by(deed)
        assert found(changes, Sort.GONE, story[4]) == asked
        assert {e.after.reason for e in changes.of(Sort.GONE) if e.event == story[4].key} == {
            "the event is deleted or retired"
        }


def test_an_event_that_comes_back_makes_questions_appear(story: list[Event]) -> None:
    Event.objects.filter(pk=story[4].pk).update(retired=True)
    changes = by(lambda: Event.objects.update(retired=False))
    assert {"choose-date", "enter-date"} <= found(changes, Sort.NEW, story[4])


def test_other_events_may_lose_questions_too(story: list[Event]) -> None:
    changes = by(lambda: Event.objects.exclude(pk=story[0].pk).update(retired=True))
    assert {"first", "order"} <= found(changes, Sort.GONE, story[0])
    assert "enter-date" not in found(changes, Sort.GONE, story[0])


def test_a_twin_text_takes_both_events_out_of_questions(story: list[Event]) -> None:
    place = story[0].places.get().place
    changes = by(lambda: EventPlace.objects.filter(event=story[1]).update(place=place))
    assert "enter-date" in found(changes, Sort.GONE, story[0])
    assert any(remark.startswith("Clause of two events: ") for remark in changes.remarks)


def test_another_name_of_a_place_is_other_words_and_no_other_key(story: list[Event]) -> None:
    changes = by(lambda: Place.objects.filter(key="elm").update(name="Elmtown"))
    assert changes.of(Sort.KEY) == []
    assert "choose-place" in found(changes, Sort.WORDS, story[4])


def test_events_that_were_edited_are_listed_first(story: list[Event]) -> None:
    changes = by(claim_of(story[7], date="2014-01-22", stance="doubts"))
    gone = [effect.event for effect in changes.of(Sort.GONE)]
    mine = gone.count(story[7].key)
    assert gone[:mine] == [story[7].key] * mine


def test_an_order_that_nobody_could_know_before_is_an_edit(story: list[Event]) -> None:
    passage = make.PassageFactory()
    before = effects.current()
    with transaction.atomic():
        StatedOrder.objects.create(earlier=story[0], later=story[1], passage=passage, words="soon after")
        after = effects.uncommitted()
        transaction.set_rollback(True)
    assert not effects._same(before.chronicle, after.chronicle)


@pytest.mark.parametrize(
    ("date", "remarked"),
    [
        ("2012-06-01", False),
        ("2011-12-31", True),
        ("2014-12-31", False),
        ("2015-01-01", True),
        ("2014-12-01/2015-02-01", True),
        ("[..2014-01-14]", False),
        ("", False),
    ],
)
def test_a_year_more_than_one_off_the_phases_is_remarked_on(story: list[Event], date: str, remarked: bool) -> None:
    basis = "stated" if date else ""
    changes = by(claim_of(story[4], date=date, date_basis=basis))
    assert any(remark.endswith("is the year right?") for remark in changes.remarks) is remarked


def test_an_old_slip_in_a_year_is_not_told_of_again(story: list[Event]) -> None:
    claim_of(story[4], date="2041-01-01")()
    changes = by(claim_of(story[5], date="2014-01-16"))
    assert [remark for remark in changes.remarks if "year" in remark] == []


def test_a_new_event_that_nothing_asks_is_said_so(story: list[Event]) -> None:
    changes = by(lambda: make.ClaimFactory(event=make.EventFactory(told_only=True, clause="fear spread")))
    assert changes.effects == ()
    assert changes.remarks == ("No question is made of this event yet: Fear spread (on a day that is not given).",)


def test_the_story_begins_within_the_years_of_its_phases(story: list[Event]) -> None:
    assert FIRST.year == 2014


def standing(**values: object) -> Standing:
    return Standing(**{"stem": "When?", "mode": "plain", "key": "a", "right": ("a",), **values})


@pytest.mark.parametrize(
    ("before", "after", "edited", "sort"),
    [
        (standing(), standing(), True, None),
        (standing(), Standing("why"), False, Sort.GONE),
        (Standing("why"), standing(), False, Sort.NEW),
        (Standing("why"), Standing("another"), True, None),
        (Standing("why"), Standing(), True, Sort.NEW),
        (standing(), Standing(), True, None),
        (standing(), standing(right=("b",)), False, Sort.KEY),
        (standing(), standing(key="A"), False, Sort.WORDS),
        (standing(), standing(mode="attributed"), False, Sort.WORDS),
        (standing(partners=frozenset("x")), standing(partners=frozenset("y"), right=("b",)), True, None),
        (standing(partners=frozenset("x")), standing(partners=frozenset("x"), right=("b",)), False, Sort.KEY),
        (standing(partners=frozenset("x")), standing(partners=frozenset("x"), stem="Who?"), False, None),
        (standing(partners=frozenset("x")), standing(partners=frozenset("x"), stem="Who?"), True, Sort.WORDS),
    ],
)
def test_what_becomes_of_a_question(before: Standing, after: Standing, edited: bool, sort: Sort | None) -> None:
    assert effects._sort(before, after, edited) is sort


def test_another_of_several_right_days_is_no_other_key() -> None:
    options = tuple(Option(f"{n} April 2014") for n in (15, 16, 20))
    values = {"shape": Shape.CHOICE, "facet": Facet.DATE, "options": options, "key_text": "15–16 April 2014"}
    one, other = (effects._standing(make.question(**values, key=(key,))) for key in (0, 1))
    assert one.right == other.right == ("15–16 April 2014",)
