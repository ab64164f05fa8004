"""Who reports this? Which of some documents tells of an event, or on whose word one of them does."""

from calendar import month_name
from collections.abc import Iterator, Sequence
from random import Random

from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from quiz.questions.stems import refused_stem
from quiz.questions.witnesses import Telling

KIND = "who-reports"
LOOKED_AT = 20
"""Among how many events on a voice's word the one is chosen that is told of it."""


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the document that reports it, or for the voice on whose word a document does.

    What one document or voice tells alone is asked more seldom the more it tells, so that none is right more often
    than those beside it.
    """
    ways = _ways(chronicle, event)
    if isinstance(ways, Refusal):
        return ways
    way = rng.choice(ways)
    drawn = chronicle.witnesses.sets[way.document].draw(way.case, rng)
    if drawn is None:
        return Refusal("each document and voice is to be right equally often", by_chance=True)
    return _build(chronicle, event, way, drawn.key, drawn.names)


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """The right answer beside each wrong one that may stand with it, for each way to ask."""
    ways = _ways(chronicle, event)
    for way in ways if not isinstance(ways, Refusal) else ():
        shares = chronicle.witnesses.sets[way.document].shares(way.case)
        beside = {(share.key, name): share.names for share in shares for name in share.names if name != share.key}
        for (key, wrong), names in beside.items():
            made = _build(chronicle, event, way, key, [name for name in names if name in (key, wrong)])
            if isinstance(made, Question):
                yield made


def _ways(chronicle: Chronicle, event: EventFact) -> tuple[Telling, ...] | Refusal:
    ways = chronicle.witnesses.ways[event.key]
    if isinstance(ways, Refusal):
        return ways
    if event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    if not any(chronicle.witnesses.sets[way.document].shares(way.case) for way in ways):
        return Refusal("too few documents say nothing of it")
    return ways


def _build(chronicle: Chronicle, event: EventFact, way: Telling, key: str, names: Sequence[str]) -> Question | Refusal:
    witnesses, document = chronicle.witnesses, way.document or key
    behind = [claim for claim in event.claims if claim.source == document and claim.vouches]
    text, stem = chronicle.texts[event.key], _stem(chronicle, event, way, behind)
    if refused := refused_stem(stem):
        return refused
    return Question(
        id=f"{KIND}/{event.key}" + (f"/{document}" if way.document else ""),
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.SOURCE,
        mode=Mode.ATTRIBUTED,
        events=(event.key,),
        stem=stem,
        options=tuple(_option(chronicle, event, way, name, behind, right=name == key) for name in names),
        key=(list(names).index(key),),
        key_text=capital(witnesses.names[key]),
        explanation=f"{capital(witnesses.names[document])} reports{_on_word(behind)} that {text}. {_where(behind)}",
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def _stem(chronicle: Chronicle, event: EventFact, way: Telling, behind: list[ClaimFact]) -> str:
    text = chronicle.texts[event.key]
    if way.document:
        return f"On whose word does {chronicle.witnesses.names[way.document]} report that {text}?"
    return f"Which of these documents reports{_on_word(behind)} that {text}?"


def _on_word(behind: list[ClaimFact]) -> str:
    """Whom a document names for what it does not say itself, set off by commas; blank where it says it itself."""
    voices = sorted({claim.voice_name for claim in behind})
    return "" if "" in voices or not voices else f", on the word of {' and of '.join(voices)},"


def _where(behind: list[ClaimFact]) -> str:
    places = dict.fromkeys(at for claim in behind for at in claim.locators)
    return f"Where it stands: {'; '.join(places)}." if places else ""


def _option(
    chronicle: Chronicle, event: EventFact, way: Telling, name: str, behind: list[ClaimFact], *, right: bool
) -> Option:
    """A document or a voice; a wrong one with what it does tell."""
    text = capital(chronicle.witnesses.names[name])
    if right:
        return Option(
            text,
            f"It reports this. {_where(behind)}" if not way.document else _where(behind),
            event=event.key,
            witness=name,
        )
    if not way.document:
        return Option(text, _scope(chronicle, name), witness=name)
    told = chronicle.witnesses.told_by[name][:LOOKED_AT]
    if not told:
        return Option(text, "It is quoted on other events.", witness=name)
    other = chronicle.most_telling(told)
    said = f"according to {chronicle.witnesses.names[name]}, {chronicle.texts[other]}"
    return Option(text, f"Quoted elsewhere: {said}.", event=other, witness=name)


def _scope(chronicle: Chronicle, document: str) -> str:
    """That a document is silent on the event, and which months it tells of: some of its dates are months only."""
    nothing, days = "It does not report this.", chronicle.witnesses.days.get(document)
    if not days:
        return nothing
    first, last = (f"{month_name[day.month]} {day.year}" for day in days)
    reach = f"All that it dates is of {first}" if first == last else f"Its dates run from {first} to {last}"
    return f"{nothing} {reach}."
