"""Days dealt out as options: events near each other in time share one set of days, each of them the key of one.

So each day of a set is right equally often, whatever its rank, its distance from the others, or how much happened on
it: nothing but the story tells which of them is asked for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from operator import itemgetter
from random import Random

HAND = 4
"""How many days stand beside each other."""
REACH = 21
"""How many days the first and the last day of a set lie apart at most."""
APART = 2
"""How many days two days of a set lie apart at least."""
ROUNDS = 8
"""How often the events are dealt out: in so many sets one stands at most."""
FEW_ROUNDS, MANY = 3, 4000
"""From so many events on they are dealt out less often: who has that many to learn, meets few of them twice."""
DEALT_TO_ALONE = 12
"""How many dealt events are to be asked for each one that was not: a busy day among quiet ones can be guessed."""
LOOKED_AT = 2
"""Among how many events of one day company is looked for."""

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Card:
    """An event with its accepted days, and with spans of days that may not stand beside it, both ends included."""

    event: str
    first: date
    last: date
    barred: tuple[Span, ...]
    _barred: tuple[tuple[int, int], ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_barred", tuple((a.toordinal(), b.toordinal()) for a, b in self.barred))

    def allows(self, day: int) -> bool:
        """Whether a day, counted as the calendar counts them, may be offered as wrong."""
        return not any(low <= day <= high for low, high in self._barred)


@dataclass(frozen=True, slots=True)
class Dealt:
    """An event with the day on which it stands in a set."""

    event: str
    day: date


Hand = tuple[Dealt, ...]


class Deals:
    """For each event the sets that it was dealt into, round by round; always the same for the same events.

    A round is drawn first, and only what was dealt in it is asked: so each day of a set is asked for equally often.
    """

    def __init__(self, cards: Iterable[Card]) -> None:
        """Deal the events out in several rounds; those left out so far come first in the next one."""
        listed = sorted(cards, key=lambda card: card.event)
        count: Counter[str] = Counter()
        self._rounds: list[dict[str, Hand]] = []
        for n in range(FEW_ROUNDS if len(listed) > MANY else ROUNDS):
            # Seeded by a text of its own: what is dealt depends on the events alone.
            hands = _Round(listed, count, Random(f"deal {n}")).hands
            self._rounds.append({dealt.event: hand for hand in hands for dealt in hand})
            count.update(self._rounds[-1].keys())
        self._count = count
        dealt, alone = count.total() / len(self._rounds), sum(card.event not in count for card in listed)
        self.alone = min(1.0, dealt / alone / DEALT_TO_ALONE) if dealt and alone else 1.0
        """How likely an event is to be asked that was never dealt; always, where none was."""

    def draw(self, event: str, rng: Random) -> Hand | None:
        """The set of an event in one of the rounds, its own day among the others; None where it was left out."""
        return rng.choice(self._rounds).get(event)

    def hands(self, event: str) -> Iterator[Hand]:
        """All sets of an event."""
        yield from (held[event] for held in self._rounds if event in held)

    def holds(self, event: str) -> bool:
        """Whether an event was dealt into any set."""
        return event in self._count


class _Round:
    """One dealing of all events: those dealt least so far are the first to choose company, and the first chosen."""

    def __init__(self, cards: Sequence[Card], count: Counter[str], rng: Random) -> None:
        shuffled = sorted(rng.sample(cards, len(cards)), key=lambda card: count[card.event])
        self._count, self._rng = count, rng
        self._piles: dict[int, dict[str, _Held]] = defaultdict(dict)
        waiting = [_Held(card, rng.randint(card.first.toordinal(), card.last.toordinal())) for card in shuffled]
        for held in waiting:
            self._piles[held.day][held.card.event] = held
        self.hands: list[Hand] = []
        for held in waiting:
            if held.card.event in self._piles[held.day]:
                self._deal(held)

    def _deal(self, first: "_Held") -> None:
        """Find company for an event; where that fails, it stays where others may choose it."""
        hand = [first]
        for other in self._near(first.day):
            if all(_fit(other, held) for held in hand):
                hand.append(other)
                if len(hand) == HAND:
                    break
        else:
            return
        for held in hand:
            del self._piles[held.day][held.card.event]
        self.hands.append(tuple(Dealt(h.card.event, date.fromordinal(h.day)) for h in sorted(hand, key=_by_day)))

    def _near(self, day: int) -> list["_Held"]:
        """Events within reach: those dealt least so far first, else of the highest piles, so that few are left over."""
        piles = [pile for n in range(-REACH, REACH + 1) if (pile := self._piles.get(day + n))]
        ranked = [
            (self._count[held.card.event], -len(pile) * self._rng.random(), held)
            for pile in piles
            for held in islice(pile.values(), LOOKED_AT)
        ]
        return [held for _, _, held in sorted(ranked, key=itemgetter(0, 1))]


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """An event in a round, with its day counted as the calendar counts them."""

    card: Card
    day: int


def _by_day(held: _Held) -> int:
    return held.day


def _fit(one: _Held, other: _Held) -> bool:
    """Whether the day of either is wrong for the event of the other, and both lie near enough."""
    return APART <= abs(one.day - other.day) <= REACH and one.card.allows(other.day) and other.card.allows(one.day)
