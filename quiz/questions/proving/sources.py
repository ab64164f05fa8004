"""What is right where the documents themselves are asked about: here silence counts."""

from collections.abc import Iterator

from quiz.questions.facts import ClaimFact
from quiz.questions.proving.days import days_of, teller
from quiz.questions.proving.folding import folded, plain
from quiz.questions.proving.world import World
from quiz.questions.question import Mode, Question

NO_SOURCE = "asks for no source"
GENERAL = {"a", "an", "the", "of", "in", "for", "source", "sources", "commander", "unnamed", "and", "s", "to", "with"}
"""Words that say nothing of who somebody is."""


def asks_documents(world: World, question: Question) -> bool:
    """Whether the answers are documents, rather than those on whose word a document tells something."""
    return all(option.witness in world.titles for option in question.options)


def reporting(world: World, question: Question) -> set[str]:
    """Witnesses that give it: documents with any claim on it, or those on whose word the document named tells it."""
    claims = [c for event in world.whole(world.events[question.event]) for c in event.claims]
    if asks_documents(world, question):
        return {c.source for c in claims}
    return {c.voice for c in claims if c.voice and plain(c.source_name) in plain(question.stem)}


def right_witnesses(world: World, question: Question) -> list[int]:
    """Options that stand for a witness that gives it."""
    right = reporting(world, question)
    return [n for n, option in enumerate(question.options) if option.witness in right]


def witnesses_known(world: World, question: Question, _whole: bool) -> Iterator[str]:
    names = world.titles if asks_documents(world, question) else world.voices
    for option in question.options:
        if option.witness not in names or plain(names[option.witness]) != plain(option.text):
            yield f"an option that is not the witness it stands for: {option.text}"


def silent(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """No wrong witness says anything of it, of what is perhaps the same, or of an act like it at that place then."""
    spoken = _spoken(world, question.event)
    wrong = [option.witness for n, option in enumerate(question.options) if n not in question.key]
    yield from (f"it says so too: {witness}" for witness in wrong if witness in spoken)


def _spoken(world: World, key: str) -> set[str]:
    event = world.events[key]
    near = [
        other
        for other in world.alike(event)
        if other.kind == event.kind
        and other.every_place & event.every_place
        and not world.days[other.key].isdisjoint(world.days[key])
    ]
    claims: list[ClaimFact] = [c for one in (*world.whole(event), *near) for c in one.claims]
    return {c.source for c in claims} | {c.voice for c in claims}


def no_part_of_another(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """No option includes another: 'the Syrian Army' beside 'a Syrian Army source'."""
    named = [(option.text, set(folded(option.text).split()) - GENERAL) for option in question.options]
    if asks_documents(world, question):
        return
    for n, (one, words) in enumerate(named):
        for other, others in named[n + 1 :]:
            if words <= others or others <= words:
                yield f"one may include the other: {one}, {other}"


def not_named(world: World, question: Question, _whole: bool) -> Iterator[str]:
    stem = plain(question.stem)
    for n in question.key:
        if plain(question.options[n].text) in stem:
            yield f"the key is named: {question.options[n].text}"


def differ(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """What date a source gives is asked only where sources differ."""
    events = world.whole(world.events[question.event])
    given = {days_of(c.interval) for event in events for c in event.claims if c.interval}
    if len(given) < 2:
        yield "all sources give one date"


def source_mode(world: World, question: Question) -> Mode:
    """What date a source gives is not settled where claims contradict each other, or it is perhaps another event."""
    about = world.about(question.event)
    if question.kind == "source-date":
        return Mode.DISPUTED if about.disputed_date or about.event.twins else Mode.ATTRIBUTED
    return Mode.ATTRIBUTED


def names_its_source(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """The stem names one whose claim dates the event."""
    tellers = {teller(c) for c in world.about(question.event).dated}
    if not any(question.stem.startswith(f"According to {name}, ") for name in tellers):
        yield "the stem names nobody who dates it"
