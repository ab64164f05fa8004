"""Names of places compared, written anew for the proof: which spellings are one name, and which text holds a name."""

import re
import unicodedata
from functools import lru_cache

ARTICLES = {"al", "el", "an", "ar", "as", "ash", "at", "ad", "az", "the"}
_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼʿʾ\"“”")


@lru_cache(65536)
def plain(text: str) -> str:
    """A text without case and marks, spaces made single."""
    parts = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).casefold().split())


@lru_cache(65536)
def folded(name: str) -> str:
    """A name as it is compared: case, marks, hyphens, articles, ou/u and doubled letters make no difference."""
    words = re.findall(r"[^\W_]+", plain(name).translate(_APOSTROPHES))
    bare = [word for n, word in enumerate(words) if word not in ARTICLES or n == len(words) - 1]
    return " ".join(re.sub(r"([a-z])\1+", r"\1", word.replace("ou", "u")) for word in bare)


@lru_cache(65536)
def named_in(name: str, text: str) -> bool:
    """Whether a text holds a name as whole words, in the spelling given or in one that folds to the same."""
    short, whole = folded(name), folded(text)
    return bool(short) and f" {short} " in f" {whole} "


@lru_cache(65536)
def distance(one: str, other: str) -> int:
    """Least number of letters to insert, leave out, replace or swap with the next from one text to the other."""
    table = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            steps = [table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (a != b)]
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                steps.append(table[i - 2][j - 2] + 1)
            table[i][j] = min(steps)
    return table[-1][-1]


@lru_cache(131072)
def found_in(pattern: re.Pattern[str], text: str) -> str:
    """The first words of a text that a pattern matches, blank for none; kept, as texts come again and again."""
    found = pattern.search(text)
    return found[0] if found else ""
