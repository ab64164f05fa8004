"""Accounts: sign up, log in, log out. What a guest did comes along."""

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth import logout as end_session
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quiz.forms.accounts import LogInForm, SignUpForm
from quiz.models import User
from quiz.study import accounts as study
from quiz.study import guests
from quiz.views.rendering import MODEL_BACKEND, page


def _onward(request: HttpRequest) -> str:
    """Where the person was going, if that is a page of this site; home otherwise."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith("/") else reverse("quiz:home")


def _redirect(request: HttpRequest) -> HttpResponse:
    # Not `redirect`, which would try the text as the name of a view.
    return HttpResponseRedirect(_onward(request))


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Make an account; a guest keeps all answers, and the page says so."""
    if _has_account(request):
        return _redirect(request)
    form = SignUpForm(request.POST or None)
    user = _account(request, form) if request.method == "POST" and form.is_valid() else None
    if user is None:
        context = {"form": form, "next": _onward(request)}
        return page(request, "quiz/accounts/sign_up.html", context, status=422 if form.errors else 200)
    login(request, user, MODEL_BACKEND)
    _say_what_came_along(request, study.done_by(user))
    return _redirect(request)


def _has_account(request: HttpRequest) -> bool:
    """Whether somebody is signed in, and no guest: there is nothing to sign up or to log in for then."""
    return isinstance(request.user, User) and not request.user.is_guest


def _say_what_came_along(request: HttpRequest, done: study.Done) -> None:
    """Put into words what a guest did that is now an account's; nothing for nothing."""
    for number, text in (
        (
            done.answers,
            ngettext(
                "%(n)s answer that you gave as a guest was added to your account.",
                "%(n)s answers that you gave as a guest were added to your account.",
                done.answers,
            ),
        ),
        (
            done.ratings,
            ngettext(
                "%(n)s review of a card that you did as a guest was added to your account.",
                "%(n)s reviews of cards that you did as a guest were added to your account.",
                done.ratings,
            ),
        ),
    ):
        if number:
            messages.success(request, text % {"n": number})


def _account(request: HttpRequest, form: SignUpForm) -> User | None:
    """The new account; None, with an error in the form, if somebody took its name a moment ago."""
    name, password = form.cleaned_data["username"], form.cleaned_data["password1"]
    try:
        account = guests.keep(request.user, name, password, timezone.now())
    except IntegrityError:
        form.add_error("username", _("This name was taken just now. Please choose another."))
        return None
    study.learn_zone(account, form.cleaned_data["zone"])
    return account


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Log in; what was answered as a guest before is handed over, and the page says so."""
    if _has_account(request):
        return _redirect(request)
    form = LogInForm(request, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "next": _onward(request)}
        return page(request, "quiz/accounts/log_in.html", context, status=422 if form.errors else 200)
    _enter(request, form.get_user(), form.cleaned_data["zone"])
    return _redirect(request)


@transaction.atomic
def _enter(request: HttpRequest, account: User, zone: str) -> None:
    """Log in, with what the guest did handed over in the same transaction: all of it happens, or nothing."""
    done = study.done_by(request.user) if isinstance(request.user, User) else None
    moved = guests.merge(request.user, account)
    study.learn_zone(account, zone)
    login(request, account, MODEL_BACKEND)
    if done and moved:
        _say_what_came_along(request, done)


@login_not_required
@never_cache
@require_safe
def admin_log_in(request: HttpRequest) -> HttpResponse:
    """The editors' door is the one for everybody, so that what they answered as guests comes along."""
    if _has_account(request) and not request.user.is_staff:
        # They would be sent to and fro: there is nothing to log in for, and nothing for them behind that door.
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"), "quiz:log-in")


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    end_session(request)
    return redirect("quiz:home")
