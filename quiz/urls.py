"""Addresses of the site: each is named like its view, with hyphens."""

from django.urls import path

from quiz.views import accounts, cards, chronicle, modes, own, progress, sittings

app_name = "quiz"
urlpatterns = [
    path("", sittings.home, name="home"),
    path("quiz/", sittings.sitting_begin, name="sitting-begin"),
    path("quiz/review/", modes.sitting_review, name="sitting-review"),
    path("quiz/timeline/", modes.timeline_run, name="timeline-run"),
    path("quiz/<slug:token>/", sittings.sitting_detail, name="sitting-detail"),
    path("quiz/<slug:token>/<int:number>/", sittings.question_detail, name="question-detail"),
    path("quiz/<slug:token>/again/", modes.sitting_again, name="sitting-again"),
    path("quiz/<slug:token>/misses/", modes.sitting_misses, name="sitting-misses"),
    path("quiz/<slug:token>/extend/", modes.sitting_extend, name="sitting-extend"),
    path("quiz/<slug:token>/finish/", modes.sitting_finish, name="sitting-finish"),
    path("today/", cards.today, name="today"),
    path("cards/", cards.card_review, name="card-review"),
    path("cards/all/", cards.card_list, name="card-list"),
    path("cards/undo/", cards.card_undo, name="card-undo"),
    path("cards/<int:pk>/", cards.card_detail, name="card-detail"),
    path("cards/<int:pk>/set-aside/", cards.card_set_aside, name="card-set-aside"),
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
    path("progress/quizzes/", progress.sitting_list, name="sitting-list"),
    path("account/", own.account_settings, name="account-settings"),
    path("account/data/", own.own_data, name="own-data"),
    path("account/data.json", own.own_data_json, name="own-data-json"),
    path("account/data.csv", own.own_data_csv, name="own-data-csv"),
    path("account/password/", own.password_change, name="password-change"),
    path("account/delete/", own.account_delete, name="account-delete"),
    path("account/reset/<str:uidb64>/<str:token>/", own.password_reset, name="password-reset"),
    path("sign-up/", accounts.sign_up, name="sign-up"),
    path("log-in/", accounts.log_in, name="log-in"),
    path("log-out/", accounts.log_out, name="log-out"),
]
