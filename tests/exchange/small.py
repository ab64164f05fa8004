"""A small chronicle as fixture files in their canonical form, and the means to change it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quiz.exchange.plans import Plan, Sides
from quiz.exchange.shapes import Id, Name, Plain, Values, shapes

SOURCES = """\
- model: quiz.source
  fields:
    key: '000'
    title: Battle of Qalamoun
    short_name: Military Wiki
    family: wikipedia
    publisher: Military Wiki

- model: quiz.source
  fields:
    key: '004'
    title: No turning back
    short_name: al-Akhbar
    family: al-akhbar
    publisher: al-Akhbar English
    published: '2014-10-10'
- {model: quiz.passage, fields: {source: ['000'], section: Capture of Qara, paragraph: 1, sentence: 1}}
- {model: quiz.passage, fields: {source: ['000'], section: Capture of Qara, paragraph: 1, sentence: 2}}
- {model: quiz.passage, fields: {source: ['000'], section: infobox}}
- {model: quiz.passage, fields: {source: ['004'], section: opening, paragraph: 2, sentence: 10}}
"""

PLACES = """\
- model: quiz.place
  fields:
    key: syria
    name: Syria
    kind: country

- model: quiz.place
  fields:
    key: qara
    name: Qara
    name_ar: قارة
    kind: town
    lies_in: [syria]
    latitude: '34.15558'
    longitude: '36.7'
    coordinates_from: GeoNames (CC BY 4.0)
- {model: quiz.placespelling, fields: {place: [qara], name: Qarah}}
"""

ACTORS = """\
- model: quiz.actor
  fields:
    key: government-forces
    name: Syrian government forces
    kind: force
    side: government
- {model: quiz.actorname, fields: {actor: [government-forces], name: troops}}

- model: quiz.actor
  fields:
    key: syrian-army
    name: Syrian Army
    kind: force
    side: government
    part_of: [government-forces]
- {model: quiz.actorname, fields: {actor: [syrian-army], name: the Army}}

- model: quiz.actor
  fields:
    key: rebels
    name: Syrian rebels
    kind: group
    side: opposition
"""

PHASES = """\
- model: quiz.phase
  fields:
    key: first
    number: 1
    name: First phase
    date: '2013-11-15/2013-12-15'
    passages:
    - ['000', infobox, null, null]
"""

NOVEMBER = """\
- model: quiz.event
  fields:
    key: qara-attacked
    kind: attack
    clause: government forces attacked {place}
    agents:
    - [government-forces]
    - [syrian-army]
    phase: [first]
    perhaps_same_as: [qara-captured]
- {model: quiz.eventplace, fields: {event: [qara-attacked], place: [qara], role: target, slot: true}}

- model: quiz.claim
  fields:
    key: qara-attacked-000
    event: [qara-attacked]
    source: ['000']
    passages:
    - ['000', Capture of Qara, 1, 1]
    sentence: The assault on the town began on 17 November 2013.
    date: '2013-11-17'
    date_basis: stated
    names:
    - [syrian-army, the Army]

- model: quiz.event
  fields:
    key: qara-captured
    kind: capture
    clause: government forces captured {place} after several days of clashes with the rebels who had held the
      town until then
    agents:
    - [government-forces]
    phase: [first]
    sensitive: true
    note: 'A note: with a colon.'
- {model: quiz.eventplace, fields: {event: [qara-captured], place: [qara], role: at, slot: true}}
- {model: quiz.eventplace, fields: {event: [qara-captured], place: [syria], role: mentioned}}

- model: quiz.claim
  fields:
    key: qara-captured-000
    event: [qara-captured]
    source: ['000']
    passages:
    - ['000', Capture of Qara, 1, 1]
    - ['000', Capture of Qara, 1, 2]
    sentence: They held the town on 19 November 2013, and counted the dead.
    date: '2013-11-19'
    date_basis: stated
    overtaken_by: [qara-captured-004]
