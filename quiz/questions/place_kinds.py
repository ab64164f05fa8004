"""Which kinds of places may stand beside each other, and which kinds of events one clause may tell of."""

PARTS = frozenset({"quarter", "building", "site"})
"""Kinds of places that are parts of a town."""
GROUPS = (
    (frozenset({"town", "village", "farms"}), "town or village"),
    (frozenset({"city"}), "city"),
    (PARTS, "place"),
    (frozenset({"hill"}), "hill"),
    (frozenset({"road"}), "road"),
    (frozenset({"valley", "plain"}), "place"),
)
"""Kinds of places that may stand beside each other as options, with the noun that asks for one of them.

A region, a border or an area is never an answer: too much lies in it, and too little is known of its edges.
"""
FAMILIES = (
    frozenset({"attack", "advance", "ambush", "clash", "end", "entry", "repulse", "start"}),
    frozenset({"air-strike", "attack", "bombing", "shelling", "suicide-attack"}),
    frozenset({"advance", "capture", "entry", "recapture", "surrender"}),
    frozenset({"ambush", "bombing", "casualties", "execution", "killing", "suicide-attack"}),
    frozenset({"displacement", "end", "surrender", "withdrawal"}),
    frozenset({"abduction", "arrest", "release"}),
    frozenset({"deployment", "visit"}),
    frozenset({"forecast", "report", "statement", "talks", "truce"}),
)
"""Kinds of events that one clause may tell of: a clash is also an attack, a recapture also a capture."""
WIDE = frozenset({"country", "region", "mountains", "province", "district", "border"})
"""Kinds of places that hold many others."""


def group_of(kind: str) -> tuple[frozenset[str], str] | None:
    """The kinds that may stand beside a kind, and the noun for them; None for kinds that are never answers."""
    return _GROUP_OF.get(kind)


_GROUP_OF = {kind: (kinds, noun) for kinds, noun in GROUPS for kind in kinds}


def kinds_told_alike(kind: str) -> frozenset[str]:
    """The kinds of events that a clause on an event of this kind may tell of."""
    return _TOLD_ALIKE.get(kind, frozenset({kind}))


_TOLD_ALIKE = {
    kind: frozenset({kind}).union(*(family for family in FAMILIES if kind in family))
    for kind in frozenset().union(*FAMILIES)
}
