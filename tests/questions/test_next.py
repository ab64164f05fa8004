"""What came next? The key is the soonest after the asked event, and all others are excluded by their dates."""

from collections import Counter

import pytest

from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import KINDS, make
from quiz.questions.question import Facet, Mode, Question, Shape
from tests.questions.builders import chronicle, claim, event

SEEDS = range(120)


def ask(told: Chronicle, seed: int = 1, key: str = "d") -> Question:
    made = make(told, "next", key, seed)
    assert isinstance(made, Question), made
    return made


def week(*days: str) -> Chronicle:
    """Events a, b, c … on these days."""
    return chronicle(*(event(chr(97 + n), day) for n, day in enumerate(days)))


SEVEN = week(*(f"2013-11-{day}" for day in range(11, 18)))


def shown(made: Question) -> list[str]:
    return [option.event for option in made.options]


def test_the_stem_tells_an_event_and_asks_for_the_one_after_it() -> None:
    made = ask(SEVEN)
    assert (made.kind, made.shape, made.facet, made.mode) == ("next", Shape.CHOICE, Facet.SEQUENCE, Mode.PLAIN)
    assert made.stem == "Which of these came soonest after this: government forces captured the d post?"
    key = shown(made)[made.key[0]]
    assert (made.events, made.key_text) == (("d", key), f"Government forces captured the {key} post")
    assert len(made.options) == 4
    assert {option.note for option in made.options} == {SEVEN.story_line(key) for key in shown(made)}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_key_is_the_soonest_after_the_event_by_every_claim(seed: int) -> None:
    days = ["2013-11-11", "2013-11-12", "2013-11-12/2013-11-13", "2013-11-14", "2013-11-15", "2013-11-15", "2013-11-17"]
    told = week(*days, "2013-11-16/2013-11-18", "2013-11-20", "2013-11-21")
    made = ask(told, seed)
    later = [key for key in shown(made) if told.sequence.precede("d", key)]
    key = shown(made)[made.key[0]]
    assert key in later
    assert all(told.sequence.precede(key, other) for other in later if other != key)
    assert all(told.sequence.precede(other, "d") for other in shown(made) if other not in later)


def test_so_many_of_the_others_came_before_as_is_drawn_first() -> None:
    counts = Counter(sum(key < "d" for key in shown(ask(SEVEN, seed))) for seed in range(400))
    assert sorted(counts) == [1, 2, 3]
    assert all(100 <= count <= 170 for count in counts.values())


def test_the_place_on_the_page_is_any_equally_often() -> None:
    ranks = Counter(ask(SEVEN, seed).key[0] for seed in range(400))
    assert sorted(ranks) == [0, 1, 2, 3]
    assert all(70 <= count <= 130 for count in ranks.values())


def test_the_explanation_gives_both_dates_and_where_the_others_lie() -> None:
    made = next(made for made in (ask(SEVEN, seed) for seed in SEEDS) if made.events == ("d", "e"))
    earlier = sum(key < "d" for key in shown(made))
    count = ("None", "One", "Two", "Three")
    assert made.explanation.startswith(
        "Government forces captured the d post (14 November 2013). The next of these: 15 November 2013. "
    )
    assert f"{count[earlier]} of the other choices came before." in made.explanation
    later = f"{count[3 - earlier]} of the other choices came later still."
    assert made.explanation.endswith(later if earlier < 3 else "came before.")


def test_three_options_stand_where_there_are_no_more() -> None:
    told = week("2013-11-13", "2013-11-14", "2013-11-15", "2013-11-16")
    assert {tuple(sorted(shown(ask(told, seed, "b")))) for seed in SEEDS} == {("a", "c", "d")}


def test_an_event_that_words_would_tell_is_the_key_less_often() -> None:
    """Only the event right after the asked one shares words with it: taken by lot, it would be the key in a third."""
    clauses = {"d": "rebels marched through Qara", "e": "villagers of Qara hid from rebels who marched"}
    told = chronicle(
        *(
            event(key, f"2013-11-{11 + n}", clause=clauses.get(key, f"government forces captured the {key} post"))
            for n, key in enumerate("abcdefghi")
        )
    )
    assert 20 <= sum(ask(told, seed).events == ("d", "e") for seed in range(400)) <= 70


def test_an_event_that_no_other_shares_words_with_is_the_key_less_often() -> None:
    """However many words it has of its own: of the five that may be the key, it would be a third by lot."""
    clauses = {"d": "rebels marched", "e": "snow fell and closed many high passes to traffic for a month"}
    told = chronicle(
        *(
            event(key, f"2013-11-{11 + n}", clause=clauses.get(key, f"government forces captured the {key} post"))
            for n, key in enumerate("abcdefghi")
        )
    )
    assert 40 <= sum(ask(told, seed).events == ("d", "e") for seed in range(400)) <= 95


def test_an_event_that_nothing_came_after_is_not_asked() -> None:
    refusal = Refusal("nothing near it in time comes definitely after it")
    assert make(week("2013-11-13", "2013-11-14", "2013-11-14"), "next", "b", 1) == refusal


def test_two_others_are_needed_beside_the_key() -> None:
    refusal = Refusal("too few events near it in time stand in a strict order")
    assert make(week("2013-11-13", "2013-11-14", "2013-11-15"), "next", "a", 1) == refusal


def test_an_attributed_event_is_asked_with_its_witness() -> None:
    sohr = event("d", claim("2013-11-14", voice="sohr"))
    made = ask(chronicle(*(one for one in SEVEN.events.values() if one.key != "d"), sohr))
    assert made.mode is Mode.ATTRIBUTED
    assert made.stem == (
        "Which of these came soonest after this: according to SOHR, government forces captured the d post?"
    )


def test_a_stem_that_is_too_long_is_refused() -> None:
    long = event("d", "2013-11-14", clause="rebels " + "and rebels " * 20 + "met")
    told = chronicle(*(one for one in SEVEN.events.values() if one.key != "d"), long)
    assert make(told, "next", "d", 1) == Refusal("its stem would be too long")
    assert list(KINDS["next"].pairs(told, told.events["d"])) == []


def test_a_sensitive_option_makes_the_question_sensitive() -> None:
    held = [one for one in SEVEN.events.values() if one.key != "e"]
    told = chronicle(*held, event("e", "2013-11-15", sensitive=True))
    assert all(made.sensitive == ("e" in shown(made)) for made in (ask(told, seed) for seed in SEEDS))


def test_what_may_stand_in_no_order_is_refused_with_its_reason() -> None:
    told = chronicle(event("z", claim()), *SEVEN.events.values())
    assert make(told, "next", "z", 1) == Refusal("no claim dates it")
    assert list(KINDS["next"].pairs(told, told.events["z"])) == []


def test_the_pairs_are_each_possible_key_beside_what_came_before_or_later_still() -> None:
    told = week("2013-11-13", "2013-11-14", "2013-11-15", "2013-11-15", "2013-11-16")
    paired = [(made.events[1], shown(made)[1]) for made in KINDS["next"].pairs(told, told.events["b"])]
    assert sorted(paired) == [("c", "a"), ("c", "e"), ("d", "a"), ("d", "e"), ("e", "a")]
