"""Which came first? Two events, of which one definitely came before the other."""

from random import Random

from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.question import Facet, Mode, Option, Question, Shape

KIND = "first"
REACH_DAYS = 45
"""How far apart the two events are at most, in days."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask which of an event and another came first; the other is drawn among those before or after it."""
    if event.key not in chronicle.span:
        return Refusal("its order against others is not told plainly")
    near = [key for key in chronicle.around(event.key, REACH_DAYS) if key != event.key]
    before = [key for key in near if chronicle.precede(key, event.key)]
    after = [key for key in near if key not in before]
    sides = [side for side in (before, after) if side]
    if not sides:
        return Refusal("nothing near it in time comes definitely before or after it")
    other = rng.choice(rng.choice(sides))
    earlier, later = (other, event.key) if other in before else (event.key, other)
    # The position on the page is drawn anew: were it sorted by text, one opening word could stand for 'earlier'.
    chosen = rng.sample([earlier, later], 2)
    return Question(
        id=f"{KIND}/{event.key}/{other}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.SEQUENCE,
        mode=Mode.PLAIN,
        events=(event.key, other),
        stem="Which of these two came first?",
        options=tuple(Option(capital(chronicle.texts[key]), chronicle.story_line(key), event=key) for key in chosen),
        key=(chosen.index(earlier),),
        key_text=capital(chronicle.texts[earlier]),
        explanation=_why(chronicle, earlier, later),
        citations=chronicle.citations(c for key in (earlier, later) for c in chronicle.events[key].claims),
        sensitive=any(chronicle.events[key].sensitive for key in chosen),
    )


def _why(chronicle: Chronicle, earlier: str, later: str) -> str:
    low, high = chronicle.span[later][0], chronicle.span[earlier][1]
    if low is None or high >= low:
        return "Their dates alone do not settle it; a document states their order in words."
    return f"The earlier: {chronicle.date_words(earlier)}. The later: {chronicle.date_words(later)}."
