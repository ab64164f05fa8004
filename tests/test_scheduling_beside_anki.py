"""Days, stability and difficulty beside those of Anki's own engine, over random histories.

Each history is answered in a real collection, through its scheduler, and with `preview`. Before every answer all
four buttons are compared. The days of a few are passed over, and counted: Hard and Good where Anki lets them come
back on the same day (here they are at least a day), Again where Anki exceeds its own maximum, and what lies so near
half a day that single precision, in which Anki reckons, decides. A history that takes one of them ends there.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

# Read when the engine is first used: it then adds no chance to intervals.
os.environ["ANKI_TEST_MODE"] = "1"

from anki.collection import Collection
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer, SchedulingState, SchedulingStates

from quiz.scheduling import MOST_DAYS, Memory, Rating, preview

HISTORIES = 3000
RETENTIONS = (0.7, 0.8, 0.9, 0.95)
DAY_ONE = date(2024, 1, 1)
SECONDS_A_DAY = 86_400

# Why the days of a button are not compared.
SAME_DAY = "passing buttons that Anki puts below a day"
BEYOND = "Again beyond Anki's own maximum"
ON_EDGE = "a half day within single precision"

TOLERANCE = 1e-3
"""For stability, in days, and for difficulty."""
SINGLE = 1e-5
"""Anki's engine reckons in single precision: of stabilities above 100 days, this part may differ instead."""


# --- A collection -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    """An empty collection with FSRS. Its day ends in twelve hours or more, so not while the test runs."""
    made = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    made.db.execute("pragma synchronous = off")
    made.set_config("fsrs", True)
    made.set_config("rollover", (datetime.now(UTC).astimezone().hour + 13) % 24)
    yield made
    made.close()


def deck_without_steps(collection: Collection, retention: float) -> DeckId:
    """A deck whose cards have no learning or relearning steps, with the default parameters of FSRS-6."""
    config = collection.decks.add_config(f"retention {retention}")
    config["desiredRetention"] = retention
    config["fsrsWeights"] = config["fsrsParams5"] = config["fsrsParams6"] = []
    config["new"]["delays"] = config["lapse"]["delays"] = []
    config["rev"]["maxIvl"] = MOST_DAYS
    collection.decks.update_config(config)
    deck = collection.decks.id(f"retention {retention}")
    collection.decks.set_config_id_for_deck_dict(collection.decks.get(deck), config["id"])
    return deck


def new_card(collection: Collection, deck: DeckId) -> int:
    note = collection.new_note(collection.models.by_name("Basic"))
    note["Front"] = "front"
    collection.add_note(note, deck)
    return note.card_ids()[0]


def read(state: SchedulingState) -> tuple[int, float, float]:
    """Days (0 if it comes back on the same day), stability and difficulty."""
    kind = state.normal.WhichOneof("kind")
    found = getattr(state.normal, kind)
    memory = (found.learning if kind == "relearning" else found).memory_state
    return (found.scheduled_days if kind == "review" else 0), memory.stability, memory.difficulty


def buttons(states: SchedulingStates) -> dict[Rating, SchedulingState]:
    return dict(zip(Rating, (states.again, states.hard, states.good, states.easy), strict=True))


def answer(collection: Collection, card: int, states: SchedulingStates, rating: Rating) -> None:
    """Answer it now."""
    collection.sched.answer_card(
        CardAnswer(
            card_id=card,
            current_state=states.current,
            new_state=buttons(states)[rating],
            rating=CardAnswer.Rating.Value(rating.name),
            answered_at_millis=int(datetime.now(UTC).timestamp() * 1000),
        )
    )


def let_days_pass(collection: Collection, card: int, days: int, state: SchedulingState) -> None:
    """Move what is stored of a card into the past. A collection keeps 4 decimals of stability and 3 of difficulty;
    it gets the rest back, for the engines are compared, not their stores.
    """
    _, stability, difficulty = read(state)
    seconds = days * SECONDS_A_DAY
    collection.db.execute(
        """
        update cards set
            due = due - iif(queue = 1, ?, ?),
            data = json_set(data, '$.lrt', json_extract(data, '$.lrt') - ?, '$.s', ?, '$.d', ?)
        where id = ?
        """,
        *(seconds, days, seconds, stability, difficulty, card),
    )


# --- Both, side by side -----------------------------------------------------------------------


