"""What a learner has done so far: day by day, how well it was foreseen, what comes, and past sittings.

Read from what is counted as it happens, never from the log: years of it are told as fast as a day.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from django.db import models

from quiz.models import AskedQuestion, Confidence, Sitting, StudyDay, User
from quiz.models.cards import COUNTED
from quiz.models.sittings import CONFIDENCES
from quiz.study.mastery import ENOUGH_ANSWERS, Held

# --- Day by day ---------------------------------------------------------------------------------

WEEKS = 52
"""So many weeks back the calendar goes, the present one included."""


@dataclass(frozen=True, slots=True)
class Week:
    """What was done in a week, which begins on that Monday: on how many days, and how much."""

    first: date
    days: int
    answers: int
    ratings: int


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def days(user: User, day: date) -> list[StudyDay]:
    """The days of the last WEEKS weeks on which something was counted, in their order."""
    start = monday(day) - timedelta(weeks=WEEKS - 1)
    return list(user.study_days.filter(day__gte=start).order_by("day"))


def done(rows: Iterable[StudyDay]) -> dict[date, int]:
    """How many answers and ratings each day had, without those that had none."""
    return {row.day: row.answers + row.ratings for row in rows if row.answers + row.ratings}


def weeks(rows: Iterable[StudyDay]) -> list[Week]:
    """The weeks in which something was done, the latest first."""
    found: dict[date, list[StudyDay]] = defaultdict(list)
    for row in rows:
        if row.answers + row.ratings:
            found[monday(row.day)].append(row)
    return [
        Week(first, len(rows), sum(row.answers for row in rows), sum(row.ratings for row in rows))
        for first, rows in sorted(found.items(), reverse=True)
    ]


# --- How well it was foreseen --------------------------------------------------------------------

ENOUGH_RECALLS = 20
"""Below so many attempts to recall, the share that succeeded says too little to be shown."""
RECENT_DAYS = 30
LATE = 0.03
"""If so much less was foreseen than asked for, the cards came late."""


@dataclass(frozen=True, slots=True)
class Retention:
    """On how many facts recall was tried, how many were recalled, and how many were foreseen to be."""

    tried: int
    recalled: int
    expected: float

    @property
    def is_enough(self) -> bool:
        """Whether so much was tried that the share says something."""
        return self.tried >= ENOUGH_RECALLS

    @property
    def share(self) -> float:
        """The share recalled, 0 to 1; 0 where nothing was tried."""
        return self.recalled / self.tried if self.tried else 0.0

    @property
    def foreseen(self) -> float:
        """The share foreseen, 0 to 1; 0 where nothing was tried."""
        return min(max(self.expected / self.tried, 0.0), 1.0) if self.tried else 0.0

    @property
    def differs(self) -> int:
        """1 where more was recalled than foreseen, -1 where less, 0 where chance alone may make the difference.

        Beyond two standard errors of a share that is truly the one foreseen.
        """
        if not self.tried:
            return 0
        error = sqrt(self.foreseen * (1 - self.foreseen) / self.tried)
        gap = self.share - self.foreseen
        return 0 if abs(gap) <= 2 * error else 1 if gap > 0 else -1

    def came_late(self, desired: float) -> bool:
        """Whether cards came so late that less was foreseen than the learner asked for."""
        return bool(self.tried) and self.foreseen < desired - LATE


def recent_retention(rows: Iterable[StudyDay], day: date) -> Retention:
    """Over the last RECENT_DAYS study days, today included."""
    recent = [row for row in rows if row.day > day - timedelta(days=RECENT_DAYS)]
    return Retention(
        sum(row.foreseen for row in recent), sum(row.recalled for row in recent), sum(row.expected for row in recent)
    )


def all_retention(user: User) -> Retention:
    """Over all time: one statement."""
    sums = user.study_days.aggregate(**{name: models.Sum(name, default=0) for name in COUNTED[-3:]})
    return Retention(sums["foreseen"], sums["recalled"], sums["expected"])


@dataclass(frozen=True, slots=True)
class Level:
    """A degree of confidence: how many answers were given with it, and what share was right; None for too few."""

    label: str
    answers: int
    right: float | None


def calibration(user: User) -> list[Level]:
    """How right the learner was at each degree of confidence, from the least sure one on: one statement."""
    rows = {row.level: row for row in user.confidences.all()}
    found = [(str(label), rows.get(level, Confidence())) for level, label in CONFIDENCES]
    return [
        Level(label, row.answers, row.credit / row.answers if row.answers >= ENOUGH_ANSWERS else None)
        for label, row in found
    ]


# --- What comes ---------------------------------------------------------------------------------

FORECAST_DAYS = 30


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many cards come on each of the next FORECAST_DAYS days, from today on; `waiting` are due beyond its cap."""

    days: Mapping[date, int]
    waiting: int

    @property
    def today(self) -> int:
        """How many come today."""
        return next(iter(self.days.values()), 0)

    @property
    def total(self) -> int:
        """How many come on all of these days."""
        return sum(self.days.values())


def forecast(mine: Iterable[Held], rows: Iterable[StudyDay], cap: int, day: date) -> Forecast:
    """When the cards come, if none is rated until then: what is overdue counts on today, as far as its cap of reviews
    allows. What was forgotten today comes back within it whatever the cap.
    """
    seen = next((row.seen for row in rows if row.day == day), 0)
    coming = [(one.comes, one.rated) for one in mine if one.comes]
    overdue = sum(comes <= day and rated != day for comes, rated in coming)
    now = min(overdue, max(cap - seen, 0))
    again = sum(comes <= day and rated == day for comes, rated in coming)
    later = Counter(comes for comes, _ in coming if comes > day)
    dates = [day + timedelta(days=n) for n in range(1, FORECAST_DAYS)]
    return Forecast({day: now + again, **{one: later[one] for one in dates}}, overdue - now)


# --- Past sittings ------------------------------------------------------------------------------

SITTINGS_SHOWN = 5
PAGE = 20


@dataclass(frozen=True, slots=True)
class Past:
    """A sitting with how many of its questions were answered, and the sum of their credits."""

    sitting: Sitting
    answered: int
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """Some sittings, the newest first; `after` is the token of the last one where older ones follow, else blank."""

    sittings: list[Past]
    after: str = ""


def latest(user: User) -> Page:
    """The SITTINGS_SHOWN sittings begun last: two statements."""
    return _page(user.sittings.all(), SITTINGS_SHOWN)


def older(user: User, after: Sitting | None) -> Page:
    """The next PAGE sittings begun before one, or the first ones: two statements, as fast on the last page."""
    found = user.sittings.all()
    if after:
        same = models.Q(started_at=after.started_at, pk__lt=after.pk)
        found = found.filter(models.Q(started_at__lt=after.started_at) | same, started_at__lte=after.started_at)
    return _page(found, PAGE)


def _page(found: models.QuerySet[Sitting], length: int) -> Page:
    """The first of some sittings; what came of them is asked of these alone, not of all before they are cut off."""
    rows = list(found.select_related("phase").order_by("-started_at", "-pk")[: length + 1])
    shown = rows[:length]
    return Page(_with_results(shown), shown[-1].token if len(rows) > length else "")


def _with_results(sittings: Sequence[Sitting]) -> list[Past]:
    answered = AskedQuestion.objects.filter(sitting__in=sittings, answered_at__isnull=False).order_by()
    sums = answered.values_list("sitting").annotate(models.Count("pk"), models.Sum("credit", default=0.0))
    results = {sitting: (count, credit) for sitting, count, credit in sums}
    return [Past(sitting, *results.get(sitting.pk, (0, 0.0))) for sitting in sittings]
