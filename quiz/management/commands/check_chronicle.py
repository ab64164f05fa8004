"""Check the chronicle as a whole."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quiz.models import Claim, Event
from quiz.study import checking
from quiz.study.facts import build


class Command(BaseCommand):
    """Prints what is wrong or disputed in the chronicle; fails on an error."""

    help = "Check the chronicle: claims, locators, spellings, order, phases, disputes, coverage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an optional list of sentences."""
        parser.add_argument(
            "--sentences",
            type=Path,
            metavar="FILE",
            help="CSV with document, section, paragraph, sentence, text: list what no claim cites",
        )

    def handle(self, *args: Any, sentences: Path | None = None, **options: Any) -> None:
        """Print findings, then numbers; raises CommandError on an error."""
        chronicle = build()
        found = checking.findings(chronicle)
        for finding in found:
            self.stdout.write(f"{finding.level}: {finding.sort}: {finding.about}: {finding.text}")
        self.stdout.write(f"\n{Event.objects.count()} events, {Claim.objects.count()} claims")
        for source, events, claims in checking.totals():
            self.stdout.write(f"  {source}  {claims:4} claims of {events} events")
        self.stdout.write("\nclaims that cite each section")
        for source, section, count in checking.claims_per_section():
            self.stdout.write(f"  {source}  {count:4}  {section}")
        self.stdout.write("\nevents that each kind of question can ask")
        for kind, modes in checking.askable(chronicle):
            told = ", ".join(f"{count} {mode}" for mode, count in sorted(modes.items(), reverse=True))
            self.stdout.write(f"  {kind:12}  {told or 'none'}")
        if sentences:
            self._uncited(sentences)
        errors = sum(finding.level == checking.Level.ERROR for finding in found)
        self.stdout.write(f"{errors} errors, {len(found) - errors} remarks")
        if errors:
            raise CommandError(f"The chronicle has {errors} errors.")

    def _uncited(self, path: Path) -> None:
        try:
            rows = checking.uncited(path)
        except checking.BadSentences as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"\n{len(rows)} sentences that no claim cites:")
        for document, section, paragraph, sentence, text in rows:
            self.stdout.write(f"  {document} “{section}” {paragraph}.{sentence}  {text}")
