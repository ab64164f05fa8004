"""Mutants of the question makers: small faults put into the code one at a time, to see whether the tests notice.

    python -m tests.bench.mutation [--sample 150] [--seed 1] [--jobs 2] [--only choose_date.py] [--list]

Mutates `quiz/questions` (without the judge) and `quiz/chronology.py` in copies of the tree: drops the filter of a
comprehension, flips a comparison, turns `and` to `or`, takes a `not` away, negates a condition, moves a number by one,
exchanges min and max, any and all, plus and minus. A mutant is killed when the tests of `tests/questions` and
`tests/test_chronology.py` fail, or after them the proof on the fixtures, or when they run longer than LONGEST; each
is compiled first, so that none is killed by its own spelling. Prints the share killed, by tests and by proof, and
every survivor, as a line of a diff.
"""

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from random import Random

ROOT = Path(__file__).resolve().parents[2]
TREE = ("manage.py", "pyproject.toml", "qalamoun", "quiz", "tests", "fixtures")
EVERY = ("tests/test_chronology.py", "tests/questions")
"""The tests that a mutant must get past before the proof is asked."""
PROOF = ["manage.py", "check_questions"]
"""The proof on the fixtures, with as many seeds as elsewhere: it must pass before the first mutant is tried."""
LONGEST = 600.0
"""Seconds after which the tests of a mutant are stopped; it is killed then, as it hangs."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
# How a class is built and whether zip is strict are no behaviour that a question shows.
UNTOUCHED = frozenset({"frozen", "slots", "strict"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the file, the node by its rank in a walk of the tree, what is done to it, and how that reads."""

    file: str
    node: int
    change: str
    line: int
    before: str
    after: str


def sources(only: str) -> list[Path]:
    """The files that are mutated."""
    makers = sorted((ROOT / "quiz/questions").glob("*.py"))
    files = [file for file in (*makers, ROOT / "quiz/chronology.py") if file.read_text().strip()]
    return [file for file in files if only in file.name]


