"""What the kinds on the sequence of events share: how an event is shown, and which others stand beside it."""

from collections.abc import Iterable, Sequence
from itertools import combinations
from random import Random

from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.question import Citation, Mode, Option

REACH_DAYS = 60
"""How far before and after an event the others lie at most, in days."""
STRIDES = (0, 2, 4, 7, 11, 16)
"""Which of the events on one side stand beside one, counted from the nearest: some are near, others are easier."""
SHIFTS = 4
"""By how many steps, at most, these are shifted from event to event: else the one that opens a busy day would stand in
all questions about the day before.
"""


def clause(chronicle: Chronicle, key: str) -> str:
    """An event as a sentence goes on with it: 'according to X, rebels …', without the lead if it is told plainly."""
    lead, text = chronicle.sequence.leads[key], chronicle.texts[key]
    return f"{lead[:1].lower()}{lead[1:]}, {text}" if lead else text


def option(chronicle: Chronicle, key: str) -> Option:
    """An event to choose or to move, with its date in the note."""
    return Option(capital(clause(chronicle, key)), dated_line(chronicle, key), event=key)


def dated_line(chronicle: Chronicle, key: str) -> str:
    """An event with its date as one sentence, on the word of all who are named with it."""
    told, line = capital(clause(chronicle, key)), chronicle.story_line(key)
    return line if line.startswith(told) else f"{told} ({chronicle.date_words(key)})."


def mode_of(chronicle: Chronicle, keys: Iterable[str]) -> Mode:
    """Attributed where any of the events is told on somebody's word."""
    return Mode.ATTRIBUTED if any(chronicle.sequence.leads[key] for key in keys) else Mode.PLAIN


def sensitive(chronicle: Chronicle, keys: Iterable[str]) -> bool:
    """Whether any of the events asks for a note on its content."""
    return any(chronicle.events[key].sensitive for key in keys)


def citations(chronicle: Chronicle, keys: Iterable[str]) -> tuple[Citation, ...]:
    """All claims of the events, event by event."""
    return tuple(c for key in keys for c in chronicle.citations(chronicle.events[key].claims))


def line_in_words(chronicle: Chronicle, keys: Sequence[str]) -> str:
    """Events that are in order, as one text with their dates."""
    return "; ".join(f"{capital(clause(chronicle, key))} ({chronicle.date_words(key)})" for key in keys)


def why_in_order(chronicle: Chronicle, keys: Sequence[str]) -> str:
    """What events stand in order by: their dates, and where these leave it open, the words of a document."""
    dates = ", then ".join(chronicle.date_words(key) for key in keys)
    span = chronicle.sequence.span
    bounds = [(span[a][1], span[b][0]) for n, a in enumerate(keys) for b in keys[n + 1 :]]
    if all(low is not None and high < low for high, low in bounds):
        return f"The documents give these dates: {dates}."
    return f"The documents give these dates: {dates}. Where these leave it open, a document states the order in words."


def near(chronicle: Chronicle, key: str) -> tuple[list[str], list[str]]:
    """Some events near in time that came definitely before an event, and some that came after it, nearest first.

    No steps of one fight with it are among them.
    """
    around = chronicle.sequence.around(key, REACH_DAYS)
    after = [other for other in around if chronicle.sequence.precede(key, other)]
    later = set(after)
    before = [other for other in reversed(around) if other not in later]
    shift = chronicle.sequence.rank[key] % SHIFTS
    return _strided(before, shift), _strided(after, shift)


def _strided(keys: Sequence[str], shift: int) -> list[str]:
    """Those at the strides; where there are few, the shift does not leave any of them out."""
    if len(keys) <= len(STRIDES):
        return list(keys)
    return [keys[n] for n in dict.fromkeys((stride + shift) % len(keys) for stride in STRIDES if stride < len(keys))]


def in_order(chronicle: Chronicle, keys: Iterable[str]) -> list[str]:
    """Events of which every two are in order, the earliest first."""
    line: list[str] = []
    for key in keys:
        line.insert(sum(chronicle.sequence.precede(other, key) for other in line), key)
    return line


def all_strict(chronicle: Chronicle, keys: Iterable[str]) -> bool:
    """Whether every two of some events are strictly ordered."""
    return all(chronicle.sequence.strict(one, other) for one, other in combinations(keys, 2))


def extended(chronicle: Chronicle, line: Sequence[str], pool: Sequence[str], size: int, rng: Random) -> list[str]:
    """A line of events with others drawn to it, up to a size, in order of time; every pair is strictly ordered.

    It stays shorter where the pool has no more that fit.
    """
    sequence, longer = chronicle.sequence, list(line)
    for other in rng.sample(pool, len(pool)):
        if len(longer) < size and all(sequence.strict(other, key) for key in longer):
            longer.append(other)
    return in_order(chronicle, longer)
