"""What date does this source give? Asked only where sources, or those they quote, differ on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from quiz.chronology import Interval, common_days, day_in_words, in_words
from quiz.questions.asking import SHORT_DAYS, Agreement, Asking, date_agreement, place_agreement, same_days
from quiz.questions.choose_date import day_option
from quiz.questions.chronicle import Chronicle, capital
from quiz.questions.distractors import REACH_DAYS, prefer
from quiz.questions.facts import ClaimFact, EventFact, Refusal
from quiz.questions.likeness import MARGIN_DAYS
from quiz.questions.question import Facet, Mode, Option, Question, Shape
from quiz.questions.stems import attributed, number_tells, refused_stem

KIND = "source-date"
WRONG = 3
POOL = 6
"""Other wrong days are drawn from so many on each side: those that another one allows, then days with a story."""
SIDED_RANKS = {True: (0, 0, 1, 2), False: (1, 2, 3, 3)}
"""Ranks of the key where a day that another one gives lies after it, or before it: over both, each is drawn alike."""


@dataclass(frozen=True, slots=True)
class _Speaker:
    """One whose word a date is, with the days it gives and the claims that give them; `rivals` say otherwise."""

    name: str
    witness: str
    first: date
    last: date
    claims: tuple[ClaimFact, ...]
    rivals: tuple[ClaimFact, ...]

    @property
    def how(self) -> Asking:
        """The words that attribute it, and the claims behind it."""
        return Asking(Mode.ATTRIBUTED, f"According to {self.name}", self.claims)


@dataclass(frozen=True, slots=True)
class _Pool:
    """What the wrong days are drawn from: days that others give, and near ones before and after, nearest first."""

    given: list[date]
    before: list[date]
    after: list[date]


def make(chronicle: Chronicle, event: EventFact, rng: Random) -> Question | Refusal:
    """Ask for the day that one source gives; a day that another one gives is among the wrong ones, if it can be."""
    speakers = _speakers(chronicle, event)
    if isinstance(speakers, Refusal):
        return speakers
    speaker = rng.choice(speakers)
    wrong = _drawn(chronicle, speaker, _pool(chronicle, event, speaker), rng)
    if wrong is None:
        return Refusal("too few days lie near that no claim allows")
    return _build(chronicle, event, speaker, rng.choice(_days(speaker)), wrong)


def pairs(chronicle: Chronicle, event: EventFact) -> Iterator[Question]:
    """For each source each day that it gives beside each wrong one."""
    speakers = _speakers(chronicle, event)
    for speaker in speakers if not isinstance(speakers, Refusal) else ():
        pool = _pool(chronicle, event, speaker)
        wrong = sorted({*pool.given, *pool.before, *pool.after})
        made = (_build(chronicle, event, speaker, key, [day]) for key in _days(speaker) for day in wrong)
        yield from (question for question in made if isinstance(question, Question))


# --- Who gives which date -----------------------------------------------------------------------


def _speakers(chronicle: Chronicle, event: EventFact) -> list[_Speaker] | Refusal:
    """Those who give a day that not all give, or why there are none."""
    if event.told_only:
        return Refusal("a state, a fear or an evaluation is told, not asked")
    if event.key in chronicle.doubled:
        return Refusal("its clause points to two events")
    if event.slot and place_agreement(event) is Agreement.DISPUTED:
        return Refusal("its place is disputed, and its clause names one")
    claims = [claim for one in _whole(chronicle, event) for claim in one.claims if claim.interval and claim.vouches]
    own = {_teller(claim) for claim in event.claims}
    found = [speaker for name in sorted(own) if (speaker := _speaker(event, claims, name))]
    if not found:
        return Refusal("its sources do not differ on its date")
    fitting = [speaker for speaker in found if (speaker.last - speaker.first).days < SHORT_DAYS]
    return fitting or Refusal("no source that others differ from gives a day")


def _teller(claim: ClaimFact) -> tuple[str, str]:
    return claim.voice or claim.source, claim.said_by


def _speaker(event: EventFact, claims: Sequence[ClaimFact], teller: tuple[str, str]) -> _Speaker | None:
    """What one of them says of this event, unless it gives no date, two, or one that it does not give in words."""
    mine = tuple(claim for claim in event.claims if claim in claims and _teller(claim) == teller)
    intervals = [claim.interval for claim in mine if claim.interval]
    first, last = (intervals and same_days(intervals)) or (None, date.max)
    rivals = tuple(claim for claim in claims if _differs(event, claim, teller, intervals))
    if first is None or not rivals or all(claim.inferred for claim in mine):
        return None
    return _Speaker(teller[1], teller[0], first, last, mine, rivals)


def _differs(event: EventFact, claim: ClaimFact, teller: tuple[str, str], said: Sequence[Interval]) -> bool:
    """Whether somebody else's date has no day in common with what was said: a vaguer one is no other date.

    Who dates this event as well as one that is perhaps the same, holds them for two: only the first counts.
    """
    itself = claim in event.claims or _teller(claim) not in {_teller(c) for c in event.claims if c.interval}
    apart = claim.interval is not None and common_days([*said, claim.interval]) is None
    return itself and apart and _teller(claim) != teller and _bounds(claim)[0] is not None


def _bounds(claim: ClaimFact) -> tuple[date | None, date]:
    return (claim.interval.earliest, claim.interval.latest) if claim.interval else (None, date.max)


def _days(speaker: _Speaker) -> list[date]:
    return [speaker.first + timedelta(days=n) for n in range((speaker.last - speaker.first).days + 1)]


# --- Wrong days ---------------------------------------------------------------------------------


def _pool(chronicle: Chronicle, event: EventFact, speaker: _Speaker) -> _Pool:
    barred = _barred(chronicle, event, speaker)

    def is_open(day: date) -> bool:
        inside = chronicle.first_day <= day <= chronicle.last_day
        return inside and not any(low <= day <= high for low, high in barred)

    reach = range(MARGIN_DAYS, REACH_DAYS + 1)
    before = [day for n in reach if is_open(day := speaker.first - timedelta(days=n))]
    after = [day for n in reach if is_open(day := speaker.last + timedelta(days=n))]
    given = {day for c in speaker.rivals for day in _given_days(c)}
    near = (day for day in given if abs((day - speaker.first).days) <= REACH_DAYS)
    own = [c.interval for one in _whole(chronicle, event) for c in one.claims if _teller(c)[0] == speaker.witness]
    return _Pool(sorted(day for day in near if not any(i.holds(day) for i in own if i)), before, after)


def _given_days(claim: ClaimFact) -> list[date]:
    """The days that a claim gives, where they are few: each is what another one says, also the day next to the key."""
    first, last = _bounds(claim)
    few = first is not None and (last - first).days < SHORT_DAYS
    return [first + timedelta(days=n) for n in range((last - first).days + 1)] if first and few else []


def _whole(chronicle: Chronicle, event: EventFact) -> list[EventFact]:
    """An event and those that are perhaps the same."""
    return [event, *(chronicle.events[key] for key in sorted(event.twins & chronicle.events.keys()))]


def _barred(chronicle: Chronicle, event: EventFact, speaker: _Speaker) -> list[tuple[date, date]]:
    """Days that the speaker allows, of this event, of one that is perhaps the same, or of a similar one."""
    margin, reach = timedelta(days=MARGIN_DAYS - 1), timedelta(days=REACH_DAYS)
    said = [
        c.interval
        for one in _whole(chronicle, event)
        for c in one.claims
        if c.interval and _teller(c)[0] == speaker.witness
    ]
    like = chronicle.alike.similar(event, speaker.first - reach, speaker.last + reach)
    others = [i for other in like if other.key not in event.twins for i in other.intervals]
    spoken = [((i.earliest or date.min + margin) - margin, i.latest + margin) for i in said]
    return spoken + [(i.earliest or date.min, i.latest) for i in others]


def _drawn(chronicle: Chronicle, speaker: _Speaker, pool: _Pool, rng: Random) -> list[date] | None:
    """The rank of the key first, then a day that another one gives, then others near."""
    given = [rng.choice(pool.given)] if pool.given else []
    earlier = sum(day < speaker.first for day in given)
    sides = [
        _side(chronicle, speaker, [day for day in days if day not in pool.given], rng)
        for days in (pool.before, pool.after)
    ]
    before, after = sides
    ranks = SIDED_RANKS[not earlier] if given else tuple(range(WRONG + 1))
    room = [r - earlier for r in ranks if r - earlier <= len(before) and WRONG - len(given) - r + earlier <= len(after)]
    if not room:
        return None
    count = rng.choice(room)
    return [*given, *before[:count], *after[: WRONG - len(given) - count]]


def _side(chronicle: Chronicle, speaker: _Speaker, days: list[date], rng: Random) -> list[date]:
    """Days of one side to draw from, in a random order: those that others allow, or with a story, before the rest."""
    return prefer(rng, days, lambda day: bool(_allowing(speaker, day)) or day in chronicle.day_notes.told, POOL)


def _allowing(speaker: _Speaker, day: date) -> list[ClaimFact]:
    """Claims of others that a day lies within, the narrowest first."""
    holding = [c for c in speaker.rivals if c.interval and c.interval.earliest and c.interval.holds(day)]
    return sorted(holding, key=lambda c: ((c.interval.days or 0) if c.interval else 0, c.key))


# --- The question -------------------------------------------------------------------------------


def _build(
    chronicle: Chronicle, event: EventFact, speaker: _Speaker, key: date, wrong: Sequence[date]
) -> Question | Refusal:
    asked = "on which day" if speaker.first == speaker.last else "on which of these days"
    stem = attributed(speaker.how, f"{asked} did this happen: {chronicle.texts[event.key]}?")
    refused = refused_stem(stem)
    if refused or number_tells(stem, key.day):
        return refused or Refusal("a number in its clause is the day asked for")
    disputed = date_agreement(event.claims) is Agreement.DISPUTED or bool(event.twins)
    shown = sorted([key, *wrong])
    return Question(
        id=f"{KIND}/{event.key}/{speaker.witness}",
        kind=KIND,
        shape=Shape.CHOICE,
        facet=Facet.SOURCE,
        mode=Mode.DISPUTED if disputed else Mode.ATTRIBUTED,
        events=(event.key,),
        stem=stem,
        options=tuple(_option(chronicle, event, speaker, day, right=day == key) for day in shown),
        key=(shown.index(key),),
        key_text=capital(_given(speaker)),
        explanation=_why(chronicle, event, speaker),
        citations=chronicle.citations(event.claims),
        sensitive=event.sensitive,
    )


def _given(speaker: _Speaker) -> str:
    """The date as the speaker gives it."""
    intervals = [claim.interval for claim in speaker.claims if claim.interval]
    narrowest = min(intervals, key=lambda i: (i.days is None, i.days or 0, i.text))
    return in_words(narrowest)


def _why(chronicle: Chronicle, event: EventFact, speaker: _Speaker) -> str:
    """What the speaker says, then what the others do."""
    others = dict.fromkeys(f"{_teller(c)[1]}: {in_words(c.interval)}" for c in speaker.rivals if c.interval)
    said = f"{speaker.how.lead}, {chronicle.texts[event.key]} ({_given(speaker)})."
    apart = " These may be two events." if event.twins else ""
    return f"{capital(said)} Others differ: {'; '.join(others)}.{apart}"


def _option(chronicle: Chronicle, event: EventFact, speaker: _Speaker, day: date, *, right: bool) -> Option:
    """A day, with who gives it or allows it; else with what happened then."""
    text = day_in_words(day)
    if right:
        note = f"{speaker.how.lead}, {chronicle.texts[event.key]} ({_given(speaker)})."
        return Option(text, capital(note), event=event.key, witness=speaker.witness)
    allowing = _allowing(speaker, day)
    if not allowing:
        return day_option(chronicle, day, day, text)
    witness, name = _teller(allowing[0])
    said = in_words(allowing[0].interval) if allowing[0].interval else ""
    single = allowing[0].interval and allowing[0].interval.days == 1
    note = f"This day is given by {name}." if single else f"{capital(name)} leaves this day possible as well ({said})."
    return Option(text, note, event=event.key, witness=witness)
