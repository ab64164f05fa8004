"""What is gone from the files, and what then happens in the site."""

from quiz.exchange.merging import merge
from quiz.exchange.plans import Plan
from quiz.exchange.shapes import Id, Values
from tests.exchange.small import changed, conflicts, ident, row, rows, sides

SOURCE = row("source", key="s", title="S", short_name="S", family="f", publisher="P")
PLACE = row("place", key="p", name="P", kind="town")
EVENT = row("event", key="e", kind="capture", clause="they came")
SECOND = row("event", key="f", kind="entry", clause="they entered")
AT = row("eventplace", event=("e",), place=("p",), role="at")
CLAIM = row("claim", key="c", event=("e",), source=("s",), sentence="They came.")
FIGURE = row("figure", claim=("c",), number=1, what="killed", low=1)
PASSAGE = row("passage", source=("s",), section="infobox")
ORDER = row("statedorder", earlier=("e",), later=("f",), passage=("s", "infobox", None, None), words="then")
ALL = rows(SOURCE, PASSAGE, PLACE, EVENT, SECOND, AT, CLAIM, FIGURE, ORDER)
WHOLE_EVENT = {EVENT[0], AT[0], CLAIM[0], FIGURE[0], ORDER[0]}


def merged(gone: set[Id], site: dict[Id, Values] | None = None, learned: tuple[Id, ...] = ()) -> Plan:
    """The plan when rows are gone from the files."""
    files = {one: values for one, values in ALL.items() if one not in gone}
    return merge(sides(files, ALL if site is None else site, ALL, learned=learned))


def test_a_row_that_nobody_changed_is_deleted() -> None:
    plan = merged({AT[0]})
    assert (plan.deletes, plan.conflicts) == ([AT[0]], [])
    assert AT[0] not in plan.final
    assert AT[0] not in plan.ancestors


def test_an_event_is_deleted_with_all_that_belongs_to_it() -> None:
    plan = merged(WHOLE_EVENT)
    assert (set(plan.deletes), plan.conflicts, plan.retired) == (WHOLE_EVENT, [], [])


def test_a_row_that_an_editor_changed_stays_as_a_conflict_at_each_load() -> None:
    site = {**ALL, AT[0]: changed(AT[1], slot=True)}
    plan = merged({AT[0]}, site)
    assert (plan.deletes, conflicts(plan)) == ([], [(AT[0], "")])
    assert "gone from the files, but an editor changed it" in str(plan.conflicts[0])
    assert plan.ancestors[AT[0]] == AT[1]


def test_an_event_with_a_claim_that_an_editor_changed_stays_with_all_its_parts() -> None:
    site = {**ALL, CLAIM[0]: changed(CLAIM[1], sentence="They entered.")}
    plan = merged(WHOLE_EVENT, site)
    assert plan.deletes == []
    assert conflicts(plan) == [(CLAIM[0], ""), (EVENT[0], "")]
    assert plan.ancestors == ALL


def test_an_event_with_a_claim_that_an_editor_added_stays() -> None:
    added = row("claim", key="editors", event=("e",), source=("s",), sentence="They came, too.")
    plan = merged(WHOLE_EVENT, {**ALL, **rows(added)})
    assert conflicts(plan) == [(EVENT[0], "")]
    assert "quiz.claim editors still refers to it" in str(plan.conflicts[0])
    assert plan.deletes == []


def test_an_order_goes_with_either_of_its_events_and_stays_with_both() -> None:
    gone = WHOLE_EVENT | {SECOND[0]}
    added = [row("claim", key=key, event=(key,), source=("s",), sentence="They came.") for key in "ef"]
    assert merged(gone, {**ALL, **rows(added[0])}).deletes == [SECOND[0], ORDER[0]]
    plan = merged(gone, {**ALL, **rows(*added)})
    assert plan.deletes == []
    assert set(conflicts(plan)) == {(EVENT[0], ""), (SECOND[0], "")}


def test_a_place_that_an_editors_event_uses_stays_as_a_conflict() -> None:
    added = row("eventplace", event=("f",), place=("p",), role="near")
    plan = merged({PLACE[0], AT[0]}, {**ALL, **rows(added)})
    assert (plan.deletes, conflicts(plan)) == ([AT[0]], [(PLACE[0], "")])


