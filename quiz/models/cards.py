"""Cards: what each learner remembers of each fact, the log that this follows from, and what was done day by day."""

from datetime import date
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from quiz.models.events import Event
from quiz.models.sittings import FACETS, AskedQuestion, SittingMode
from quiz.models.user import User
from quiz.scheduling import Memory, Rating

LEECH_LAPSES = 8
"""A card forgotten so often is a leech: it is set aside, and again after every LEECH_STEP further lapses."""
LEECH_STEP = 4
_IN_OPEN_EXAM = Q(asked__sitting__mode=SittingMode.EXAM, asked__sitting__finished_at=None)
"""Of the log: what the answers of exams told that are not finished."""


class CardQuerySet(models.QuerySet["Card"]):
    """Cards, in the words of a learner. Days are study days."""

    def shown(self, day: date) -> Self:
        """Neither suspended nor buried on that day, and of events that are not retired."""
        return self.filter(Q(buried_until=None) | Q(buried_until__lte=day), suspended=False, event__retired=False)

    def due(self, day: date) -> Self:
        """Those to be reviewed on that day or before; new ones, which were never rated, are not among them."""
        return self.shown(day).filter(due__lte=day, stability__isnull=False)

    def new(self, day: date) -> Self:
        """Those taken up and not rated yet, in the order in which they were."""
        return self.shown(day).filter(due__lte=day, stability__isnull=True).order_by("id")

    def known(self) -> Self:
        """Those of which something is remembered: rated at least once."""
        return self.filter(stability__isnull=False)

    def outside_open_exams(self, user: User) -> Self:
        """Those of a learner to which no exam that is still open has added: they would tell how it goes."""
        return self.exclude(pk__in=Review.objects.filter(_IN_OPEN_EXAM, asked__sitting__user=user).values("card"))


class Card(models.Model):
    """One learner's memory of one fact (an event in a facet), fed by quizzes and cards alike.

    All of it follows from the card's log alone (`quiz.study.memory`): `stability` in days, `difficulty` from 1 to 10,
    `day` the study day of the last rating, blank while there is none; `due` the study day of the next; `kinds` gives
    for each kind of question how many answers it had and the sum of their credits; `taken` how often which place was
    taken for the right one.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="cards", verbose_name=_("learner"))
    event = models.ForeignKey(Event, models.PROTECT, related_name="cards", verbose_name=_("event"))
    facet = models.CharField(_("facet"), max_length=10, choices=FACETS)
    stability = models.FloatField(_("stability"), null=True, blank=True)
    difficulty = models.FloatField(_("difficulty"), null=True, blank=True)
    day = models.DateField(_("last rated"), null=True, blank=True)
    due = models.DateField(_("due"))
    reviews = models.PositiveIntegerField(_("reviews"), default=0)
    lapses = models.PositiveIntegerField(_("lapses"), default=0)
    suspended = models.BooleanField(_("suspended"), default=False)
    buried_until = models.DateField(_("buried until"), null=True, blank=True)
    kinds = models.JSONField(_("kinds"), default=dict, blank=True)
    taken = models.JSONField(_("taken for"), default=dict, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=["user", "due"], name="card_due"),)
        constraints = (
            models.UniqueConstraint(fields=["user", "event", "facet"], name="learner_has_one_memory_of_a_fact"),
            models.CheckConstraint(
                condition=Q(stability=None, difficulty=None, day=None, reviews=0)
                # A comparison with nothing is neither true nor false, and would let it pass.
                | Q(
                    stability__isnull=False,
                    stability__gt=0,
                    difficulty__isnull=False,
                    difficulty__range=(1, 10),
                    day__isnull=False,
                    reviews__gt=0,
                ),
                name="memory_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.event_id}/{self.facet}"

    @property
    def memory(self) -> Memory | None:
        """What is remembered; None before the first rating."""
        if self.stability is None or self.difficulty is None or self.day is None:
            return None
        return Memory(self.stability, self.difficulty, self.day, self.due, self.reviews, self.lapses)

    @property
    def is_leech(self) -> bool:
        """Whether it was forgotten so often that another way to learn it is needed."""
        return self.lapses >= LEECH_LAPSES


class Deed(models.TextChoices):
    """What can happen to a card."""

    RATED = "rated", _("rated")
    ADDED = "added", _("taken up")
    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("taken back")
    BURIED = "buried", _("buried")


RATINGS = [(rating.value, rating.name.title()) for rating in Rating]


class ReviewQuerySet(models.QuerySet["Review"]):
    """Entries of the log, in the words of a learner."""

    def standing(self) -> Self:
        """Those that were not undone, in the order in which they happened."""
        return self.filter(undone_at=None).order_by("at", "id")

    def undoable(self) -> Self:
        """What a learner did with cards, as against answers of quizzes; the newest first."""
        return self.filter(asked=None).order_by("-at", "-id")

    def outside_open_exams(self) -> Self:
        """Those that no exam still open has added: they would tell how it goes."""
        return self.filter(Q(asked=None) | ~_IN_OPEN_EXAM)


class Review(models.Model):
    """An entry of the log: a rating of a card by its learner, what an answer of a quiz told of it, or a card set aside.

    An order of four events tells of four facts. Besides what the memory follows from (what was done, the rating, the
    study day, the desired retention in force) it keeps what a later training of the scheduler needs: the instant,
    how long it took, where it came from, what was foreseen.

    - `asked`: the question of a quiz that it comes from; blank for cards.
    - `kind`: the kind of question asked, on the card as in the quiz; blank where nothing was rated.
    - `credit`: of the answer, from 0 to 1; blank for cards.
    - `hardness`: of the question when it was answered, in logits, moved by earlier answers.
    - `taken`: the key of the place that was taken for the right one.
    - `foreseen`: the retrievability on that day before the rating, from 0 to 1; blank at a first rating.
    - `interval`: days given until the next review.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="reviews", verbose_name=_("learner"))
    card = models.ForeignKey(Card, models.CASCADE, related_name="log", verbose_name=_("card"))
    what = models.CharField(_("what"), max_length=10, choices=Deed.choices, default=Deed.RATED)
    at = models.DateTimeField(_("at"))
    day = models.DateField(_("study day"))
    rating = models.PositiveSmallIntegerField(_("rating"), choices=RATINGS, null=True, blank=True)
    retention = models.FloatField(
        _("desired retention"), validators=[MinValueValidator(0.0), MaxValueValidator(1.0)], null=True, blank=True
    )
    foreseen = models.FloatField(_("foreseen"), null=True, blank=True)
    interval = models.PositiveIntegerField(_("interval"), null=True, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)
    asked = models.ForeignKey(
        AskedQuestion, models.CASCADE, related_name="reviews", verbose_name=_("asked question"), null=True, blank=True
    )
    kind = models.CharField(_("kind"), max_length=30, blank=True)
    credit = models.FloatField(_("credit"), null=True, blank=True)
    hardness = models.FloatField(_("hardness"), null=True, blank=True)
    taken = models.CharField(_("taken for"), max_length=80, blank=True)
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=["user", "at"], name="review_of_user"),
            models.Index(fields=["user", "-at"], condition=Q(asked=None), name="review_of_card"),
        )
        constraints = (
            models.UniqueConstraint(fields=["asked", "card"], name="answer_counts_once_per_fact"),
            models.CheckConstraint(
                condition=Q(what=Deed.RATED, rating__isnull=False, rating__range=(1, 4), retention__isnull=False)
                | (~Q(what=Deed.RATED) & Q(rating=None, asked=None)),
                name="rating_is_whole",
            ),
            models.CheckConstraint(condition=Q(credit=None) | Q(credit__range=(0, 1)), name="credit_is_a_share"),
            models.CheckConstraint(condition=Q(foreseen=None) | Q(foreseen__range=(0, 1)), name="foreseen_is_a_share"),
        )

    def __str__(self) -> str:
        return f"{self.day}: {self.what}"


