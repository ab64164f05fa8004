"""Cards: what is due today, reviewing it, and the list of one's own."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import InternalError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from quiz.forms.cards import AsideForm, BeginForm, DeckForm, RatingForm, SideForm
from quiz.models import Card, Deed, User
from quiz.models.cards import LEECH_LAPSES
from quiz.questions.chronicle import Chronicle
from quiz.scheduling import study_day
from quiz.study import deck, guests, reviews
from quiz.study import today as study
from quiz.study.facts import chronicle
from quiz.views import card_words
from quiz.views.card_sides import side
from quiz.views.rendering import MODEL_BACKEND, page, wants_fragment

PER_PAGE = 50


class LearnerRequest(HttpRequest):
    """A request of somebody known: pages that are not public are asked for by no other."""

    user: User


def learner_card(request: LearnerRequest, pk: int) -> Card:
    """A card of whoever asks, with its event: other people's do not exist for them."""
    return get_object_or_404(request.user.cards.select_related("event"), pk=pk)


# --- Today ----------------------------------------------------------------------------------------


@login_not_required
@never_cache
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What is due today; what cards are for those who have none."""
    context: dict[str, Any] = {"often": LEECH_LAPSES}
    if isinstance(request.user, User):
        context |= _today(request.user, chronicle(), timezone.now())
    return page(request, "quiz/cards/today.html", context)


def _today(user: User, story: Chronicle, now: datetime) -> dict[str, Any]:
    """What the page of the day shows to a learner."""
    found, last = study.today(user, story, now), reviews.last_done(user)
    due = len(found.queue.reviews) + found.queue.waiting
    return {
        "today": found,
        "unplanned": sum(planned.cards for planned in found.plan) < due,
        "coming": card_words.coming(found.next_at, now, user.zone) if found.next_at else "",
        "leeches": [deck.hold(story, card, found.queue.day) for card in study.leeches(user)],
        "has_cards": user.cards.exists(),
        "last": card_words.deed(last) if last and last.day == found.queue.day else "",
    }


# --- Review ---------------------------------------------------------------------------------------


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card_review(request: HttpRequest) -> HttpResponse:
    """Go on with the next card of today; a POST takes up today's new ones first, and makes a guest where needed."""
    now, story = timezone.now(), chronicle()
    user = _begin(request, story, now) if request.method == "POST" else request.user
    if not isinstance(user, User):
        return redirect("quiz:today")
    waiting = study.queue(user, story, now)
    if waiting.cards:
        return redirect("quiz:card-detail", pk=waiting.cards[0].pk)
    to_come = len(study.to_take_up(user, story, waiting))
    messages.success(request, card_words.rated(study.done(user, waiting.day), to_come))
    # htmx would swap the page of the day in where a card stood.
    return HttpResponseClientRedirect(reverse("quiz:today")) if wants_fragment(request) else redirect("quiz:today")


@transaction.atomic
def _begin(request: HttpRequest, story: Chronicle, now: datetime) -> User:
    """Take up today's new cards; the guest is made in the same transaction."""
    user = guests.learner(request.user, now, zone=BeginForm(request.POST).cleaned_data["zone"])
    reviews.begin(user, story, now=now)
    if user != request.user:
        login(request, user, MODEL_BACKEND)
    return user


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card_detail(request: LearnerRequest, pk: int) -> HttpResponse:
    """One card: its question, or its answer with the ratings. A rating is a POST."""
    card = learner_card(request, pk)
    if request.method == "POST":
        return _rate(request, card, RatingForm(request.POST))
    wanted = SideForm(request.GET)
    return _show(request, card, answer=wanted.answer, since=wanted.cleaned_data.get("shown"))


