"""One's own account: settings, data, password, goodbye."""

from collections.abc import Iterator

from django.conf import settings as site
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from quiz.exchange import own_data as exchange
from quiz.exchange.own_fields import SECTIONS
from quiz.forms.accounts import GoodbyeForm, NewPasswordForm, OtherPasswordForm, SettingsForm
from quiz.models import User
from quiz.study import accounts as study
from quiz.views.rendering import page


class LearnersRequest(HttpRequest):
    """A request behind the door: somebody is there, a guest at least."""

    user: User


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_settings(request: LearnersRequest) -> HttpResponse:
    """How the site behaves for this learner."""
    form = SettingsForm(request.POST or None, user=request.user, now=timezone.now())
    if request.method != "POST" or not form.is_valid():
        context = {"form": form}
        return page(request, "quiz/own/account_settings.html", context, status=422 if form.errors else 200)
    study.settle(request.user, form.settings())
    messages.success(request, _("Your settings are saved."))
    return redirect("quiz:account-settings")


# --- Own data -----------------------------------------------------------------------------------


@never_cache
@require_safe
def own_data(request: LearnersRequest) -> HttpResponse:
    """What is kept, for how long, who sees it, and the ways to take it along."""
    context = {"kept": exchange.kept(request.user), "guest_days": site.GUEST_DAYS, "sections": SECTIONS}
    return page(request, "quiz/own/own_data.html", context)


@never_cache
@require_safe
def own_data_json(request: LearnersRequest) -> HttpResponseBase:
    """All of it."""
    return _download(exchange.as_json(request.user, timezone.now()), "application/json", "json")


@never_cache
@require_safe
def own_data_csv(request: LearnersRequest) -> HttpResponseBase:
    """The log as a table."""
    return _download(exchange.as_csv(request.user), "text/csv; charset=utf-8", "csv")


def _download(pieces: Iterator[str], content_type: str, ending: str) -> StreamingHttpResponse:
    """A file that is sent while it is read."""
    name = f"qalamoun-{timezone.localdate().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(pieces, content_type=content_type, headers=headers)


# --- Passwords ----------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: LearnersRequest) -> HttpResponse:
    """Another password; whoever has none yet signs up instead. This session goes on, all others end."""
    if request.user.is_guest:
        return redirect(reverse("quiz:sign-up", query={"next": reverse("quiz:account-settings")}))
    form = OtherPasswordForm(request.user, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return page(request, "quiz/own/password_change.html", {"form": form}, status=422 if form.errors else 200)
    form.save()
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Your password is changed. Where you were logged in elsewhere, that has ended."))
    return redirect("quiz:account-settings")


# Django's own view, so that the link is good once, and leaves the address before the page is shown.
_set_password = PasswordResetConfirmView.as_view(
    template_name="quiz/own/password_reset.html", form_class=NewPasswordForm, success_url=reverse_lazy("quiz:log-in")
)


@login_not_required
@never_cache
@sensitive_post_parameters("new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest, uidb64: str, token: str) -> HttpResponseBase:
    """A new password by a link from an editor, which is good once; a page that says what to do where it is not."""
    response = _set_password(request, uidb64=uidb64, token=token)
    if not isinstance(response, TemplateResponse):
        if request.method == "POST":
            messages.success(request, _("Your new password is set. Log in with it."))
        return response
    form = (response.context_data or {})["form"]
    response.status_code = 404 if form is None else 422 if form.errors else 200
    return response


# --- Goodbye ------------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: LearnersRequest) -> HttpResponse:
    """Delete everything that was kept; editors are asked to hand over their rights first."""
    form = GoodbyeForm(request.POST or None, user=request.user)
    if request.user.is_staff or request.method != "POST" or not form.is_valid():
        context = {"form": form, "kept": exchange.kept(request.user)}
        return page(request, "quiz/own/account_delete.html", context, status=422 if form.errors else 200)
    study.forget(request.user)
    logout(request)
    messages.success(request, _("Everything that was kept of you here is deleted."))
    return redirect("quiz:home")
