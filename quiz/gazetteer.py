"""Place names: when two spellings are one name, which place a text names, what lies in what, what lies near.

Names reach us as the documents spell them (Yabroud, Yabrud; Ras al-Ma'ara, Ras Al-Maarra) and as learners
type them. All are compared by their fold: a form that keeps what tells places apart and drops what only
spelling varies.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from math import asin, ceil, cos, floor, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the Earth (GRS 80, Moritz 2000)."""

CELL_KM = 10.0
"""Edge of a cell in which places are looked up: a few cells hold all that is near."""

# --- Folding --------------------------------------------------------------------------------

# Signs written for hamza and ayn, quotation marks, tatweel; then the unseen: soft hyphen, joiners, direction
# marks. They go before Unicode takes texts apart: it makes a space of an accent that stands for an apostrophe.
_SILENT = dict.fromkeys((*map(ord, "'`´’‘‛′ʹʼʽʻʾʿˈ\"“”„″«»ـ"), 0xAD, *range(0x200B, 0x2010)))
# Forms that Unicode does not take apart: alef wasla, ta marbuta, alef maqsura, Persian keyboards' ya and kaf.
_ARABIC = str.maketrans("ٱةىیک", "اهييك")
_WORD = re.compile(r"[^\W_]+")
_SOUNDS = ((re.compile("o+u+"), "u"), (re.compile("ee+"), "i"))
# In Latin letters only: Arabic doubles by a mark, and two digits are another number.
_DOUBLED = re.compile(r"([a-z])\1+")
_ARTICLES = frozenset(("the", "al", "el"))
_ASSIMILATED = re.compile(r"[ae](sh|th|dh|[dlnrstz])")
_ARABIC_ARTICLE = re.compile(r"^(?:ال)+(?=\w{3})")


def bare(name: str) -> str:
    """Lower case without marks, Arabic letters in one form each, digits of any script as Western ones.

    Taken apart twice, as the first time can bring more such signs to light.
    """
    for _ in range(2):
        parts = unicodedata.normalize("NFKD", name.translate(_SILENT))
        name = "".join(_digit(c) for c in parts if not unicodedata.combining(c)).casefold()
    return name.translate(_ARABIC)


def _digit(character: str) -> str:
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _sounded(word: str) -> str:
    """One word with the sounds that transliterations write in several ways written in one."""
    for sound, letter in _SOUNDS:
        word = sound.sub(letter, word)
    return _ARABIC_ARTICLE.sub("", _DOUBLED.sub(r"\1", word))


def _is_article(word: str, following: str) -> bool:
    """Whether a word is the article of the next one.

    An- and its like are articles only before their own letter (an-Nabk): elsewhere they are part of a name.
    """
    assimilated = _ASSIMILATED.fullmatch(word)
    return word in _ARTICLES or (assimilated is not None and following.startswith(assimilated[1]))


def fold(name: str) -> str:
    """The form in which names are compared; the same for the fold itself.

    Case, marks, Arabic letter forms, scripts of digits, apostrophes, articles (inner ones too), ou/u, ee/i and doubled
    letters make no difference; hyphens, other punctuation and spaces all part words alike. Empty for a blank name only:
    one without letters or digits stays as it is.
    """
    kept: list[str] = []
    # From the end, so that each article is judged by the word that will follow it.
    for word in map(_sounded, reversed(_WORD.findall(bare(name)))):
        if not (kept and _is_article(word, kept[-1])):
            kept.append(word)
    return " ".join(reversed(kept)) or name.strip().casefold()


# --- Slips of the keyboard ------------------------------------------------------------------


def edits(one: str, other: str) -> int:
    """Least number of letters to insert, leave out, replace or swap with the next, from one text to the other.

    Optimal string alignment: the distance of Damerau (1964), each stretch of text edited once at most.
    """
    earlier: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one):
        row = [i + 1]
        for j, b in enumerate(other):
            row.append(min(last[j + 1] + 1, row[j] + 1, last[j] + (a != b)))
            if i and j and a == other[j - 1] and b == one[i - 1]:
                row[-1] = min(row[-1], earlier[j - 1] + 1)
        earlier, last = last, row
    return last[-1]


