"""Maps as pages show them, with what is written on them in the language of the page."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from quiz.cartography.marks import Mark
from quiz.cartography.projection import Frame, Point
from quiz.cartography.sheet import Drawing, Words, drawn

__all__ = ["Drawing", "Mark", "drawing", "points"]


def drawing(
    marks: Sequence[Mark],
    frame: Frame,
    *,
    labels: bool = True,
    picks: bool = False,
    name: str = "",
    inner: Frame | None = None,
) -> Drawing:
    """The map of a frame with the marks that lie in it, to be rendered by `quiz/maps/_map.html` as `map`.

    - `labels=False` names none of the marks, and no town near them.
    - `picks`: its pins choose the answers of a form.
    - `name`: what it shows, for those who do not see it; without one the text beside it must say the same.
    - `inner` is framed, as another map shows it larger: in it only the best-known dots are named.
    """
    words = Words(_("Lebanon"), _("Syria"), _("highway (schematic)"), _("ridge (schematic)"))
    found = drawn(tuple(marks), frame, words, labels=labels, inner=inner)
    return replace(found, picks=picks, name=name)


def points(marks: Iterable[Mark]) -> list[Point]:
    """Where marks lie, for a frame around them."""
    return [(mark.lat, mark.lon) for mark in marks]
