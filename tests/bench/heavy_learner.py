"""Do pages and verbs stay quick for a learner with a long past?

    python -m tests.bench.heavy_learner [--sizes 100 10000 100000] [--repeat 9] [--seed 1] [--plans]

Learners of the real chronicle with so many entries in their logs stand side by side in one database (SQLite; with a
DATABASE_URL of PostgreSQL, there). Prints for each page and verb the most statements that it took, and how many
milliseconds when warm (of the processor with SQLite): the fastest of several, as other programs can only add to it.
The exit code is 1 where the statements grow, or where the largest past takes more than twice the time of the smallest
and MARGIN more. What gives out a whole past grows with it: it is told apart. `--plans` tells how the database looks
for what the slowest statement of each asks.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter, process_time

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from quiz.models import AskedQuestion, Card, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Shape
from quiz.scheduling import Rating
from quiz.study import reviews, sittings, today
from quiz.study.deck import face
from quiz.study.drawing import Choice
from tests.bench.past import Past
from tests.bench.stage import say, stage
from tests.study.stories import right

MARGIN = 5.0
"""Milliseconds that the clock of a busy machine may be off."""
LINEAR = frozenset({"own-data-json", "own-data-csv"})
"""What may grow: it gives out the whole past."""
COUNTED = 3
"""So many times statements are counted: some questions tell of more facts than others."""
PAGES = (
    "home",
    "today",
    "card-review",
    "card-list",
    "progress",
    "sitting-list",
    "sitting-begin",
    "own-data",
    "account-settings",
)


@dataclass
class Row:
    """One thing measured: statements and milliseconds for each size, or why there is none."""

    statements: list[int] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    slowest: str = ""
    missing: str = ""


class NotThereError(Exception):
    """The page answers otherwise than with 200 or 302."""


class Bench:
    """One learner with a past, and what is measured of it: each step is prepared, then done and timed."""

    def __init__(self, story: Chronicle, entries: int, seed: int, repeat: int) -> None:
        self.story, now = story, timezone.now()
        self.user = Past(story, entries, seed, now).store()
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user)
        sitting = sittings.begin(self.user, story, Choice(1 + 2 * (1 + COUNTED + repeat)), now=now, seed=seed)
        self._asked = iter(sitting.asked.select_related("sitting").order_by("number"))
        due = today.queue(self.user, story, now).cards or list(self.user.cards.all())
        self._cards: Iterator[Card] = cycle(due[:5])

    def steps(self) -> dict[str, "Prepare"]:
        """By name, what prepares a step and gives it; those that change something come last."""
        return {
            **{name: self._page(name) for name in PAGES},
            "study.today": lambda: lambda: today.today(self._fresh(), self.story, timezone.now()),
            "study.queue": lambda: lambda: today.queue(self._fresh(), self.story, timezone.now()),
            **{name: self._page(name) for name in sorted(LINEAR)},
            "card: question": lambda: self._get(self._card_page(self._next_card())),
            "card: answer": lambda: self._get(self._card_page(self._next_card()) + "?side=answer"),
            "card: rated": self._rate_page,
            "card: undone": self._undo_page,
            "quiz: question": self._question,
            "quiz: answered": self._answer_page,
            "study.answer": self._answer,
            "study.rate": self._rate,
            "study.undo": self._undo,
        }

    def _fresh(self) -> User:
        return User.objects.get(pk=self.user.pk)

    # --- Pages ---

    def _page(self, name: str) -> "Prepare":
        return lambda: self._get(reverse(f"quiz:{name}"))

    def _get(self, address: str) -> Callable[[], object]:
        return lambda: _read(self.client.get(address, follow=True))

    def _next_card(self) -> Card:
        """The next of some cards that are due, as it is now."""
        return self.user.cards.select_related("event").get(pk=next(self._cards).pk)

    def _card_page(self, card: Card) -> str:
        return reverse("quiz:card-detail", args=[card.pk])

    def _rate_page(self) -> Callable[[], object]:
        card = self._next_card()
        asks = face(self.story, card.event.key, card.facet, card.reviews)
        sent = {"rating": Rating.AGAIN.value, "reviews": card.reviews, "kind": asks.kind if asks else ""}
        return lambda: _read(self.client.post(self._card_page(card), sent), 302)

    def _undo_page(self) -> Callable[[], object]:
        return lambda: _read(self.client.post(reverse("quiz:card-undo")), 302)

    def _question(self) -> Callable[[], object]:
        asked = self.user.sittings.open().get().asked.filter(answered_at=None).order_by("number")[0]
        return self._get(reverse("quiz:question-detail", args=[asked.sitting.token, asked.number]))

    def _answer_page(self) -> Callable[[], object]:
        asked = next(self._asked)
        address = reverse("quiz:question-detail", args=[asked.sitting.token, asked.number])
        return lambda: _read(self.client.post(address, sent(asked)), 302)

    # --- Verbs ---

    def _answer(self) -> Callable[[], object]:
        asked = next(self._asked)
        return lambda: sittings.answer(asked.pk, right(asked.question), now=timezone.now(), confidence=2)

    def _rate(self) -> Callable[[], object]:
        card = self._next_card()
        return lambda: reviews.rate(self.user, card.pk, Rating.GOOD, reviews.Shown(card.reviews), now=timezone.now())

    def _undo(self) -> Callable[[], object]:
        return lambda: reviews.undo(self.user, now=timezone.now())


def _read(response: HttpResponse, status: int = 200) -> bytes:
    """The whole page, as streamed ones are only then made; raises NotThereError."""
    if response.status_code != status:
        raise NotThereError(str(response.status_code))
    return b"".join(response)


def sent(asked: AskedQuestion) -> dict[str, object]:
    """The right answer as a browser sends it."""
    answer = right(asked.question)
    match asked.question.shape:
        case Shape.DAY:
            told: dict[str, object] = {"picked": answer.day}
        case Shape.ORDER:
            told = {f"place_{item}": place for place, item in enumerate(answer.order, 1)}
        case Shape.PLACE:
            told = {"place": asked.question.key_text}
        case _:
            told = {"choice": answer.choice}
    return {"token": asked.token, **told}


Prepare = Callable[[], Callable[[], object]]


def measure(row: Row, prepared: list[Prepare], repeat: int) -> None:
    """Do a step for each size, to warm up, to count its statements, and several times for its time.

    The sizes take turns, so that what else the machine does slows all of them alike.
    """
    try:
        for prepare in prepared:
            prepare()()
        counted = [max((_statements(prepare()) for _ in range(COUNTED)), key=len) for prepare in prepared]
        times = [[_time(prepare()) for prepare in prepared] for _ in range(repeat)]
    except NotThereError as status:
        row.missing = str(status)
        return
    row.statements = [len(statements) for statements in counted]
    row.milliseconds = [min(of_size) for of_size in zip(*times, strict=True)]
    row.slowest = max(counted[-1], key=_costs, default="")


def _time(step: Callable[[], object]) -> float:
    """Milliseconds: of the processor where the database is in this process, else of the clock."""
    clock = process_time if connection.vendor == "sqlite" else perf_counter
    start = clock()
    step()
    return (clock() - start) * 1000


def _statements(step: Callable[[], object]) -> list[str]:
    """What is asked of the database; read at once, as the next request empties the log."""
    with CaptureQueriesContext(connection) as caught:
        step()
    return [query["sql"] for query in caught]


def _costs(sql: str) -> float:
    """Milliseconds that a reading statement takes; 0 for others."""
    if not sql.startswith("SELECT"):
        return 0.0
    with connection.cursor() as cursor:
        start = perf_counter()
        cursor.execute(sql.replace("%", "%%"))
        cursor.fetchall()
        return (perf_counter() - start) * 1000


def grown(name: str, row: Row) -> bool:
    """Whether a step grows with the past, and must not."""
    if name in LINEAR or row.missing:
        return False
    slow = row.milliseconds[-1] > 2 * row.milliseconds[0] + MARGIN
    return slow or max(row.statements) > row.statements[0]


def show(rows: dict[str, Row], sizes: list[int]) -> None:
    """Print the table."""
    head = "".join(f"{size:>10,}" for size in sizes)
    say(f"{'':18}  statements{' ' * (len(head) - 10)}  milliseconds{' ' * (len(head) - 12)}  times")
    say(f"{'':18}{head}  {head}")
    for name, row in rows.items():
        if row.missing:
            say(f"{name:18}  not there: {row.missing}")
            continue
        counts = "".join(f"{count:>10}" for count in row.statements)
        times = "".join(f"{time:10.1f}" for time in row.milliseconds)
        mark = "  GROWS" if grown(name, row) else "  (linear)" if name in LINEAR else ""
        say(f"{name:18}{counts}  {times}  {row.milliseconds[-1] / row.milliseconds[0]:5.1f}{mark}")


def plans(rows: dict[str, Row]) -> None:
    """How the database looks for what the slowest statement of each step asks."""
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    for name, row in rows.items():
        if row.slowest:
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {row.slowest}".replace("%", "%%"))
                say(f"\n{name}: {row.slowest[:400]}")
                for line in cursor.fetchall():
                    say(f"    {line[-1]}")


def run(story: Chronicle, sizes: list[int], repeat: int, seed: int) -> dict[str, Row]:
    """Measure learners of so many entries, side by side on one stage."""
    benches = []
    for size in sizes:
        start = perf_counter()
        benches.append(Bench(story, size, seed, repeat))
        say(f"{size:,} entries on {benches[-1].user.cards.count()} cards: made in {perf_counter() - start:.0f} s")
    rows: dict[str, Row] = {}
    steps = [bench.steps() for bench in benches]
    for name in steps[0]:
        measure(rows.setdefault(name, Row()), [of_size[name] for of_size in steps], repeat)
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Do pages and verbs stay quick for a learner with a long past?")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    with stage("heavy_learner") as story:
        rows = run(story, options.sizes, options.repeat, options.seed)
        show(rows, options.sizes)
        if options.plans:
            plans(rows)
    sys.exit(any(grown(name, row) for name, row in rows.items()))


if __name__ == "__main__":
    main()
