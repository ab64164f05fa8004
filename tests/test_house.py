"""The rules of the house that a program can see: sizes, names, rooms, directions, locked packages."""

import ast
import fnmatch
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.urls import URLPattern
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
QUIZ = ROOT / "quiz"
TEMPLATES = QUIZ / "templates"

# The seven that the customer fixed; what a tool needs beside them.
CUSTOMERS = {"manage.py", "pyproject.toml", "README.md", "qalamoun", "quiz", "fixtures", "tests"}
TOOLS = {
    "Makefile",
    "requirements.txt",
    "requirements-dev.txt",
    "LICENSE",
    ".ci",
    ".editorconfig",
    ".git",
    ".gitignore",
}

DOORS = {"admin", "management", "views"}

FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    """The code of the site, without what Django writes (migrations)."""
    files = [*QUIZ.rglob("*.py"), *(ROOT / "qalamoun").rglob("*.py")]
    return sorted(file for file in files if "migrations" not in file.parts)


def functions() -> Iterator[tuple[str, int]]:
    """Each function of the site, as `file:name`, with its length in lines from `def` to its last."""
    for file in python_files():
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, FUNCTION) and node.end_lineno:
                yield f"{file.relative_to(ROOT)}:{node.name}", node.end_lineno - node.lineno + 1


def files(every: Iterable[Path]) -> list[tuple[str, int]]:
    """The files that aren't empty, each with its number of lines."""
    sizes = [(str(file.relative_to(ROOT)), len(file.read_text().splitlines())) for file in every]
    return [(name, size) for name, size in sizes if size]


def over(limit: int, sizes: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Those that are larger, with their sizes."""
    return {name: size for name, size in sizes if size > limit}


def modules_imported(file: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or ".")
    return found


# --- Sizes ------------------------------------------------------------------------------------


def test_no_file_has_more_than_400_lines() -> None:
    assert over(400, files(python_files())) == {}


def test_95_percent_of_the_files_have_at_most_250_lines() -> None:
    sizes = files(python_files())
    long = over(250, sizes)
    assert len(long) <= 0.05 * len(sizes), long


def test_no_function_has_more_than_50_lines() -> None:
    assert over(50, functions()) == {}


def test_95_percent_of_the_functions_have_at_most_30_lines() -> None:
    sizes = list(functions())
    long = over(30, sizes)
    assert len(long) <= 0.05 * len(sizes), long


def test_half_of_the_functions_have_at_most_8_lines() -> None:
    assert median(size for _, size in functions()) <= 8


def test_no_template_has_more_than_150_lines() -> None:
    assert over(150, files(TEMPLATES.rglob("*.html"))) == {}


# --- Names ------------------------------------------------------------------------------------


def addresses() -> list[URLPattern]:
    """The site's own addresses."""
    from quiz import urls  # noqa: PLC0415 so that a broken URL file fails its tests, and not all of these

    assert urls.app_name == "quiz"
    patterns = [one for one in urls.urlpatterns if isinstance(one, URLPattern)]
    assert len(patterns) == len(urls.urlpatterns), "quiz/urls.py lists its addresses plainly, without include()"
    return patterns


def views() -> dict[str, str]:
    """The views of quiz/views/ that have an address: name of the function, name of its module."""
    callbacks = [one.callback for one in addresses()]
    return {
        view.__name__: view.__module__.split(".")[-1] for view in callbacks if view.__module__.startswith("quiz.views")
    }


def test_there_are_addresses() -> None:
    assert addresses()


def test_an_address_is_named_as_its_view() -> None:
    ours = [one for one in addresses() if one.callback.__module__.startswith("quiz.views")]
    assert {one.name for one in ours} == {view.replace("_", "-") for view in views()}
    assert {
        one.name: one.callback.__name__ for one in ours if one.name != one.callback.__name__.replace("_", "-")
    } == {}


def test_every_address_has_a_name() -> None:
    assert [str(one.pattern) for one in addresses() if not one.name] == []


def test_a_page_is_named_as_its_view_and_lies_in_the_folder_of_its_room() -> None:
    pages = [file for file in (TEMPLATES / "quiz").glob("*/*.html") if not file.name.startswith("_")]
    assert pages
    strays = [str(page.relative_to(TEMPLATES)) for page in pages if views().get(page.stem) != page.parent.name]
    assert strays == []


def test_migrations_are_named_for_their_change() -> None:
    names = [file.stem for file in (QUIZ / "migrations").glob("[0-9]*.py")]
    assert names
    bad = [
        name
        for name in names
        if not re.fullmatch(r"\d{4}_[a-z]\w+", name) or re.search(r"auto_?\d|_alter_.*_and_more", name)
    ]
    assert bad == []


# --- Rooms ------------------------------------------------------------------------------------


def ignored() -> list[str]:
    """The patterns of .gitignore."""
    texts = (ROOT / ".gitignore").read_text().splitlines()
    return [text.strip("/") for text in texts if text and not text.startswith("#")]


def test_the_top_level_holds_what_the_customer_fixed_and_what_a_tool_needs() -> None:
    here = {entry.name for entry in ROOT.iterdir()}
    extra = here - CUSTOMERS - TOOLS
    assert {name for name in extra if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored())} == set()
    assert CUSTOMERS - here == set()


