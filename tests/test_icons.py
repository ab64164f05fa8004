"""The sprite holds each icon that pages show, and no other."""

import re
from pathlib import Path

from quiz.study.feedback import Verdict

QUIZ = Path(__file__).resolve().parent.parent / "quiz"


def test_each_icon_of_the_sprite_is_shown_somewhere_and_each_that_is_shown_is_in_it() -> None:
    templates = [file.read_text() for file in (QUIZ / "templates").rglob("*.html")]
    shown = {name for text in templates for name in re.findall(r'_icon\.html" with name="([a-z]+)"', text)}
    held = re.findall(r'<symbol id="([a-z]+)"', (QUIZ / "static" / "quiz" / "icons.svg").read_text())
    assert sorted(held) == sorted(shown | {verdict.value for verdict in Verdict})
