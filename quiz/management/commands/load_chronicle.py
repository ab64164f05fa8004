"""`manage.py load_chronicle`: the fixtures into a living site, as often as you like."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from quiz.exchange.importing import Result, load
from quiz.exchange.records import BrokenFixture


class Command(BaseCommand):
    """Merges fixture files into the site; what an editor changed there is never overwritten."""

    help = (
        "Load the chronicle from its fixture files, all or nothing. What editors changed in the site stays; where "
        "a file was changed too, the conflict is reported. Learners' progress is not touched."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Files, and a dry run."""
        parser.add_argument(
            "files",
            nargs="*",
            type=Path,
            metavar="FILE",
            help="a folder that holds the whole chronicle (default: fixtures), or single files; only a whole "
            "chronicle takes away what is no longer in it",
        )
        parser.add_argument("--dry-run", action="store_true", help="report what would be done, and write nothing")

    def handle(self, *, files: list[Path], dry_run: bool, **_options: Any) -> None:
        """Load, and report; raises CommandError where a fixture is broken or the database refuses."""
        paths, complete = _chosen(files or [Path(settings.FIXTURE_DIRS[0])])
        try:
            result = load(paths, complete=complete, dry_run=dry_run)
        except BrokenFixture as broken:
            raise CommandError(f"Nothing was loaded.\n{broken}") from None
        except DatabaseError as error:
            raise CommandError(f"Nothing was loaded: the database refused ({error}).") from error
        self._report(result, dry_run=dry_run)

    def _report(self, result: Result, *, dry_run: bool) -> None:
        for conflict in result.conflicts:
            self.stdout.write(self.style.WARNING(f"Conflict: {conflict}"))
        counts = (
            f"{result.created} created, {result.updated} updated, {result.unchanged} unchanged, {result.kept} kept "
            f"as editors have them, {len(result.conflicts)} conflicts, {result.retired} retired, "
            f"{result.deleted} deleted."
        )
        self.stdout.write(f"{'Dry run, nothing written: ' if dry_run else 'Chronicle: '}{counts}")


def _chosen(files: list[Path]) -> tuple[list[Path], bool]:
    """The files to load, and whether they are the whole chronicle: one folder is."""
    if len(files) != 1 or not files[0].is_dir():
        return files, False
    found = sorted(files[0].glob("*.yaml"))
    if not found:
        raise CommandError(f"Nothing was loaded: {files[0]} holds no fixture files (*.yaml).")
    return found, True
