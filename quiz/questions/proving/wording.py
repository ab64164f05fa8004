"""The group *Neutral wording*: no side's words, nobody's dead as a riddle, and a warning where one is due."""

import re
from collections.abc import Iterator

from quiz.questions.proving.folding import found_in, plain
from quiz.questions.proving.world import World
from quiz.questions.question import Question

LOADED = re.compile(
    r"\b(massacre\w*|slaughter\w*|butcher\w*|carnage|bloodbath|terroris\w*|terror|regime\w*|martyr\w*|liberat\w*|"
    r"thugs?|infidels?|apostates?|heretics?|takfiri\w*|cleans(?:e|ed|ing)|purg(?:e|ed|ing)|exterminat\w*|"
    r"eradicat\w*|annihilat\w*|neutrali[sz]\w*|liquidat\w*|barbar\w*|savage\w*|hero(?:es|ic|ically|ism)?|coward\w*|"
    r"brutal\w*|ruthless\w*|vicious\w*|hordes?|puppets?|mercenar\w*|fanatic\w*|extremis\w*|evil|wicked|glorious\w*|"
    r"treacher\w*|traitors?|vermin|rats|dogs|scum|gangs?|gangsters?|bandits?|criminals?|atrocit\w*|genocid\w*|"
    r"murder\w*|assassinat\w*|invaders?|crusaders?|occupiers?|zionis\w*|fell into the hands|fled in panic|routed)\b",
    re.IGNORECASE,
)
"""Words that take a side: for their enemies, for one's own, for killing."""
VERBS = re.compile(
    r"\b(overran|overrun|conquer\w*|invad(?:e|ed|ing)|ran away|flee(?:s|ing)?|admitted|boasted|brag\w*|confess\w*|"
    r"alleg\w*|purported\w*|infiltrat\w*|usurp\w*|storm(?:ed)? back|fell to)\b",
    re.IGNORECASE,
)
"""Verbs that would be said of one side only; for all it is captured, withdrew, entered, said."""
FIGURE = re.compile(
    r"\bhow (?:many|much|large|high|often)\b|\b(?:what|which) (?:number|share|figure|percentage|toll)\b",
    re.IGNORECASE,
)
BLAME = re.compile(
    r"\bwho (?:killed|executed|shot|bombed|shelled|massacred|is to blame|was (?:to blame|responsible|behind))\b|"
    r"\b(?:whose (?:fault|doing)|which side|by whom)\b",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"(?:about |at least |up to |over )?[\d,.]+(?: ?(?:[–-]|to) ?[\d,.]+)?(?: per cent| ?%)?\.?")
LED = re.compile(r"(?:\baccording to\b|\bon the word of\b|\bon whose word\b)", re.IGNORECASE)


PARTS = re.compile(r"(?<=[.?!;])\s+")


def shown(question: Question) -> Iterator[str]:
    """Everything that is told in the site's own words, before and after the answer; sentence by sentence."""
    notes = (option.note for option in question.options)
    options = (option.text for option in question.options)
    for text in (question.stem, question.key_text, question.explanation, *options, *notes):
        yield from PARTS.split(text)


def no_loaded_word(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    for sentence in shown(question):
        if (found := found_in(LOADED, sentence)) and not LED.search(sentence):
            yield f"a loaded word: {found}"


def same_verbs(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    for sentence in shown(question):
        if (found := found_in(VERBS, sentence)) and not LED.search(sentence):
            yield f"a verb of one side: {found}"


def figure_never_asked(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    if FIGURE.search(question.stem):
        yield "a figure is asked for"
    if any(BARE_NUMBER.fullmatch(option.text) for option in question.options):
        yield "a figure is an option"


def blame_never_asked(_world: World, question: Question, _whole: bool) -> Iterator[str]:
    if BLAME.search(question.stem):
        yield "blame is asked for"


def with_whose_word(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """What counts the dead or lays blame is told on somebody's word, in the stem and in every option."""
    texts = [question.stem, *(option.text for option in question.options)]
    for key in {question.event, *(option.event for option in question.options)} - {""}:
        about = world.about(key)
        told = world.text(about.event)
        for text in texts if about.blames else ():
            if told in plain(text) and not LED.search(text) and not re.search(r"\breports?\b", text):
                yield f"nobody's word is given: {key}"


def content_note(world: World, question: Question, _whole: bool) -> Iterator[str]:
    shown_events = {question.event, *question.events}
    if question.kind in {"first", "order", "insert", "next", "settled", "happened-here"}:
        shown_events |= {option.event for option in question.options} - {""}
    if question.sensitive != any(world.events[key].sensitive for key in shown_events):
        yield (
            "a content note without need" if question.sensitive else "no content note before a killing or an abduction"
        )


def no_killing_unannounced(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """Where no note came before the question, no killing is told after it either."""
    if question.sensitive:
        return
    for option in question.options:
        event = world.events.get(option.event)
        if event is not None and event.sensitive and world.text(event) in plain(option.note):
            yield f"a killing in a note: {option.event}"