def readme() -> str:
    return (ROOT / "README.md").read_text()


def test_the_readme_names_every_room() -> None:
    rooms = [
        f"{room.name}/" if room.is_dir() else room.name for room in QUIZ.iterdir() if not room.name.startswith("__")
    ]
    assert [room for room in sorted(rooms) if room not in readme()] == []


def test_the_readme_mentions_no_room_that_is_gone() -> None:
    mentioned = set(re.findall(r"\bquiz/([a-z_]+(?:/|\.py))", readme()))
    assert {room for room in mentioned if not (QUIZ / room).exists()} == set()


def test_every_command_of_the_readme_exists() -> None:
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", readme(), re.DOTALL))
    mentioned = set(re.findall(r"\bmake ([a-z][a-z-]*)", code))
    made = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert mentioned - made == set()
    assert mentioned >= {"run", "test"}


def test_every_management_command_of_the_readme_exists() -> None:
    mentioned = set(re.findall(r"manage\.py (\w+_chronicle)", readme()))
    assert {name for name in mentioned if not (QUIZ / f"management/commands/{name}.py").exists()} == set()


def test_the_first_screen_of_the_readme_shows_the_two_commands() -> None:
    screen = "\n".join(readme().splitlines()[:40])
    assert "make run" in screen
    assert "make test" in screen


# --- What a room may know -----------------------------------------------------------------------


def test_only_scheduling_knows_fsrs() -> None:
    knowing = {
        file.name for file in python_files() if any(name.split(".")[0] == "fsrs" for name in modules_imported(file))
    }
    assert knowing <= {"scheduling.py"}


def test_only_the_settings_read_the_environment() -> None:
    reading = [file for file in QUIZ.rglob("*.py") if re.search(r"\bos\.(environ|getenv)\b", file.read_text())]
    assert reading == []


def test_below_the_doors_nobody_asks_the_clock() -> None:
    below = [file for file in python_files() if QUIZ in file.parents and file.relative_to(QUIZ).parts[0] not in DOORS]
    asking = r"\b(timezone\.(now|localdate|localtime)|datetime\.(now|today|utcnow)|date\.today|time\.time)\("
    assert [str(file.relative_to(ROOT)) for file in below if re.search(asking, file.read_text())] == []


# --- Pages ------------------------------------------------------------------------------------

INLINE = re.compile(
    r"""<style\b
    | \sstyle\s*=
    | <script\b(?![^>]*(?:\bsrc\s*=|\btype\s*=\s*["']application/json))
    | \son[a-z]+\s*=
    | \shx-on\b
    | \bjavascript:
    | ["']js:""",
    re.IGNORECASE | re.VERBOSE,
)


@pytest.mark.parametrize(
    "text",
    [
        "<style>",
        '<p style="x">',
        "<script>",
        '<script type="module">',
        '<a onclick="x">',
        '<a hx-on:click="x">',
        'href="javascript:x"',
    ],
)
def test_inline_style_and_script_are_seen(text: str) -> None:
    assert INLINE.search(text)


@pytest.mark.parametrize(
    "text", ['<script src="x.js" defer>', '<link rel="stylesheet">', "the style of a person", '<p lang="ar">']
)
def test_files_of_style_and_script_are_no_offence(text: str) -> None:
    assert not INLINE.search(text)


def test_templates_have_no_inline_style_or_script() -> None:
    pages = list(TEMPLATES.rglob("*.html"))
    assert pages
    assert [str(page.relative_to(TEMPLATES)) for page in pages if INLINE.search(page.read_text())] == []


# --- Locked packages ----------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file with their versions."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", (ROOT / name).read_text(), re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_file_holds_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    assert re.findall(r"^.*(?:https?:|file:|git\+|--(?:extra-)?index-url|--find-links).*$", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_hashes(name: str) -> None:
    blocks = re.split(r"^(?=[A-Za-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    wanted = [Requirement(text) for text in project()["project"]["dependencies"]]
    development = [Requirement(text) for text in project()["dependency-groups"]["dev"]]
    run, dev = locked("requirements.txt"), locked("requirements-dev.txt")
    unmet = [str(one) for one in wanted if not one.specifier.contains(run.get(canonicalize_name(one.name), "0"))]
    unmet += [str(one) for one in development if not one.specifier.contains(dev.get(canonicalize_name(one.name), "0"))]
    assert unmet == []


def test_development_runs_on_the_same_versions_as_the_site() -> None:
    assert locked("requirements.txt").items() <= locked("requirements-dev.txt").items()


def test_the_project_supports_the_pythons_that_the_customer_names() -> None:
    assert project()["project"]["requires-python"] == ">=3.11"
