"""What happens to rows of the site that are gone from the files: the part of the merge that takes away."""

from collections import defaultdict, deque
from collections.abc import Iterable

from quiz.exchange.plans import Conflict, Plan, Sides
from quiz.exchange.shapes import Id, shapes

EVENT = "quiz.event"


def remove(sides: Sides, plan: Plan) -> None:
    """Complete a plan with deletions and retirements.

    A row that an editor changed, or that a row which stays still refers to, stays as a conflict. An event that
    learners were asked about is retired with all its parts; any other row that learners' rows point to stays.
    """
    gone = [row for row in sides.ancestors if row not in sides.files and row in sides.site]
    if gone:
        _Removal(sides, plan, gone).decide()


class _Removal:
    """Finds out which of the rows that are gone from the files can go from the site."""

    def __init__(self, sides: Sides, plan: Plan, gone: list[Id]) -> None:
        self.sides = sides
        self.plan = plan
        self.gone = dict.fromkeys(gone)
        self.candidates = {row for row in gone if sides.site[row] == sides.ancestors[row]}
        self.parts: dict[Id, list[Id]] = defaultdict(list)
        for row in self.candidates:
            for owner in self._owners(row):
                self.parts[owner].append(row)

    def decide(self) -> None:
        """Move what must stay out of the candidates, then plan the rest."""
        self._edited()
        self._spread((row for row in self.plan.final if row not in self.candidates), reported=True)
        learned = [row for row in self.gone if row in self.candidates and row in self.sides.learned]
        self.candidates.difference_update(learned)
        for row in learned:
            self._retire(row)
        self._spread(learned, reported=False)
        for row in self.gone:
            if row in self.candidates:
                self.plan.deletes.append(row)
                del self.plan.final[row]
            else:
                self.plan.ancestors.setdefault(row, self.sides.ancestors[row])

    def _owners(self, row: Id) -> set[Id]:
        shape = shapes()[row.model]
        return {target for _name, target in shape.references(self.sides.site[row], shape.owners)}

    def _edited(self) -> None:
        for row in self.gone:
            if row not in self.candidates:
                self._stays(row, "an editor changed it in the site")

    def _stays(self, row: Id, why: str) -> None:
        self.plan.conflicts.append(Conflict(row, f"gone from the files, but {why}; it stays."))

    def _retire(self, row: Id) -> None:
        if row.model != EVENT:
            self._stays(row, "learners' sittings refer to it")
        elif not self.sides.site[row]["retired"]:
            self.plan.retired.append(row)
            self.plan.updates[row] = ["retired"]
            self.plan.final[row] = {**self.sides.site[row], "retired": True}
            # So that the next load finds it unedited, and can delete it once no learner's row needs it.
            self.plan.ancestors[row] = self.plan.final[row]

    def _spread(self, staying: Iterable[Id], *, reported: bool) -> None:
        """Keep whatever these rows refer to, and the parts of what is kept so."""
        queue = deque((row, reported) for row in staying)
        while queue:
            row, loud = queue.popleft()
            for _name, target in shapes()[row.model].references(self.plan.final[row]):
                if target in self.candidates:
                    self.candidates.discard(target)
                    queue.append((target, loud))
                    if loud:
                        self._stays(target, f"{row} still refers to it")
            # Only what is gone as a whole stays as a whole: a row of the files can lose single parts.
            for part in self.parts.get(row, ()) if row in self.gone else ():
                if part in self.candidates and self.candidates.isdisjoint(self._owners(part)):
                    self.candidates.discard(part)
                    queue.append((part, False))
