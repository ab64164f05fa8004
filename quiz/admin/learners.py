"""Accounts, and what learners were asked and answered: to look at, never to change."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from quiz.admin.bases import Row, Sober, Tabular
from quiz.admin.resetting import Resetting
from quiz.models import Ability, AskedQuestion, Card, Confidence, ItemDifficulty, Review, Sitting, StudyDay, User
from quiz.questions.making import KINDS


@admin.register(User)
class UserAdmin(Sober[User], Resetting):
    """Accounts and guests. Deleting one deletes all that it answered."""

    list_display = ("username", "is_guest", "is_staff", "is_active", "date_joined", "last_login", "answer_count")
    list_filter = ("is_guest", "is_staff", "is_superuser", "is_active", "groups")
    ordering = ("-date_joined", "username")
    readonly_fields = ("is_guest", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "is_guest")}),
        (_("Personal info"), {"fields": ("first_name", "last_name", "email")}),
        (_("Permissions"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Important dates"), {"fields": ("last_login", "date_joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """With the number of answers."""
        return (
            super()
            .get_queryset(request)
            .annotate(answer_count=Count("reviews", filter=Q(reviews__credit__isnull=False), distinct=True))
        )

    @admin.display(description=_("answers"), ordering="answer_count")
    def answer_count(self, user: User) -> int:
        """How many facts it answered on."""
        return int(user.__dict__["answer_count"])


class _Record(Sober[Row]):
    """What happened stays as it happened. With a row of the models in `goes_with` it is deleted."""

    show_full_result_count = False
    goes_with: tuple[str, ...] = ("quiz_user_",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """None is made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None is deleted here; but with a learner who wants to be forgotten, all go."""
        match = request.resolver_match
        with_owner = match is not None and (match.url_name or "").startswith(self.goes_with)
        return with_owner and super().has_delete_permission(request, obj)


class AskedInSitting(Tabular[AskedQuestion, Sitting]):
    """The questions of a sitting."""

    model = AskedQuestion
    fields = ("number", "stem", "event", "kind", "expected", "probe", "hints", "answered_at", "credit")
    readonly_fields = ("stem",)
    can_delete = False
    show_change_link = True

    @admin.display(description=_("question"))
    def stem(self, asked: AskedQuestion) -> str:
        """What was asked."""
        return asked.question.stem

    def get_queryset(self, request: HttpRequest) -> QuerySet[AskedQuestion]:
        """With the events."""
        return super().get_queryset(request).select_related("event")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None is made here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """None is changed here."""
        return False


@admin.register(Sitting)
class SittingAdmin(_Record[Sitting]):
    """Runs through a number of questions."""

    inlines = (AskedInSitting,)
    # The page of a sitting is its learner's alone.
    view_on_site = False
    list_display = (
        "user",
        "started_at",
        "finished_at",
        "phase",
        "facet",
        "chosen_kinds",
        "aim",
        "length",
        "answered",
        "score",
    )
    list_display_links = ("started_at",)
    list_select_related = ("user", "phase")
    list_filter = ("facet", "phase", "user__is_guest", ("finished_at", admin.EmptyFieldListFilter), "started_at")
    search_fields = ("user__username", "=token")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Sitting]:
        """With its results."""
        return Sitting.objects.with_results().order_by("-started_at")

    def get_fields(self, request: HttpRequest, obj: Sitting | None = None) -> Any:
        """What was chosen, then what came of it."""
        chosen = ("phase", "facet", "chosen_kinds", "aim", "length", "seed")
        return ("user", "token", *chosen, "started_at", "finished_at", "answered", "score")

    def get_readonly_fields(self, request: HttpRequest, obj: Sitting | None = None) -> tuple[str, ...]:
        """Some are no fields."""
        return ("token", "chosen_kinds", "answered", "score")

    @admin.display(description=_("kinds of question"))
    def chosen_kinds(self, sitting: Sitting) -> str:
        """By their titles, where not all were chosen; the name of one that is gone."""
        titles = [KINDS[name].title if name in KINDS else str(name) for name in sitting.kinds]
        return ", ".join(titles) or str(_("all"))

    @admin.display(description=_("answered"), ordering="answered")
    def answered(self, sitting: Sitting) -> int:
        """How many questions."""
        return int(sitting.__dict__["answered"])

    @admin.display(description=_("score"), ordering="score")
    def score(self, sitting: Sitting) -> str:
        """The sum of the credits."""
        return f"{sitting.__dict__['score']:.1f}"


@admin.register(AskedQuestion)
class AskedQuestionAdmin(_Record[AskedQuestion]):
    """Questions as they were asked."""

    list_display = ("stem", "learner", "event__key", "kind", "expected", "probe", "hints", "answered_at", "credit")
    list_select_related = ("sitting__user", "event")
    list_filter = ("facet", "kind", "probe", ("answered_at", admin.EmptyFieldListFilter))
    search_fields = ("sitting__user__username", "event__key", "event__clause")

    @admin.display(description=_("question"))
    def stem(self, asked: AskedQuestion) -> str:
        """What was asked."""
        return asked.question.stem

    @admin.display(description=_("learner"), ordering="sitting__user__username")
    def learner(self, asked: AskedQuestion) -> str:
        """Who was asked."""
        return asked.sitting.user.get_username()

    def get_fields(self, request: HttpRequest, obj: AskedQuestion | None = None) -> Any:
        """The question in words first, then all that was stored."""
        asked = ("sitting", "number", "event", "kind", "facet", "stem", "difficulty", "expected", "probe")
        return (*asked, "hints", "answered_at", "answer", "credit", "content")

    def get_readonly_fields(self, request: HttpRequest, obj: AskedQuestion | None = None) -> tuple[str, ...]:
        """`stem` is no field."""
        return ("stem",)


@admin.register(Card)
class CardAdmin(_Record[Card]):
    """What learners remember of each fact."""

    list_display = ("user", "event__key", "facet", "stability", "difficulty", "due", "reviews", "lapses", "suspended")
    list_select_related = ("user", "event")
    list_filter = ("facet", "suspended", "user__is_guest", "due")
    search_fields = ("user__username", "event__key", "event__clause")
    ordering = ("-id",)


@admin.register(Review)
class ReviewAdmin(_Record[Review]):
    """The log: what each answer and each rating told of each fact."""

    list_display = ("at", "user", "card__event__key", "card__facet", "what", "rating", "kind", "credit", "interval")
    list_select_related = ("user", "card__event")
    list_filter = ("what", "rating", "kind", "user__is_guest", "at")
    search_fields = ("user__username", "card__event__key", "card__event__clause")
    ordering = ("-at", "-id")


@admin.register(StudyDay)
class StudyDayAdmin(_Record[StudyDay]):
    """What learners did day by day."""

    list_display = ("user", "day", "answers", "ratings", "new", "seen", "foreseen", "recalled")
    list_select_related = ("user",)
    list_filter = ("user__is_guest", "day")
    search_fields = ("user__username",)
    ordering = ("-day", "-id")


@admin.register(Confidence)
class ConfidenceAdmin(_Record[Confidence]):
    """How right learners were at each degree of confidence."""

    list_display = ("user", "level", "answers", "credit")
    list_select_related = ("user",)
    list_filter = ("level", "user__is_guest")
    search_fields = ("user__username",)
    ordering = ("user__username", "level")


@admin.register(ItemDifficulty)
class ItemDifficultyAdmin(_Record[ItemDifficulty]):
    """How hard each kind of question on each event has proved, the hardest first."""

    # Its event takes it along, which goes only where nobody was asked about it.
    goes_with = ("quiz_event_",)
    list_display = ("event__key", "kind", "difficulty", "answers")
    list_select_related = ("event",)
    list_filter = ("kind",)
    search_fields = ("event__key", "event__clause")
    ordering = ("-difficulty", "id")


@admin.register(Ability)
class AbilityAdmin(_Record[Ability]):
    """How able each learner is, facet by facet."""

    list_display = ("user", "facet", "ability", "answers")
    list_select_related = ("user",)
    list_filter = ("facet", "user__is_guest")
    search_fields = ("user__username",)
    ordering = ("user__username", "facet")
