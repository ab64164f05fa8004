"""An independent judge of questions: it knows the claims and the places, and nothing of how questions are made.

Everything is worked out by brute force over single days and over names as they are written. Of the site's own code
it takes the plain values only (facts, places, questions): it imports neither makers nor distractors, nor the
functions that work out agreement, mode and accepted days.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import combinations
from math import asin, cos, hypot, radians, sin, sqrt

from quiz.chronology import Interval
from quiz.gazetteer import Place
from quiz.questions.facts import ClaimFact, EventFact
from quiz.questions.question import Option, Question

MONTHS = list(calendar.month_name)[1:]
WEEKDAYS = list(calendar.day_name)
LONG_AGO = date(2013, 1, 1)
"""Stands for 'no lower bound': earlier than everything that is told."""
KINDS_TOGETHER = (
    {"town", "village", "farms"},
    {"city"},
    {"quarter", "building", "site"},
    {"hill"},
    {"road"},
    {"valley", "plain"},
)
WIDE = {"country", "region", "mountains", "province", "district", "border"}
"""A place of these kinds holds so much that its mention says nothing of one village in it."""
TELLING = re.compile(
    r"\b(again|second|third|first|last|final|another|also|still|re-?(?:captured|took|taken|taking|opened|gained|"
    r"entered|joined)|began|begun|started|ended|continued|resumed|remaining|further|later|earlier|then|next|until|"
    r"already|previously|afterwards?|before|after|since)\b",
    re.IGNORECASE,
)
DEATH = {"killed", "killing", "death", "deaths", "dead", "died", "casualty", "casualties", "losses"}
RELATIVE = re.compile(
    r"\b(today|yesterday|tomorrow|tonight|the (next|following|previous|same) (day|night|week))\b", re.IGNORECASE
)
BADLY = re.compile(r"[{}]|  |\bthe the\b|\b(the|an?) which\b")
NONE_OF_THEM = re.compile(r"\b(all|none|both|neither) of (the above|these|them)\b", re.IGNORECASE)

Days = frozenset[date]


class World:
    """What is claimed, indexed for judging: events by key and by their text, places, stated orders."""

    def __init__(
        self, events: Iterable[EventFact], places: Iterable[Place], stated: Iterable[tuple[str, str]], first_day: date
    ) -> None:
        """Take the raw facts; `first_day` is the first day of any claim or phase."""
        self.events: Mapping[str, EventFact] = {event.key: event for event in events}
        self.places: Mapping[str, Place] = {place.key: place for place in places}
        self.by_name = {plain(place.name): place.key for place in self.places.values()}
        self.stated = set(stated)
        self.first_day = first_day

    @cached_property
    def followers(self) -> dict[str, set[str]]:
        """All events that come later by stated orders, step after step until nothing is added."""
        later: dict[str, set[str]] = {}
        for a, b in self.stated:
            later.setdefault(a, set()).add(b)
        growing = True
        while growing:
            growing = False
            for a, found in later.items():
                more = set().union(*(later.get(b, set()) for b in found)) - found
                growing = growing or bool(more)
                later[a] = found | more
        return later

    def text(self, event: EventFact) -> str:
        """The clause with the place in its slot."""
        name = self.places[event.slot].name if event.slot else ""
        return plain(event.clause.replace("{place}", name)).replace("the the ", "the ")

    @cached_property
    def by_text(self) -> dict[str, list[str]]:
        """Keys of the events that each text tells of."""
        told: dict[str, list[str]] = {}
        for event in self.events.values():
            told.setdefault(self.text(event), []).append(event.key)
        return told

    @cached_property
    def days(self) -> dict[str, Days]:
        """Every day that any claim of an event allows."""
        return {key: possible([event]) for key, event in self.events.items()}

    def above(self, key: str) -> set[str]:
        """All that a place lies in."""
        found: set[str] = set()
        parent = self.places[key].parent
        while parent is not None and parent not in found:
            found.add(parent)
            parent = self.places[parent].parent
        return found

    def overlaps(self, one: str, other: str) -> bool:
        """Whether two places are one, or one lies in the other."""
        return one == other or one in self.above(other) or other in self.above(one)


def plain(text: str) -> str:
    """A text without case and marks, spaces made single."""
    parts = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in parts if not unicodedata.combining(c)).casefold().split())


# --- Days ---------------------------------------------------------------------------------------


@cache
def days_of(interval: Interval) -> Days:
    """Every single day that an interval allows."""
    day, days = interval.earliest or LONG_AGO, []
    while day <= interval.latest:
        days.append(day)
        day += timedelta(days=1)
    return frozenset(days)


def possible(events: Iterable[EventFact]) -> Days:
    """Every day that any claim of the events allows, whoever claims it and however."""
    return frozenset().union(*(days_of(i) for event in events for i in event.intervals))


def common_days(claims: Iterable[ClaimFact]) -> Days:
    """The days that all dated ones of these claims allow; none where what lasted meets anything else."""
    spoken = [c.interval for c in claims if c.interval]
    lasting = {days_of(i) for i in spoken if i.lasted}
    if len(lasting) > 1 or (lasting and not all(i.lasted for i in spoken)):
        return frozenset()
    return frozenset.intersection(*map(days_of, spoken)) if spoken else frozenset()


def vouching(claims: Iterable[ClaimFact]) -> list[ClaimFact]:
    """The claims that say that it happened, and are not overtaken."""
    return [c for c in claims if c.stance in {"asserts", "reported", "unconfirmed"} and not c.overtaken]


def read_day(text: str) -> date:
    """A day as the options write it."""
    day, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


def read_option(text: str) -> tuple[date, date]:
    """First and last day of an option."""
    if len(text.split()) == 2:
        first = read_day(f"1 {text}")
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    if "–" not in text:
        return read_day(text), read_day(text)
    first, last = (part.strip() for part in text.split("–"))
    end = read_day(last)
    words = first.split()
    month = words[1] if len(words) > 1 else MONTHS[end.month - 1]
    year = words[2] if len(words) > 2 else str(end.year)
    return read_day(f"{words[0]} {month} {year}"), end


# --- Modes --------------------------------------------------------------------------------------


def must_attribute(event: EventFact, claims: list[ClaimFact]) -> bool:
    """Whether a facet that these claims carry stands on voices, on a box, in doubt, or on who counts the dead."""
    itself = any(c.stance == "asserts" and c.voice == "" and not c.infobox for c in vouching(claims))
    doubted = any(c.stance in {"doubts", "denies", "unconfirmed"} for c in event.claims)
    killing = event.sensitive and DEATH & set(re.findall(r"\w+", event.clause.casefold()))
    phase = re.search(r"\b(first|second|third) phase\b", event.clause, re.IGNORECASE)
    return bool(not itself or doubted or event.kind in {"killing", "execution", "casualties"} or killing or phase)


def must_attribute_date(event: EventFact) -> bool:
    """The same for the date, and where only a voice or a box narrows down what the texts themselves leave open."""
    dated = [c for c in event.claims if c.interval]
    itself = [c for c in vouching(dated) if c.stance == "asserts" and c.voice == "" and not c.infobox]
    return must_attribute(event, dated) or common_days(itself) != common_days(vouching(dated))


def speakers(event: EventFact, claims: list[ClaimFact], stem: str) -> list[ClaimFact]:
    """The claims that speak for the key: all that vouch, or those of the one whom the stem names."""
    voiced = vouching(claims)
    if not stem.startswith("According to "):
        return voiced
    return [c for c in voiced if stem.startswith(f"According to {c.voice_name or c.source_name}, ")]


def check_attribution(event: EventFact, claims: list[ClaimFact], question: Question) -> Iterator[str]:
    attributed = question.stem.startswith("According to ")
    needed = must_attribute_date(event) if question.facet == "date" else must_attribute(event, claims)
    if event.told_only:
        yield "a state is asked"
    if needed != attributed:
        yield "attributed without need" if attributed else "not attributed"
    if (question.mode == "attributed") != attributed:
        yield "the mode is not that of the stem"
    if not speakers(event, claims, question.stem):
        yield "nobody whom the stem names says so"


# --- What holds for every question ----------------------------------------------------------------


def check_all(world: World, question: Question) -> Iterator[str]:
    yield from check_stem(question.stem)
    texts = [option.text for option in question.options]
    if len({plain(text) for text in texts}) < len(texts) or not all(texts):
        yield "two options are one"
    if any(NONE_OF_THEM.search(text) for text in texts):
        yield "an option of options"
    if not question.citations or not all(c.locator and c.sentence for c in question.citations):
        yield "no citation"
    if not question.explanation or not question.key_text:
        yield "no explanation"
    if question.sensitive != any(world.events[key].sensitive for key in question.events):
        yield "the content note is wrong"
    cited = {c.sentence for key in question.events for c in world.events[key].claims}
    if {c.sentence for c in question.citations} != cited:
        yield "not all claims are cited"


def check_stem(stem: str) -> Iterator[str]:
    if stem.count("?") != 1 or not stem.endswith("?"):
        yield "not one question"
    if not 10 <= len(stem) <= 220:
        yield "length of the stem"
    if stem[0] != stem[0].upper() or BADLY.search(stem):
        yield "the stem reads badly"
    if RELATIVE.search(stem):
        yield "a relative date in the stem"


# --- Dates ---------------------------------------------------------------------------------------


def right_days(event: EventFact, claims: list[ClaimFact], stem: str) -> Days:
    """The days common to all claims that speak for the key."""
    return common_days(speakers(event, claims, stem))


def check_dispute(event: EventFact, claims: list[ClaimFact]) -> Iterator[str]:
    said = [c.interval for c in vouching(claims) if c.interval]
    if said and not frozenset.intersection(*map(days_of, said)):
        yield "a disputed date is asked"
    if any(i.lasted for i in said) and len({(i.earliest, i.latest, i.lasted) for i in said}) > 1:
        yield "a day inside a span is taken for agreement"
    if common_days(vouching(claims)) != common_days(c for c in vouching(claims) if not c.inferred):
        yield "a date that no document gives"


def check_date_stem(world: World, event: EventFact, question: Question, key_days: Iterable[date]) -> Iterator[str]:
    named = [word for word in (*MONTHS, *WEEKDAYS) if re.search(rf"\b{word}\b", question.stem)]
    if named:
        yield "a month or weekday in the stem"
    if {str(day.day) for day in key_days} & set(re.findall(r"\d+", question.stem)):
        yield "a number of the key in the stem"
    if event.twins:
        yield "a date that is not settled"
    if len(world.by_text[world.text(event)]) > 1:
        yield "the stem points to two events"
    if world.text(event) not in plain(question.stem):
        yield "the stem does not tell of the event"


def same_outcome(one: EventFact, other: EventFact) -> bool:
    return one.kind == other.kind or {one.kind, other.kind} <= {"advance", "capture", "entry", "recapture"}


def similar_days(world: World, event: EventFact) -> Days:
    """Days on which that side may have done the same sort of thing at one of the places."""
    alike = [
        other
        for other in world.events.values()
        if other.key != event.key
        and same_outcome(other, event)
        and other.every_place & event.every_place
        and (other.sides & event.sides or not other.sides or not event.sides)
    ]
    return possible(alike)


def check_choose_date(world: World, question: Question) -> Iterator[str]:
    event = world.events[question.event]
    dated = [c for c in event.claims if c.interval]
    yield from check_attribution(event, dated, question)
    yield from check_dispute(event, dated)
    spans = [read_option(option.text) for option in question.options]
    accepted = right_days(event, dated, question.stem)
    if not accepted:
        yield "no day is right"
        return
    as_days = len(accepted) <= 3
    right = [
        n for n, (a, b) in enumerate(spans) if (a in accepted if as_days else (a, b) == (min(accepted), max(accepted)))
    ]
    if right != list(question.key):
        yield "not exactly one right option"
    if len(spans) != 4 or spans != sorted(spans):
        yield "not four options in order"
    if {a == b for a, b in spans} != {as_days}:
        yield "options of two sorts"
    yield from check_date_stem(world, event, question, [spans[n][0] for n in question.key] if as_days else ())
    barred = {day + timedelta(days=n) for day in possible([event]) for n in (-1, 0, 1)} | similar_days(world, event)
    for n, (first, last) in enumerate(spans):
        if n not in question.key:
            yield from check_wrong_days(world, question.options[n], (first, last), accepted, barred)


def check_wrong_days(
    world: World, option: Option, span: tuple[date, date], accepted: Days, barred: set[date]
) -> Iterator[str]:
    first, last = span
    if any(first <= day <= last for day in barred):
        yield "a wrong option that a claim allows, or nearly"
    if first < world.first_day:
        yield "a wrong option before the chronicle"
    if first == last and min(abs((first - day).days) for day in accepted) > 21:
        yield "a wrong day far away"
    if option.event:
        told = [c for c in world.events[option.event].claims if c.interval]
        if not any(days_of(c.interval) == {first} for c in vouching(told) if c.interval):
            yield "a note that is not true"
    elif option.note and any(days_of(i) == {first} for event in world.events.values() for i in event.intervals):
        yield "a note that is not true"


def check_enter_date(world: World, question: Question) -> Iterator[str]:
    event = world.events[question.event]
    dated = [c for c in event.claims if c.interval]
    yield from check_attribution(event, dated, question)
    yield from check_dispute(event, dated)
    accepted = right_days(event, dated, question.stem)
    if not accepted or len(accepted) > 3:
        yield "not one to three right days"
        return
    if question.accepted != (min(accepted), max(accepted)):
        yield "the accepted days are not those of the claims"
    exact = any(days_of(c.interval) == accepted and len(accepted) == 1 for c in dated if c.interval)
    if question.half_life != (3.0 if exact or len(accepted) == 1 else 7.0):
        yield "the half-life"
    yield from check_date_stem(world, event, question, accepted)
    if question.options or question.key:
        yield "options where none belong"


# --- Places --------------------------------------------------------------------------------------


def km(one: Place, other: Place) -> float | None:
    """The distance of two places on a sphere, or None."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north, east = radians(other.lat - one.lat), radians(other.lon - one.lon)
    square = hypot(sin(north / 2), sqrt(cos(radians(one.lat)) * cos(radians(other.lat))) * sin(east / 2))
    return 2 * 6371 * asin(min(1.0, square))


