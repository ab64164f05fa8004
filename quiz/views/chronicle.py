"""The chronicle to read: events by phase, each with its claims; places, sources, actors."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from quiz.models import Actor, Event, Place, PlaceKind, Source
from quiz.study import story as told
from quiz.study import telling
from quiz.study.facts import chronicle
from quiz.views.place_maps import event_map, overview, surroundings
from quiz.views.rendering import page


@login_not_required
@require_safe
def event_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One event: what each source claims of it, side by side."""
    event = get_object_or_404(Event.objects.current().select_related("phase"), key=key)
    story, places = chronicle(), event.places.select_related("place")
    context = {
        "event": event,
        "line": telling.line(story, key),
        "differing": telling.differing(story, key),
        "claims": event.claims.with_sources(),
        "places": places,
        "map": event_map(story.gazetteer, places),
        "agents": event.agents.all(),
        "told_at": told.story(story).where.get(key),
        "doubles": telling.kept(story, sorted(story.events[key].twins)),
    }
    return page(request, "quiz/chronicle/event_detail.html", context)


@login_not_required
@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """All places that the documents name, under their kinds."""
    order = PlaceKind.values.index
    places = sorted(Place.objects.with_event_counts(), key=lambda place: (order(place.kind), place.name.casefold()))
    context = {"places": places, "maps": overview(chronicle().gazetteer)}
    return page(request, "quiz/chronicle/place_list.html", context)


@login_not_required
@require_safe
def place_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One place: its spellings, where it lies, and what happened there."""
    place = get_object_or_404(Place.objects.select_related("lies_in").prefetch_related("spellings", "parts"), key=key)
    story = chronicle()
    lines = telling.lines(story, story.at_place.get(key, []))
    context = {
        "place": place,
        "lines": lines,
        "told_at": next((at for line in lines if (at := told.story(story).where.get(line.key))), None),
        "surroundings": surroundings(story.gazetteer, key),
    }
    return page(request, "quiz/chronicle/place_detail.html", context)


@login_not_required
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """The documents that everything here comes from."""
    sources = Source.objects.annotate(claim_count=Count("claims"))
    return page(request, "quiz/chronicle/source_list.html", {"sources": sources})


@login_not_required
@require_safe
def source_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One document: who made it, and all that it claims, section by section."""
    source = get_object_or_404(Source, key=key)
    return page(request, "quiz/chronicle/source_detail.html", {"source": source, "sections": telling.sections(source)})


@login_not_required
@require_safe
def actor_list(request: HttpRequest) -> HttpResponse:
    """Who acts in the story, and on whose word it is told."""
    actors = Actor.objects.with_counts().order_by("side", "name")
    return page(request, "quiz/chronicle/actor_list.html", {"actors": actors})


@login_not_required
@require_safe
def actor_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One actor: the names used, what it did, and what stands on its word."""
    actor = get_object_or_404(Actor.objects.select_related("part_of").prefetch_related("names"), key=key)
    keys = Event.objects.current().filter(agents=actor).values_list("key", flat=True)
    voiced = actor.claims_voiced.with_sources().select_related("event").filter(event__retired=False)
    context = {"actor": actor, "lines": telling.lines(chronicle(), keys), "voiced": voiced}
    return page(request, "quiz/chronicle/actor_detail.html", context)


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, how it treats disagreeing sources, whose data it uses."""
    return page(request, "quiz/chronicle/about.html", {"sources": Source.objects.all()})
