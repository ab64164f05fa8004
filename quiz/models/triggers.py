"""Database triggers that move the content revision on, whoever changes the content and however.

They are installed after each `migrate`: SQLite rebuilds a table to alter it and drops its triggers on the way.
"""

from typing import Any

from django.apps import AppConfig
from django.db import NotSupportedError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

CONTENT = (
    "Source",
    "Passage",
    "Place",
    "PlaceSpelling",
    "Actor",
    "ActorName",
    "Phase",
    "Event",
    "EventPlace",
    "StatedOrder",
    "Claim",
    "ClaimPlace",
    "Figure",
)
"""The models that make up the chronicle."""

_MOVE_ON = """INSERT INTO quiz_contentrevision (id, number, token) VALUES (1, 1, {})
    ON CONFLICT (id) DO UPDATE SET number = quiz_contentrevision.number + 1, token = excluded.token"""


def content_tables(config: AppConfig) -> list[str]:
    """The tables of the chronicle, those that join many to many included."""
    chosen = [config.get_model(name) for name in CONTENT]
    joints = [field.m2m_db_table() for model in chosen for field in model._meta.local_many_to_many]
    return [*(model._meta.db_table for model in chosen), *joints]


def _sqlite(table: str) -> list[str]:
    move_on = _MOVE_ON.format("lower(hex(randomblob(16)))")
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_revision_{verb} AFTER {verb} ON {table} BEGIN {move_on}; END"
        for verb in ("INSERT", "UPDATE", "DELETE")
    ]


def _postgresql(table: str) -> list[str]:
    return [
        (
            f"CREATE OR REPLACE TRIGGER {table}_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION quiz_move_revision_on()"
        )
    ]


def install(connection: BaseDatabaseWrapper, tables: list[str]) -> None:
    """Make the triggers that are missing; raises NotSupportedError on other databases."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            move_on = _MOVE_ON.format("replace(gen_random_uuid()::text, '-', '')")
            cursor.execute(
                "CREATE OR REPLACE FUNCTION quiz_move_revision_on() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {move_on}; RETURN NULL; END $$"
            )
        statements = {"sqlite": _sqlite, "postgresql": _postgresql}.get(connection.vendor)
        if statements is None:
            raise NotSupportedError(f"No triggers are written for {connection.vendor}.")
        for table in tables:
            for statement in statements(table):
                cursor.execute(statement)


def install_after_migrate(sender: AppConfig, using: str, plan: Any = (), **_others: Any) -> None:
    """Receiver of `post_migrate`; waits until the tables are there (a migration backwards removes them)."""
    connection = connections[using]
    tables = content_tables(sender)
    if set(tables) <= set(connection.introspection.table_names()):
        install(connection, tables)
