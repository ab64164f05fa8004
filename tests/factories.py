"""Rows for tests. Nothing is left to chance: texts are numbered by sequences, dates are fixed, the rest is named.

`EventFactory()` is a bare event; `ClaimFactory(event=..., date="2013-11-19")` is a claim with one passage of its
source (`passages=[...]` gives others, `passages=[]` none). A date brings its basis along.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import factory
from factory.django import DjangoModelFactory

from quiz.models import (
    Actor,
    ActorKind,
    ActorName,
    AskedQuestion,
    Basis,
    Card,
    Claim,
    ClaimPlace,
    Counted,
    Event,
    EventKind,
    EventPlace,
    Figure,
    Passage,
    Phase,
    Place,
    PlaceKind,
    PlaceSpelling,
    Problem,
    ProblemReport,
    Review,
    Role,
    Side,
    Sitting,
    Source,
    StatedOrder,
    User,
)
from quiz.questions.question import Citation, Facet, Mode, Option, Question, Shape
from quiz.scheduling import Rating

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
"""When everything in tests happens, unless they say otherwise."""


def _set_many(row: Any, name: str, wanted: Iterable[Any] | None) -> None:
    """Fill a many-to-many field, if the caller named its rows."""
    if wanted is not None:
        getattr(row, name).set(wanted)


# --- Learners and editors ---------------------------------------------------------------------


class UserFactory(DjangoModelFactory):
    """A learner with an account; `is_guest=True` makes a guest, `is_staff=True, is_superuser=True` an editor."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"learner-{n}")
    date_joined = NOW


# --- The chronicle ----------------------------------------------------------------------------


class SourceFactory(DjangoModelFactory):
    """A document; each is a family of its own."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"source-{n}")
    title = factory.Sequence(lambda n: f"Title of source {n}")
    short_name = factory.Sequence(lambda n: f"Source {n}")
    family = factory.Sequence(lambda n: f"family-{n}")
    publisher = "Publisher"


class PassageFactory(DjangoModelFactory):
    """A sentence; `PassageFactory(infobox=True)` is an infobox."""

    class Meta:
        model = Passage

    class Params:
        infobox = factory.Trait(section="infobox", paragraph=None, sentence=None)

    source = factory.SubFactory(SourceFactory)
    section = "Capture of the town"
    paragraph = 1
    sentence = factory.Sequence(lambda n: n + 1)


class PlaceFactory(DjangoModelFactory):
    """A town without coordinates."""

    class Meta:
        model = Place

    key = factory.Sequence(lambda n: f"place-{n}")
    name = factory.Sequence(lambda n: f"Place {n}")
    kind = PlaceKind.TOWN


class PlaceSpellingFactory(DjangoModelFactory):
    """Another spelling of a place."""

    class Meta:
        model = PlaceSpelling

    place = factory.SubFactory(PlaceFactory)
    name = factory.Sequence(lambda n: f"Spelling {n}")


class ActorFactory(DjangoModelFactory):
    """An armed group on neither side."""

    class Meta:
        model = Actor

    key = factory.Sequence(lambda n: f"actor-{n}")
    name = factory.Sequence(lambda n: f"Actor {n}")
    kind = ActorKind.GROUP
    side = Side.NONE


class ActorNameFactory(DjangoModelFactory):
    """A name that a document uses for an actor."""

    class Meta:
        model = ActorName

    actor = factory.SubFactory(ActorFactory)
    name = factory.Sequence(lambda n: f"name {n}")


class PhaseFactory(DjangoModelFactory):
    """A phase; by default the first one, with its days."""

    class Meta:
        model = Phase
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"phase-{n}")
    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence(lambda n: f"Phase {n}")
    date = "2013-11-15/2013-12-15"

    @factory.post_generation
    def passages(self, create: bool, extracted: Iterable[Passage] | None, **_others: Any) -> None:
        """The passages named, or one infobox."""
        _set_many(self, "passages", [PassageFactory(infobox=True)] if extracted is None else extracted)


class EventFactory(DjangoModelFactory):
    """A capture without claims and places; `agents=[...]` names who acts."""

    class Meta:
        model = Event
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"event-{n}")
    kind = EventKind.CAPTURE
    clause = factory.Sequence(lambda n: f"government forces captured position {n}")

    @factory.post_generation
    def agents(self, create: bool, extracted: Iterable[Actor] | None, **_others: Any) -> None:
        """Who acts."""
        _set_many(self, "agents", extracted)


class EventPlaceFactory(DjangoModelFactory):
    """Where an event happened."""

    class Meta:
        model = EventPlace

    event = factory.SubFactory(EventFactory)
    place = factory.SubFactory(PlaceFactory)
    role = Role.AT


class ClaimFactory(DjangoModelFactory):
    """What a source says itself of an event, without date and figures."""

    class Meta:
        model = Claim
        skip_postgeneration_save = True

    key = factory.Sequence(lambda n: f"claim-{n}")
    event = factory.SubFactory(EventFactory)
    source = factory.SubFactory(SourceFactory)
    sentence = factory.Sequence(lambda n: f"Government forces captured it, says claim {n}.")
    date = ""
    date_basis = factory.LazyAttribute(lambda claim: Basis.STATED if claim.date else "")

    @factory.post_generation
    def passages(self, create: bool, extracted: Iterable[Passage] | None, **_others: Any) -> None:
        """The passages named, or one of the claim's source."""
        _set_many(self, "passages", [PassageFactory(source=self.source)] if extracted is None else extracted)

    @factory.post_generation
    def names(self, create: bool, extracted: Iterable[ActorName] | None, **_others: Any) -> None:
        """The actors, by the names used."""
        _set_many(self, "names", extracted)


