"""`manage.py check_questions`: every question that can be asked, held against everything that must be true of it."""

from argparse import ArgumentParser
from dataclasses import replace
from json import dumps
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quiz.management.pages import pages
from quiz.study.facts import build
from quiz.study.proof.report import Proof
from quiz.study.proof.whole import prove, stated_orders
from quiz.study.proof.words import coverage_lines, lines


class Command(BaseCommand):
    """Proves the questions over the whole chronicle; fails on a fault, and on a property of which nothing was seen."""

    help = "Draw every question with several seeds, and every pair of answers, and check all that must hold of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How thoroughly, and in which form."""
        parser.add_argument("--seeds", type=int, default=4, metavar="N", help="questions of each fact (default: 4)")
        parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes at work (default: 2)")
        parser.add_argument("--most", type=int, metavar="N", help="ask about so many events at most, and say so")
        parser.add_argument("--json", metavar="FILE", help="write all that was found as data; - for standard output")
        parser.add_argument("--coverage", action="store_true", help="list for each event what can be asked of it")

    def handle(self, *, seeds: int, jobs: int, json: str | None, coverage: bool, **options: Any) -> None:
        """Prove and print; raises CommandError on a fault."""
        if min(seeds, jobs, options["most"] or 1) < 1:
            raise CommandError("--seeds, --jobs and --most are numbers from 1.")
        begun = perf_counter()
        chronicle = build()
        proof = prove(chronicle, seeds=seeds, jobs=jobs, most=options["most"], stated=stated_orders())
        proof = replace(proof, rows=(*proof.rows, *pages(chronicle)))
        if json != "-":
            self._tell(proof, coverage=coverage)
            self.stdout.write(f"{perf_counter() - begun:.1f} seconds.")
        if json:
            self._write(proof, json)
        if not proof.holds:
            raise CommandError(f"{len(proof.failed)} properties fail, of {len(proof.unchecked)} nothing was checked.")

    def _tell(self, proof: Proof, *, coverage: bool) -> None:
        for line in lines(proof):
            self.stdout.write(line)
        for line in coverage_lines(proof.coverage) if coverage and proof.coverage else ():
            self.stdout.write(line)

    def _write(self, proof: Proof, where: str) -> None:
        """The proof as JSON; raises CommandError where the file can't be written."""
        text = dumps(proof.as_dict(), ensure_ascii=False, indent=1, sort_keys=True)
        if where == "-":
            self.stdout.write(text)
            return
        try:
            Path(where).write_text(f"{text}\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{where} could not be written: {error}") from None
