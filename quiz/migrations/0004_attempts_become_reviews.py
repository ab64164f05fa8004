"""Every attempt becomes an entry of the log of its fact's card, and the card is what these entries give."""

from dataclasses import replace
from datetime import UTC, timedelta
from itertools import groupby

from django.db import migrations

from quiz.scheduling import USUAL_RETENTION, Rating, rate, retrievability, study_day

LEECH_LAPSES = 8


def rating(question, credit, met):
    """As `quiz.study.ratings` has it, from the question as it was stored and what an attempt kept."""
    given = graded(question, credit)
    if met or question["shape"] in {"day", "place"}:
        return given
    return Rating.HARD if given == Rating.GOOD else Rating.AGAIN


def graded(question, credit):
    """The rating of a fact of which something was remembered."""
    shape, options = question["shape"], len(question["options"])
    choices = {"choice": options, "pin": options, "gap": options + 1}.get(shape)
    if credit == 1:
        return Rating.HARD if choices and choices <= 2 else Rating.GOOD
    nearly = {"day": 0.8, "order": 2 / 3}.get(shape, 1.0)
    return Rating.HARD if credit >= nearly - 1e-9 else Rating.AGAIN


def taken(question, answer):
    """As `quiz.study.ratings` has it: the place that was taken for the right one."""
    if question["facet"] != "place":
        return ""
    if question["shape"] == "place":
        place = answer.get("place", "")
        return "" if place in question["places"] else place
    choice = answer.get("choice")
    if question["shape"] not in {"choice", "pin"} or choice is None or choice in question["key"]:
        return ""
    return question["options"][choice].get("place", "")


def keep(apps, schema_editor):
    """Nobody's zone was known: study days are those of UTC."""
    card_model, review_model, day_model = (apps.get_model("quiz", name) for name in ("Card", "Review", "StudyDay"))
    attempts = (
        apps.get_model("quiz", "Attempt")
        .objects.select_related("event", "asked")
        .order_by("user_id", "event_id", "facet", "answered_at", "id")
        .iterator(chunk_size=2000)
    )
    for (user, event, facet), listed in groupby(attempts, key=lambda a: (a.user_id, a.event_id, a.facet)):
        memory, kinds, places, log = None, {}, {}, []
        for attempt in listed:
            day = study_day(attempt.answered_at, UTC)
            given = rating(attempt.asked.content, attempt.credit, memory is not None)
            place = taken(attempt.asked.content, attempt.asked.answer or {})
            foreseen = retrievability(memory, day) if memory else None
            memory = rate(memory, given, day, retention=USUAL_RETENTION, seed=f"{attempt.event.key}/{facet}")
            # What was missed comes on the next day, not on the same.
            memory = replace(memory, due=max(memory.due, memory.day + timedelta(days=1)))
            answers, credit = kinds.get(attempt.kind, (0, 0.0))
            kinds[attempt.kind] = [answers + 1, credit + attempt.credit]
            if place:
                places[place] = places.get(place, 0) + 1
            log.append(
                review_model(
                    user_id=user,
                    at=attempt.answered_at,
                    day=day,
                    rating=given,
                    retention=USUAL_RETENTION,
                    foreseen=foreseen,
                    interval=(memory.due - day).days,
                    asked_id=attempt.asked_id,
                    kind=attempt.kind,
                    credit=attempt.credit,
                    hardness=attempt.difficulty,
                    taken=place,
                )
            )
        card = card_model.objects.create(
            user_id=user,
            event_id=event,
            facet=facet,
            stability=memory.stability,
            difficulty=memory.difficulty,
            day=memory.day,
            due=memory.due,
            reviews=memory.reviews,
            lapses=memory.lapses,
            suspended=memory.lapses >= LEECH_LAPSES,
            kinds=kinds,
            taken=places,
        )
        for entry in log:
            entry.card = card
        review_model.objects.bulk_create(log)
    answered = review_model.objects.order_by("user_id", "day").values_list("user_id", "day", "asked_id").distinct()
    day_model.objects.bulk_create(
        day_model(user_id=user, day=day, answers=len(list(rows)))
        for (user, day), rows in groupby(answered, key=lambda row: row[:2])
    )


class Migration(migrations.Migration):
    dependencies = [("quiz", "0003_cards_and_one_memory")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
