"""What is put on a map: marked places, and what is written beside them."""

from dataclasses import dataclass

from quiz.cartography.lettering import LETTERS, Anchor
from quiz.cartography.placing import Box, about, written
from quiz.cartography.spreading import DOT, RADIUS, RING


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to mark, at degrees of WGS 84.

    - `badge`: the letter or number of its pin; blank: a plain dot.
    - `state`: '' (as the others), 'now', 'before', 'right' or 'wrong'.
    - `quiet`: drawn like the towns of the ground, for finding one's way.
    - `url`: where it leads; blank: nowhere. `title`: what is told where it is pointed at, its name if blank.
    """

    key: str
    name: str
    name_ar: str
    lat: float
    lon: float
    badge: str = ""
    state: str = ""
    quiet: bool = False
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A name from `x`, `y` in units, moved by `dx`, `dy` in heights of its letters (em), turned by degrees."""

    text: str
    x: float
    y: float
    anchor: Anchor = "middle"
    dx: float = 0.0
    dy: float = 0.0
    text_ar: str = ""
    tier: int = 3
    turn: float = 0.0

    @property
    def box(self) -> Box:
        """The field that it takes up where its letters are largest."""
        rows = 2 if self.text_ar else 1
        return written(self.text, self.x + self.dx * LETTERS, self.y + self.dy * LETTERS, self.anchor, rows=rows)


@dataclass(frozen=True, slots=True)
class Spot:
    """A marked place in units: its dot at `x`, `y`; its badge, if it has one, at `badge_x`, `badge_y`.

    `number` is the place of its mark among all, from 0.
    """

    mark: Mark
    number: int
    x: float
    y: float
    badge_x: float = 0.0
    badge_y: float = 0.0
    label: Label | None = None

    @property
    def boxes(self) -> list[Box]:
        """The fields that its dot, its badge and its name take up."""
        badge = [about((self.badge_x, self.badge_y), RADIUS)] if self.mark.badge else []
        dot = about((self.x, self.y), RING if self.mark.state == "now" and not badge else DOT)
        return [dot, *badge, *([self.label.box] if self.label else [])]
