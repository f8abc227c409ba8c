"""The database itself refuses to change a published version or a revision of local values.

Deleting is not refused: no command does it, the digest of every version stands in the journal, and a
document is held against its digest whenever it is loaded.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLES = ("services_version", "services_local_values")
REFUSAL = "a published version never changes"


def install_triggers(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers up. A later migration that rebuilds one of the tables on SQLite calls this again."""
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement, None)  # no parameters: a % in the body of a function is itself


def remove_triggers(apps: StateApps | None, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers down: for undoing the migration."""
    for table in TABLES:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER IF EXISTS {table}_never_changes{on}")


def _statements(vendor: str) -> list[str]:
    if vendor != "postgresql":
        return [
            statement
            for table in TABLES
            for statement in (
                f"DROP TRIGGER IF EXISTS {table}_never_changes",
                f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
            )
        ]
    function = f"""
        CREATE OR REPLACE FUNCTION services_never_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{REFUSAL} (% on %)', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$
    """
    return [function] + [
        statement
        for table in TABLES
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_never_changes ON {table}",
            f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION services_never_change()",
        )
    ]