COUNTED = ("answers", "ratings", "new", "seen", "foreseen", "expected", "recalled")
"""What is counted day by day."""


class StudyDay(models.Model):
    """What a learner did on one study day, counted as it happens, so that years of it are read in no time.

    - `answers`: questions of quizzes answered; `ratings`: cards rated by the learner.
    - `new`: cards rated for the first time, `seen` those that were not, each once a day: what the caps count.
    - `foreseen`: on how many facts, last rated on an earlier day, recall was tried: cards rated and answers typed, as
      others can be guessed. `expected` is the sum of their retrievabilities foreseen, `recalled` how many of them were
      recalled (any rating but Again).
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="study_days", verbose_name=_("learner"))
    day = models.DateField(_("study day"))
    answers = models.PositiveIntegerField(_("answers"), default=0)
    ratings = models.PositiveIntegerField(_("ratings"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    seen = models.PositiveIntegerField(_("seen"), default=0)
    foreseen = models.PositiveIntegerField(_("foreseen"), default=0)
    expected = models.FloatField(_("expected"), default=0.0)
    recalled = models.PositiveIntegerField(_("recalled"), default=0)

    class Meta:
        ordering = ("user", "day")
        constraints = (models.UniqueConstraint(fields=["user", "day"], name="learner_has_each_day_once"),)

    def __str__(self) -> str:
        return f"{self.day}: {self.answers} + {self.ratings}"

    @classmethod
    def count(cls, user_id: int, day: date, **more: float) -> None:
        """Add to what was counted on a day: one statement, two more on the first time that day."""
        added: dict[str, Any] = {name: F(name) + number for name, number in more.items()}
        if not cls.objects.filter(user=user_id, day=day).update(**added):
            # Somebody else may make the row in this moment: then only one of the two is made, and both are added.
            StudyDay.objects.bulk_create([StudyDay(user_id=user_id, day=day)], ignore_conflicts=True)
            cls.objects.filter(user=user_id, day=day).update(**added)


class Confidence(models.Model):
    """How right a learner was at one degree of confidence: what the calibration curve is drawn from."""

    user = models.ForeignKey(User, models.CASCADE, related_name="confidences", verbose_name=_("learner"))
    level = models.PositiveSmallIntegerField(_("level"))
    answers = models.PositiveIntegerField(_("answers"), default=0)
    credit = models.FloatField(_("credit"), default=0.0)

    class Meta:
        ordering = ("user", "level")
        constraints = (models.UniqueConstraint(fields=["user", "level"], name="learner_has_each_confidence_once"),)

    def __str__(self) -> str:
        return f"{self.level}: {self.credit:.1f} of {self.answers}"

    @classmethod
    def count(cls, user_id: int, level: int, credit: float) -> None:
        """Add an answer of so much credit: one statement, two more at the first of its level."""
        more = {"answers": F("answers") + 1, "credit": F("credit") + credit}
        if not cls.objects.filter(user=user_id, level=level).update(**more):
            Confidence.objects.bulk_create([Confidence(user_id=user_id, level=level)], ignore_conflicts=True)
            cls.objects.filter(user=user_id, level=level).update(**more)
