"""The database itself refuses to change or remove what the journal holds.

On PostgreSQL one trigger on each table refuses UPDATE, DELETE and TRUNCATE, also in a session that has
switched ordinary triggers off (ENABLE ALWAYS). SQLite has no TRUNCATE, but it drops triggers when a migration
rebuilds their table, and its INSERT OR REPLACE removes rows past a delete trigger; so the triggers are put
back after every `migrate` (management/commands/migrate.py), and a third one refuses to write over a row.
"""

from __future__ import annotations

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

KEYS = {
    "journal_fact": ("seq", "id"),
    "journal_leaf": ("index", "seq"),
    "journal_node": ("level, index",),
    "journal_checkpoint": ("size",),
}
"""The tables that only grow, and what must be unique in each."""

REFUSAL = "the journal only grows: what is written is neither changed nor removed"

_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION journal_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{REFUSAL} (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def install_triggers(using: str = "default") -> None:
    """Put the triggers up, whether or not they stand; none in a database without the journal's tables."""
    connection = connections[using]
    tables = _tables(connection)
    if not tables:
        return
    statements = [_POSTGRESQL_FUNCTION] if connection.vendor == "postgresql" else []
    for table in tables:
        statements += _statements(connection.vendor, table)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def missing_triggers(using: str = "default") -> list[str]:
    """The names of the triggers that should stand and do not. One cheap query, for /readyz."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'journal_%' AND tgenabled = 'A'")
            wanted = {f"{table}_only_grows" for table in KEYS}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            wanted = {name for table in KEYS for name in _sqlite_triggers(table)}
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(wanted - standing)


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    present = set(connection.introspection.table_names())
    return [table for table in KEYS if table in present]


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        name = f"{table}_only_grows"
        return [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_only_grows()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ]
    return [
        statement
        for name, body in _sqlite_triggers(table).items()
        for statement in (f"DROP TRIGGER IF EXISTS {name}", f"CREATE TRIGGER {name} {body}")
    ]


def _sqlite_triggers(table: str) -> dict[str, str]:
    stop = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    same = " OR ".join(
        " AND ".join(f'"{column}" = NEW."{column}"' for column in key.split(", ")) for key in KEYS[table]
    )
    return {
        f"{table}_refuses_update": f"BEFORE UPDATE ON {table} {stop}",
        f"{table}_refuses_delete": f"BEFORE DELETE ON {table} {stop}",
        f"{table}_refuses_replace": (
            f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same}) {stop}"  # noqa: S608
        ),
    }
