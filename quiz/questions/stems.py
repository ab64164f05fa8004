"""The wording that kinds of questions share."""

import re

from quiz.chronology import Precision, day_in_words, in_words, span_in_words
from quiz.gazetteer import fold
from quiz.questions.asking import Asking, DateAsking
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.leads import listed
from quiz.questions.placeless import SLOT

LONGEST_STEM = 220
WORDS_WITHOUT_DATE = 9


def attributed(how: Asking, text: str) -> str:
    """A text that starts in lower case, with the words that say on whose word it stands, as a sentence."""
    return capital(f"{how.lead}, {text}" if how.lead else text)


def opening_date(how: DateAsking) -> str:
    """The date as it opens a sentence: 'on 19 November 2013', 'between 15 and 17 November 2013', 'in July 2014'."""
    match how.interval.precision:
        case Precision.DAY:
            return f"on {day_in_words(how.first)}"
        case Precision.APPROXIMATE | Precision.MONTH:
            return in_words(how.interval)
        case Precision.SPAN:
            return f"from {span_in_words(how.first, how.last, 'to')}"
        case _:
            return f"between {span_in_words(how.first, how.last, 'and')}"


def stands_alone(event: EventFact) -> bool:
    """Whether a clause says enough to be asked without a date: a short one could be true of other places as well."""
    return len(event.clause.replace(SLOT, "").split()) >= WORDS_WITHOUT_DATE


def leaves_slot_alone(event: EventFact) -> bool:
    """Whether the slot can be asked for: a name that goes on after it ('{place} region') would read badly."""
    return not re.search(rf"{re.escape(SLOT)}(?: region| area| front|[’']s?\b| [A-Z])", event.clause)


def names_itself(chronicle: Chronicle, place: str, stem: str) -> bool:
    """Whether a stem holds a spelling of the place it asks for, or the telling word of its name."""
    folded = f" {fold(stem)} "
    return any(f" {fold(name)} " in folded for name in chronicle.gazetteer[place].names)


def number_tells(stem: str, day: int) -> bool:
    """Whether a stem holds the day of the month it asks for as a number."""
    return str(day) in re.findall(r"\d+", stem)


def why(chronicle: Chronicle, key: str, how: Asking, *, dated: bool) -> str:
    """One sentence with the answer, one on how it is known: who says it, and whether witnesses agree."""
    text = chronicle.texts[key] + (f" ({chronicle.date_words(key)})" if dated else "")
    documents = list(dict.fromkeys(claim.source_name for claim in how.claims))
    witnesses = {claim.witness for claim in how.claims}
    if len(documents) == 1 and how.lead.endswith(documents[0]):
        return f"{attributed(how, text)}."
    known = f"{listed(documents)} {'give' if len(documents) > 1 else 'gives'} this"
    if len(documents) > 1 and len(witnesses) == 1:
        known += "; they share their text or their source, so they count as one witness"
    elif len(documents) > 1:
        known += f"; they are {len(witnesses)} separate witnesses"
    return f"{attributed(how, text)}. {capital(known)}."


def refused_stem(stem: str) -> Refusal | None:
    """Refuse a stem that is too long to be read at a glance, or that asks twice."""
    if len(stem) > LONGEST_STEM:
        return Refusal("its stem would be too long")
    return Refusal("its stem holds more than one question") if stem.count("?") != 1 else None
