"""Who tells what: which documents report an event, and on whose word; and sets of them that may be asked together."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from quiz.questions.even_sets import MOST_NAMES, Case, EvenSets, all_sets
from quiz.questions.facts import BLAMING, EventFact, Refusal
from quiz.questions.likeness import Likeness

SIZES = (3, 4)
"""How many documents or voices stand beside each other."""
_SOLDIERS = re.compile(r"\b(army|military|security|commanders?|rebels?|fighters?)\b", re.IGNORECASE)
_UNNAMED = re.compile(r"^an? |\b(sources|officials|activists|observers|leaders|commanders)\b", re.IGNORECASE)
_NAMED_KINDS = frozenset({"media", "monitor", "person"})
_SIDELESS = frozenset({"", "none"})


def _words(text: str) -> list[str]:
    """The longer words of a text; short ones stand everywhere."""
    return re.findall(r"\w{4,}", text.casefold())


@dataclass(frozen=True, slots=True)
class VoiceFact:
    """Somebody on whose word claims stand; `kind` and `side` as the chronicle's editors sort those who act."""

    key: str
    name: str
    kind: str
    side: str
    part_of: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it is one known voice, not somebody or several of a sort."""
        return self.kind in _NAMED_KINDS and not _UNNAMED.search(self.name)

    @property
    def calling(self) -> str:
        """What sort of voice it is; blank for one that may be of any sort ('a pro-government source')."""
        if _SOLDIERS.search(self.name):
            return "soldiers"
        return self.kind if self.kind in _NAMED_KINDS else ""

    def is_apart(self, other: "VoiceFact") -> bool:
        """Whether neither may be, belong to or include the other.

        A Syrian military source may speak for the Syrian Army, and a pro-government newspaper be al-Watan; two named
        newspapers, a newspaper and an army, or two sides at war are apart.
        """
        if other.key in {self.key, self.part_of} or other.part_of == self.key:
            return False
        if self.is_named and other.is_named:
            return True
        one_named = self.is_named or other.is_named
        if one_named and self.calling and other.calling and self.calling != other.calling:
            return True
        return self.side != other.side and not {self.side, other.side} & _SIDELESS


@dataclass(frozen=True, slots=True)
class Telling:
    """One way to ask who tells of an event: among documents, or (`document` given) on whose word one has it."""

    document: str
    case: Case


class Witnesses:
    """For each event the ways to ask who tells of it, and the sets of answers to each."""

    def __init__(self, events: Mapping[str, EventFact], alike: Likeness, voices: Iterable[VoiceFact]) -> None:
        """Index what documents and voices tell; voices that are not described are apart from none."""
        self._events, self._alike = events, alike
        self.voices = {voice.key: voice for voice in voices}
        self.names: dict[str, str] = {}
        self.documents: set[str] = set()
        self.told_by: dict[str, list[str]] = defaultdict(list)
        """Document or voice to the events that it vouches for and that may be shown, in the order of their keys."""
        self.quoted: dict[str, Counter[str]] = defaultdict(Counter)
        """Document to the voices that it quotes, with how often."""
        self.days: dict[str, tuple[date, date]] = {}
        """Document to the first and the last day of what it dates."""
        for key, event in sorted(events.items()):
            self._note(key, event)
        self._telling = self._telling_words()
        self.ways: dict[str, tuple[Telling, ...] | Refusal] = {k: self._ways(e) for k, e in events.items()}
        self.sets = self._even_sets()

    def _note(self, key: str, event: EventFact) -> None:
        for claim in event.claims:
            self.names[claim.source] = claim.source_name
            self.documents.add(claim.source)
            if claim.voice:
                self.names[claim.voice] = claim.voice_name
                self.quoted[claim.source][claim.voice] += 1
            if claim.interval and claim.interval.earliest:
                first, last = self.days.get(claim.source, (date.max, date.min))
                bounds = min(first, claim.interval.earliest), max(last, claim.interval.latest)
                self.days[claim.source] = bounds
        shown = not (event.sensitive or event.told_only or event.twins)
        speaking = {name for c in event.claims if c.vouches for name in (c.source, c.voice) if name}
        for name in speaking if shown else ():
            self.told_by[name].append(key)

    def _telling_words(self) -> frozenset[str]:
        """Words that stand in the names of some documents, not of all: in a clause they would point to those."""
        named = [frozenset(_words(self.names[document])) for document in self.documents]
        return frozenset().union(*named) - frozenset.intersection(*named) if named else frozenset()

    def _ways(self, event: EventFact) -> tuple[Telling, ...] | Refusal:
        if event.told_only:
            return Refusal("a state, a fear or an evaluation is told, not asked")
        if event.kind in BLAMING or (event.sensitive and event.needs_source):
            return Refusal("figures and blame are not asked for")
        # A document that tells of it without its place neither reports it as asked nor is silent.
        reporting = frozenset(claim.source for claim in event.claims if claim.vouches and claim.carries_place)
        if not reporting:
            return Refusal("no claim vouches for it")
        refused = self._unasked_of_documents(event)
        found = *([] if refused else [self._documents(event, reporting)]), *self._voiced(event, reporting)
        return found or refused or ()

    def _unasked_of_documents(self, event: EventFact) -> Refusal | None:
        """Why it is not asked which document reports an event."""
        if self._telling & set(_words(event.clause)):
            return Refusal("its clause has a word of a document’s name")
        return None if event.slot else Refusal("without a place of its own, others may tell of it in other words")

    def _documents(self, event: EventFact, reporting: frozenset[str]) -> Telling:
        near = [*self._twins(event), *self._alike.at_once(event)]
        return Telling("", Case(reporting, frozenset(claim.source for one in (event, *near) for claim in one.claims)))

    def _voiced(self, event: EventFact, reporting: Iterable[str]) -> Iterator[Telling]:
        """The documents that report an event on the word of one voice alone."""
        whole = [event, *self._twins(event)]
        near = [*whole, *self._alike.at_once(event)]
        heard = {claim.voice for one in near for claim in one.claims if claim.voice}
        for document in sorted(reporting):
            saying = [c for one in whole for c in one.claims if c.source == document]
            voices = {claim.voice for claim in saying}
            if len(voices) == 1 and all(voices):
                yield Telling(document, Case(frozenset(voices), self._near(document, heard)))

    def _near(self, document: str, heard: set[str]) -> frozenset[str]:
        """These voices, and those quoted by a document that may be or include one of them."""
        near = (voice for voice in self.quoted[document] if not all(self.are_apart((voice, h)) for h in heard))
        return frozenset(heard.union(near))

    def _twins(self, event: EventFact) -> list[EventFact]:
        return [self._events[key] for key in sorted(event.twins & self._events.keys())]

    def _even_sets(self) -> dict[str, EvenSets]:
        """Sets of answers by document; under a blank key the sets of documents."""
        cases: dict[str, list[tuple[Case, float]]] = defaultdict(list)
        for ways in (found for found in self.ways.values() if not isinstance(found, Refusal)):
            for way in ways:
                cases[way.document].append((way.case, 1 / len(ways)))
        return {document: EvenSets(held, self._sets(document, held)) for document, held in cases.items()}

    def _sets(self, document: str, cases: Iterable[tuple[Case, float]]) -> Iterator[tuple[str, ...]]:
        often = Counter(key for case, _ in cases for key in sorted(case.right))
        names = sorted((name for name, _ in often.most_common(MOST_NAMES)), key=self._sorted_by)
        found = all_sets(names, SIZES)
        return (names for names in found if self.are_apart(names)) if document else found

    def _sorted_by(self, key: str) -> str:
        """A name without its article and quotation marks, as indexes sort."""
        return re.sub(r"^(the |an? |al-)", "", self.names[key].casefold())

    def are_apart(self, names: tuple[str, ...]) -> bool:
        """Whether of several voices none may be or include another."""
        known = [self.voices[name] for name in names if name in self.voices]
        return len(known) == len(names) and all(one.is_apart(other) for one, other in combinations(known, 2))
