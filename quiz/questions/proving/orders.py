"""The group *Order*: what is right where an order is asked, and what must not give it away."""

import re
from collections.abc import Iterator
from itertools import combinations

from quiz.questions.proving.days import MONTHS, WEEKDAYS
from quiz.questions.proving.folding import found_in, plain
from quiz.questions.proving.places import WIDE
from quiz.questions.proving.precedence import (
    comes_first,
    intervals,
    perhaps_one,
    reversed_weakly,
    source_wise,
    strictly_before,
)
from quiz.questions.proving.verdicts import Skipped
from quiz.questions.proving.world import World
from quiz.questions.question import Mode, Question, Shape

NO_ORDER = "asks for no order"
TELLING = re.compile(
    r"\b(again|second|third|first|last|final|another|also|still|re-?(?:captured|took|taken|taking|opened|gained|"
    r"entered|joined)|began|begun|started|ended|continued|resumed|remaining|further|later|earlier|then|next|until|"
    r"already|previously|afterwards?|before|after|since)\b",
    re.IGNORECASE,
)
DATE = re.compile(rf"\b(?:{'|'.join((*MONTHS, *WEEKDAYS))})\b|\b\d{{4}}\b")
QUOTED = re.compile(r"“[^”]*”")
"""A title in quotation marks, which may hold the years that its document is of."""
STEPS = {"advance", "attack", "capture", "clash", "deployment", "entry", "forecast", "repulse", "shelling"}
"""Kinds of events that lead up to each other in a fight for a place."""
UNSETTLED = 2
"""The index of 'not settled', which stands after the two events."""


# --- Right answers ------------------------------------------------------------------------------


def keys_of(question: Question) -> list[str]:
    """The events that the options stand for."""
    return [option.event for option in question.options]


def right_first(world: World, question: Question) -> list[int]:
    """Of two events the one that came first."""
    if len(question.options) != 2:
        return []
    one, other = keys_of(question)
    return [n for n, pair in enumerate(((one, other), (other, one))) if comes_first(world, question, *pair)]


def right_settled(world: World, question: Question) -> list[int]:
    """The event that came first, else that nothing settles it, if both are dated."""
    one, other = keys_of(question)[:UNSETTLED]
    found = [n for n, pair in enumerate(((one, other), (other, one))) if comes_first(world, question, *pair)]
    if found:
        return found
    dated = intervals(world, one) and intervals(world, other)
    left_open = not perhaps_one(world, one, other) and not any(
        source_wise(world, *pair) or pair[1] in world.followers.get(pair[0], ())
        for pair in ((one, other), (other, one))
    )
    return [UNSETTLED] if dated and left_open else []


def right_next(world: World, question: Question) -> list[int]:
    """The event that came after the asked one, and before all others that did."""
    keys = keys_of(question)
    after = [n for n, key in enumerate(keys) if strictly_before(world, question.event, key)]
    before = [n for n, key in enumerate(keys) if strictly_before(world, key, question.event)]
    if sorted(after + before) != list(range(len(keys))):
        return []
    return [n for n in after if all(strictly_before(world, keys[n], keys[m]) for m in after if m != n)]


def right_gap(world: World, question: Question) -> list[int]:
    """The gaps before which all came earlier, and after which all came later."""
    keys, event = keys_of(question), question.event
    if not all(strictly_before(world, a, b) for a, b in combinations(keys, 2)):
        return []
    return [
        gap
        for gap in range(len(keys) + 1)
        if all(strictly_before(world, key, event) for key in keys[:gap])
        and all(strictly_before(world, event, key) for key in keys[gap:])
    ]


def right_order(world: World, question: Question) -> list[int]:
    """The order in which every pair is strict; empty where there is none."""
    keys = keys_of(question)
    rank = {key: sum(strictly_before(world, other, key) for other in keys) for key in keys}
    order = sorted(range(len(keys)), key=lambda n: rank[keys[n]])
    strict = all(strictly_before(world, keys[a], keys[b]) for a, b in combinations(order, 2))
    return order if strict else []


# --- Properties ---------------------------------------------------------------------------------


def claimed(world: World, question: Question) -> list[tuple[str, str]]:
    """Pairs (earlier, later) as the key has them; two wrong ones of what came next are never compared."""
    keys, event, at = keys_of(question), question.event, question.key[0]
    match question.kind:
        case "order":
            return list(combinations([keys[n] for n in question.key], 2))
        case "insert":
            return list(combinations([*keys[:at], event, *keys[at:]], 2))
        case "next":
            right, wrong = keys[at], [key for n, key in enumerate(keys) if n != at]
            before = {key for key in wrong if strictly_before(world, key, event)}
            return [(event, right), *((key, event) if key in before else (right, key) for key in wrong)]
        case _:
            return [(keys[at], keys[1 - at])] if at < UNSETTLED else []


