"""The diary of a made-up learner: what each day held, and what the site believed beside what was true."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from statistics import fmean

from quiz.models import Card, Deed, Review, User
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Facet
from quiz.scheduling import Rating, retrievability, study_day
from quiz.study import today
from quiz.study.deck import face
from tests.bench.mind import Mind

BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01)
TYPED = frozenset({"enter-date", "type-place"})
Pairs = list[tuple[float, bool]]


@dataclass
class Day:
    """A day: what was ready when it began (the site's word), what was done, and recall as it was that morning.

    `held` are cards due that a sibling keeps back; `left` is due at its end.
    """

    number: int
    due: int
    waiting: int
    new: int
    held: int
    met: int
    believed: float
    true: float
    believed_all: float
    true_all: float
    plan: list[today.Planned]
    away: int
    mode: str = "-"
    begun: int = 0
    reviewed: int = 0
    repeated: int = 0
    again: int = 0
    answers: int = 0
    credit: float = 0.0
    minutes: float = 0.0
    left: int = 0


@dataclass
class Diary:
    """Day after day; `late` how many days after it was due each card came, and what the learner truly knew then."""

    user: User
    story: Chronicle
    mind: Mind
    days: list[Day] = field(default_factory=list)
    late: list[int] = field(default_factory=list)
    true_when_due: list[float] = field(default_factory=list)
    facts: int = 0

    def __post_init__(self) -> None:
        """Count the facts that a card can ask."""
        every = ((key, facet.value) for key in self.story.events for facet in Facet)
        self.facts = sum(face(self.story, key, facet, 0) is not None for key, facet in every)

    def recall(self, now: datetime) -> tuple[list[float], list[float]]:
        """Of each fact met: what the site believes of its recall now, and the truth."""
        day = study_day(now, self.user.zone)
        known = [card for card in self.user.cards.known().select_related("event") if card.memory]
        believed = [retrievability(card.memory, day) for card in known if card.memory]
        return believed, [self.mind.recall((card.event.key, card.facet), now) for card in known]

    def morning(self, number: int, now: datetime) -> Day:
        """Look at the page of the day before anything is done."""
        found = today.today(self.user, self.story, now)
        believed, true = self.recall(now)
        due = self.user.cards.due(found.queue.day).count()
        shown = len(found.queue.reviews) + found.queue.waiting + len(found.queue.again)
        day = Day(
            number=number,
            due=shown,
            waiting=found.queue.waiting,
            new=found.new,
            held=due - shown,
            met=len(believed),
            believed=fmean(believed) if believed else 0.0,
            true=fmean(true) if true else 0.0,
            believed_all=sum(believed) / self.facts,
            true_all=sum(true) / self.facts,
            plan=found.plan,
            away=found.away,
        )
        self.days.append(day)
        return day

    def evening(self, day: Day, now: datetime) -> None:
        """See what is left when all is done."""
        left = today.queue(self.user, self.story, now)
        day.left = len(left.cards) + left.waiting

    def seen(self, card: Card, now: datetime) -> None:
        """A card comes: how late, and what is truly remembered of it."""
        day = study_day(now, self.user.zone)
        if card.memory and card.day != day:
            self.late.append((day - card.due).days)
            self.true_when_due.append(self.mind.recall((card.event.key, card.facet), now))

    def log(self) -> list[Review]:
        """All ratings that stand."""
        return list(Review.objects.standing().filter(user=self.user, what=Deed.RATED))


# --- What became of it --------------------------------------------------------------------------


def tell(diary: Diary, now: datetime) -> Iterator[str]:
    """All of it, in lines."""
    yield from _days(diary.days)
    yield from _learned(diary, now)
    yield from _foreseen(diary)
    yield from _ratings(diary)
    yield from _loads(diary)
    yield from _plans(diary.days)


def _days(days: list[Day]) -> Iterator[str]:
    yield (
        " day  due +wait  new held | mode      quiz  score | cards same-day again  min  left | "
        "met believed true | all: believed true"
    )
    for d in days:
        score = f"{d.credit / d.answers:5.0%}" if d.answers else "    -"
        yield (
            f"{d.number + 1:4} {d.due:4} {d.waiting:5} {d.new:4} {d.held:4} | {d.mode:9}{d.answers:5}  {score} | "
            f"{d.reviewed:5} {d.repeated:8} {d.again:5} {d.minutes:4.0f} {d.left:5} | {d.met:3} "
            f"{d.believed:8.0%} {d.true:4.0%} | {d.believed_all:13.1%} {d.true_all:4.1%}"
        )


def _learned(diary: Diary, now: datetime) -> Iterator[str]:
    believed, true = diary.recall(now)
    cards = list(diary.user.cards.known())
    told = ", ".join(f"{facet} {count}" for facet, count in sorted(Counter(card.facet for card in cards).items()))
    new = diary.user.cards.filter(stability=None).count()
    yield f"Met: {len(cards)} of {diary.facts} facts that a card asks ({told}); {new} taken up and never rated."
    yield (
        f"Recalled with 80 % or more at the end, truly: {sum(one >= 0.8 for one in true)}; "
        f"of a stability of a week or more, by the site: {sum((card.stability or 0) >= 7 for card in cards)}."
    )
    yield f"Recall of what was met at the end: believed {_mean(believed):.1%}, true {_mean(true):.1%}."
    lapses = sorted(Counter(card.lapses for card in cards).items())
    leeches = sum(card.is_leech for card in cards)
    yield f"Forgotten so often, so many cards: {', '.join(f'{n}: {count}' for n, count in lapses)}; leeches {leeches}."


def _source(entry: Review) -> str:
    if entry.asked_id is None:
        return "card"
    return "order" if entry.kind == "order" else "typed" if entry.kind in TYPED else "chosen"


def _foreseen(diary: Diary) -> Iterator[str]:
    """What was foreseen and what came true on a later day than the last rating: by what asked, and what went before."""
    asked: dict[str, Pairs] = defaultdict(list)
    before: dict[str, Pairs] = defaultdict(list)
    last: dict[int, Review] = {}
    for entry in diary.log():
        earlier = last.get(entry.card_id)
        if earlier and earlier.day < entry.day and entry.foreseen is not None and earlier.rating:
            pair = entry.foreseen, entry.rating != Rating.AGAIN
            asked[_source(entry)].append(pair)
            if entry.asked_id is None:
                before[f"{_source(earlier)} {Rating(earlier.rating).name.lower()}"].append(pair)
        last[entry.card_id] = entry
    yield "Foreseen -> came true, on a later day than the last rating; asked by"
    for name, pairs in sorted(asked.items()):
        bins = [(low, [pair for pair in pairs if low <= pair[0] < high]) for low, high in pairwise(BINS)]
        told = ", ".join(f"{low:.2f}+: {_came(some)}" for low, some in bins if some)
        yield f"  {name:7} {_came(pairs)}   ({told})"
    yield "  on cards, by the rating before: " + "; ".join(
        f"{name} {_came(some)}" for name, some in sorted(before.items())
    )
    came, true = [came for _, came in asked["card"]], diary.true_when_due
    if came:
        wanted = diary.user.desired_retention
        yield f"Cards when they came: desired {wanted:.0%}, recalled {_mean(came):.1%}, true chance {_mean(true):.1%}."


def _came(pairs: Pairs) -> str:
    return f"{_mean([one for one, _ in pairs]):.0%} -> {_mean([came for _, came in pairs]):.0%} of {len(pairs)}"


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0


def _ratings(diary: Diary) -> Iterator[str]:
    counted, first = Counter[tuple[str, int]](), Counter[str]()
    met: set[int] = set()
    for entry in diary.log():
        counted[_source(entry), entry.rating or 0] += 1
        first[_source(entry)] += entry.card_id not in met
        met.add(entry.card_id)
    for name in sorted({name for name, _ in counted}):
        told = ", ".join(f"{rating.name.lower()} {counted[name, rating]}" for rating in Rating)
        yield f"Ratings by {name:6}: {told}; first met so: {first[name]}."


def _loads(diary: Diary) -> Iterator[str]:
    days, late = diary.days, [one for one in diary.late if one > 0]
    yield (
        f"A day: {_mean([d.minutes for d in days]):.0f} minutes (most {max(d.minutes for d in days):.0f}), "
        f"{_mean([d.reviewed for d in days]):.0f} cards (most {max(d.reviewed for d in days)}), "
        f"{_mean([d.repeated for d in days]):.0f} of them already rated that day; "
        f"quizzes {_mean([d.credit for d in days]) * len(days) / max(sum(d.answers for d in days), 1):.0%}."
    )
    yield (
        f"New cards were taken up on {sum(d.begun > 0 for d in days)} of {len(days)} days, "
        f"{sum(d.begun for d in days)} in all. The cap of reviews bound on "
        f"{sum(d.waiting > 0 for d in days)} mornings, most waiting {max(d.waiting for d in days)}; "
        f"left over in the evening: most {max(d.left for d in days)}."
    )
    yield (
        f"Held back by a sibling: {_mean([d.held for d in days]):.1f} a morning, most {max(d.held for d in days)}. "
        f"{len(late)} of {len(diary.late)} cards came late, by {_mean(late):.1f} days, most {max(late, default=0)}."
    )


def _plans(days: list[Day]) -> Iterator[str]:
    """What the page of the day foretold when it first did, and after an absence; and what came."""
    firsts = [d for d in days if d.plan][:1]
    for d in {day.number: day for day in firsts + [day for day in days if day.away]}.values():
        told = ", ".join(f"{one.cards} on {one.day:%-d %b}" for one in d.plan) or "none"
        after = [f"{x.due} due, {x.waiting} beyond the cap" for x in days if 0 < x.number - d.number <= len(d.plan) + 2]
        yield f"Day {d.number + 1}, away for {d.away} days. Plan: {told}. The days after: {'; '.join(after)}."
