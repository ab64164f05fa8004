"""Chronicles of any size, made up: as dense in time and on the ground as the real one, so that only their size differs.

Nothing in them is a fact. They serve for measuring, and for seeing that the proof holds on other content than ours.
"""

from datetime import date, timedelta
from itertools import count
from random import Random

from quiz.chronology import parse
from quiz.gazetteer import Gazetteer, Place, fold
from quiz.questions.chronicle import Chronicle
from quiz.questions.facts import ClaimFact, EventFact, PlaceRole
from quiz.questions.phases import PhaseFact

EVENTS_A_DAY = 1.3
EVENTS_A_PLACE = 6
KM_BETWEEN = 6.0
"""About how far a place lies from the next one, in kilometres."""
START = date(1600, 1, 1)
DAYS_A_PHASE = 25

DOCUMENTS = (("s1", "f1"), ("s2", "f1"), ("s3", "f2"), ("s4", "f3"), ("s5", "f4"))
"""Sources, each with its family."""
TELLERS = ("Document s1", "Document s3")
"""Who divides the story into phases."""
VOICES = ("the northern gazette", "a harbour watchman", "the river pilots", "an unnamed envoy", "the mountain council")
SIDES = ("northern", "southern", "hill")
ACTS = (
    ("capture", "{who} captured {place} in a morning"),
    ("withdrawal", "{who} withdrew from {place} by the upper road"),
    ("entry", "{who} entered {place} through the eastern gate"),
    ("shelling", "{who} shelled the outskirts of {place} from the ridge"),
    ("visit", "{who} received a delegation of envoys in {place}"),
    ("talks", "{who} held talks about grain and salt in {place}"),
    ("release", "{who} released a group of prisoners at {place}"),
    ("statement", "{who} read a statement to the elders of {place}"),
)
_ONSETS = ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "q", "r", "s", "t", "y", "z", "sh"]
_VOWELS = ["a", "i", "u", "ai"]
_CODAS = ["n", "r", "m", "d", "s", "l", "b", "k", "q", "f"]
_ARABIC = str.maketrans("abdfghijklmnqrstuyz", "ابدفغهيجكلمنقرستويز")


def synthetic(events: int, seed: int = 1) -> Chronicle:
    """A chronicle of so many events; the same arguments give the same one."""
    rng = Random(seed)
    places = _places(max(12, events // EVENTS_A_PLACE), rng)
    towns = [place for place in places if place.kind in {"town", "village"}]
    bands = list(_names(max(8, events // 8), rng, "band"))
    told = [_event(n, towns, bands, rng) for n in range(events)]
    pairs = [(told[n], told[n + 1]) for n in range(3, events - 1, 40)]
    last = max(i.latest for event in told for i in event.intervals)
    return Chronicle(
        told,
        Gazetteer(places),
        phases=_phases(last),
        stated=[(one.key, other.key) for one, other in pairs if not _reversed(one, other)],
        revision=f"synthetic {events} {seed}",
    )


def _names(wanted: int, rng: Random, sort: str) -> list[str]:
    """Names that no fold makes equal, and that are at least two slips apart in most cases."""
    found: dict[str, str] = {}
    while len(found) < wanted:
        syllables = [
            rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice((2, 3, 3)))
        ]
        name = "".join(syllables).capitalize()
        found.setdefault(fold(name), f"{name} {sort}" if sort else name)
    return list(found.values())


def _places(wanted: int, rng: Random) -> list[Place]:
    """Towns and villages on a grid, shaken a little, in districts of a hundred."""
    side = int(wanted**0.5) + 1
    names, found = _names(wanted, rng, ""), []
    for n, name in enumerate(names):
        row, column = divmod(n, side)
        district = f"district-{row // 10}-{column // 10}"
        lat = -40 + (row + rng.uniform(-0.3, 0.3)) * KM_BETWEEN / 111.0
        lon = (column + rng.uniform(-0.3, 0.3)) * KM_BETWEEN / 90.0
        kind = rng.choice(("town", "village"))
        arabic = name.casefold().translate(_ARABIC)
        found.append(Place(f"place-{n}", name, kind, district, (f"{name} al-Kabira",), arabic, lat, lon))
    districts = sorted({place.parent for place in found if place.parent})
    return [*(Place(key, key.replace("-", " ").title(), "district") for key in districts), *found]


def _event(number: int, towns: list[Place], bands: list[str], rng: Random) -> EventFact:
    kind, clause = rng.choice(ACTS)
    place, band = rng.choice(towns), rng.choice(bands)
    first = START + timedelta(days=int(number / EVENTS_A_DAY))
    key = f"event-{number}"
    documents = rng.sample(DOCUMENTS, rng.choice((1, 1, 1, 2, 3)))
    claims = tuple(_claim(key, first, document, rng) for document in documents)
    return EventFact(
        key=key,
        kind=kind,
        clause=clause.replace("{who}", f"fighters of the {band}"),
        phase=_phase_of(claims),
        sides=frozenset({SIDES[sum(map(ord, band)) % 3]}),
        agents=frozenset({fold(band)}),
        places=(PlaceRole(place.key, "at"),),
        slot=place.key,
        claims=claims,
    )


def _claim(event: str, day: date, document: tuple[str, str], rng: Random) -> ClaimFact:
    """What one document says: most give the day itself, some a few days or another day."""
    source, family = document
    voice = rng.choice(VOICES) if rng.random() < 0.15 else ""
    told = day + timedelta(days=rng.choice((0,) * 60 + (-4, 4)))
    begun, later = rng.choice(((told, told + timedelta(days=2)), (told - timedelta(days=2), told)))
    text = rng.choice((told.isoformat(),) * 8 + (f"{begun}/{later}", f"[{begun}..{later}]"))
    return ClaimFact(
        key=f"{event}-{source}",
        source=source,
        source_name=f"Document {source}",
        family=family,
        voice=voice,
        voice_name=voice,
        stance="reported" if voice else "asserts",
        interval=parse(text),
        places=(),
        carries_place=True,
        sentence=f"{source} tells of {event}.",
        locators=(f"“Part”, ¶ {event}, sentence 1",),
    )


def _reversed(one: EventFact, other: EventFact) -> bool:
    """Whether any claims of two events put the second first."""
    return any(j.latest < i.earliest for i in one.intervals for j in other.intervals if i.earliest)


def _phase_of(claims: tuple[ClaimFact, ...]) -> str:
    """The phase that holds the days common to all claims, or all their days where none is; blank for none."""
    spans = [(c.interval.earliest, c.interval.latest) for c in claims if c.interval and c.interval.earliest]
    first, last = max(low for low, _ in spans), min(high for _, high in spans)
    if first > last:
        first, last = min(low for low, _ in spans), max(high for _, high in spans)
    rank, at = divmod((first - START).days, 2 * DAYS_A_PHASE)
    return f"phase-{rank}" if rank >= 0 and at + (last - first).days < DAYS_A_PHASE else ""


def _phases(last: date) -> list[PhaseFact]:
    found = []
    for n in count():
        first = START + timedelta(days=2 * DAYS_A_PHASE * n)
        if first > last:
            return found
        days = first, first + timedelta(days=DAYS_A_PHASE - 1)
        found.append(PhaseFact(f"phase-{n}", f"Phase {n + 1}", *days, TELLERS))
    raise AssertionError