@dataclass
class Comparison:
    """What was compared, what was passed over and why, and where the two differ."""

    counts: Counter[str] = field(default_factory=Counter)
    days: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    def button(self, theirs: SchedulingState, ours: Memory, rating: Rating, *, edge: bool) -> bool:
        """Compare one button; False if its days can't be compared. `edge`: it, or one below, is near a half day."""
        days, stability, difficulty = read(theirs)
        our_days = (ours.due - ours.day).days
        case = f"{rating.name}: Anki {days} days, {stability}, {difficulty}; here {our_days} days, {ours}"
        apart = abs(stability - ours.stability) > max(TOLERANCE, SINGLE * stability)
        self.states += [case] if apart or abs(difficulty - ours.difficulty) > TOLERANCE else []
        if rating is not Rating.AGAIN and not days:
            self.counts[SAME_DAY] += 1
        elif days > MOST_DAYS:
            self.counts[BEYOND] += 1
        elif abs(days - our_days) == 1 and edge:
            self.counts[ON_EDGE] += 1
        else:
            self.counts["buttons"] += 1
            self.days += [case] if days != our_days else []
            return True
        return False

    def history(self, collection: Collection, decks: dict[float, DeckId], rng: Random) -> None:
        """Answer a new card 1 to 10 times in both, or until an answer whose days can't be compared.

        Now and then it goes to another deck: with another retention, intervals shrink and leap.
        """
        retention = rng.choice(RETENTIONS)
        card, memory, day = new_card(collection, decks[retention]), None, DAY_ONE
        written: list[int] = []
        for _ in range(rng.randint(1, 10)):
            states = collection._backend.get_scheduling_states(card)
            theirs, ours = buttons(states), preview(memory, day, retention=retention)
            edges = [on_edge(read(theirs[each])[1], retention) for each in Rating]
            comparable = {each: self.button(theirs[each], ours[each], each, edge=any(edges[:each])) for each in Rating}
            rating = rng.choices(list(Rating), (2, 2, 5, 1))[0]
            answer(collection, card, states, rating)
            self.counts["answers"] += 1
            if not comparable[rating]:
                self.counts["histories cut short"] += 1
                break
            memory = ours[rating]
            written.append((memory.due - memory.day).days)
            days = gap(written[-1], rng)
            let_days_pass(collection, card, days, theirs[rating])
            day += timedelta(days=days)
            if rng.random() < 0.15:
                retention = rng.choice(RETENTIONS)
                collection.db.execute("update cards set did = ? where id = ?", decks[retention], card)
        log = collection.db.list("select max(0, ivl) from revlog where cid = ? order by id", card)
        self.days += [] if log[: len(written)] == written else [f"Anki wrote {log}, here {written}"]
        self.counts["histories"] += 1


def on_edge(stability: float, retention: float) -> bool:
    """Is the interval, by the forgetting curve, so near a half day that single precision may round it otherwise?"""
    interval = stability * (retention ** (-1 / 0.1542) - 1) / (0.9 ** (-1 / 0.1542) - 1)
    return abs(interval % 1 - 0.5) < SINGLE * interval


def gap(interval: int, rng: Random) -> int:
    """Days until the next answer: any, on the day it is due, or late."""
    return rng.choice((rng.randint(0, 60), rng.randint(0, 5), interval, interval + rng.randint(1, 60)))


@pytest.fixture(scope="module")
def comparison(collection: Collection) -> Comparison:
    rng = Random(20131119)
    decks = {retention: deck_without_steps(collection, retention) for retention in RETENTIONS}
    made = Comparison()
    for _ in range(HISTORIES):
        made.history(collection, decks, rng)
    return made


def test_enough_is_compared_and_little_passed_over(comparison: Comparison) -> None:
    counts = comparison.counts
    passed_over = counts[SAME_DAY] + counts[BEYOND] + counts[ON_EDGE]
    assert counts["histories"] >= 1000, counts
    assert counts["answers"] >= 5000, counts
    assert counts["buttons"] + passed_over == 4 * counts["answers"], counts
    assert counts[SAME_DAY] < 0.01 * counts["buttons"], counts
    assert counts[BEYOND] + counts[ON_EDGE] < 0.0005 * counts["buttons"], counts


def test_every_button_gives_the_days_that_anki_gives(comparison: Comparison) -> None:
    assert comparison.days == [], comparison.counts


def test_every_button_leaves_the_stability_and_difficulty_that_anki_leaves(comparison: Comparison) -> None:
    assert comparison.states == [], comparison.counts
