"""The three-way merge of files and site, by their common ancestor: pure, without a database.

Per object and per field: what only the files changed is taken over, what only the site changed is kept, what both
changed to different values is a conflict, in which the site's value stays and the ancestor is not moved, so that it
is reported again until somebody settles it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from quiz.exchange.plans import Conflict, Plan, Sides
from quiz.exchange.removing import remove
from quiz.exchange.rules import UniqueRule, unique_rules, violations
from quiz.exchange.shapes import Id, Plain, Shape, Values, shapes, shown


def merge(sides: Sides) -> Plan:
    """What to write.

    Planning is repeated while something planned would clash with a row of the site: it is then refused, as a
    conflict, and so is what refers to it.
    """
    refused: dict[tuple[Id, str], str] = {}
    while True:
        plan = _Merge(sides, refused).plan()
        clashes = {key: why for key, why in _clashes(sides, plan) if key not in refused}
        if not clashes:
            return plan
        refused |= clashes


def _clashes(sides: Sides, plan: Plan) -> Iterator[tuple[tuple[Id, str], str]]:
    """Planned creations (field blank) and updates that the database would refuse beside the site's own rows."""
    written = {row: frozenset(names) for row, names in plan.updates.items()} | dict.fromkeys(plan.creates)
    by_model: dict[str, list[tuple[Id, Values]]] = {row.model: [] for row in written}
    for row, values in plan.final.items():
        if row.model in by_model:
            by_model[row.model].append((row, values))
    for label, rows in by_model.items():
        for rule in unique_rules(label):
            for row, other in _sharing(rule, rows):
                if row in written:
                    names = written[row]
                    why = f"{rule.message} ({other} has it in the site.)"
                    yield from (((row, name), why) for name in ([""] if names is None else names & rule.concerned))
    yield from _mixed_badly(sides, plan)


def _sharing(rule: UniqueRule, rows: Iterable[tuple[Id, Values]]) -> Iterator[tuple[Id, Id]]:
    """Rows that share what two may not, each with another one."""
    holders: dict[object, list[Id]] = {}
    for row, values in rows:
        if (value := rule.value(values)) is not None:
            holders.setdefault(value, []).append(row)
    for sharers in holders.values():
        for row in sharers if len(sharers) > 1 else ():
            yield row, next(one for one in sharers if one != row)


def _mixed_badly(sides: Sides, plan: Plan) -> Iterator[tuple[tuple[Id, str], str]]:
    """Updates that break a rule together with fields that an editor changed."""
    for row, names in plan.updates.items():
        # What comes from one side alone was found sound before.
        if plan.final[row] != sides.files.get(row):
            for message in violations(shapes()[row.model], plan.final[row]):
                yield from (((row, name), f"with the site's other fields: {message}") for name in names)


class _Merge:
    """One round of planning."""

    def __init__(self, sides: Sides, refused: Mapping[tuple[Id, str], str]) -> None:
        self.sides = sides
        self.refused = refused
        ancestors = {} if sides.complete else dict(sides.ancestors)
        self.draft = Plan(final=dict(sides.site), ancestors=ancestors)
        self.present = self._present()

    def plan(self) -> Plan:
        """The plan of this round."""
        for row, values in self.sides.files.items():
            if row in self.sides.site:
                self._merge_row(row, values)
            elif row in self.sides.ancestors:
                self._deleted_in_site(row, values)
            else:
                self._create(row, values)
        if self.sides.complete:
            remove(self.sides, self.draft)
        return self.draft

    def _shape(self, row: Id) -> Shape:
        return shapes()[row.model]

    def _conflict(self, row: Id, message: str, name: str = "") -> None:
        self.draft.conflicts.append(Conflict(row, message, name))

    # --- Rows new in the files -------------------------------------------------------------

    def _is_new(self, row: Id) -> bool:
        return row not in self.sides.site and row not in self.sides.ancestors and (row, "") not in self.refused

    def _present(self) -> set[Id]:
        """The rows that will be there: those of the site, and new ones whose references are all there."""
        new = {row for row in self.sides.files if self._is_new(row)}
        present = set(self.sides.site) | new
        while lost := {row for row in new if self._absent(row, self.sides.files[row], present)}:
            new -= lost
            present -= lost
        return present

    def _absent(self, row: Id, values: Values, present: Collection[Id], only: Iterable[str] | None = None) -> str:
        """The first reference that leads nowhere, in words; blank where all are there."""
        for _name, target in self._shape(row).references(values, only):
            if target not in present:
                return f"refers to {target}, which is not in the site (an editor deleted it, or it has a conflict)."
        return ""

    def _create(self, row: Id, values: Values) -> None:
        if row in self.present:
            self.draft.creates.append(row)
            self.draft.final[row] = self.draft.ancestors[row] = values
        else:
            why = self.refused.get((row, "")) or self._absent(row, values, self.present)
            self._conflict(row, f"new in the files, not taken over: {why}")

    # --- Rows on both sides ----------------------------------------------------------------

    def _deleted_in_site(self, row: Id, values: Values) -> None:
        ancestor = self.draft.ancestors[row] = self.sides.ancestors[row]
        self.draft.kept.append(row)
        if values != ancestor:
            self._conflict(row, "changed in the files, but an editor deleted it in the site; it stays deleted.")

    def _merge_row(self, row: Id, values: Values) -> None:
        site = self.sides.site[row]
        if values == site:
            self.draft.ancestors[row] = values
            self.draft.unchanged += 1
            return
        taken: dict[str, Plain] = {}
        agreed: dict[str, Plain] = {}
        for name, value in values.items():
            self._merge_field(row, name, value, taken, agreed)
        self.draft.ancestors[row] = agreed
        self.draft.final[row] = {**site, **taken}
        if taken:
            self.draft.updates[row] = list(taken)
        elif agreed == values:
            self.draft.kept.append(row)

    def _merge_field(self, row: Id, name: str, value: Plain, taken: dict[str, Plain], agreed: dict[str, Plain]) -> None:
        """Decide on one field: put it into `taken` where the site takes it over, into `agreed` what is its ancestor."""
        site, ancestor = self.sides.site[row][name], self.sides.ancestors.get(row, {})
        if name in ancestor:
            agreed[name] = ancestor[name]
        if value == site:
            agreed[name] = value
        elif name not in ancestor or (value != ancestor[name] and site != ancestor[name]):
            self._conflict(row, f"the files have {shown(value)}, the site has {shown(site)}, which stays.", name)
        elif value != ancestor[name]:
            absent = self._absent(row, {name: value}, self.present, [name])
            if why := self.refused.get((row, name)) or absent:
                self._conflict(row, f"the files have {shown(value)}, not taken over: {why}", name)
            else:
                taken[name] = agreed[name] = value
