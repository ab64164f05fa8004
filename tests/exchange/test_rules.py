"""The database's rules, read in Python: held against the database's own verdict."""

from itertools import product
from typing import Any

import pytest
from django.db import models
from django.db.models.functions import Upper

from quiz.exchange.checking import stored
from quiz.exchange.rules import UniqueRule, _unique_rule, holds, unique_rules, violations
from quiz.exchange.shapes import shapes
from tests.exchange.small import row

GRID: dict[str, dict[str, list[Any]]] = {
    "source": {"published": ["", "2014-10-10", "2014-10", "2014"]},
    "passage": {"section": ["infobox", "lead"], "paragraph": [None, 0, 1], "sentence": [None, 0, 1]},
    "place": {
        "latitude": [None, "-90", "34.5", "90.1"],
        "longitude": [None, "-180.1", "36.5"],
        "coordinates_from": ["", "GeoNames"],
    },
    "phase": {"date": ["", "2013-11-15/2013-12-15", "2013"]},
    "event": {"clause": ["", "they came", "they came."]},
    "claim": {
        "date": ["", "2013-11-19", "2013-11-19~", "[..2013-11-19]", "19 November"],
        "date_basis": ["", "stated", "relative"],
        "reckoned_from": ["", "the claim of 14 June"],
        "sentence": ["", "They came."],
    },
    "figure": {"low": [None, 0, 5], "high": [None, 0, 5, 6], "words": ["", "dozens"], "as_of": ["", "2013"]},
    "statedorder": {"words": ["", "then"]},
}
NAMES: dict[str, dict[str, Any]] = {
    "claim": {"key": "c", "event": ("e",), "source": ("s",)},
    "figure": {"claim": ("c",), "number": 1, "what": "killed"},
    "passage": {"source": ("s",)},
    "statedorder": {"earlier": ("a",), "later": ("b",), "passage": ("s", "infobox", None, None)},
}


def checks(model: str) -> list[models.CheckConstraint]:
    """The check constraints of a model."""
    rules = shapes()[f"quiz.{model}"].model._meta.constraints
    return [rule for rule in rules if isinstance(rule, models.CheckConstraint)]


def about_itself(rule: models.CheckConstraint) -> bool:
    """Whether a rule compares references."""
    return "models.F" in repr(rule) or "F(id)" in repr(rule) or "F(later)" in repr(rule)


@pytest.mark.django_db
@pytest.mark.parametrize("model", GRID)
def test_python_and_the_database_agree_on_every_rule(model: str) -> None:
    shape = shapes()[f"quiz.{model}"]
    rules = [rule for rule in checks(model) if not about_itself(rule)]
    assert rules
    verdicts = set()
    for values in product(*GRID[model].values()):
        given = dict(zip(GRID[model], values, strict=True))
        for rule in rules:
            mine = holds(shape, rule.condition, shape.whole({**NAMES.get(model, {"key": "k"}), **given}))  # type: ignore[arg-type]
            theirs = rule.condition.check(  # type: ignore[union-attr]
                {
                    name: models.Value(stored(shape, name, value), output_field=shape.model._meta.get_field(name))
                    for name, value in given.items()
                }
            )
            assert (mine is not False) == theirs, (rule.name, given)
            verdicts.add(theirs)
    assert verdicts == {True, False}


@pytest.mark.parametrize(
    ("model", "values", "message"),
    [
        ("actor", {"key": "a", "part_of": ("a",)}, "An actor can't be part of itself."),
        ("place", {"key": "a", "lies_in": ("a",)}, "A place can't lie in itself."),
        ("event", {"key": "a", "clause": "x", "perhaps_same_as": ("a",)}, "An event can't be perhaps the same as"),
        (
            "claim",
            {"key": "a", "event": ("e",), "source": ("s",), "sentence": "x", "overtaken_by": ("a",)},
            "A claim can't be overtaken by itself.",
        ),
        (
            "statedorder",
            {"earlier": ("a",), "later": ("a",), "passage": ("s", "infobox", None, None), "words": "then"},
            "An event does not come before itself.",
        ),
    ],
)
def test_a_row_may_not_refer_to_itself(model: str, values: dict[str, Any], message: str) -> None:
    one, whole = row(model, **values)
    found = list(violations(shapes()[one.model], whole))
    assert [text for text in found if text.startswith(message)] == found[:1] != []


def test_every_check_constraint_is_looked_at_by_a_test_above() -> None:
    looked_at = {*GRID, "actor"}
    assert {label for label in shapes() if checks(label.removeprefix("quiz."))} <= {f"quiz.{one}" for one in looked_at}


def test_the_rules_of_uniqueness_are_those_of_the_models_without_the_names() -> None:
    rules = {label: [(rule.fields, rule.lowered) for rule in unique_rules(label)] for label in shapes()}
    assert {label: found for label, found in rules.items() if found} == {
        "quiz.source": [(("short_name",), False)],
        "quiz.passage": [(("source", "section"), False)],
        "quiz.place": [(("name",), False)],
        "quiz.placespelling": [(("name",), True)],
        "quiz.actor": [(("name",), False)],
        "quiz.phase": [(("number",), False)],
        "quiz.eventplace": [(("event",), False)],
    }


def test_a_rule_of_uniqueness_with_another_expression_is_not_overlooked() -> None:
    rule = models.UniqueConstraint(Upper("name"), name="shouted")
    with pytest.raises(NotImplementedError, match="shouted: only Lower"):
        _unique_rule(shapes()["quiz.place"], rule)


def test_rows_that_lack_a_value_never_share_it() -> None:
    shape = shapes()["quiz.place"]
    rule = UniqueRule(shape, ("name_ar", "latitude"), lowered=False, condition=None, message="")
    values = shape.whole({"key": "p", "name": "P", "kind": "town"})
    assert rule.value(values) is None
    assert rule.value({**values, "latitude": "34.5"}) == ("", "34.5")


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (models.Q(paragraph__gte=1), None),
        (~models.Q(paragraph__gte=1), None),
        (models.Q(paragraph__gte=1) | models.Q(section="lead"), True),
        (models.Q(paragraph__gte=1) | models.Q(section="infobox"), None),
        (models.Q(paragraph__gte=1) & models.Q(section="lead"), None),
        (models.Q(paragraph__gte=1) & models.Q(section="infobox"), False),
        (models.Q(paragraph__gte=models.F("sentence")), None),
        (models.Q(sentence__gte=models.F("paragraph")), None),
    ],
)
def test_a_comparison_with_nothing_is_neither_true_nor_false_as_in_sql(condition: models.Q, verdict: object) -> None:
    assert holds(shapes()["quiz.passage"], condition, {"section": "lead", "paragraph": None, "sentence": 1}) is verdict
