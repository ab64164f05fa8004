"""The names on a map, one after the other: marked places, towns to find one's way by, lines, countries."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quiz.cartography.bearings import way
from quiz.cartography.ground import Ground, Town, towns
from quiz.cartography.lettering import ABOVE, BELOW, LEFT, LETTERS, RIGHT, Anchor, is_named, stand
from quiz.cartography.lines import simplified
from quiz.cartography.marks import Label, Mark, Spot
from quiz.cartography.placing import Box, about, along, in_country, trouble
from quiz.cartography.projection import Frame
from quiz.cartography.spreading import DOT, RADIUS

SIDES: tuple[tuple[Anchor, float, float], ...] = (("start", 1, 0), ("end", -1, 0), ("middle", 0, -1), ("middle", 0, 1))
"""Sides of a badge on which a name may stand, the best first."""
PUSH = 0.45
"""How much further from its dot the name of a place in a state stands, in heights of its letters (em)."""
STRAIGHT = 10.0
"""What is written along a line follows its course, but none of its bends of so many units."""


def named(spots: Sequence[Spot], frame: Frame, inner: Frame | None) -> tuple[Spot, ...]:
    """With names: of dots on the stands that are set by hand, of pins beside their badges where there is room.

    What is told apart from the others by a state is named first, and always. Of the dots within `inner`, which
    another map shows larger, only those of the first tier are.
    """
    done, taken = list(spots), [box for spot in spots for box in spot.boxes]
    for n in sorted(range(len(done)), key=lambda n: (not done[n].mark.state, stand(done[n].mark.key).tier, n)):
        labels = list(_pin_labels(done[n]) if done[n].mark.badge else _dot_labels(done[n], frame, inner))
        best = min(labels, key=lambda label: trouble(label.box, taken, frame), default=None)
        if best and (done[n].mark.state or trouble(best.box, taken, frame) == 0):
            done[n] = replace(done[n], label=best)
            taken.append(best.box)
    return tuple(done)


def _dot_labels(spot: Spot, frame: Frame, inner: Frame | None) -> Iterator[Label]:
    """The name of a dot on the stand that is set by hand, then on all four sides; nothing where it has none."""
    mark, how = spot.mark, stand(spot.mark.key)
    hidden = inner is not None and inner.holds(mark.lat, mark.lon)
    if not (mark.state or (how.tier == 1 if hidden else inner or is_named(mark.key, frame))):
        return
    arabic = mark.name_ar if how.tier == 1 and not hidden else ""
    for anchor, dx, dy in ((how.anchor, how.dx, how.dy), RIGHT, LEFT, ABOVE, BELOW):
        # A dot with a ring around it pushes its name a little away.
        push = PUSH if mark.state else 0.0
        right = dx + {"start": push, "middle": 0.0, "end": -push}[anchor]
        down = dy if anchor != "middle" else dy + push if dy > 0 else dy - push
        label = Label(mark.name, spot.x, spot.y, anchor, round(right, 2), round(down, 2), arabic, how.tier)
        if not hidden or inner is None or _fits(label, frame, inner):
            yield label


def _fits(label: Label, frame: Frame, inner: Frame) -> bool:
    """Whether a name lies wholly within a frame that is drawn around its dot."""
    left, top = frame.xy(inner.north, inner.west)
    right, bottom = frame.xy(inner.south, inner.east)
    box = label.box
    return left < box.left and box.right < right and top < box.top and box.bottom < bottom


def _pin_labels(spot: Spot) -> Iterator[Label]:
    """The name of a pin on each side of its badge."""
    for anchor, right, down in SIDES:
        x, y = spot.badge_x + right * (RADIUS + 4), spot.badge_y + 0.35 * LETTERS + down * (RADIUS + 9)
        yield Label(spot.mark.name, round(x, 1), round(y, 1), anchor, tier=2)


def orienting(marks: Sequence[Mark], frame: Frame, taken: Sequence[Box], away_km: float) -> tuple[Label, ...]:
    """Towns that are not marked themselves, at least `away_km` from all that are, where dot and name have room."""
    keys, found = {mark.key for mark in marks}, list[Label]()
    for town in towns():
        near = (way((town.lat, town.lon), (mark.lat, mark.lon))[0] < away_km for mark in marks)
        if town.key in keys or not frame.holds(town.lat, town.lon) or not is_named(town.key, frame) or any(near):
            continue
        boxes = [*taken, *(one.box for one in found)]
        labels = (one for one in _town_labels(town, frame) if trouble(one.box, boxes, frame) == 0)
        if (label := next(labels, None)) and trouble(about((label.x, label.y), DOT), boxes, frame) == 0:
            found.append(label)
    return tuple(found)


def _town_labels(town: Town, frame: Frame) -> Iterator[Label]:
    """The name of a town on the stand that is set by hand, then on all four sides."""
    how, (x, y) = stand(town.key), frame.xy(town.lat, town.lon)
    arabic = town.name_ar if how.tier == 1 else ""
    for anchor, dx, dy in ((how.anchor, how.dx, how.dy), RIGHT, LEFT, ABOVE, BELOW):
        yield Label(town.name, round(x, 1), round(y, 1), anchor, dx, dy, arabic, how.tier)


def lines(base: Ground, texts: tuple[str, str], frame: Frame, taken: Sequence[Box]) -> tuple[Label, ...]:
    """What the schematic road and the schematic ridge are, written along them where there is room."""
    found = []
    for text, drawn in zip(texts, (base.road_lines, base.ridge_lines), strict=True):
        if at := along(text, [simplified(line, STRAIGHT) for line in drawn], taken, frame):
            found.append(Label(text, at.x, at.y, dy=at.down, turn=at.turn))
    return tuple(found)


def countries(base: Ground, texts: tuple[str, str], frame: Frame, taken: Sequence[Box]) -> tuple[Label, ...]:
    """The names of Lebanon and of Syria, each on its side of the border where there is room."""
    border = [simplified(line, STRAIGHT) for line in base.border_lines]
    found = (
        (text, in_country(text, frame, taken, border, lebanon=lebanon))
        for text, lebanon in zip(texts, (True, False), strict=True)
    )
    return tuple(Label(text, round(at[0], 1), round(at[1], 1)) for text, at in found if at)
