"""The three-way merge, cell by cell: ancestor, files, site."""

import pytest

from quiz.exchange.merging import merge
from quiz.exchange.shapes import Values
from tests.exchange.small import changed, conflicts, ident, row, rows, sides

EVENT, BASE = row("event", key="e", kind="capture", clause="they came")
NOTED = changed(BASE, note="n")


def test_a_row_that_is_the_same_everywhere_is_unchanged() -> None:
    plan = merge(sides({EVENT: BASE}, {EVENT: BASE}, {EVENT: BASE}))
    assert (plan.unchanged, plan.updates, plan.conflicts, plan.ancestors) == (1, {}, [], {EVENT: BASE})


def test_what_only_the_file_changed_is_taken_over() -> None:
    plan = merge(sides({EVENT: NOTED}, {EVENT: BASE}, {EVENT: BASE}))
    assert plan.updates == {EVENT: ["note"]}
    assert (plan.final[EVENT], plan.ancestors[EVENT]) == (NOTED, NOTED)


def test_what_only_an_editor_changed_is_kept() -> None:
    plan = merge(sides({EVENT: BASE}, {EVENT: NOTED}, {EVENT: BASE}))
    assert (plan.kept, plan.updates, plan.conflicts) == ([EVENT], {}, [])
    assert (plan.final[EVENT], plan.ancestors[EVENT]) == (NOTED, BASE)


def test_what_both_changed_to_the_same_is_agreed() -> None:
    plan = merge(sides({EVENT: NOTED}, {EVENT: NOTED}, {EVENT: BASE}))
    assert (plan.unchanged, plan.updates, plan.conflicts) == (1, {}, [])
    assert plan.ancestors[EVENT] == NOTED


def test_what_both_changed_differently_is_a_conflict_that_names_both_values() -> None:
    plan = merge(sides({EVENT: NOTED}, {EVENT: changed(BASE, note="m")}, {EVENT: BASE}))
    assert [str(one) for one in plan.conflicts] == [
        "quiz.event e, note: the files have “n”, the site has “m”, which stays."
    ]
    assert (plan.final[EVENT]["note"], plan.ancestors[EVENT], plan.updates, plan.kept) == ("m", BASE, {}, [])


def test_a_conflict_is_reported_at_each_load_until_it_is_settled() -> None:
    site = {EVENT: changed(BASE, note="m")}
    first = merge(sides({EVENT: NOTED}, site, {EVENT: BASE}))
    second = merge(sides({EVENT: NOTED}, first.final, first.ancestors))
    assert conflicts(first) == conflicts(second) == [(EVENT, "note")]
    settled = merge(sides({EVENT: NOTED}, {EVENT: NOTED}, second.ancestors))
    assert (settled.conflicts, settled.ancestors) == ([], {EVENT: NOTED})


def test_a_conflict_is_settled_as_well_when_the_file_goes_back() -> None:
    plan = merge(sides({EVENT: BASE}, {EVENT: changed(BASE, note="m")}, {EVENT: BASE}))
    assert (plan.conflicts, plan.kept) == ([], [EVENT])


def test_fields_of_one_row_are_merged_each_for_itself() -> None:
    files = changed(BASE, note="n", kind="entry", clause="they entered")
    site = changed(BASE, note="m", sensitive=True)
    plan = merge(sides({EVENT: files}, {EVENT: site}, {EVENT: BASE}))
    assert plan.updates == {EVENT: ["kind", "clause"]}
    assert conflicts(plan) == [(EVENT, "note")]
    assert plan.final[EVENT] == changed(files, note="m", sensitive=True)
    assert plan.ancestors[EVENT] == changed(files, note="")


def test_references_to_several_rows_are_compared_as_sets() -> None:
    a, b = (row("actor", key=key, name=key, kind="force", side="none") for key in "ab")
    files = {**rows(a, b), EVENT: changed(BASE, agents=(("a",), ("b",)))}
    plan = merge(sides(files, files, files))
    assert plan.unchanged == 3
    fewer = {**files, EVENT: changed(BASE, agents=(("a",),))}
    assert merge(sides(fewer, files, files)).updates == {EVENT: ["agents"]}


