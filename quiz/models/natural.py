"""Natural keys: how fixtures name rows, so that files never hold numbers made by a database."""

from typing import Any, ClassVar, Self, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class NaturalManager(models.Manager[Row]):
    """Finds a row by the fields that its model names in `natural_fields`."""

    def get_by_natural_key(self, *values: Any) -> Row:
        """The row with these values; raises DoesNotExist."""
        names: tuple[str, ...] = self.model.natural_fields  # type: ignore[attr-defined]
        return self.get(**dict(zip(names, values, strict=True)))


class Natural(models.Model):
    """A row of the chronicle, named by the lookups in `natural_fields` (``event__key`` reaches through)."""

    natural_fields: tuple[str, ...] = ("key",)

    objects: ClassVar[models.Manager[Self]] = NaturalManager()

    class Meta:
        abstract = True

    def natural_key(self) -> tuple[Any, ...]:
        """The values that name this row, for fixtures."""
        return tuple(self._reached(path.split("__")) for path in self.natural_fields)

    def _reached(self, path: list[str]) -> Any:
        value: Any = self
        for name in path:
            value = getattr(value, name)
        return value
