"""The story map: a chapter of the chronicle, one step after the other, each with its places on the same ground."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from quiz.questions.chronicle import Chronicle
from quiz.study.facts import chronicle
from quiz.study.story import Chapter, story
from quiz.views.rendering import page
from quiz.views.story_map import framed, mapped, sites
from quiz.views.story_words import days, happenings, months, notes, ways


@login_not_required
@require_safe
def story_list(request: HttpRequest) -> HttpResponse:
    """What the story map is, and its chapters."""
    chapters = story(chronicle()).chapters
    begin = next((chapter for chapter in chapters if chapter.phase), None)
    context = {"listed": [(chapter, days(chapter)) for chapter in chapters], "begin": begin}
    return page(request, "quiz/story/story_list.html", context)


@login_not_required
@require_safe
def story_step(request: HttpRequest, chapter: str, step: int) -> HttpResponse:
    """One step of a chapter, with its map; Http404 for a chapter or a step that there is not."""
    held = chronicle()
    told = story(held)
    number = next((n for n, one in enumerate(told.chapters) if one.slug == chapter), None)
    if number is None or not 1 <= step <= len(told.chapters[number].steps):
        raise Http404
    context = {**_told(held, told.chapters[number], step), **_around(told.chapters, number, step)}
    return page(request, "quiz/story/story_step.html", context, fragment="quiz/story/_step.html")


def _around(chapters: Sequence[Chapter], chapter: int, number: int) -> dict[str, object]:
    """Where a step stands, and where it leads."""
    here = chapters[chapter]
    before, after = ways(chapters, chapter, number)
    return {"chapter": here, "steps": len(here.steps), "before": before, "after": after}


def _told(held: Chronicle, chapter: Chapter, number: int) -> dict[str, object]:
    """What a step tells, in words and on its map."""
    step, frame = chapter.steps[number - 1], framed(held, chapter)
    map_ = mapped(held, chapter, number, frame)
    return {
        "step": step,
        "happenings": happenings(held, step, story(held).where),
        "sites": sites(held, frame, step.sites),
        "named": sites(held, frame, step.named),
        "notes": notes(step),
        "months": months(chapter, step),
        "map": map_,
        "is_marked": any(spot.mark.state == "now" for spot in map_.spots),
    }
