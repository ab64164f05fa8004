"""Remove guests who never answered."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from quiz.study import guests


class Command(BaseCommand):
    """Deletes guests who came some days ago and answered nothing; run it daily."""

    help = "Delete guests who joined more than so many days ago and never answered a question."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the number of days."""
        parser.add_argument("--days", type=int, default=settings.GUEST_DAYS)

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        """Prune, and say how many went."""
        self.stdout.write(f"{guests.prune(timezone.now(), max(days, 0))} unused guests removed")