def changes(node: ast.AST) -> Iterator[str]:
    """What can be done to a node."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            yield "compare"
        case ast.BoolOp():
            yield "and/or"
        case ast.UnaryOp(op=ast.Not()):
            yield "drop not"
        case ast.BinOp(op=ast.Add() | ast.Sub(), right=right) if not isinstance(right, ast.JoinedStr):
            yield "plus/minus"
        case ast.comprehension(ifs=[_, *_]):
            yield "drop filter"
        case ast.If() | ast.IfExp():
            yield "negate"
        case ast.Constant(value=bool()):
            yield "other truth"
        case ast.Constant(value=int() | float()):
            yield "number"
        case ast.Call(func=ast.Name(id=name)) if name in CALLED:
            yield "min/max, any/all"


def mutate(node: ast.AST, change: str) -> None:
    """Do it."""
    match node, change:
        case ast.Compare(), _:
            node.ops = [COMPARED[type(node.ops[0])]()]
        case ast.BoolOp(), _:
            node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.UnaryOp(), _:
            node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)
        case ast.BinOp(), _:
            node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        case ast.comprehension(), _:
            node.ifs = node.ifs[1:]
        case ((ast.If() | ast.IfExp()), _):
            node.test = ast.UnaryOp(ast.Not(), node.test)
        case ast.Constant(), "other truth":
            node.value = not node.value
        case ast.Constant(), _:
            node.value = node.value + 1
        case ast.Call(func=ast.Name() as name), _:
            name.id = CALLED[name.id]


def spared(tree: ast.AST) -> set[int]:
    """Nodes left alone: annotations, and arguments that are no behaviour."""
    held: list[ast.AST | None] = []
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg=name, value=value) if name in UNTOUCHED:
                held.append(value)
            case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation):
                held.append(annotation)
            case ast.FunctionDef(returns=returns):
                held.append(returns)
    return {id(inner) for outer in held if outer is not None for inner in ast.walk(outer)}


def mutants(file: Path) -> Iterator[Mutant]:
    """Every fault that can be put into a file."""
    tree = ast.parse(file.read_text())
    name, left = str(file.relative_to(ROOT)), spared(tree)
    for rank, node in enumerate(ast.walk(tree)):
        if id(node) in left:
            continue
        for change in changes(node):
            changed = copy.deepcopy(node)
            mutate(changed, change)
            line = getattr(node, "lineno", None) or getattr(getattr(node, "target", None), "lineno", 0)
            yield Mutant(name, rank, change, line, shown(node), shown(changed))


def shown(node: ast.AST) -> str:
    """A node in one short line; of a block only its condition."""
    text = ast.unparse(node.test if isinstance(node, ast.If) else node)
    return " ".join(text.split())[:90]


def written(mutant: Mutant, original: str) -> str:
    """The text of the file with the fault in it."""
    tree = ast.parse(original)
    node = next(node for rank, node in enumerate(ast.walk(tree)) if rank == mutant.node)
    mutate(node, mutant.change)
    text = ast.unparse(ast.fix_missing_locations(tree))
    compile(text, mutant.file, "exec")
    return text


def killer(mutant: Mutant, tree: Path) -> str:
    """What fails with the fault in that copy of the tree: 'tests' or 'proof', or blank; its own tests come first."""
    target = tree / mutant.file
    original = target.read_text()
    target.write_text(written(mutant, original))
    own = f"tests/questions/test_{target.stem}.py"
    suites = [[own]] if (tree / own).exists() else []
    try:
        if any(fails(tree, tests(*suite)) for suite in (*suites, EVERY)):
            return "tests"
        return "proof" if fails(tree, PROOF) else ""
    finally:
        target.write_text(original)


def tests(*suite: str) -> list[str]:
    """What Python is to run for some tests."""
    return ["-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *suite]


def fails(tree: Path, command: list[str]) -> bool:
    """Whether Python, run in a copy, finds a fault; raises RuntimeError where it could not run at all."""
    database = f"sqlite:///{tree}/proof.sqlite3"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "DATABASE_URL": database}
    try:
        ended = subprocess.run(
            [sys.executable, *command],
            cwd=tree,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    # 1: something failed; 2: a test file could not be imported with the fault in the code.
    if ended.returncode not in {0, 1, 2}:
        raise RuntimeError(ended.stdout[-2000:] + ended.stderr[-2000:])
    return ended.returncode != 0


def run(chosen: list[Mutant], jobs: int) -> list[str]:
    """Try all of them, so many side by side, each in a copy of the tree of its own; gives what killed each."""
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for job in range(jobs):
            tree = Path(folder) / str(job)
            tree.mkdir()
            for name in TREE:
                source = ROOT / name
                (shutil.copytree if source.is_dir() else shutil.copy)(source, tree / name)
            ready = (["manage.py", "migrate"], ["manage.py", "load_chronicle"], PROOF)
            if any(fails(tree, command) for command in (*ready, tests(*EVERY))):
                raise RuntimeError("Tests or proof fail without any fault: mend that first.")
            copies.put(tree)

        def tried(mutant: Mutant) -> str:
            tree = copies.get()
            try:
                by = killer(mutant, tree)
            finally:
                copies.put(tree)
            say(f"{by or 'SURVIVED':8} {told(mutant)}")
            return by

        with ThreadPoolExecutor(jobs) as pool:
            return list(pool.map(tried, chosen))


def told(mutant: Mutant) -> str:
    """A mutant in one line."""
    return f"{mutant.file}:{mutant.line} [{mutant.change}] {mutant.before}  →  {mutant.after}"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Draw, try and report; the exit code is 1 where less than nine in ten are killed."""
    parser = argparse.ArgumentParser(description="Mutants of the question makers.")
    parser.add_argument("--sample", type=int, default=150, help="how many; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="files whose name holds this")
    parser.add_argument("--list", action="store_true", help="list them, try none")
    options = parser.parse_args()
    every = [mutant for file in sources(options.only) for mutant in mutants(file)]
    chosen = Random(options.seed).sample(every, min(options.sample or len(every), len(every)))
    if options.list:
        for mutant in chosen:
            say(told(mutant))
        return
    by = run(chosen, options.jobs)
    survivors = [mutant for mutant, name in zip(chosen, by, strict=True) if not name]
    killed = len(chosen) - len(survivors)
    share = f"{killed / len(chosen):.1%}, {by.count('tests')} by tests, {by.count('proof')} by the proof"
    say(f"\n{killed} of {len(chosen)} killed ({share}), drawn from {len(every)}")
    sorts = Counter(mutant.change for mutant in survivors)
    say("survivors: " + (", ".join(f"{count} {sort}" for sort, count in sorts.most_common()) or "none"))
    for mutant in survivors:
        say("  " + told(mutant))
    sys.exit(killed < 0.9 * len(chosen))


if __name__ == "__main__":
    main()
