"""How an event is told in a question of order: plainly, on whose word, or not at all."""

import re
from calendar import day_name, month_name

from quiz.questions.asking import Agreement, asking, date_agreement, tellers
from quiz.questions.facts import EventFact, Refusal

TELLING = re.compile(
    r"\b(re-?(captur|tak|took|open|gain|enter|join|new)\w*|again|first|second|third|last|final\w*|another|"
    r"also|still|beg[au]n|start\w*|end(ed|ing)?|continu\w*|resum\w*|remain\w*|further|more|after|before|since|"
    r"follow\w*|open(ed|ing)|outset|broke out|went on|remnants?|until|already|earlier|later|then|"
    r"renew\w*|complet\w*|previous\w*|next)\b",
    re.IGNORECASE,
)
"""Words that tell where in a story an event stands, so that order could be read off them."""
DATED = re.compile(rf"\b({'|'.join((*month_name[1:], *day_name))})\b")
"""Names of months and days of the week: a text that holds one tells its own date."""


def lead(event: EventFact, text: str, *, doubled: bool) -> str | Refusal:
    """The words that attribute an event in a question of order, blank if it is told plainly; or why it is in none.

    Where the claims of an attributed event give different dates, all who date it are named: the word of one of them
    would settle what they do not settle together.
    """
    dated = [claim for claim in event.claims if claim.interval]
    how = asking(event, dated) if dated else Refusal("no claim dates it")
    if isinstance(how, Refusal):
        return how
    if doubled:
        return Refusal("its clause points to two events")
    if event.counts_the_dead:
        return Refusal("it counts the dead or lays a killing on somebody: such events are not put in order")
    if TELLING.search(text) or DATED.search(text):
        return Refusal("its wording tells where in the story it stands")
    if how.lead and date_agreement(dated) is Agreement.DISPUTED:
        names = list(dict.fromkeys(claim.said_by for claim in tellers(dated)))
        return f"According to {listed(names)}"
    return how.lead


def listed(names: list[str]) -> str:
    """Names as a sentence holds them: one, one and another, or with commas before the last."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