def test_a_row_that_is_new_in_the_files_is_created() -> None:
    plan = merge(sides({EVENT: BASE}, {}, {}))
    assert (plan.creates, plan.final, plan.ancestors) == ([EVENT], {EVENT: BASE}, {EVENT: BASE})


def test_a_row_without_ancestor_that_is_equal_is_taken_over() -> None:
    plan = merge(sides({EVENT: BASE}, {EVENT: BASE}, {}))
    assert (plan.unchanged, plan.conflicts, plan.ancestors) == (1, [], {EVENT: BASE})


def test_a_row_without_ancestor_that_differs_is_a_conflict_in_the_fields_that_differ() -> None:
    plan = merge(sides({EVENT: NOTED}, {EVENT: BASE}, {}))
    assert (conflicts(plan), plan.updates, plan.final) == ([(EVENT, "note")], {}, {EVENT: BASE})
    assert "note" not in plan.ancestors[EVENT]
    assert plan.ancestors[EVENT]["kind"] == "capture"
    again = merge(sides({EVENT: NOTED}, plan.final, plan.ancestors))
    assert conflicts(again) == [(EVENT, "note")]


def test_a_row_that_an_editor_deleted_stays_deleted() -> None:
    plan = merge(sides({EVENT: BASE}, {}, {EVENT: BASE}))
    assert (plan.creates, plan.kept, plan.conflicts, plan.ancestors) == ([], [EVENT], [], {EVENT: BASE})


def test_a_row_that_an_editor_deleted_is_reported_while_the_file_differs() -> None:
    plan = merge(sides({EVENT: NOTED}, {}, {EVENT: BASE}))
    assert (conflicts(plan), plan.creates, plan.ancestors) == ([(EVENT, "")], [], {EVENT: BASE})


def test_a_row_that_an_editor_deleted_and_made_anew_is_merged_again() -> None:
    plan = merge(sides({EVENT: BASE}, {EVENT: NOTED}, {EVENT: BASE}))
    assert (plan.kept, plan.conflicts) == ([EVENT], [])


def test_a_row_that_is_gone_on_both_sides_is_forgotten() -> None:
    assert merge(sides({}, {}, {EVENT: BASE})).ancestors == {}


def test_without_the_whole_chronicle_nothing_is_gone() -> None:
    other, values = row("event", key="o", kind="entry", clause="they entered")
    plan = merge(sides({}, {EVENT: BASE}, {EVENT: BASE, other: values}, complete=False))
    assert (plan.deletes, plan.conflicts, plan.ancestors) == ([], [], {EVENT: BASE, other: values})


# --- References to what is not there ------------------------------------------------------------


def test_a_new_row_whose_parent_an_editor_deleted_is_not_created() -> None:
    part, values = row("claim", key="c", event=("e",), source=("s",), sentence="They came.")
    figure, number = row("figure", claim=("c",), number=1, what="killed", low=1)
    source = row("source", key="s", title="S", short_name="S", family="f", publisher="P")
    files = {EVENT: BASE, part: values, figure: number, **rows(source)}
    plan = merge(sides(files, rows(source), {EVENT: BASE, **rows(source)}))
    assert plan.creates == []
    assert conflicts(plan) == [(part, ""), (figure, "")]
    assert "quiz.event e, which is not in the site" in str(plan.conflicts[0])


def test_a_new_row_is_created_with_its_parents() -> None:
    part, values = row("claim", key="c", event=("e",), source=("s",), sentence="They came.")
    source = row("source", key="s", title="S", short_name="S", family="f", publisher="P")
    plan = merge(sides({part: values, EVENT: BASE, **rows(source)}, {}, {}))
    assert set(plan.creates) == {part, EVENT, source[0]}


def test_a_changed_reference_to_a_row_that_an_editor_deleted_is_a_conflict() -> None:
    actor = row("actor", key="a", name="A", kind="force", side="none")
    files = {EVENT: changed(BASE, agents=(("a",),), note="n"), **rows(actor)}
    plan = merge(sides(files, {EVENT: BASE}, {EVENT: BASE, **rows(actor)}))
    assert conflicts(plan) == [(EVENT, "agents")]
    assert plan.updates == {EVENT: ["note"]}
    assert plan.ancestors[EVENT] == NOTED


