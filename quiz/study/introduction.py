"""What the site is made of, in figures, and one question of it with its answer, to show before anybody is asked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from quiz.gazetteer import Place
from quiz.models import INFOBOX, Source
from quiz.questions import choose_date
from quiz.questions.chronicle import Chronicle
from quiz.questions.making import make
from quiz.questions.question import Citation, Mode, Question
from quiz.study.deck import in_story_order
from quiz.study.telling import told_dates

SEED = 1
TOWNS = 12
"""So many places stand for the region: those that most events happen at."""

_specimens: WeakKeyDictionary[Chronicle, Question | None] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Introduction:
    """How much there is: documents, events that some document dates, places; the best known of these that have
    coordinates; and a question, where one can be asked.
    """

    documents: int
    events: int
    places: int
    towns: tuple[Place, ...]
    specimen: Question | None

    @property
    def cited(self) -> Citation | None:
        """One statement behind the answer, of the others only their number is told."""
        return self.specimen.citations[0] if self.specimen else None

    @property
    def others(self) -> int:
        """How many statements more there are."""
        return len(self.specimen.citations) - 1 if self.specimen else 0


def introduction(story: Chronicle) -> Introduction:
    """What the home page tells of the chronicle."""
    dated = sum(bool(told_dates(story, key)) for key in story.events)
    return Introduction(Source.objects.count(), dated, len(story.gazetteer.places), _towns(story), specimen(story))


def _towns(story: Chronicle) -> tuple[Place, ...]:
    told = Counter(role.place for event in story.events.values() for role in event.places)
    marked = [place for place in story.gazetteer.places if place.lat is not None and place.lon is not None]
    return tuple(sorted(marked, key=lambda place: (-told[place.key], place.key))[:TOWNS])


def specimen(story: Chronicle) -> Question | None:
    """The question of a single day that most documents tell of, the earliest of these: plain, of no killing or
    abduction, and told in sentences.
    """
    if story not in _specimens:
        _specimens[story] = max(_plain(story), key=_documents, default=None)
    return _specimens[story]


def _plain(story: Chronicle) -> Iterator[Question]:
    for key in in_story_order(story):
        if [date.days for date in told_dates(story, key)] != [1]:
            continue
        made = make(story, choose_date.KIND, key, SEED)
        if isinstance(made, Question) and made.mode is Mode.PLAIN and not made.sensitive and _in_sentences(made):
            yield made


def _in_sentences(question: Question) -> bool:
    return not any(INFOBOX in citation.locator for citation in question.citations)


def _documents(question: Question) -> int:
    return len({citation.source_key for citation in question.citations})
