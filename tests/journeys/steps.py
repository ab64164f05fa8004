"""What journeys share: the real chronicle in the database, a sitting that is known beforehand, single steps."""

import re
from io import StringIO
from random import Random

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from quiz.chronology import day_in_words
from quiz.models import AskedQuestion, ContentRevision, Event, Sitting, User
from quiz.questions.making import KINDS, make
from quiz.questions.question import Question, Shape
from quiz.study import guests
from quiz.study.facts import chronicle

SEED = 5

_rows: list[tuple[type[Model], list[Model]]] = []


def fill() -> None:
    """Put the chronicle of `fixtures/` into the database: loaded once per process, then written back as rows,
    since the database is emptied after each journey. Its revision is the same each time, as all rows are, so that what
    the site made of them before serves again.
    """
    if not _rows:
        call_command("load_chronicle", stdout=StringIO())
        models = apps.get_app_config("quiz").get_models(include_auto_created=True)
        # The revision is written by the database's own triggers.
        _rows.extend((m, list(m._base_manager.all())) for m in models if m is not ContentRevision)
    else:
        with transaction.atomic():
            for model, rows in _rows:
                model._base_manager.bulk_create(rows)
    ContentRevision.objects.update(token="as the journeys load it")


def questions() -> list[Question]:
    """A real question of each kind, no event twice; the first ones are of one shape each."""
    story, found, told = chronicle(), [], set[str]()
    for kind in KINDS:
        for event in Random(f"{SEED}/{kind}").sample(sorted(story.events), len(story.events)):
            question = make(story, kind, event, SEED)
            if isinstance(question, Question) and told.isdisjoint(question.events):
                found.append(question)
                told |= set(question.events)
                break
    firsts = list({question.shape: question for question in reversed(found)}.values())
    return [*firsts, *(question for question in found if question not in firsts)]


def enter(page: Page, user: User, base_url: str) -> User:
    """Give this browser the session of a learner."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    return user


def guest(page: Page, base_url: str, **settings: object) -> User:
    """A guest whose session this browser gets."""
    user = guests.learner(AnonymousUser(), timezone.now())
    User.objects.filter(pk=user.pk).update(**settings)
    return enter(page, User.objects.get(pk=user.pk), base_url)


def log_in(page: Page, name: str, password: str) -> None:
    """Fill in and send the page for logging in, which is shown."""
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    expect(page.get_by_text(f"Signed in as {name}")).to_be_visible()


# --- A quiz ---------------------------------------------------------------------------------------


def sit(page: Page, base_url: str, length: int = len(Shape)) -> Sitting:
    """A sitting that holds every shape of question, begun by a guest whose session this browser gets."""
    sitting = Sitting.objects.create(user=guest(page, base_url), length=length, seed=SEED, started_at=timezone.now())
    for number, question in enumerate(questions()[:length], 1):
        AskedQuestion.objects.create(
            sitting=sitting,
            number=number,
            event=Event.objects.get(key=question.event),
            kind=question.kind,
            facet=question.facet.value,
            content=question.as_dict(),
        )
    return sitting


def only(page: Page, base_url: str, shape: Shape) -> Sitting:
    """A sitting of one question of a shape."""
    sitting = sit(page, base_url)
    sitting.asked.exclude(content__shape=shape.value).delete()
    sitting.asked.update(number=1)
    Sitting.objects.filter(pk=sitting.pk).update(length=1)
    return sitting


def asked(page: Page) -> AskedQuestion:
    """The question that the page's address names."""
    found = re.search(r"/quiz/(\w+)/(\d+)/", page.url)
    assert found, page.url
    return AskedQuestion.objects.get(sitting__token=found[1], number=found[2])


def answer_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Answer", exact=True)


def fill_in(page: Page, question: Question) -> None:
    """Give the right answer, without sending it: by the arrows, or by the numbers where there is no script."""
    match question.shape:
        case Shape.CHOICE | Shape.GAP | Shape.PIN:
            page.get_by_role("radio").nth(question.key[0]).check()
        case Shape.DAY:
            page.get_by_label("The day").fill(day_in_words(question.accepted[0]))
        case Shape.ORDER:
            if page.locator(".by-arrows").count():
                _arrange(page, [question.options[item].text for item in question.key])
            else:
                for place, item in enumerate(question.key, 1):
                    page.get_by_role("combobox").nth(item).select_option(str(place))
        case Shape.PLACE:
            page.get_by_label("The place").fill(chronicle().gazetteer[question.places[0]].name)


def _arrange(page: Page, texts: list[str]) -> None:
    """Move each event up to its place, the first one first."""
    for place, text in enumerate(texts):
        row = page.locator(".order li").filter(has=page.get_by_text(text, exact=True))
        while page.locator(".order .event-text").all_inner_texts().index(text) > place:
            row.get_by_role("button", name=f"Earlier: {text}").click()


def next_step(page: Page) -> None:
    """From feedback, once it is there, to the next question or to the end page."""
    expect(verdict(page)).to_be_visible()
    last = page.get_by_role("link", name="See the result")
    (last if last.count() else page.get_by_role("link", name="Next question")).click()


def verdict(page: Page) -> Locator:
    return page.locator(".verdict").get_by_role("heading")


def answer_rightly(page: Page) -> None:
    """Answer the question shown, and see that it was right."""
    fill_in(page, asked(page).question)
    answer_button(page).click()
    expect(verdict(page)).to_have_text("Right")


def answer_wrongly(page: Page) -> None:
    """Choose something else than the key, and see that it was wrong; say "I don't know" where nothing is chosen."""
    question = asked(page).question
    if question.shape in {Shape.CHOICE, Shape.GAP, Shape.PIN}:
        radios, after = page.get_by_role("radio"), question.key[0] + 1
        others = ((after + n) % question.choices for n in range(question.choices - 1))
        radios.nth(next(n for n in others if radios.nth(n).is_enabled())).check()
        answer_button(page).click()
        expect(verdict(page)).to_have_text("Not right")
        return
    page.get_by_role("button", name="I don’t know").click()
    expect(verdict(page)).to_have_text("You said: I don’t know")


# --- Cards ----------------------------------------------------------------------------------------


def left(page: Page, cards: int, total: int) -> Locator:
    """How many cards are left of a day's."""
    return page.get_by_text(f"{cards} of {total} left today")


def show(page: Page) -> Locator:
    return page.get_by_role("link", name="Show the answer")


def rating(page: Page, name: str) -> Locator:
    return page.locator(".ratings").get_by_role("button", name=re.compile(f"^{name}"))
