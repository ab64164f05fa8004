"""Balance: nothing but knowledge tells which of the options is right."""

from collections import Counter
from random import Random

import pytest

from quiz.questions.balance import LEAST_KEPT, Balance
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import Refusal
from quiz.questions.making import make
from quiz.questions.question import Question
from tests.questions.builders import chronicle, event, frame, place

ANSWERS = "abcdefghij"
ORDERS = (lambda answer: answer,)


def asked(**often: int) -> dict[str, tuple[str, list[str]]]:
    """So many questions for each answer, with all others as wrong ones."""
    return {
        f"{answer}{n}": (answer, [other for other in ANSWERS if other != answer])
        for answer in ANSWERS
        for n in range(often.get(answer, 3))
    }


def anything(_one: str, _other: str) -> bool:
    return True


def drawn(balance: Balance, questions: dict[str, tuple[str, list[str]]], seeds: int) -> list[tuple[str, list[str]]]:
    found = []
    for seed in range(seeds):
        for key, (right, wrong) in questions.items():
            rng = Random(f"{seed}/{key}")
            shown = balance.draw(right, wrong, rng)
            if not balance.leaves_out(key, rng):
                found.append((right, sorted([right, *shown])))
    return found


def rate(sets: list[tuple[str, list[str]]], pick: Counter[str] | int) -> float:
    """How often a bot is right that takes a rank, or the answer that it counted most often."""
    hits = [
        (shown[pick] if isinstance(pick, int) else max(shown, key=lambda one: (pick[one], one))) == right
        for right, shown in sets
    ]
    return sum(hits) / len(hits)


@pytest.mark.parametrize("often", [{}, {"a": 20, "j": 30}, {"e": 60}])
def test_neither_rank_nor_fame_is_a_good_guess(often: dict[str, int]) -> None:
    questions = asked(**often)
    sets = drawn(Balance(questions, 3, anything, ORDERS), questions, 80)
    fame = Counter(right for right, _ in sets)
    assert {len(shown) for _, shown in sets} == {4}
    assert all(abs(rate(sets, rank) - 0.25) < 0.04 for rank in range(4)), [rate(sets, rank) for rank in range(4)]
    assert rate(sets, fame) < 0.29


def test_without_weights_fame_would_be_a_good_guess() -> None:
    questions = asked(e=60)
    sets = drawn(Balance({}, 3, anything, ORDERS), questions, 30)
    assert rate(sets, Counter(right for right, _ in sets)) > 0.6


def test_each_question_is_asked_now_and_then() -> None:
    questions = asked(e=200)
    balance = Balance(questions, 3, anything, ORDERS)
    assert set(balance.kept) == set(questions)
    assert LEAST_KEPT <= min(balance.kept.values()) < max(balance.kept.values()) <= 1
    assert not any(Balance({}, 3, anything, ORDERS).leaves_out("e0", Random(seed)) for seed in range(50))


def test_a_rank_that_the_key_takes_too_often_is_drawn_less_and_one_too_seldom_more() -> None:
    """The key comes first by name in most of these questions: sets in which it does weigh less than one."""
    ranks = Balance(asked(a=60), 3, anything, ORDERS).ranks
    assert 0.05 <= ranks[0, 3, 0] < 0.9
    assert 1.1 < ranks[0, 3, 3] <= 20


def test_the_same_questions_give_the_same_weights() -> None:
    one, other = (Balance(asked(a=9), 3, anything, ORDERS) for _ in range(2))
    assert (one.weights, one.kept, one.ranks) == (other.weights, other.kept, other.ranks)
    reversed_order = dict(reversed(asked(a=9).items()))
    assert Balance(reversed_order, 3, anything, ORDERS).weights == one.weights


def test_answers_that_do_not_fit_are_never_drawn_together() -> None:
    def fits(one: str, other: str) -> bool:
        return (one < "f") == (other < "f")

    balance = Balance(asked(), 3, fits, ORDERS)
    for seed in range(50):
        shown = balance.draw("a", list("bcdefghij"), Random(seed))
        assert {one < "f" for one in shown} in ({True}, {False})
        assert len(set(shown)) == 3


def test_a_small_pool_is_drawn_whole() -> None:
    balance = Balance({}, 3, anything, ORDERS)
    assert {tuple(sorted(balance.draw("a", ["b", "c"], Random(seed)))) for seed in range(9)} == {("b", "c")}


def words(number: int) -> str:
    return f"{chr(97 + number // 20)} {chr(97 + number % 20)}"


def battle() -> Chronicle:
    """Forty captures of one town among twenty others with one each, all excluded by other days."""
    keys = [f"{chr(97 + n)}{chr(107 - n // 2)}{'xyz'[n % 3]}{chr(97 + n)}m" for n in range(20)]
    places = [place("zahle"), *(place(key, 2.2 * (n + 1)) for n, key in enumerate(keys))]
    events = [
        event(f"z{n}", f"2014-0{1 + n // 20}-{1 + n % 20:02}", at="zahle", clause=f"band {words(n)} hit {{place}}")
        for n in range(40)
    ]
    events += [event(f"at-{key}", f"2014-03-{n + 1:02}", at=key) for n, key in enumerate(keys)]
    return chronicle(*events, *frame(), places=places)


@pytest.mark.parametrize(("kind", "chance"), [("choose-place", 1 / 4), ("find-place", 1 / 7)])
def test_the_place_that_is_right_most_often_is_no_good_guess(kind: str, chance: float) -> None:
    story = battle()
    made = [make(story, kind, key, seed) for key in story.events for seed in range(12)]
    asked_for = [one for one in made if isinstance(one, Question)]
    with_zahle = [one for one in asked_for if any(option.place == "zahle" for option in one.options)]
    share = sum(one.options[one.key[0]].place == "zahle" for one in with_zahle) / len(with_zahle)
    assert abs(share - chance) < 0.1
    refused = [make(story, kind, "z1", seed) for seed in range(60)]
    assert {one.by_chance for one in refused if isinstance(one, Refusal)} == {True}
    assert any(isinstance(one, Question) for one in refused)