class ClaimPlaceFactory(DjangoModelFactory):
    """A place that a claim gives where it differs from its event's."""

    class Meta:
        model = ClaimPlace

    claim = factory.SubFactory(ClaimFactory)
    place = factory.SubFactory(PlaceFactory)
    role = Role.AT


class FigureFactory(DjangoModelFactory):
    """17 killed."""

    class Meta:
        model = Figure

    claim = factory.SubFactory(ClaimFactory)
    number = 1
    what = Counted.KILLED
    low = 17
    high = 17


class StatedOrderFactory(DjangoModelFactory):
    """An order of two events that a document states in words."""

    class Meta:
        model = StatedOrder

    earlier = factory.SubFactory(EventFactory)
    later = factory.SubFactory(EventFactory)
    passage = factory.SubFactory(PassageFactory)
    words = "soon after"


# --- What learners did --------------------------------------------------------------------------


def question(event: str = "event", **changes: Any) -> Question:
    """A question on an event's day with two options, of which the first is right."""
    values: dict[str, Any] = {
        "id": f"choose-date/{event}",
        "kind": "choose-date",
        "shape": Shape.CHOICE,
        "facet": Facet.DATE,
        "mode": Mode.PLAIN,
        "events": (event,),
        "stem": "On which day did government forces capture the town?",
        "options": (Option("19 November 2013"), Option("23 November 2013", "On that day they lost another town.")),
        "key": (0,),
        "key_text": "19 November 2013",
        "explanation": "Government forces captured the town on 19 November 2013.",
        "citations": (Citation("Source", "source", "¶ 1", "They captured it.", "19 November 2013", ""),),
    }
    return Question(**{**values, **changes})


class SittingFactory(DjangoModelFactory):
    """A sitting of ten questions, just begun."""

    class Meta:
        model = Sitting

    token = factory.Sequence(lambda n: f"sitting-{n}")
    user = factory.SubFactory(UserFactory)
    length = 10
    seed = 1
    started_at = NOW


class AskedQuestionFactory(DjangoModelFactory):
    """A question that was asked and not answered yet."""

    class Meta:
        model = AskedQuestion

    sitting = factory.SubFactory(SittingFactory)
    number = factory.Sequence(lambda n: n + 1)
    token = factory.Sequence(lambda n: f"asked-{n}")
    event = factory.SubFactory(EventFactory)
    kind = "choose-date"
    facet = Facet.DATE.value
    content = factory.LazyAttribute(lambda asked: question(asked.event.key).as_dict())


class CardFactory(DjangoModelFactory):
    """The memory of one fact after a first Good, on the day of NOW; `new=True` is a card that was never rated."""

    class Meta:
        model = Card

    class Params:
        new = factory.Trait(stability=None, difficulty=None, day=None, due=NOW.date(), reviews=0)

    user = factory.SubFactory(UserFactory)
    event = factory.SubFactory(EventFactory)
    facet = Facet.DATE.value
    stability = 2.3065
    difficulty = 2.118103970459016
    day = NOW.date()
    due = NOW.date() + timedelta(days=2)
    reviews = 1


class ReviewFactory(DjangoModelFactory):
    """A rating by the learner: Good. `answered=True` makes it what a right answer of a quiz told of the fact."""

    class Meta:
        model = Review

    class Params:
        answered = factory.Trait(
            asked=factory.SubFactory(
                AskedQuestionFactory,
                sitting__user=factory.SelfAttribute("...card.user"),
                event=factory.SelfAttribute("..card.event"),
            ),
            kind="choose-date",
            credit=1.0,
        )

    card = factory.SubFactory(CardFactory)
    user = factory.LazyAttribute(lambda review: review.card.user)
    at = NOW
    day = factory.LazyAttribute(lambda review: review.at.date())
    rating = Rating.GOOD
    retention = 0.9
    interval = 2


class ProblemReportFactory(DjangoModelFactory):
    """A report on the wording of a question not answered yet; `of_event=True` makes it one on an event's page."""

    class Meta:
        model = ProblemReport

    class Params:
        of_event = factory.Trait(
            asked=None, event=factory.SubFactory(EventFactory), question_key="", kind="", content=None, answer=None
        )

    user = factory.SubFactory(UserFactory)
    at = NOW
    asked = factory.SubFactory(AskedQuestionFactory)
    event = factory.SelfAttribute("asked.event")
    event_key = factory.SelfAttribute("event.key")
    question_key = factory.LazyAttribute(lambda report: report.asked.content["id"])
    kind = factory.SelfAttribute("asked.kind")
    content = factory.SelfAttribute("asked.content")
    answer = factory.SelfAttribute("asked.answer")
    problem = Problem.WORDING
