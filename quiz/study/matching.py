"""Words sought in texts: each by its beginning, through case, marks, spellings and Arabic letter forms."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from quiz.gazetteer import bare, fold

# A word as it stands in a text: letters and digits with all marks and signs that folding takes away.
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670ـ'`´’‘ʹʼʽʻʾʿˈ\u00ad\u200b-\u200f])+")
_EDGE = "'`´’‘ʹʼʽʻʾʿˈ"
_POSSESSIVE = re.compile("['’]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: what was sought (`hit`), or what stands between."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Form:
    """A word in the two forms in which it is compared: as names are, and letter by letter, as it is being typed."""

    folded: str
    bare: str

    def begins(self, word: "Form") -> bool:
        """Whether a word begins so; a number must be the whole of it."""
        if self.bare.isdigit():
            return self.bare == word.bare
        return word.folded.startswith(self.folded) or word.bare.startswith(self.bare)


@lru_cache(2**14)
def form(word: str) -> Form:
    """The form of one word; of a possessive, that of the word itself."""
    word = _POSSESSIVE.sub("", word)
    return Form(fold(word), bare(word))


def forms(text: str) -> list[Form]:
    """The words of a text, in its order."""
    return [form(found) for found in _WORD.findall(text) if bare(found)]


def sought(query: str) -> tuple[Form, ...]:
    """The words that a query asks for, each once, without the articles in names: al-Nusra is Nusra."""
    words = forms(query)
    articles = {n for n, (one, after) in enumerate(pairwise(words)) if _is_article(one, after)}
    return tuple(dict.fromkeys(word for n, word in enumerate(words) if n not in articles))


def _is_article(word: Form, following: Form) -> bool:
    return len(fold(f"{word.bare} {following.bare}").split()) == 1


def pieces(text: str, words: Sequence[Form]) -> tuple[Piece, ...]:
    """A text taken apart at what was sought in it; its pieces put together are the text."""
    found, done = [], 0
    for match in _WORD.finditer(text):
        whole = match[0]
        here = form(whole)
        if here.bare and any(word.begins(here) for word in words):
            start = match.start() + len(whole) - len(whole.lstrip(_EDGE))
            end = match.start() + len(_POSSESSIVE.sub("", whole).rstrip(_EDGE))
            found += [Piece(text[done:start], hit=False), Piece(text[start:end], hit=True)]
            done = end
    return tuple(piece for piece in (*found, Piece(text[done:], hit=False)) if piece.text)


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: its key, and its texts in ranks, those that count most first."""

    key: str
    ranks: tuple[tuple[str, ...], ...]


class Shelf:
    """Documents with an index of their words."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Index the documents; those that match a query equally well are found in the order given."""
        self.documents = tuple(documents)
        self._names = [frozenset(fold(name) for name in one.ranks[0]) for one in self.documents]
        self._holding: dict[Form, dict[int, int]] = defaultdict(dict)
        for number, one in enumerate(self.documents):
            for rank, texts in enumerate(one.ranks):
                for word in {form for text in texts for form in forms(text)}:
                    self._holding[word].setdefault(number, rank)

    def find(self, query: str) -> list[str]:
        """Keys of the documents that hold all words of a query, best first; none for a query without words.

        Best is one whose name is the query, then one that holds the words in texts that count more.
        """
        words = sought(query)
        worst: dict[int, int] = {}
        for n, word in enumerate(words):
            held = self._held(word)
            worst = {
                number: max(rank, worst.get(number, 0)) for number, rank in held.items() if not n or number in worst
            }
        whole = fold(query)
        ranked = sorted((-1 if whole in self._names[number] else rank, number) for number, rank in worst.items())
        return [self.documents[number].key for _, number in ranked]

    def _held(self, word: Form) -> dict[int, int]:
        """The documents with a word that begins so, each with the best of its ranks that hold one."""
        held: dict[int, int] = {}
        for form_, numbers in self._holding.items():
            if word.begins(form_):
                for number, rank in numbers.items():
                    held[number] = min(rank, held.get(number, rank))
        return held
