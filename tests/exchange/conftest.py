"""The small chronicle, and the commands to load and dump it."""

from pathlib import Path

import pytest

from quiz.exchange.importing import Result, load
from tests.exchange.small import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """The small chronicle in a folder of its own."""
    return Folder(tmp_path / "fixtures")


def load_all(folder: Folder, *, dry_run: bool = False) -> Result:
    """Load the whole folder."""
    return load(sorted(folder.path.glob("*.yaml")), complete=True, dry_run=dry_run)