# --- Beside the site's own rows -----------------------------------------------------------------

PLACE, TOWN = row("place", key="p", name="Town", kind="town")
OTHER, EDITORS = row("place", key="o", name="Town", kind="village")


def test_a_new_row_whose_name_an_editors_row_has_is_a_conflict_and_so_is_what_refers_to_it() -> None:
    spelling = row("placespelling", place=("p",), name="Toun")
    plan = merge(sides({PLACE: TOWN, **rows(spelling)}, {OTHER: EDITORS}, {}))
    assert (plan.creates, conflicts(plan)) == ([], [(PLACE, ""), (spelling[0], "")])
    assert "This main name is taken. (quiz.place o has it in the site.)" in str(plan.conflicts[0])


def test_a_changed_value_that_an_editors_row_has_is_a_conflict_of_that_field_alone() -> None:
    base = changed(TOWN, name="Old town")
    files = {PLACE: changed(TOWN, note="n")}
    plan = merge(sides(files, {PLACE: base, OTHER: EDITORS}, {PLACE: base}))
    assert (plan.updates, conflicts(plan)) == ({PLACE: ["note"]}, [(PLACE, "name")])
    assert plan.final[PLACE] == changed(base, note="n")


def test_spellings_are_compared_without_regard_to_case() -> None:
    mine, theirs = row("placespelling", place=("p",), name="TOUN"), row("placespelling", place=("p",), name="toun")
    plan = merge(sides({PLACE: TOWN, **rows(mine)}, {PLACE: TOWN, **rows(theirs)}, {PLACE: TOWN}))
    assert (plan.creates, conflicts(plan)) == ([], [(mine[0], "")])


def test_a_second_place_for_the_slot_that_an_editor_filled_is_a_conflict() -> None:
    mine, theirs = (row("eventplace", event=("e",), place=(key,), role="at", slot=True) for key in "po")
    files = {EVENT: BASE, PLACE: TOWN, OTHER: changed(EDITORS, name="O"), mine[0]: mine[1]}
    site = {one: values for one, values in files.items() if one != mine[0]} | rows(theirs)
    plan = merge(sides(files, site, {EVENT: BASE}))
    assert (plan.creates, conflicts(plan)) == ([], [(mine[0], "")])


def test_changes_that_break_a_rule_only_together_are_a_conflict() -> None:
    figure, base = row("figure", claim=("c",), number=1, what="killed", low=5, high=10)
    claim = row("claim", key="c", event=("e",), source=("s",), sentence="They came.")
    around = {EVENT: BASE, **rows(claim, row("source", key="s", title="S", short_name="S", family="f", publisher="P"))}
    files, site = {**around, figure: changed(base, low=8)}, {**around, figure: changed(base, high=6)}
    plan = merge(sides(files, site, {**around, figure: base}))
    assert (plan.updates, conflicts(plan)) == ({}, [(figure, "low")])
    assert plan.final[figure] == site[figure]
    assert "The lower number is above the upper one." in str(plan.conflicts[0])


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"phase": ("first",)}, "first"),
        ({"agents": (("a",), ("b",))}, "[a, b]"),
        ({"sensitive": True}, "true"),
        ({"note": "n"}, "“n”"),
    ],
)
def test_a_conflict_says_the_values_as_people_read_them(value: dict[str, object], said: str) -> None:
    around = rows(
        row("phase", key="first", number=1, name="First", date="2013-11-15/2013-12-15"),
        *(row("actor", key=key, name=key, kind="force", side="none") for key in "ab"),
    )
    plain: Values = value  # type: ignore[assignment]
    site = {**around, EVENT: {**BASE, **plain}}
    (conflict,) = merge(sides({**around, EVENT: BASE}, site, around)).conflicts
    assert f"the site has {said}, which stays" in str(conflict)
    assert conflict.id == ident("event", "e")
