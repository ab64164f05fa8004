"""What is stored: the chronicle (sources, places, actors, events, claims) and what learners did with it."""

from quiz.models.actors import Actor, ActorKind, ActorName, Side
from quiz.models.cards import Card, Confidence, Deed, Review, StudyDay
from quiz.models.claims import Basis, Claim, ClaimPlace, Counted, Extent, Figure, PartOfDay, Stance
from quiz.models.difficulty import Ability, ItemDifficulty
from quiz.models.events import SLOT, Event, EventKind, EventPlace, Phase, Role, StatedOrder
from quiz.models.places import Place, PlaceKind, PlaceSpelling
from quiz.models.reports import LONGEST_REPORT, OF_EVENTS, WAITING, Problem, ProblemReport, ReportState
from quiz.models.revision import ContentRevision, LoadedRecord
from quiz.models.sittings import CONFIDENCES, MOST_QUESTIONS, AskedQuestion, Sitting, SittingMode
from quiz.models.sources import INFOBOX, Passage, Source
from quiz.models.user import Theme, User

__all__ = [
    "CONFIDENCES",
    "INFOBOX",
    "LONGEST_REPORT",
    "MOST_QUESTIONS",
    "OF_EVENTS",
    "SLOT",
    "WAITING",
    "Ability",
    "Actor",
    "ActorKind",
    "ActorName",
    "AskedQuestion",
    "Basis",
    "Card",
    "Claim",
    "ClaimPlace",
    "Confidence",
    "ContentRevision",
    "Counted",
    "Deed",
    "Event",
    "EventKind",
    "EventPlace",
    "Extent",
    "Figure",
    "ItemDifficulty",
    "LoadedRecord",
    "PartOfDay",
    "Passage",
    "Phase",
    "Place",
    "PlaceKind",
    "PlaceSpelling",
    "Problem",
    "ProblemReport",
    "ReportState",
    "Review",
    "Role",
    "Side",
    "Sitting",
    "SittingMode",
    "Source",
    "Stance",
    "StatedOrder",
    "StudyDay",
    "Theme",
    "User",
]
