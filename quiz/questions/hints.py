"""Hints: what may be told of a question before it is answered, step by step, each true and none of them the answer.

- One of several chosen: each step takes wrong answers away, half of those that stand beside the right one (rounded
  down, at least one), until two answers are left. Which go first is drawn by lot from the wrong ones alone, so that it
  tells nothing more: of three or four answers one goes at each step, of ten pins four, then two, one and one.
- An order: the earliest event, then the latest; of three the earliest only, as the latest would leave nothing to do.
- A day: the month, then ten days of it. Where any of several days is right, thirty and then ten days around them,
  drawn by lot, since a month, or a third of one, would tell more of days that lie across its edge.
- A place: where it lies and its first letter, then two letters and how long the name is.

How many steps there are follows from the shape and the number of answers alone: a page that offers them tells nothing.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import factorial
from random import Random

from quiz.chronology import day_in_words
from quiz.gazetteer import Gazetteer, Place, fold
from quiz.questions.question import Option, Question, Shape

MOST = 4
"""No question has more steps: so many leave two of ten answers."""
STRETCH, AROUND = 10, 30
"""How many days the second and the first step leave where any of several days is right."""
_ONE_DAY = timedelta(days=1)
_ARTICLE = re.compile(r"(?:the |an? |(?:al|el)[- ]|a(sh|th|dh|[dlnrstz])[- ](?=\1))", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Hint:
    """One step: what it says, and the indexes of the answers that it takes away (options, pins or gaps)."""

    text: str
    gone: tuple[int, ...] = ()


def hints(question: Question, rng: Random, gazetteer: Gazetteer | None = None) -> tuple[Hint, ...]:
    """All hints on a question, in the order in which they may be asked for; the same for the same chance.

    The gazetteer tells what a typed place lies in; without it, or where it no longer holds the place, nothing does.
    """
    match question.shape:
        case Shape.CHOICE | Shape.PIN | Shape.GAP:
            return _taken_away(question, rng)
        case Shape.ORDER:
            return _ends(question)
        case Shape.DAY:
            return _stretches(*question.accepted, rng)
        case Shape.PLACE:
            key = question.places[0]
            return _name(question.key_text, _above(gazetteer, key) if gazetteer and key in gazetteer else ())


def left(question: Question, steps: int) -> int:
    """Among how many answers is still chosen after so many steps: options or orders; 0 where the answer is typed."""
    if question.shape is Shape.ORDER:
        return factorial(len(question.options) - steps)
    wrong = question.choices - 1
    for _ in range(steps):
        wrong -= _going(wrong)
    return wrong + 1 if question.choices else 0


# --- One of several -----------------------------------------------------------------------------


def _going(wrong: int) -> int:
    """How many of so many wrong answers the next step takes away."""
    return wrong // 2


def _taken_away(question: Question, rng: Random) -> tuple[Hint, ...]:
    wrong = [n for n in range(question.choices) if n not in question.key]
    waiting = rng.sample(wrong, len(wrong))
    found: list[Hint] = []
    while going := _going(len(waiting)):
        gone = tuple(sorted(waiting[:going]))
        found.append(Hint(_not_right(question, gone), gone))
        waiting = waiting[going:]
    return tuple(found)


def _not_right(question: Question, gone: Sequence[int]) -> str:
    if question.shape is Shape.GAP:
        return f"It does not belong {_listed((_gap(question, n) for n in gone), 'or')}."
    told = _listed((_quoted(question.options[n]) for n in gone), "and")
    return f"{told} {'is' if len(gone) == 1 else 'are'} not the answer."


def _gap(question: Question, gap: int) -> str:
    """Where a gap is in the line; every question with gaps has a line of at least two events where it has hints."""
    if gap in {0, len(question.options)}:
        return f"{'after' if gap else 'before'} all of these"
    return f"right after {_quoted(question.options[gap - 1])}"


def _quoted(option: Option) -> str:
    """An option's text in quotation marks, with those in it as inner ones."""
    return f"“{option.text.replace('“', '‘').replace('”', '’')}”"


def _listed(parts: Iterable[str], joint: str) -> str:
    """'a', 'a and b', 'a, b and c'."""
    *first, last = parts
    return f"{', '.join(first)} {joint} {last}" if first else last


# --- An order -----------------------------------------------------------------------------------


def _ends(question: Question) -> tuple[Hint, ...]:
    """Every two events of an order are strictly ordered, so that one is the earliest and one the latest."""
    named = (("earliest", question.key[0]), ("latest", question.key[-1]))
    found = [Hint(f"The {which} of these events is {_quoted(question.options[n])}.") for which, n in named]
    return tuple(found[: max(0, len(question.key) - 2)])


# --- A day --------------------------------------------------------------------------------------


def _stretches(first: date, last: date, rng: Random) -> tuple[Hint, ...]:
    """The wider stretch and the narrower one within it. Their edges are told as days that lie outside of them."""
    if first == last:
        month = first.replace(day=1), first.replace(day=monthrange(first.year, first.month)[1])
        third = min((first.day - 1) // STRETCH, 2)
        begin = month[0] + third * STRETCH * _ONE_DAY
        narrow = begin, month[1] if third == 2 else begin + (STRETCH - 1) * _ONE_DAY
        return Hint(f"The day lies in {first:%B} {first.year}."), Hint(_within(*narrow))
    # Each place of the days in ten is as likely as any other, and each place of these ten in thirty.
    begin = first - rng.randrange(STRETCH - (last - first).days) * _ONE_DAY
    wide = begin - rng.randrange(AROUND // STRETCH) * STRETCH * _ONE_DAY
    found = (wide, wide + (AROUND - 1) * _ONE_DAY), (begin, begin + (STRETCH - 1) * _ONE_DAY)
    return tuple(Hint(_within(*stretch)) for stretch in found)


def _within(first: date, last: date) -> str:
    return f"The day lies after {day_in_words(first - _ONE_DAY)} and before {day_in_words(last + _ONE_DAY)}."


# --- A place ------------------------------------------------------------------------------------


def _above(gazetteer: Gazetteer, key: str) -> tuple[str, ...]:
    """What a place lies in: the nearest that does not bear its name, and the widest."""
    own = gazetteer.folds(key)
    lineage = [gazetteer[one] for one in gazetteer.lineage(key)[1:]]
    others = [place.name for place in lineage if not _bears(place, own)]
    return tuple(dict.fromkeys(others[:1] + others[-1:]))


def _bears(place: Place, folds: Iterable[str]) -> bool:
    """Whether a name of a place holds one of these names."""
    return any(f" {one} " in f" {fold(name)} " for name in place.names for one in folds)


def _name(name: str, above: Sequence[str]) -> tuple[Hint, ...]:
    """A name by its letters; articles are left out, as they make no difference in an answer."""
    words, articles = _words(name)
    whose = "Its usual name, without articles," if articles else "Its usual name"
    where = f"It lies in {', '.join(above)}. " if above else ""
    shown = words[0][: 2 if len("".join(words)) > 3 else 1]
    lengths = _listed((str(len(word)) for word in words), "and")
    sized = f"{lengths} letters" if len(words) == 1 else f"words of {lengths} letters"
    return (
        Hint(f"{where}{whose} begins with “{words[0][:1].upper()}”."),
        Hint(f"{whose} begins with “{shown[:1].upper()}{shown[1:]}” and has {sized}."),
    )


def _words(name: str) -> tuple[list[str], bool]:
    """The words of a name without articles, and whether there were any."""
    bare = re.sub(rf"(?<!\w){_ARTICLE.pattern}", "", name, flags=re.IGNORECASE)
    return _WORD.findall(bare), bare != name