SETTLED_BY_NOTHING = Skipped("its answer is that nothing settles it")


def every_pair(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    pairs = claimed(world, question)
    bad = [(a, b) for a, b in pairs if not comes_first(world, question, a, b) or comes_first(world, question, b, a)]
    return [f"not strictly in order: {a}, {b}" for a, b in bad] if pairs else SETTLED_BY_NOTHING


def none_reversed(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    pairs = claimed(world, question)
    return (
        [f"a weak claim reverses it: {a}, {b}" for a, b in pairs if reversed_weakly(world, a, b)]
        if pairs
        else SETTLED_BY_NOTHING
    )


def not_steps(world: World, question: Question, _whole: bool) -> Iterator[str]:
    pairs = claimed(world, question) or [(question.events[0], question.events[1])]
    for one, other in pairs:
        a, b = world.events[one], world.events[other]
        if a.slot and b.slot and world.overlaps(a.slot, b.slot) and {a.kind, b.kind} <= STEPS:
            yield f"steps of one fight: {one}, {other}"


def start_mixed(world: World, question: Question, whole: bool) -> list[str] | Skipped:
    if not whole:
        return Skipped("of two events alone, one order is right and the other one swap away")
    moved = sum(place != n for n, place in enumerate(question.key))
    return ["the start is right or one swap away"] if moved <= 2 else []


def no_telling(world: World, question: Question, _whole: bool) -> Iterator[str]:
    texts = [option.text for option in question.options if option.event]
    if question.kind in {"insert", "next"}:
        texts.append(world.text(world.events[question.event]))
    for text in texts:
        if found := found_in(TELLING, text):
            yield f"a word that tells the order: {found}"


def no_date_told(world: World, question: Question, _whole: bool) -> Iterator[str]:
    for text in (question.stem, *(option.text for option in question.options)):
        if found := found_in(DATE, QUOTED.sub("", text)):
            yield f"a date: {found}"


def events_shown(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """The options are the events that the answer tells of."""
    keys = [key for key in keys_of(question) if key]
    expected = set(question.events) - ({question.event} if question.kind in {"insert", "next"} else set())
    if len(set(keys)) != len(keys) or not expected <= set(keys) or (question.kind != "next" and expected != set(keys)):
        yield "options that are not the events"
    if question.kind == "settled" and (len(question.options) != UNSETTLED + 1 or question.options[UNSETTLED].event):
        yield "no answer 'not settled' after the two events"


def told_once(world: World, question: Question, _whole: bool) -> Iterator[str]:
    """Each option tells one event in its own text, with its lead where it stands on somebody's word alone."""
    shown = [(option.event, option.text) for option in question.options if option.event]
    if question.kind in {"insert", "next"}:
        shown.append((question.event, question.stem))
    for key, text in shown:
        about = world.about(key)
        told = world.text(about.event)
        led = about.is_led(plain(text), told)
        if about.event.told_only:
            yield f"a state, a fear or an evaluation is asked: {key}"
        if led != about.voiced_order:
            yield f"{'attributed without need' if led else 'not attributed'}: {key}"


def voiced_mode(world: World, question: Question) -> Mode:
    """The mode that the events and the stem call for."""
    if question.shape is Shape.CHOICE and question.kind == "settled" and question.key == (UNSETTLED,):
        return Mode.DISPUTED
    keys = {*keys_of(question), *((question.event,) if question.kind in {"insert", "next"} else ())} - {""}
    attributed = question.stem.startswith("According to ") or any(world.about(key).voiced_order for key in keys)
    return Mode.ATTRIBUTED if attributed else Mode.PLAIN


def not_at_one_place(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    """Of two events at one place one leads to the other: that nothing settles their order is not to be asked."""
    if question.key != (UNSETTLED,):
        return Skipped("its order is settled")
    one, other = keys_of(question)[:UNSETTLED]
    a, b = world.events[one], world.events[other]
    shared = {p for p in a.every_place & b.every_place if world.places[p].kind not in WIDE}
    return [f"at one place: {', '.join(sorted(shared))}"] if shared else []


HOURS = re.compile(r"\b(dawn|morning|noon|midday|afternoon|dusk|evening|midnight|night|early|late|hours?)\b")


def no_hours(world: World, question: Question, _whole: bool) -> list[str] | Skipped:
    """Of events of one day the hours may tell the order, where claims or texts give any."""
    if question.key != (UNSETTLED,):
        return Skipped("its order is settled")
    told = [
        (key, text)
        for key in keys_of(question)[:UNSETTLED]
        for text in (world.events[key].clause, *(c.sentence for c in world.events[key].claims))
    ]
    same_day = len(world.days[told[0][0]] | world.days[told[-1][0]]) == 1
    return [f"an hour is told: {key}, {text}" for key, text in told if same_day and found_in(HOURS, text)]
