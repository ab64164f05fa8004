"""Sets in which each answer is right equally often: what may stand together, and how often each is drawn."""

from collections import defaultdict
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from quiz.questions.even_sets import Case, EvenSets, Share, all_sets

NAMES = "abcde"


def case(right: str, barred: str = "") -> Case:
    return Case(frozenset(right), frozenset(right + barred))


CASES = st.builds(case, st.text(NAMES, min_size=1, max_size=2), st.text(NAMES, max_size=2))


@given(st.lists(CASES, max_size=25))
def test_each_name_of_a_set_is_its_key_equally_often(cases: list[Case]) -> None:
    even = EvenSets(((one, 1) for one in cases), all_sets(NAMES, (3, 4)))
    often: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for one in cases:
        shares = even.shares(one)
        assert sum(share.likely for share in shares) <= 1 + 1e-9
        for share in shares:
            assert share.key in one.right
            assert (set(share.names) - {share.key}).isdisjoint(one.barred)
            often[share.names][share.key] += share.likely
    for names, counted in often.items():
        assert set(counted) == set(names)
        assert max(counted.values()) - min(counted.values()) < 1e-9


def test_what_is_rarest_is_always_asked_and_the_rest_in_proportion() -> None:
    even = EvenSets([(case("a"), 1), (case("b"), 2), (case("c"), 4)], [("a", "b", "c")])
    assert even.shares(case("a")) == (Share("a", ("a", "b", "c"), 1.0),)
    assert even.shares(case("b")) == (Share("b", ("a", "b", "c"), 0.5),)
    assert even.shares(case("c")) == (Share("c", ("a", "b", "c"), 0.25),)


def test_a_set_in_which_one_name_is_never_right_is_not_used() -> None:
    even = EvenSets([(case("a"), 1), (case("b"), 1)], [("a", "b", "c")])
    assert even.shares(case("a")) == ()
    assert even.draw(case("a"), Random(1)) is None


def test_a_case_is_drawn_as_often_as_its_shares_say() -> None:
    even = EvenSets([(case("a"), 1), (case("b"), 1), (case("c"), 4)], [("a", "b", "c")])
    rng = Random(1)
    drawn = [even.draw(case("c"), rng) for _ in range(2000)]
    assert 430 <= sum(one is not None for one in drawn) <= 570
    assert {one.key for one in drawn if one} == {"c"}


def test_sets_keep_the_order_of_the_names() -> None:
    assert list(all_sets("bca", [2])) == [("b", "c"), ("b", "a"), ("c", "a")]
