"""The editors' door: Django's own admin, made comfortable for the chronicle, and a look at what learners did."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from quiz.admin import chronicle, claims, learners, orders, references, reports

__all__ = ["chronicle", "claims", "learners", "orders", "references", "reports"]

admin.site.site_title = admin.site.site_header = _("Qalamoun — editors")
admin.site.index_title = _("The chronicle and its learners")
admin.site.index_template = "admin/quiz/index.html"