def _rate(request: LearnerRequest, card: Card, form: RatingForm) -> HttpResponse:
    """Keep a rating that fits, and go on; say what is wrong with any other, and stay at the card."""
    now = timezone.now()
    if not form.is_valid():
        form.add_error(None, _("This rating could not be read, and nothing was counted. Please choose once more."))
        return _show(request, card, answer=True, form=form, status=422)
    try:
        if not deck.is_ready(card, study_day(now, request.user.zone)):
            raise reviews.AlreadyRated
        reviews.rate(request.user, card.pk, form.rated, form.seen(now), now=now)
    except reviews.AlreadyRated:
        messages.info(request, _("That card was rated or set aside meanwhile: this rating was not counted again."))
    except (Card.DoesNotExist, User.DoesNotExist):  # the guest has become an account in another tab
        raise Http404 from None
    except (OperationalError, InternalError):  # locked or full, or read-only
        form.add_error(None, _("Your rating could not be stored just now. Please try again."))
        return _show(request, card, answer=True, form=form, status=503)
    return redirect("quiz:card-review")


def _show(
    request: LearnerRequest,
    card: Card,
    *,
    answer: bool = False,
    since: int | None = None,
    form: RatingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """A side of a card, with where it stands in the day."""
    shown = side(request.user, chronicle(), card, timezone.now(), answer=answer, since=since)
    fragment = "quiz/cards/_card.html"
    return page(request, "quiz/cards/card_detail.html", {**shown, "form": form}, fragment=fragment, status=status)


# --- Undo, set aside --------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card_undo(request: LearnerRequest) -> HttpResponse:
    """Take back the latest thing done, and go to its card. Who comes here by log-in, by a GET, goes on instead."""
    if request.method != "POST":
        return redirect("quiz:card-review")
    now = timezone.now()
    card = reviews.undo(request.user, now=now)
    if card is None:
        messages.info(request, _("There is nothing to undo."))
        return redirect("quiz:card-review")
    entry = card.log.get(undone_at=now)
    messages.info(request, _("Undone: %(what)s. The card is as it was before.") % {"what": card_words.deed(entry)})
    return redirect("quiz:card-detail", pk=card.pk)


ASIDE = {
    Deed.SUSPENDED: _lazy("Set aside: it does not come back until you take it back. Undo puts it back at once."),
    Deed.BURIED: _lazy("Put off: it comes back tomorrow. Undo puts it back at once."),
    Deed.RESUMED: _lazy("Taken back: it comes when it is due."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card_set_aside(request: LearnerRequest, pk: int) -> HttpResponse:
    """Suspend a card, bury it until tomorrow, or take it back. A GET, as after log-in, leads to the card."""
    card = learner_card(request, pk)
    if request.method != "POST":
        return redirect("quiz:card-detail", pk=pk)
    form = AsideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be read, and nothing was changed. Please choose once more."))
        return _show(request, card, status=422)
    reviews.set_aside(request.user, card.pk, form.deed, now=timezone.now())
    messages.success(request, ASIDE[form.deed])
    return _onward(request, form.cleaned_data["next"])


def _onward(request: HttpRequest, target: str) -> HttpResponse:
    """To where the learner was, if that is a page of this site; else to the next card."""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    if safe and target.startswith("/"):
        return HttpResponseRedirect(target)
    return redirect("quiz:card-review")


# --- All cards --------------------------------------------------------------------------------------


@never_cache
@require_safe
def card_list(request: LearnerRequest) -> HttpResponse:
    """All cards of a learner, page by page."""
    form, story, user = DeckForm(request.GET), chronicle(), request.user
    day = study_day(timezone.now(), user.zone)
    cards = deck.pile(user, form.pile, day)
    if form.subject:
        cards = cards.filter(facet=form.subject)
    found = Paginator(deck.in_order(story, cards, form.sorting), PER_PAGE).get_page(form.number)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "pages": found,
        "cards": deck.held(story, list(found.object_list), day),
        "has_cards": bool(found.object_list) or user.cards.exists(),
        "query": query.urlencode(),
    }
    return page(request, "quiz/cards/card_list.html", context, status=400 if form.errors else 200)
