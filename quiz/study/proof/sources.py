"""What the code itself must not do, read from its source: ask chance or the clock, or judge by the makers' means."""

import ast
from collections.abc import Iterator
from pathlib import Path

from quiz.study.proof.report import Fault, Row

ROOT = Path(__file__).resolve().parents[2]
"""The folder of the package `quiz`."""
DOORS = frozenset({"admin", "management", "views", "migrations"})
"""Rooms that may ask the clock, or that only say what tables there are."""
CLOCK = frozenset(
    f"{owner}.{asked}"
    for owner, names in {
        "timezone": ("now", "localdate", "localtime", "localnow"),
        "datetime": ("now", "today", "utcnow"),
        "date": ("today",),
        "time": ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"),
    }.items()
    for asked in names
)
JUDGES = "quiz.questions.proving"
PLAIN_VALUES = frozenset({"quiz.chronology", "quiz.gazetteer", "quiz.questions.facts", "quiz.questions.question"})
"""All that a judge may know of the site's code, by whatever way it comes to it."""


def independence(root: Path = ROOT) -> Row:
    """Whether the judges know plain values only, through any number of imports."""
    row = Row("Independence of the proof", "the judges import neither makers nor distractors")
    for file in sorted((root / "questions" / "proving").rglob("*.py")):
        known = reached(module_of(file, root), root)
        strange = sorted(name for name in known if not _may_be_known(name))
        row.see([Fault(f"{module_of(file, root)} knows {name}") for name in strange])
    return row


def _may_be_known(module: str) -> bool:
    return module in PLAIN_VALUES or module == JUDGES or module.startswith(f"{JUDGES}.")


def chance_and_clock(root: Path = ROOT) -> Row:
    """Whether any module below the doors uses the chance of the process, or asks what time it is."""
    row = Row("Determinism", "nothing below the views uses global chance or the clock")
    for file in sorted(root.rglob("*.py")):
        if file.relative_to(root).parts[0] not in DOORS:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            row.see(Fault(f"{file.relative_to(root)}:{line}: {used}") for line, used in _uses(tree))
    return row


def _uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Lines that ask the clock or the chance of the process, with what they use."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            used = f"{_last_name(node.value)}.{node.attr}"
            if used in CLOCK or (isinstance(node.value, ast.Name) and _is_chance(used)):
                yield node.lineno, used
        elif isinstance(node, ast.ImportFrom) and node.module in {"random", "time"}:
            drawn = (f"{node.module}.{one.name}" for one in node.names)
            yield from ((node.lineno, used) for used in drawn if used in CLOCK or _is_chance(used))


def _is_chance(used: str) -> bool:
    """Whether it is the `random` module's own state; a `Random` of one's own is seeded."""
    return used.startswith("random.") and used != "random.Random"


def _last_name(node: ast.expr) -> str:
    """`datetime` of both `datetime` and `datetime.datetime`."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


# --- Imports ------------------------------------------------------------------------------------


def module_of(file: Path, root: Path) -> str:
    """The name by which a file is imported."""
    parts = [root.name, *file.relative_to(root).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def reached(module: str, root: Path) -> set[str]:
    """The package's modules that a module imports, and those that these import, and so on."""
    found, waiting = set[str](), [module]
    while waiting:
        for name in _imported(waiting.pop(), root):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return found - {module}


def _imported(module: str, root: Path) -> set[str]:
    """The package's modules that a module names in its imports, wherever in it."""
    file = _file(module, root)
    named: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if file else ():
        if isinstance(node, ast.Import):
            named |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            within = {f"{node.module}.{one.name}" for one in node.names}
            named |= {name for name in within if _file(name, root)} or {node.module}
    return {name for name in named if _file(name, root)}


def _file(module: str, root: Path) -> Path | None:
    """Where a module of the package stands; None for others, and for empty packages."""
    top, *parts = module.split(".")
    if top != root.name:
        return None
    plain, package = root.joinpath(*parts).with_suffix(".py"), root.joinpath(*parts, "__init__.py")
    return plain if parts and plain.is_file() else package if package.is_file() else None