def opening_days(stem: str) -> Days:
    """The days that the date allows with which a stem opens; none where there is no date."""
    day, year = r"\d{1,2} [A-Z][a-z]+ \d{4}", r" \d{4}"
    lead = r"(?:According to .*?, )?"
    if found := re.match(rf"{lead}[Oo]n ({day}), ", stem):
        return frozenset([read_day(found[1])])
    if found := re.match(rf"{lead}[Aa]round ({day}), ", stem):
        return frozenset(read_day(found[1]) + timedelta(days=n) for n in range(-2, 3))
    if found := re.match(rf"{lead}[Ii]n ([A-Z][a-z]+{year}), ", stem):
        first = read_day(f"1 {found[1]}")
        return frozenset(d for n in range(31) if (d := first + timedelta(days=n)).month == first.month)
    if found := re.match(rf"{lead}(?:[Bb]etween|[Ff]rom) (\d.*?) (?:and|to) ({day}), ", stem):
        first, last = read_option(f"{found[1]} – {found[2]}")
        return frozenset(first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset()


def true_elsewhere(world: World, event: EventFact, days: Days) -> set[str]:
    """Places of other events of which the clause would be true as well, on these days if the stem names some."""
    clause = plain(event.clause)
    found: set[str] = set()
    mine = world.days[event.key]
    for other in world.events.values():
        of_a_side = other.sides & event.sides or not other.sides or not event.sides
        alike = (same_outcome(other, event) and of_a_side) or plain(other.clause) == clause
        then = world.days[other.key]
        if other.key != event.key and alike and (not days or not then or days & then or mine & then):
            found |= other.every_place
    return found


def check_choose_place(world: World, question: Question) -> Iterator[str]:
    event = world.events[question.event]
    carrying = [c for c in event.claims if c.carries_place]
    yield from check_attribution(event, carrying, question)
    keys = [world.by_name.get(plain(option.text), "") for option in question.options]
    if [n for n, key in enumerate(keys) if key == event.slot] != list(question.key) or len(question.key) != 1:
        yield "not exactly one right option"
    given = [{p.place for p in (c.places or event.places)} for c in vouching(carrying)]
    if not all(event.slot in places for places in given):
        yield "a claim gives another place"
    if not 3 <= len(keys) <= 4 or [o.text for o in question.options] != sorted(
        (o.text for o in question.options), key=lambda text: re.sub(r"^(the |al-)?[\"“]?", "", text.casefold())
    ):
        yield "not three or four options in order"
    yield from check_place_stem(world, event, question)
    everywhere = event.every_place | true_elsewhere(world, event, opening_days(question.stem))
    for n, key in enumerate(keys):
        if key and n not in question.key:
            yield from check_wrong_place(world, event, key, everywhere)
            told = world.events[question.options[n].event]
            if told.slot != key or told.told_only:
                yield "a note that is not true"
        elif not key:
            yield "an option that is no place"


def check_wrong_place(world: World, event: EventFact, key: str, everywhere: Iterable[str]) -> Iterator[str]:
    right, wrong = world.places[event.slot], world.places[key]
    fine = [place for place in everywhere if world.places[place].kind not in WIDE]
    if any(world.overlaps(key, place) for place in fine):
        yield "a wrong place that is, holds or lies in a right one"
    if not any({right.kind, wrong.kind} <= kinds for kinds in KINDS_TOGETHER):
        yield "a wrong place of another kind"
    distance = km(right, wrong)
    if distance is not None and distance > 45.1:
        yield "a wrong place far away"
    if distance is None and right.parent != wrong.parent:
        yield "a wrong place that may be far away"
    if any(re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", world.text(event)) for name in wrong.names):
        yield "a wrong place named in the clause"


def check_place_stem(world: World, event: EventFact, question: Question) -> Iterator[str]:
    key, stem = world.places[event.slot], plain(question.stem)
    if any(re.search(rf"(?<!\w){re.escape(plain(name))}(?!\w)", stem) for name in key.names):
        yield "the key in the stem"
    days = opening_days(question.stem)
    dated = [c for c in event.claims if c.interval]
    if days:
        plainly = not must_attribute_date(event) and right_days(event, dated, "") == days
        voiced = question.stem.startswith("According to ") and right_days(event, dated, question.stem) == days
        if event.twins or not (plainly or voiced):
            yield "a date in the stem that is not plain"
    elif any(re.search(rf"\b{word}\b", question.stem) for word in MONTHS):
        yield "a date inside the stem"
    if not re.search(r"\bwhich (town or village|place|hill|road)\b", question.stem, re.IGNORECASE):
        yield "no place is asked for"
    if re.search(
        r"which (town or village|place|hill|road)( region| area| front| [A-Z]|['’]s)",
        question.stem,
    ):
        yield "the stem reads badly"


# --- Order ---------------------------------------------------------------------------------------


def strictly_before(world: World, one: str, other: str) -> bool:
    """Whether one event comes first on all days that any claim allows, or by a document's words and no claim's."""
    a, b = world.events[one], world.events[other]
    if other in a.twins or one in b.twins:
        return False
    firsts, seconds = ([world.events[key] for key in {e.key, *e.twins} & world.events.keys()] for e in (a, b))
    unbounded = any(i.earliest is None for event in seconds for i in event.intervals)
    if possible(firsts) and possible(seconds) and not unbounded and max(possible(firsts)) < min(possible(seconds)):
        return True
    reverse = any(
        j.earliest is not None or i.earliest is not None
        for x in firsts
        for y in seconds
        for i in x.intervals
        for j in y.intervals
        if i.earliest is not None and max(days_of(j)) < min(days_of(i))
    )
    return other in world.followers.get(one, set()) and not reverse


def check_order(world: World, question: Question) -> Iterator[str]:
    keys = [option.event for option in question.options]
    if sorted(keys) != sorted(question.events) or len(set(keys)) != len(keys):
        yield "options that are not the events"
    for option in question.options:
        yield from check_told_plainly(world, option)
    if question.kind == "first":
        one, other = keys
        right = [n for n, pair in enumerate(((one, other), (other, one))) if strictly_before(world, *pair)]
        if right != list(question.key):
            yield "not strictly in order"
    else:
        yield from check_sequence(world, keys, question.key)


def check_told_plainly(world: World, option: Option) -> Iterator[str]:
    event = world.events[option.event]
    if world.by_text.get(plain(option.text)) != [option.event]:
        yield "an option does not point to one event"
    if must_attribute(event, [c for c in event.claims if c.interval]) or event.told_only:
        yield "an event that is not told plainly"
    if TELLING.search(option.text):
        yield "a word that tells the order"
    if any(re.search(rf"\b{word}\b", option.text) for word in (*MONTHS, *WEEKDAYS)):
        yield "a date in an option"


def check_sequence(world: World, keys: list[str], key: tuple[int, ...]) -> Iterator[str]:
    if sorted(key) != [0, 1, 2, 3] or len(keys) != 4:
        yield "not four events"
        return
    right = [keys[n] for n in key]
    if any(not strictly_before(world, a, b) or strictly_before(world, b, a) for a, b in combinations(right, 2)):
        yield "not strictly in order"
    if sum(a != b for a, b in zip(keys, right, strict=True)) <= 2:
        yield "the start is right or one swap away"


CHECKS = {
    "choose-date": check_choose_date,
    "enter-date": check_enter_date,
    "choose-place": check_choose_place,
    "first": check_order,
    "order": check_order,
}


def faults(world: World, question: Question) -> list[str]:
    """All that is wrong with a question; raises KeyError for a kind that nobody checks yet."""
    return [*check_all(world, question), *CHECKS[question.kind](world, question)]