- {model: quiz.claimplace, fields: {claim: [qara-captured-000], place: [qara], role: near}}
- {model: quiz.figure, fields: {claim: [qara-captured-000], number: 1, what: killed, of_whom: rebels, low: 18}}
- {model: quiz.figure, fields: {claim: [qara-captured-000], number: 2, what: wounded, words: many, as_of: '2013-11-20'}}

- model: quiz.claim
  fields:
    key: qara-captured-004
    event: [qara-captured]
    source: ['004']
    passages:
    - ['004', opening, 2, 10]
    sentence: Rebels spoke of 40 dead.
    voice: [rebels]
    stance: reported
    carries_place: false
"""

UNDATED = """\
- model: quiz.event
  fields:
    key: talks-held
    kind: talks
    clause: the two sides held talks
"""

ORDER = (
    "- {model: quiz.statedorder, fields: {earlier: [qara-captured], later: [talks-held], "
    "passage: ['000', Capture of Qara, 1, 2], words: soon after}}\n"
)

FILES = {
    "01_sources.yaml": SOURCES,
    "02_places.yaml": PLACES,
    "03_actors.yaml": ACTORS,
    "04_phases.yaml": PHASES,
    "10_events_2013_11.yaml": NOVEMBER,
    "90_events_undated.yaml": UNDATED,
    "95_order.yaml": ORDER,
}

OBJECTS = sum(text.count("model: quiz.") for text in FILES.values())
"""How many objects the files hold."""


class Folder:
    """The small chronicle in a folder of its own, to be changed file by file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        for file, text in FILES.items():
            (path / file).write_text(text, encoding="utf-8")

    def change(self, old: str, new: str) -> None:
        """Replace a text that stands in the files exactly once."""
        (file,) = [one for one in self.path.iterdir() if old in one.read_text(encoding="utf-8")]
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands in {file.name} more than once"
        file.write_text(text.replace(old, new), encoding="utf-8")

    def add(self, text: str, file: str = "99_more.yaml") -> None:
        """Add objects in a file of their own."""
        (self.path / file).write_text(text, encoding="utf-8")

    def drop(self, *texts: str) -> None:
        """Take out the objects that hold one of these texts."""
        for file in self.path.iterdir():
            blocks = _blocks(file.read_text(encoding="utf-8"))
            file.write_text("".join(one for one in blocks if not any(text in one for text in texts)), encoding="utf-8")

    def texts(self) -> dict[str, str]:
        """What the files hold."""
        return {file.name: file.read_text(encoding="utf-8") for file in sorted(self.path.glob("*.yaml"))}


def _blocks(text: str) -> list[str]:
    """The objects of a file, each with the lines that belong to it."""
    blocks: list[str] = []
    for line in text.splitlines(keepends=True):
        if line.startswith("- ") or not blocks:
            blocks.append("")
        blocks[-1] += line
    return blocks


def row(model: str, **given: Plain) -> tuple[Id, Values]:
    """A whole row of a model by its name, as the merge sees it."""
    shape = shapes()[f"quiz.{model}"]
    values = shape.whole(given)
    return shape.id_of(values), values


def rows(*several: tuple[Id, Values]) -> dict[Id, Values]:
    """Rows by name."""
    return dict(several)


def ident(model: str, *name: Any) -> Id:
    """The name of a row."""
    named: Name = name
    return Id(f"quiz.{model}", named)


def changed(one: Values, **changes: Plain) -> Values:
    """A row with other values in some fields."""
    return {**one, **changes}


def conflicts(plan: Plan) -> list[tuple[Id, str]]:
    """Which rows and fields are in conflict."""
    return [(one.id, one.field) for one in plan.conflicts]


def sides(
    files: Mapping[Id, Values], site: Mapping[Id, Values], ancestors: Mapping[Id, Values], **others: Any
) -> Sides:
    """The sides of a merge."""
    return Sides(files, site, ancestors, **others)