def slips_allowed(folded: str) -> int:
    """How many slips leave a name recognisable: one for each three letters, from 1 to 3; 0 for a mere letter."""
    return min(3, max(1, len(folded) // 3)) if len(folded) > 1 else 0


def _letters(text: str) -> int:
    """The set of letters in a text as bits. One edit changes two at most, so few texts need measuring."""
    bits = 0
    for letter in text:
        bits |= 1 << ord(letter) % 64
    return bits


def _shortened(text: str) -> set[str]:
    """A text and all it becomes when one letter is left out; texts one edit apart share one of these."""
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))}


def one_edit_apart(texts: Iterable[str]) -> set[tuple[str, str]]:
    """Pairs of these texts that one edit turns into each other, each pair once, its lesser text first."""
    near: dict[str, list[str]] = defaultdict(list)
    for text in sorted(set(texts)):
        for short in _shortened(text):
            near[short].append(text)
    return {pair for alike in near.values() for pair in combinations(alike, 2) if edits(*pair) <= 1}


# --- Places ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """A place under its main name; `parent` is what it lies in, coordinates are degrees of WGS 84."""

    key: str
    name: str
    kind: str
    parent: str | None = None
    spellings: tuple[str, ...] = ()  # without the main name
    name_ar: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write it: the main name, the other spellings, the Arabic name if known."""
        return tuple(name for name in (self.name, *self.spellings, self.name_ar) if name.strip())


class Gazetteer:
    """Places by key and by name. Methods that take a key raise KeyError for one that it does not hold."""

    def __init__(self, places: Iterable[Place]) -> None:
        """Index the places; ValueError where two have the same key."""
        self.places = tuple(places)
        self._by_key = {place.key: place for place in self.places}
        if len(self._by_key) < len(self.places):
            raise ValueError("Two places have the same key.")
        self._folds = {place.key: tuple(dict.fromkeys(map(fold, place.names))) for place in self.places}
        by_fold = defaultdict(set)
        for key, folds in self._folds.items():
            for folded in folds:
                by_fold[folded].add(key)
        self._by_fold = {folded: tuple(sorted(keys)) for folded, keys in by_fold.items()}
        self._by_letters: dict[int, list[str]] = defaultdict(list)
        for folded in self._by_fold:
            self._by_letters[_letters(folded)].append(folded)

    def __getitem__(self, key: str) -> Place:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    # Names

    def folds(self, key: str) -> tuple[str, ...]:
        """The names of a place in the form in which they are compared, that of the main name first."""
        return self._folds[key]

    def find(self, text: str) -> Place | None:
        """The place that a text names, in any spelling; None for none, and for a name that two places share."""
        keys = self._by_fold.get(fold(text), ())
        return self[keys[0]] if len(keys) == 1 else None

    def slips(self, text: str) -> tuple[tuple[int, Place], ...]:
        """Places that a text may mean, each with its number of slips (0 for a spelling), nearest first."""
        folded = fold(text)
        allowed = slips_allowed(folded)
        least: dict[str, int] = {}
        for name in self._alike(folded, allowed):
            count = edits(folded, name)
            for key in self._by_fold[name] if count <= allowed else ():
                least[key] = min(count, least.get(key, count))
        ranked = sorted((count, key) for key, count in least.items())
        return tuple((count, self[key]) for count, key in ranked)

    def _alike(self, folded: str, allowed: int) -> Iterator[str]:
        """Names that may lie so few edits away: a bound that spares the measuring of most others."""
        letters = _letters(folded)
        for others, names in self._by_letters.items():
            if (others ^ letters).bit_count() <= 2 * allowed:
                yield from (name for name in names if abs(len(name) - len(folded)) <= allowed)

    def clashes(self) -> list[tuple[str, str, str]]:
        """Names that two places share, as (fold, key, key)."""
        return [(f, a, b) for f, keys in sorted(self._by_fold.items()) for a, b in combinations(keys, 2)]

    def confusable(self) -> list[tuple[str, str]]:
        """Pairs of places with names at most one edit apart, so that one slip may turn one into the other."""
        alike = one_edit_apart(self._by_fold)
        pairs = {(a, b) for one, other in alike for a in self._by_fold[one] for b in self._by_fold[other]}
        pairs |= {(a, b) for _, a, b in self.clashes()}
        return sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]})

    # Containment

    def lineage(self, key: str) -> tuple[str, ...]:
        """The place, what it lies in, what that lies in, and so on; ends before a place comes again."""
        keys, above = [key], self[key].parent
        while above is not None and above in self and above not in keys:
            keys.append(above)
            above = self[above].parent
        return tuple(keys)

    def contains(self, outer: str, inner: str) -> bool:
        """Whether one place lies in another; no place lies in itself."""
        return self[outer].key in self.lineage(inner)[1:]

    def related(self, a: str, b: str) -> bool:
        """Whether two keys are one place, or one of them lies in the other."""
        return a in self.lineage(b) or b in self.lineage(a)

    def cycles(self) -> list[tuple[str, ...]]:
        """Places that lie in themselves by way of others: each round once, from its least key outwards."""
        rounds = set()
        for key in self._by_key:
            line = self.lineage(key)
            if self[line[-1]].parent == key:
                least = line.index(min(line))
                rounds.add(line[least:] + line[:least])
        return sorted(rounds)

    # Nearness

    def distance_km(self, a: str, b: str) -> float | None:
        """Great-circle distance in kilometres; None where either place has no coordinates."""
        return apart_km(self[a], self[b])


# --- Nearness -------------------------------------------------------------------------------


def apart_km(one: Place, other: Place) -> float | None:
    """Great-circle distance in kilometres; None where either place has no coordinates.

    The haversine formula (R. W. Sinnott, 'Virtues of the Haversine', Sky & Telescope 68, 1984, p. 159)
    on a sphere, wrong by about 0.5 % at most.
    """
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    along = sin(radians(other.lat - one.lat) / 2) ** 2
    across = sin(radians(other.lon - one.lon) / 2) ** 2
    square = along + cos(radians(one.lat)) * cos(radians(other.lat)) * across
    # Rounding may lift the square above 1 for two ends of the Earth.
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, square)))


class Grid:
    """Places with coordinates in cubes of CELL_KM, so that what lies near one is found without looking at all.

    Cubes in space rather than fields of degrees: they are as wide at a pole and across the date line as elsewhere.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        """Index the places; those without coordinates are left out."""
        self._cells: dict[tuple[int, int, int], list[Place]] = defaultdict(list)
        for place in places:
            if cell := _cell(place):
                self._cells[cell].append(place)

    def near(self, here: Place, km: float, limit: int | None = None) -> list[Place]:
        """Other places at most so many kilometres away, nearest first, ties by key; at most `limit` of them.

        Meant for some tens of kilometres: the cubes looked at grow with the third power of the distance.
        """
        found: list[tuple[float, str, Place]] = []
        middle = _cell(here)
        if middle is None:
            return []
        for ring in range(ceil(km / CELL_KM) + 1):
            found += self._in_ring(middle, ring, here, km)
            # What lies in the next ring is at least so far away: a straight line through the Earth is no longer.
            if limit is not None and sum(distance <= ring * CELL_KM for distance, _, _ in found) >= limit:
                break
        return [place for _, _, place in sorted(found, key=lambda item: item[:2])][:limit]

    def _in_ring(
        self, middle: tuple[int, int, int], ring: int, here: Place, km: float
    ) -> Iterator[tuple[float, str, Place]]:
        x, y, z = middle
        for dx, dy, dz in _shell(ring):
            for place in self._cells.get((x + dx, y + dy, z + dz), ()):
                distance = apart_km(here, place)
                if place.key != here.key and distance is not None and distance <= km:
                    yield distance, place.key, place


@lru_cache(16)
def _shell(ring: int) -> tuple[tuple[int, int, int], ...]:
    """The steps to all cubes so many cubes away."""
    steps = product(range(-ring, ring + 1), repeat=3)
    return tuple((dx, dy, dz) for dx, dy, dz in steps if max(abs(dx), abs(dy), abs(dz)) == ring)


def _cell(place: Place) -> tuple[int, int, int] | None:
    """The cube in which a place lies."""
    if place.lat is None or place.lon is None:
        return None
    lat, lon = radians(place.lat), radians(place.lon)
    x, y, z = (EARTH_RADIUS_KM * part / CELL_KM for part in (cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)))
    return floor(x), floor(y), floor(z)
