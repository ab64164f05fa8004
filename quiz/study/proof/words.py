"""A proof in words: tables for people, the same each time for the same content."""

from collections import Counter
from collections.abc import Iterable, Iterator

from quiz.questions.proving.space import MARGIN, Rate
from quiz.questions.question import Facet, Mode
from quiz.study.coverage import Coverage, Fact
from quiz.study.proof.report import Fault, Proof, Row

SHOWN = 12
"""So many faults of one property are printed; as data all are given."""
ESTIMATE = {Mode.PLAIN: 500, Mode.ATTRIBUTED: 130, Mode.DISPUTED: 12}
"""How many facts the specification expects in each mode, over all five documents."""
WIDTH = 88


def lines(proof: Proof) -> Iterator[str]:
    """The whole proof."""
    if proof.sampled:
        yield f"Sampled: {proof.sampled}.\n"
    yield from _properties(proof.rows)
    yield from _made(proof)
    yield from _guessing(proof.rates)
    yield from _spread(proof)
    yield from _typed(proof)
    if proof.coverage:
        yield from _totals(proof.coverage)
    yield ""
    yield from _verdict(proof)


def _properties(rows: Iterable[Row]) -> Iterator[str]:
    yield f"{'':{WIDTH}} {'checked':>8} {'skipped':>8} {'failed':>7}"
    group = ""
    for row in sorted(rows, key=lambda one: one.group):
        if row.group != group:
            group = row.group
            yield group
        mark = "  " if row.checked and not row.faults else "! "
        yield f"{mark + row.name:{WIDTH}} {row.checked:8} {row.skipped.total():8} {len(row.faults):7}"
        if row.skipped:
            yield f"      skipped: {_counted(row.skipped)}"
        for fault in row.faults[:SHOWN]:
            yield from _fault(fault)
        if len(row.faults) > SHOWN:
            yield f"      … and {len(row.faults) - SHOWN} more"


def _counted(reasons: Counter[str]) -> str:
    ranked = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    return "; ".join(f"{count} {reason}" for reason, count in ranked)


def _fault(fault: Fault) -> Iterator[str]:
    yield f"      - {fault.text}"
    if fault.question:
        drawn = "a pair" if fault.seed is None else f"seed {fault.seed}"
        yield f"        {fault.question} ({drawn}): {fault.stem}"
    if fault.options:
        marked = (f"{'*' if n in fault.key else ''}{text}" for n, text in enumerate(fault.options))
        yield f"        {' | '.join(marked)}"


def _made(proof: Proof) -> Iterator[str]:
    yield "\nQuestions made"
    for one in proof.made:
        sizes = ", ".join(f"{count} of {size}" for kind, size, count in proof.counts if kind == one.kind and size)
        yield f"  {one.kind:14} {one.wholes:6} wholes{f' ({sizes})' if sizes else ''}, {one.pairs} pairs"
        if one.refused:
            yield f"      not made: {_counted(one.refused)}"


def _guessing(rates: Iterable[Rate]) -> Iterator[str]:
    yield "\nGuessing: hits beside chance and the most that is allowed (of an order: credit); ~ is above chance by more"
    yield f"than {MARGIN}, but within what chance gives for so few events"
    for rate in rates:
        mark = "! " if rate.fails else "~ " if rate.hits > rate.chance + MARGIN else "  "
        yield (
            f"{mark}{rate.kind:14} {rate.bot:26} {rate.hits:6.3f}  chance {rate.chance:.3f}  "
            f"bound {rate.bound:.3f}  has something to go by in {rate.said} of {rate.questions}"
        )


def _spread(proof: Proof) -> Iterator[str]:
    yield "\nRanks of the key, as shares; how rarely mere chance spreads them so"
    for spread in proof.spreads:
        shares = "  ".join(f"{share:.3f}" for share in spread.ranks)
        yield f"{'! ' if spread.fails else '  '}{spread.kind:20} {shares}  ({spread.chance:.3f})"
    yield "\nWrong dates before the key, as a share"
    for one in proof.balances:
        yield f"{'! ' if one.fails else '  '}{one.kind:20} {one.before:.3f}  (within {one.bound:.3f} of a half)"


def _typed(proof: Proof) -> Iterator[str]:
    yield "\nThe best constant answer to entered dates"
    for best in proof.constants:
        yield f"  {best.phase:14} {best.day} earns {best.credit:.3f} in the mean of {best.questions} questions"
    yield "\nNames one slip apart: what may mean either is asked back"
    for one, other in proof.slips:
        yield f"  {one}, {other}"


# --- Coverage -----------------------------------------------------------------------------------


def _totals(covered: Coverage) -> Iterator[str]:
    yield "\nFacts that can be asked"
    totals = covered.totals()
    yield f"  {'':12} {'plain':>8} {'attributed':>11} {'not settled':>12} {'none':>6}"
    for facet in Facet:
        yield f"  {facet:12} {_in_modes(totals[facet])} {totals[facet][None]:6}"
    everything = sum(totals.values(), Counter[Mode | None]())
    yield f"  {'all':12} {_in_modes(everything)} {everything[None]:6}"
    without = sum(totals[facet][None] for facet in Facet)
    dated = totals[Facet.DATE] + totals[Facet.PLACE]
    yield f"  {'date, place':12} {_in_modes(dated)} {dated[None]:6}"
    yield f"  {'estimated':12} {_in_modes(Counter(ESTIMATE))}"
    reasons = ", ".join(f"{kind} {counted.total()}" for kind, counted in covered.reasons())
    yield f"  {without} facts are not asked; each has its reasons. Events refused by kind: {reasons}"


def _in_modes(counted: Counter[Mode | None]) -> str:
    return f"{counted[Mode.PLAIN]:8} {counted[Mode.ATTRIBUTED]:11} {counted[Mode.DISPUTED]:12}"


def coverage_lines(covered: Coverage) -> Iterator[str]:
    """For each event and facet the kinds that ask it with their modes, or why none does."""
    event = ""
    for fact in covered.facts:
        if fact.event != event:
            event = fact.event
            yield event
        yield f"  {fact.facet:9} {_asked(fact)}"


def _asked(fact: Fact) -> str:
    if fact.modes:
        return ", ".join(f"{kind} ({mode or 'rarely'})" for kind, mode in fact.modes.items())
    return f"not asked: {'; '.join(f'{kind}: {reason}' for kind, reason in fact.refused.items())}"


def _verdict(proof: Proof) -> Iterator[str]:
    if proof.unchecked:
        yield f"Nothing was checked of {len(proof.unchecked)}: {'; '.join(row.name for row in proof.unchecked)}."
    failed = sum(len(row.faults) for row in proof.failed)
    yield f"{len(proof.rows)} properties, {sum(row.checked for row in proof.rows)} checks, {failed} faults."
