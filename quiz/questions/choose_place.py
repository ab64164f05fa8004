"""Choose the place: three or four places near each other, of which one is right."""

from quiz.questions.balance import Rules
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import EventFact, Refusal
from quiz.questions.near_places import within_reach, wrong_places
from quiz.questions.place_choices import Asked, PlaceChoice, by_name_and_length, place_option
from quiz.questions.place_stems import may_ask_place, stem_date
from quiz.questions.question import Shape

KIND = "choose-place"
MOST_WRONG, LEAST_WRONG = 3, 2


def _asked(chronicle: Chronicle, event: EventFact) -> Asked | Refusal:
    how = may_ask_place(chronicle, event)
    if isinstance(how, Refusal):
        return how
    wrong = wrong_places(chronicle, event, how.place, dated=bool(stem_date(chronicle, event)))
    if len(wrong) < LEAST_WRONG:
        return Refusal("too few places of its kind are excluded by what is said of it")
    return how, wrong


def _rules(chronicle: Chronicle) -> Rules:
    return Rules(lambda one, other: within_reach(chronicle, one, other), by_name_and_length(chronicle))


_CHOICE = PlaceChoice(KIND, Shape.CHOICE, MOST_WRONG, LEAST_WRONG, _asked, _rules, place_option)
make, pairs = _CHOICE.make, _CHOICE.pairs
