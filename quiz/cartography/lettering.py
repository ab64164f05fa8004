"""Where names stand: three tiers of towns with stands set by hand, and free spots for the rest.

Placing them automatically was weighed and left: in the heart of Qalamoun the names of nine villages compete for a
field of fifteen kilometres, and a program that knows no better than boxes puts them side by side with their
neighbours' dots.
"""

from dataclasses import dataclass
from typing import Literal

from quiz.cartography.projection import Frame

Anchor = Literal["start", "middle", "end"]
LETTERS = 14.0
"""Height of a name's letters in units where they are largest: on a phone."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a town's name stands, from its dot, in heights of its letters (em): `dx` to the right, `dy` down.

    `tier` 1 is named on every map, 2 on those that are nearer, 3 on the nearest.
    """

    tier: int
    anchor: Anchor = "start"
    dx: float = 0.55
    dy: float = 0.35


Side = tuple[Anchor, float, float]
RIGHT: Side = ("start", 0.55, 0.35)
LEFT: Side = ("end", -0.55, 0.35)
ABOVE: Side = ("middle", 0.0, -0.6)
BELOW: Side = ("middle", 0.0, 1.25)
ABOVE_RIGHT: Side = ("start", -0.4, -0.6)
LOWER_RIGHT: Side = ("start", 0.4, 0.95)

STANDS = {
    key: Stand(tier, *side)
    for tier, sides in {
        1: {
            "damascus": RIGHT,
            "homs": RIGHT,
            "baalbek": LEFT,
            "yabroud": LOWER_RIGHT,
            "an-nabk": RIGHT,
            "qara": RIGHT,
            "arsal": RIGHT,
            "zabadani": RIGHT,
            "qusayr": RIGHT,
        },
        2: {
            "deir-attiyeh": ABOVE,
            "maaloula": RIGHT,
            "rankous": RIGHT,
            "saidnaya": RIGHT,
            "flitah": LEFT,
            "assal-al-ward": RIGHT,
            "brital": RIGHT,
            "hermel": LEFT,
            "hisya": RIGHT,
            "al-qutayfah": RIGHT,
        },
        3: {
            "al-jarajir": ABOVE,
            "al-sarkha": RIGHT,
            "hosh-arab": BELOW,
            "jbaadin": RIGHT,
            "jibbeh": RIGHT,
            "nahle": RIGHT,
            "youneen": LEFT,
            "ras-al-ain": LEFT,
            "ras-al-maarra": LEFT,
            "rima-farms": LEFT,
            "sahel": LEFT,
            "serghaya": RIGHT,
            "talfita": ABOVE_RIGHT,
            "tfail": LEFT,
            "jayrud": RIGHT,
            "labweh": RIGHT,
            "ras-baalbek": RIGHT,
        },
    }.items()
    for key, side in sides.items()
}
NEAR, NEARER = 0.30, 0.20
"""Kilometres in a unit from which on towns of the second and of the third tier are named."""


def stand(key: str) -> Stand:
    """Where the name of a town stands; beside its dot, in the last tier, for one that nobody has set."""
    return STANDS.get(key, Stand(3))


def is_named(key: str, frame: Frame) -> bool:
    """Whether a map is near enough for a town's name."""
    tier = stand(key).tier
    return tier == 1 or frame.km_per_unit <= (NEAR if tier == 2 else NEARER)
