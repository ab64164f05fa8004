"""What is read off the models."""

import pytest
from django.db import models

from quiz.exchange.shapes import Sort, _sort, shapes
from quiz.models.triggers import CONTENT


def test_every_content_model_has_a_shape_after_those_that_it_refers_to() -> None:
    assert list(shapes()) == [f"quiz.{name.lower()}" for name in CONTENT]
    seen: set[str] = set()
    for label, shape in shapes().items():
        targets = {field.target for field in shape.fields.values() if field.target}
        assert targets - seen <= {label}
        seen.add(label)


def test_generated_columns_and_numbers_of_rows_are_no_fields_of_a_fixture() -> None:
    assert not {"id", "earliest", "latest"} & set(shapes()["quiz.claim"].fields)


def test_fields_stand_in_the_order_of_the_model_with_those_to_several_rows_in_their_places() -> None:
    assert list(shapes()["quiz.phase"].fields) == ["key", "number", "name", "date", "passages"]


def test_what_must_be_given_is_what_has_neither_default_nor_may_be_blank() -> None:
    required = {
        label: [name for name, field in shape.fields.items() if field.required] for label, shape in shapes().items()
    }
    assert required["quiz.claim"] == ["key", "event", "source", "passages", "sentence"]
    assert required["quiz.passage"] == ["source", "section"]
    assert required["quiz.eventplace"] == ["event", "place", "role"]


def test_defaults_are_plain_texts() -> None:
    default = shapes()["quiz.claim"].fields["stance"].default
    assert (type(default), default) == (str, "asserts")


def test_a_field_that_fixtures_cannot_hold_is_not_overlooked() -> None:
    assert _sort(models.DecimalField()) is Sort.DECIMAL
    with pytest.raises(TypeError, match="can't be written in fixtures"):
        _sort(models.DateField(name="day"))
