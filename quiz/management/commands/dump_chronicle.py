"""`manage.py dump_chronicle`: the site's content back into the fixtures' form."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from quiz.exchange.exporting import dump


class Command(BaseCommand):
    """Writes fixture files; after a load they are the same as those that were loaded."""

    help = "Write the site's chronicle as fixture files, in their canonical form. Other files in the folder stay."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        default = Path(settings.FIXTURE_DIRS[0])
        parser.add_argument("--to", type=Path, default=default, metavar="DIR", help="the folder (default: fixtures)")

    def handle(self, *, to: Path, **_options: Any) -> None:
        """Write the files, and report; raises CommandError where the folder can't be written."""
        try:
            done = dump(to)
        except OSError as error:
            raise CommandError(f"The chronicle could not be written: {error}") from error
        for verb, files in (("Written", done.written), ("Removed, now empty", done.removed)):
            for file in files:
                self.stdout.write(f"{verb}: {to / file}")
        self.stdout.write(f"{len(done.written)} written, {len(done.same)} as they were, {len(done.removed)} removed.")
