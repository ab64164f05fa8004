"""Addresses: the editors' admin, and everything else in `quiz.urls`."""

from django.contrib import admin
from django.urls import include, path

from quiz.views.accounts import admin_log_in

urlpatterns = [
    path("admin/login/", admin_log_in),
    path("admin/", admin.site.urls),
    path("", include("quiz.urls")),
]
