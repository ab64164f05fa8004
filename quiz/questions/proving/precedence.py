"""Which of two events came first: by every day that every claim allows, or by documents' own words."""

from quiz.chronology import Interval
from quiz.questions.proving.days import days_of
from quiz.questions.proving.world import World
from quiz.questions.question import Question


def ends_before(one: Interval, other: Interval) -> bool:
    """Whether every day of the one lies before every day of the other."""
    return other.earliest is not None and max(days_of(one)) < min(days_of(other))


def intervals(world: World, key: str, source: str = "") -> list[Interval]:
    """Dates of an event and of what is perhaps the same, over all claims or those of one document."""
    claims = [c for event in world.whole(world.events[key]) for c in event.claims]
    return [c.interval for c in claims if c.interval and source in {"", c.source}]


def reversed_by_any(world: World, one: str, other: str) -> bool:
    """Whether any claim, also an unconfirmed or overtaken one, puts the second first."""
    return any(ends_before(j, i) for i in intervals(world, one) for j in intervals(world, other))


def strictly_before(world: World, one: str, other: str) -> bool:
    """Whether one event comes first on all days that any claim allows, or by a document's words and no claim's."""
    found = world.before.get((one, other))
    if found is None:
        found = world.before[one, other] = _strictly_before(world, one, other)
    return found


def _strictly_before(world: World, one: str, other: str) -> bool:
    if perhaps_one(world, one, other):
        return False
    firsts, seconds = intervals(world, one), intervals(world, other)
    if firsts and seconds and all(ends_before(i, j) for i in firsts for j in seconds):
        return True
    return other in world.followers.get(one, ()) and not reversed_by_any(world, one, other)


def perhaps_one(world: World, one: str, other: str) -> bool:
    """Whether two events are one, or perhaps the same."""
    return one == other or other in world.events[one].twins or one in world.events[other].twins


def source_wise(world: World, one: str, other: str) -> set[str]:
    """Documents that put one event first, if all that date both do so and no weak claim reverses it."""
    both = _sources(world, one) & _sources(world, other)
    agreed = all(
        ends_before(i, j)
        for source in both
        for i in intervals(world, one, source)
        for j in intervals(world, other, source)
    )
    return both if agreed and not perhaps_one(world, one, other) and not reversed_weakly(world, one, other) else set()


def reversed_weakly(world: World, one: str, other: str) -> bool:
    """Whether a claim that is unconfirmed, doubtful or overtaken has part in any that puts the second first."""
    firsts, seconds = (
        [
            (c.interval, c.overtaken or c.stance not in {"asserts", "reported"})
            for e in world.whole(event)
            for c in e.claims
            if c.interval
        ]
        for event in (world.events[one], world.events[other])
    )
    return any((weak or slack) and ends_before(j, i) for i, weak in firsts for j, slack in seconds)


def _sources(world: World, key: str) -> set[str]:
    return {c.source for event in world.whole(world.events[key]) for c in event.claims if c.interval}


def comes_first(world: World, question: Question, one: str, other: str) -> bool:
    """Strictly, or by the document that the stem names."""
    if strictly_before(world, one, other):
        return True
    return any(question.stem.startswith(f"According to {world.titles[s]}, ") for s in source_wise(world, one, other))
