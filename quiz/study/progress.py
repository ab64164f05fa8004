"""What a learner has done so far, from the log of answers."""

from dataclasses import dataclass

from django.db import models

from quiz.models import Attempt, Phase, Sitting, User
from quiz.questions.question import Facet

ENOUGH_ANSWERS = 5
"""Below so many answers a share says too little to be shown."""
SITTINGS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Share:
    """The accuracy of one group of answers, 0 to 1; None while there are too few."""

    label: str
    answers: int
    accuracy: float | None


def _share(label: str, count: int, accuracy: float | None) -> Share:
    return Share(label, count, accuracy if count >= ENOUGH_ANSWERS else None)


def by_phase(user: User) -> list[Share]:
    """Accuracy by phase of the event, in the order of the phases; what lies in no phase comes last."""
    rows = {row["event__phase"]: row for row in Attempt.objects.filter(user=user).by("event__phase")}
    labels: list[tuple[int | None, str]] = [(p.pk, p.name) for p in Phase.objects.all()]
    labels.append((None, "Before, between and after the phases"))
    return [_share(label, *_numbers(rows.get(key))) for key, label in labels]


def by_facet(user: User) -> list[Share]:
    """Accuracy by facet."""
    rows = {row["facet"]: row for row in Attempt.objects.filter(user=user).by("facet")}
    labels = {Facet.DATE: "Dates", Facet.PLACE: "Places", Facet.SEQUENCE: "Sequence", Facet.SOURCE: "Sources"}
    return [_share(label, *_numbers(rows.get(facet))) for facet, label in labels.items()]


def _numbers(row: dict[str, float] | None) -> tuple[int, float | None]:
    return (int(row["count"]), row["accuracy"]) if row else (0, None)


def sittings(user: User) -> models.QuerySet[Sitting]:
    """The latest sittings of a learner with their results, the newest first."""
    return user.sittings.with_results().select_related("phase").order_by("-started_at")[:SITTINGS_SHOWN]
