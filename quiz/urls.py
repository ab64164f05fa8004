"""Addresses of the site: each is named like its view, with hyphens."""

from django.urls import path

from quiz.views import accounts, chronicle, progress, sittings

app_name = "quiz"
urlpatterns = [
    path("", sittings.home, name="home"),
    path("quiz/", sittings.sitting_begin, name="sitting-begin"),
    path("quiz/<slug:token>/", sittings.sitting_detail, name="sitting-detail"),
    path("quiz/<slug:token>/<int:number>/", sittings.question_detail, name="question-detail"),
    path("chronicle/", chronicle.event_list, name="event-list"),
    path("chronicle/<slug:key>/", chronicle.event_detail, name="event-detail"),
    path("places/", chronicle.place_list, name="place-list"),
    path("places/<slug:key>/", chronicle.place_detail, name="place-detail"),
    path("sources/", chronicle.source_list, name="source-list"),
    path("sources/<slug:key>/", chronicle.source_detail, name="source-detail"),
    path("actors/", chronicle.actor_list, name="actor-list"),
    path("actors/<slug:key>/", chronicle.actor_detail, name="actor-detail"),
    path("about/", chronicle.about, name="about"),
    path("progress/", progress.progress, name="progress"),
    path("sign-up/", accounts.sign_up, name="sign-up"),
    path("log-in/", accounts.log_in, name="log-in"),
    path("log-out/", accounts.log_out, name="log-out"),
]
