"""Hints: by mouse, by key, without JavaScript; what was given stays, and what is struck out can't be chosen."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from quiz.models import AskedQuestion, Sitting
from quiz.questions.question import Shape
from quiz.study.facts import chronicle
from quiz.study.hints import on
from tests.journeys.steps import answer_button, asked, fill, fill_in, next_step, sit, verdict

SHAPES = len(Shape)


@pytest.fixture(autouse=True)
def the_chronicle(transactional_db: None) -> None:
    fill()


def hint_button(page: Page) -> Locator:
    return page.get_by_role("button", name="Hint")


def hints(page: Page) -> Locator:
    return page.locator(".hints li")


def at(page: Page, sitting: Sitting, shape: Shape) -> AskedQuestion:
    """Go to the question of this shape, as if those before it were not there."""
    rows = list(sitting.asked.order_by("number"))
    found = next(row for row in rows if row.question.shape is shape)
    AskedQuestion.objects.filter(sitting=sitting, number__lt=found.number).delete()
    page.goto(f"/quiz/{sitting.token}/{found.number}/")
    return found


def gone(row: AskedQuestion) -> list[int]:
    """The answers struck out so far."""
    row.refresh_from_db()
    return sorted(on(row, chronicle()).gone)


def test_every_shape_has_hints_that_take_the_focus_and_are_said(page: Page, base_url: str) -> None:
    page.goto(sit(page, base_url).get_absolute_url())
    for number in range(1, SHAPES + 1):
        expect(page.get_by_text(f"Question {number} of {SHAPES}")).to_be_visible()
        total = on(asked(page), chronicle()).total
        for step in range(1, total + 1):
            hint_button(page).click()
            expect(hints(page)).to_have_count(step)
            latest = hints(page).last.get_by_role("paragraph")
            expect(latest).to_be_focused()
            expect(page.locator("#status")).to_have_text(f"Hint {step} of {total}: {latest.inner_text()}")
        expect(hint_button(page)).to_have_count(0)
        fill_in(page, asked(page).question)
        answer_button(page).click()
        expect(verdict(page)).to_have_text(re.compile(r"Right, with (a hint|\d hints)"))
        next_step(page)
    expect(page.get_by_text(f"{SHAPES} of them with hints")).to_be_visible()


def test_a_key_asks_for_a_hint_where_nobody_is_typing(page: Page, base_url: str) -> None:
    row = at(page, sit(page, base_url), Shape.PLACE)
    field = page.get_by_label("The place")
    field.press_sequentially("Homs h")
    expect(field).to_have_value("Homs h")
    expect(hints(page)).to_have_count(0)
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("h")
    expect(hints(page)).to_have_count(1)
    expect(field).to_have_value("Homs h")
    page.keyboard.press("H")
    expect(hints(page)).to_have_count(2)
    page.keyboard.press("h")
    row.refresh_from_db()
    assert row.hints == 2


def test_no_key_asks_for_a_hint_where_shortcuts_are_off(page: Page, base_url: str) -> None:
    sitting = sit(page, base_url)
    sitting.user.shortcuts = False
    sitting.user.save()
    row = at(page, sitting, Shape.CHOICE)
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("h")
    page.keyboard.press("?")
    hint_button(page).click()
    expect(hints(page)).to_have_count(1)
    row.refresh_from_db()
    assert row.hints == 1


def test_where_h_is_an_answer_a_question_mark_asks_for_a_hint(page: Page, base_url: str) -> None:
    sitting = sit(page, base_url)
    row = next(one for one in sitting.asked.all() if one.question.shape is Shape.PIN)
    options = row.content["options"]
    options += [{**options[0], "text": f"Another {n}"} for n in range(8 - len(options))]
    row.save()
    at(page, sitting, Shape.PIN)
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("h")
    expect(page.locator("[name=choice]").nth(7)).to_be_checked()
    page.keyboard.press("?")
    expect(hints(page)).to_have_count(1)


@pytest.mark.parametrize("shape", [Shape.CHOICE, Shape.PIN, Shape.GAP])
def test_what_is_struck_out_is_not_chosen_by_any_way(page: Page, base_url: str, shape: Shape) -> None:
    row = at(page, sit(page, base_url), shape)
    radios = page.locator("[name=choice]")
    hint_button(page).click()
    expect(hints(page)).to_have_count(1)
    for n in gone(row):
        expect(radios.nth(n)).to_be_disabled()
        page.keyboard.press("ABCDEFGHIJ"[n])
        expect(radios.nth(n)).not_to_be_checked()
        if shape is Shape.PIN:
            pin = page.locator(f".answer .pin[data-choice='{n}']")
            expect(pin).to_have_class(re.compile("struck"))
            pin.locator("circle").first.click(force=True)
            expect(radios.nth(n)).not_to_be_checked()
    expect(page.locator("[name=choice]:checked")).to_have_count(0)


def test_a_choice_outlives_hints_and_reloads_until_it_is_struck_out(page: Page, base_url: str) -> None:
    row = at(page, sit(page, base_url), Shape.CHOICE)
    total, radios = on(row, chronicle()).total, page.locator("[name=choice]")
    key = row.question.key[0]
    wrong = next(n for n in range(row.question.choices) if n != key)
    for choice in (wrong, key):
        radios.nth(choice).check()
        page.get_by_role("radio", name="Fairly sure").check()
        for step in range(row.hints + 1, total + 1):
            hint_button(page).click()
            expect(hints(page)).to_have_count(step)
            page.reload()
            expect(hints(page)).to_have_count(step)
            struck = choice in gone(row)
            expect(page.locator("[name=choice]:checked")).to_have_count(0 if struck else 1)
            expect(page.get_by_role("radio", name="Fairly sure")).to_be_checked()
    radios.nth(key).check()
    page.reload()
    expect(radios.nth(key)).to_be_checked()


def test_two_tabs_see_the_same_hints_and_none_is_counted_twice(page: Page, base_url: str) -> None:
    row = at(page, sit(page, base_url), Shape.DAY)
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (page, other):
        hint_button(tab).click()
        expect(hints(tab)).to_have_count(1)
    row.refresh_from_db()
    assert row.hints == 1
    hint_button(other).click()
    expect(hints(other)).to_have_count(2)
    hint_button(page).click()
    expect(hints(page)).to_have_count(2)
    assert hints(page).all_inner_texts() == hints(other).all_inner_texts()


def test_hints_without_javascript(page_without_script: Page, base_url: str) -> None:
    page = page_without_script
    page.goto(sit(page, base_url).get_absolute_url())
    for number in range(1, SHAPES + 1):
        expect(page.get_by_text(f"Question {number} of {SHAPES}")).to_be_visible()
        fill_in(page, asked(page).question)
        hint_button(page).click()
        expect(hints(page)).to_have_count(1)
        expect(hints(page).get_by_role("paragraph")).to_be_focused()
        # What was given so far is still there: it need not be given once more.
        answer_button(page).click()
        expect(verdict(page)).to_have_text("Right, with a hint")
        next_step(page)
