"""The groups *Places* and *Typed and map* as far as they speak of the gazetteer itself."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import TypeVar

from quiz.gazetteer import Place
from quiz.questions.proving.claims import Found
from quiz.questions.proving.folding import distance, folded
from quiz.questions.proving.verdicts import ChronicleProperty
from quiz.questions.proving.world import World

LETTERS = "abcdefghijklmnopqrstuvwxyz"
READINGS = 150_000
"""How many times a text is held against a name: of many places only some texts are read, and it is said of how many."""
FEWEST_READ = 200
NOT_READ = "left out of an even sample of the texts"
T = TypeVar("T")


def disjoint(world: World) -> Found:
    """No two places share a spelling after folding."""
    held: dict[str, set[str]] = defaultdict(set)
    for place in world.places.values():
        for name in place.names:
            held[folded(name)].add(place.key)
    return len(held), Counter(), [f"{name}: {', '.join(sorted(keys))}" for name, keys in held.items() if len(keys) > 1]


def no_cycle(world: World) -> Found:
    """No place lies in itself by way of others, and each lies in a place that there is."""
    bad = [key for key in world.places if key in world.above(key)]
    bad += [key for key, place in world.places.items() if place.parent is not None and place.parent not in world.places]
    return len(world.places), Counter(), bad


def slots_filled(world: World) -> Found:
    """A clause with a slot has a place for it among the event's own, and every place named is in the gazetteer."""
    bad = [event.key for event in world.events.values() if ("{place}" in event.clause) != bool(event.slot)]
    bad += [e.key for e in world.events.values() if e.slot and e.slot not in {p.place for p in e.places}]
    bad += [event.key for event in world.events.values() if not event.every_place <= world.places.keys()]
    return len(world.events), Counter(), bad


def spellings_read(world: World) -> Found:
    """Every spelling is read as its own place, written as it is, in capitals, or with its hyphens as spaces."""
    read = world.site.read
    texts = [(text, place.key) for place in world.places.values() for name in place.names for text in written(name)]
    if read is None:
        return 0, Counter({"nothing reads typed names": len(texts)}), []
    texts, left = sampled(world, texts)
    return len(texts), left, [f"{text}: {read(text)}" for text, key in texts if read(text) != key]


def sampled(world: World, texts: list[T]) -> tuple[list[T], Counter[str]]:
    """At even distances as many texts as can be held against the names of all places; how many are left out."""
    most = max(FEWEST_READ, READINGS // max(1, len(world.places)))
    if len(texts) <= most:
        return texts, Counter()
    return [texts[n * len(texts) // most] for n in range(most)], Counter({NOT_READ: len(texts) - most})


def written(name: str) -> set[str]:
    """Ways to type a name that make no difference."""
    return {name, name.upper(), f"  {name} ", name.replace("-", " ")}


def slips_asked_back(world: World) -> Found:
    """A text one slip away from two places, and a spelling of neither, is asked back."""
    read = world.site.read
    if read is None:
        return 0, Counter({"nothing reads typed names": len(world.places)}), []
    texts = sorted({text for pair in close_pairs(world) for text in between(*pair)})
    spelt = {folded(name) for place in world.places.values() for name in place.names}
    texts, left = sampled(world, [text for text in texts if folded(text) not in spelt])
    return len(texts), left, [f"{text}: {read(text)}" for text in texts if read(text) is not None]


def close_pairs(world: World) -> list[tuple[Place, Place]]:
    """Pairs of places with names at most two slips apart, and some others: two letters left out can make them one."""
    names = ((folded(name), place.key) for place in world.places.values() for name in place.names)
    held = by_shortened(names, lambda name: shortened(name) | {b for a in shortened(name) for b in shortened(a)})
    order = {key: n for n, key in enumerate(world.places)}
    pairs = {pair for keys in held.values() for pair in combinations(sorted(set(keys), key=order.__getitem__), 2)}
    return [(world.places[a], world.places[b]) for a, b in sorted(pairs)]


def shortened(text: str) -> set[str]:
    """A text, and all that it becomes when one letter is left out: texts one slip apart share one of these."""
    return {text, *(text[:n] + text[n + 1 :] for n in range(len(text)))}


def by_shortened(names: Iterable[tuple[str, T]], forms: Callable[[str], set[str]]) -> dict[str, list[T]]:
    """What names stand for, by each of their forms."""
    held: dict[str, list[T]] = defaultdict(list)
    for name, meant in names:
        for form in forms(name):
            held[form].append(meant)
    return dict(held)


def between(one: Place, other: Place) -> Iterator[str]:
    """Texts one slip away from a name of either place; names more than two slips apart have none between them."""
    ours, theirs = ({folded(name) for name in place.names} for place in (one, other))
    for a in ours:
        near = [b for b in theirs if abs(len(a) - len(b)) <= 2 and distance(a, b) <= 2]
        yield from (text for text in slips(a) for b in near if folded(text) == text and distance(text, b) == 1)


def slips(name: str) -> set[str]:
    """All texts that one slip makes of a name."""
    cuts = [(name[:i], name[i:]) for i in range(len(name) + 1)]
    dropped = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    put = {a + c + b for a, b in cuts for c in LETTERS}
    changed = {a + c + b[1:] for a, b in cuts if b for c in LETTERS}
    return (dropped | swapped | put | changed) - {name}


def never_another(world: World) -> Found:
    """A text one slip away from one place, and farther from all others, is read as that place or asked back."""
    read = world.site.read
    if read is None:
        return 0, Counter({"nothing reads typed names": len(world.places)}), []
    names = [(folded(name), place.key) for place in world.places.values() for name in place.names]
    held = by_shortened(((name, (name, key)) for name, key in names), shortened)
    texts, left = sampled(
        world, sorted({(a[:n] + "q" + a[n + 1 :], key) for a, key in names for n in range(len(a)) if a.isascii()})
    )
    kept = [(text, key) for text, key in texts if nearest(text, held) == {key}]
    bad = [f"{text}: {read(text)}" for text, key in kept if read(text) not in {key, None}]
    return len(kept), left + Counter({"as near to another place": len(texts) - len(kept)}), bad


def nearest(text: str, held: Mapping[str, Iterable[tuple[str, str]]]) -> set[str]:
    """The places with a name at most one slip away, among names and keys by their shortened forms."""
    close = {one for form in shortened(text) for one in held.get(form, ())}
    return {key for name, key in close if distance(text, name) <= 1}


GAZETTEER = (
    ChronicleProperty("Places", "spellings form disjoint classes after folding", disjoint),
    ChronicleProperty("Places", "containment has no cycle", no_cycle),
    ChronicleProperty("Places", "every place that is named is known, and every slot is filled", slots_filled),
    ChronicleProperty("Typed and map", "every spelling is read as its own place", spellings_read),
    ChronicleProperty("Typed and map", "a slip as near to one place as to another is asked back", slips_asked_back),
    ChronicleProperty("Typed and map", "a slip is never read as a place farther away", never_another),
)
