"""One-time links with which a person sets a new password: where there is no mail server, an editor hands them on."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from quiz.admin.widgets import usable_id
from quiz.models import User

# Django's class takes a type argument in its stubs only.
if TYPE_CHECKING:
    _UserAdmin = DjangoUserAdmin[User]
else:
    _UserAdmin = DjangoUserAdmin

RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")
"""What only who may do everything may hand out: whoever could set them could give them to themselves."""


def _is_above(user: User, request: HttpRequest) -> bool:
    """Whether an account has rights that whoever asks may not lend to themselves by setting its password."""
    return (user.is_staff or user.is_superuser) and not request.user.is_superuser and user != request.user


class Resetting(_UserAdmin):
    """Accounts with a button that makes such a link; accounts of editors are the affair of who may do everything."""

    def get_urls(self) -> list[URLPattern]:
        """With the address of the button."""
        view = self.admin_site.admin_view(self.reset_link)
        return [path("<path:object_id>/reset-link/", view, name="quiz_user_reset_link"), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Not of accounts with more rights: a password set for them would lend those."""
        return super().has_change_permission(request, obj) and not (obj and _is_above(obj, request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nor can they be deleted."""
        return super().has_delete_permission(request, obj) and not (obj and _is_above(obj, request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Rights are handed out by who has them all."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, *RIGHTS)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the button, where it may be pressed."""
        user = self._found(request, object_id)
        may = user is not None and self._may_reset(request, user)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_reset": may})

    def _found(self, request: HttpRequest, object_id: str) -> User | None:
        return self.get_object(request, object_id) if usable_id(object_id) else None

    def _may_reset(self, request: HttpRequest, user: User) -> bool:
        return self.has_change_permission(request, user) and user.is_active and not user.is_guest

    def reset_link(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Make a link, show it this once, and note in the history that it was made, not what it is."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        user = self._found(request, object_id)
        if user is None:
            raise Http404
        if not self._may_reset(request, user):
            raise PermissionDenied
        self.log_change(request, user, _("Made a one-time link for a new password."))
        code = urlsafe_base64_encode(force_bytes(user.pk))
        address = reverse("quiz:password-reset", args=[code, default_token_generator.make_token(user)])
        context = {
            **self.admin_site.each_context(request),
            "title": _("A link for a new password"),
            "opts": self.opts,
            "original": user,
            "link": request.build_absolute_uri(address),
            "until": timezone.localtime() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        }
        return TemplateResponse(request, "admin/quiz/user/reset_link.html", context)
