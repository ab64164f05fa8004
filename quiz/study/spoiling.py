"""What the questions of a sitting tell of later ones, so that none gives another away."""

from collections.abc import Iterable

from quiz.questions.asking import DateAsking
from quiz.questions.chronicle import Chronicle
from quiz.questions.question import Facet, Question

SHOWING = frozenset({"happened-here"})
"""Kinds beside those of sequence of which the options are events: who knows about these, knows which is right."""


class Told:
    """What the questions asked so far tell, in stem or feedback.

    Feedback tells date and place of every event that it shows, those behind wrong answers as well. An event that is
    perhaps the same one, or at the same place on the same days, tells as much; for what was asked about, so does any
    event from the same sentence.
    """

    def __init__(self, chronicle: Chronicle) -> None:
        """Nothing is told yet."""
        self._chronicle = chronicle
        self._events: set[str] = set()
        self._marks: set[tuple[str, ...]] = set()

    def of(self, key: str) -> bool:
        """Whether an event itself was told of."""
        return key in self._events

    def answers(self, question: Question) -> bool:
        """Whether what was told answers a question, or parts of it."""
        keys = {*question.events, *_shown(question)}
        if not self._events.isdisjoint(keys):
            return True
        return any(not self._marks.isdisjoint(_marks(self._chronicle, key)) for key in keys)

    def add(self, question: Question) -> None:
        """Ask a question: from now on what its feedback shows is told."""
        behind = {option.event for option in question.options if option.event}
        self._events |= {*question.events, *behind}
        for key in question.events:
            self._marks |= _marks(self._chronicle, key)
        for key in behind:
            self._marks |= {mark for mark in _marks(self._chronicle, key) if mark[0] != "sentence"}


def _shown(question: Question) -> Iterable[str]:
    """Events that are chosen among, so that knowing their dates and places decides the question."""
    if question.facet is Facet.SEQUENCE or question.kind in SHOWING:
        return [option.event for option in question.options if option.event]
    return ()


def _marks(chronicle: Chronicle, key: str) -> set[tuple[str, ...]]:
    """What two events share when one tells of the other: a sentence, being perhaps the same, place and day."""
    event, how = chronicle.events[key], chronicle.dates[key]
    marks: set[tuple[str, ...]] = {("event", name) for name in (key, *event.twins)}
    marks |= {("sentence", claim.source, at) for claim in event.claims if not claim.infobox for at in claim.locators}
    if event.slot and isinstance(how, DateAsking):
        marks.add(("place and days", event.slot, f"{how.first}/{how.last}"))
    return marks
