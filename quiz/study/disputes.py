"""What each source says of one event where they differ, briefly: a date or a place, and all who give it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quiz.chronology import in_words
from quiz.gazetteer import Gazetteer
from quiz.questions.asking import placed
from quiz.questions.facts import ClaimFact, EventFact


@dataclass(frozen=True, slots=True)
class Saying:
    """One of several things said: what, in which stance if it is less than an assertion, and by whom.

    `what` is blank where only the stance is told: somebody denies the event, and gives no other date.
    """

    what: str
    stance: str
    who: tuple[str, ...]


def said_of_dates(event: EventFact) -> tuple[Saying, ...]:
    """What is said of the date, in the order of the days; those who give none, but doubt or deny, at the end."""
    dated = sorted((claim for claim in event.claims if claim.interval), key=_day)
    doubting = (claim for claim in event.claims if not claim.interval and claim.stance in {"doubts", "denies"})
    told = [(in_words(claim.interval) if claim.interval else "", claim) for claim in (*dated, *doubting)]
    return _gathered((what, claim) for what, claim in told if not claim.overtaken)


def said_of_places(event: EventFact, gazetteer: Gazetteer) -> tuple[Saying, ...]:
    """What is said of the place, by those that say anything of it."""
    carrying = (claim for claim in event.claims if claim.carries_place and not claim.overtaken)
    return _gathered((_where(claim, event, gazetteer), claim) for claim in carrying)


def _day(claim: ClaimFact) -> tuple[int, str]:
    return claim.interval.latest.toordinal() if claim.interval else 0, claim.key


def _where(claim: ClaimFact, event: EventFact, gazetteer: Gazetteer) -> str:
    names = sorted(gazetteer[place.place].name for place in placed(claim, event) if place.role != "mentioned")
    return ", ".join(names)


def _gathered(told: Iterable[tuple[str, ClaimFact]]) -> tuple[Saying, ...]:
    """Those who say the same in the same stance, together."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for what, claim in told:
        stance = claim.stance if claim.stance in {"unconfirmed", "predicted", "doubts", "denies"} else ""
        who = f"{claim.voice_name}, in {claim.source_name}" if claim.voice_name else claim.said_by
        found[what, stance].append(who)
    return tuple(Saying(what, stance, tuple(dict.fromkeys(who))) for (what, stance), who in found.items())
