"""What is told of a wrong day or span after the answer: what happened then, or what happened nearest to it."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date


class DayNotes:
    """For each day the event that is told of it, where one may be: dated to it alone, and nothing to be warned of."""

    def __init__(self, told: Mapping[date, str], dated: Collection[date]) -> None:
        """Take the event told of each day, and all days that any claim gives as a single one."""
        self.told, self._dated = told, frozenset(dated)
        self._days = sorted(told)

    def within(self, first: date, last: date) -> Sequence[str]:
        """Events told of the days from the first to the last, in their order."""
        low, high = bisect_left(self._days, first), bisect_right(self._days, last)
        return [self.told[day] for day in self._days[low:high]]

    def nearest(self, first: date, last: date) -> str | None:
        """The event told of the day nearest to these, the earlier of two; None where none is told of any day."""
        low, high = bisect_left(self._days, first), bisect_right(self._days, last)
        before, after = self._days[max(low - 1, 0) : low], self._days[high : high + 1]
        if before and after:
            return self.told[before[0] if first - before[0] <= after[0] - last else after[0]]
        return next((self.told[day] for day in (*before, *after)), None)

    def is_empty(self, day: date) -> bool:
        """Whether no claim gives this day alone."""
        return day not in self._dated
