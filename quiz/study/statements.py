"""What the sources say, to be read below an answer: what several documents say alike is told once, with all of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quiz.questions.chronicle import Chronicle
from quiz.questions.leads import listed
from quiz.questions.question import Citation

_SENTENCE = ", sentence "
"""What stands in a locator before the number of a sentence, after everything else."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a statement stands: the documents that have it there, each by key and name, and the place in them."""

    sources: tuple[tuple[str, str], ...]
    locator: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said by one or more documents; `date` is blank where its sentence tells the same day in full."""

    sentence: str
    date: str
    voice: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """How far the documents cited are independent: those that share their text, by name, and whether these are all
    that are cited; and how many separate reports there are of one event, 0 where that is not to be counted.
    """

    shared: str = ""
    alone: bool = False
    separate: int = 0


def statements(citations: Iterable[Citation]) -> tuple[Statement, ...]:
    """Citations as statements, in the order in which each is first made."""
    grouped: dict[tuple[str, str, str], dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for one in citations:
        date = "" if one.date in one.sentence else one.date
        grouped[one.sentence, date, one.voice][shortened(one.locator)][one.source_key] = one.source
    return tuple(
        Statement(*said, tuple(Spot(tuple(sources.items()), locator) for locator, sources in spots.items()))
        for said, spots in grouped.items()
    )


def shortened(locator: str) -> str:
    """A locator of several sentences, with those of one paragraph named together: '“Capture”, ¶ 1, sentences 1 and 2'.

    What is no sentence of a text (an infobox) stays as it is.
    """
    numbers: dict[str, list[str]] = {}
    for part in locator.split("; "):
        section, _, number = part.rpartition(_SENTENCE)
        numbers.setdefault(section or part, []).extend([number] if section else [])
    return "; ".join(
        section + (f", sentence{'s' if len(found) > 1 else ''} {listed(found)}" if found else "")
        for section, found in numbers.items()
    )


def reports(citations: Iterable[Citation], events: Iterable[str], story: Chronicle) -> Reports:
    """How far the documents cited on some events are independent, by what the chronicle knows of them now."""
    keys = [key for key in events if key in story.events]
    family = {claim.source: claim.family for key in keys for claim in story.events[key].claims}
    names = {one.source_key: one.source for one in citations if one.source_key in family}
    together = _together(names, family)
    largest = max(together, key=len, default=[])
    separate = len(together) if len(together) > 1 and len(keys) == 1 else 0
    if len(largest) < 2:
        return Reports(separate=separate)
    return Reports(listed(largest), alone=len(largest) == len(names), separate=separate)


def _together(names: Mapping[str, str], family: Mapping[str, str]) -> list[list[str]]:
    """The names of documents, those of one family together."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, name in names.items():
        found[family[key]].append(name)
    return list(found.values())