def test_an_actor_that_an_editor_named_among_the_agents_stays_as_a_conflict() -> None:
    actor = row("actor", key="a", name="A", kind="force", side="none")
    site = {**ALL, **rows(actor), EVENT[0]: changed(EVENT[1], agents=(("a",),))}
    plan = merge(sides(ALL, site, {**ALL, **rows(actor)}))
    assert (plan.deletes, conflicts(plan)) == ([], [(actor[0], "")])


def test_an_actor_that_the_files_no_longer_name_is_deleted() -> None:
    actor = row("actor", key="a", name="A", kind="force", side="none")
    before = {**ALL, **rows(actor), EVENT[0]: changed(EVENT[1], agents=(("a",),))}
    plan = merge(sides(ALL, before, before))
    assert (plan.deletes, plan.updates, plan.conflicts) == ([actor[0]], {EVENT[0]: ["agents"]}, [])


def test_a_row_that_an_editor_made_is_never_deleted() -> None:
    added = row("event", key="editors", kind="talks", clause="they talked")
    plan = merge(sides(ALL, {**ALL, **rows(added)}, ALL))
    assert (plan.deletes, plan.conflicts) == ([], [])


# --- What learners were asked about ---------------------------------------------------------------


def test_an_event_that_learners_were_asked_about_is_retired_with_all_its_parts() -> None:
    plan = merged(WHOLE_EVENT, learned=(EVENT[0],))
    assert (plan.retired, plan.updates, plan.conflicts) == ([EVENT[0]], {EVENT[0]: ["retired"]}, [])
    assert plan.deletes == []
    assert plan.final[EVENT[0]] == changed(EVENT[1], retired=True)


def test_what_a_retired_event_needs_stays_without_a_word() -> None:
    phase = row("phase", key="first", number=1, name="First", date="2013-11-15/2013-12-15")
    before = {**ALL, **rows(phase), EVENT[0]: changed(EVENT[1], phase=("first",))}
    files = {one: values for one, values in ALL.items() if one not in WHOLE_EVENT | {PLACE[0]}}
    plan = merge(sides(files, before, before, learned=(EVENT[0],)))
    assert (plan.deletes, plan.conflicts, plan.retired) == ([], [], [EVENT[0]])


def test_a_retired_event_stays_retired_at_the_next_load() -> None:
    first = merged(WHOLE_EVENT, learned=(EVENT[0],))
    files = {one: values for one, values in ALL.items() if one not in WHOLE_EVENT}
    second = merge(sides(files, first.final, first.ancestors, learned=(EVENT[0],)))
    assert (second.retired, second.updates, second.deletes, second.conflicts) == ([], {}, [], [])


def test_a_retired_event_is_deleted_once_no_learner_needs_it() -> None:
    first = merged(WHOLE_EVENT, learned=(EVENT[0],))
    files = {one: values for one, values in ALL.items() if one not in WHOLE_EVENT}
    second = merge(sides(files, first.final, first.ancestors))
    assert set(second.deletes) == WHOLE_EVENT


def test_a_retired_event_that_comes_back_to_the_files_is_asked_again() -> None:
    first = merged(WHOLE_EVENT, learned=(EVENT[0],))
    second = merge(sides(ALL, first.final, first.ancestors, learned=(EVENT[0],)))
    assert second.updates == {EVENT[0]: ["retired"]}
    assert second.final[EVENT[0]] == EVENT[1]


def test_an_event_that_an_editor_changed_is_not_retired() -> None:
    site = {**ALL, EVENT[0]: changed(EVENT[1], note="n")}
    plan = merged(WHOLE_EVENT, site, learned=(EVENT[0],))
    assert (plan.retired, conflicts(plan)) == ([], [(EVENT[0], "")])


def test_a_phase_that_sittings_chose_stays_as_a_conflict() -> None:
    phase = row("phase", key="first", number=1, name="First", date="2013-11-15/2013-12-15")
    before = {**ALL, **rows(phase)}
    plan = merge(sides(ALL, before, before, learned=(ident("phase", "first"),)))
    assert (plan.deletes, plan.retired, conflicts(plan)) == ([], [], [(phase[0], "")])
