"""The database itself refuses to change, remove or overwrite what the journal holds."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from zemstvo.ground.journal.tests.facts_of_zarechny import mend_fence, vera
from zemstvo.ground.journal.triggers import KEYS, install_triggers, missing_triggers

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

ROWS = {
    "journal_fact": "(seq, id, body) VALUES (900, '0198e0a2000070008000000000000001', '{}')",
    "journal_leaf": "(\"index\", seq, hash) VALUES (900, 900, '1')",
    "journal_node": "(level, \"index\", hash) VALUES (4, 900, '1')",
    "journal_checkpoint": "(size, note) VALUES (900, 'n')",
}
CHANGES = {
    "journal_fact": "body",
    "journal_leaf": "hash",
    "journal_node": "hash",
    "journal_checkpoint": "note",
}


def try_to(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.fixture
def written():
    for table, row in ROWS.items():
        try_to(f"INSERT INTO {table} {row}")


@pytest.mark.parametrize("table", KEYS)
def test_the_database_refuses_update_delete_and_truncate(written, table):
    statements = [f"UPDATE {table} SET {CHANGES[table]} = '2'", f"DELETE FROM {table}"]
    if connection.vendor == "postgresql":
        statements += [f"TRUNCATE {table}", f"TRUNCATE {table} CASCADE"]

    for statement in statements:
        with pytest.raises(DatabaseError, match="only grows"):
            try_to(statement)

    assert count(table) == 1


@pytest.mark.parametrize("table", KEYS)
def test_a_row_cannot_be_written_over(written, table):
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="only grows"):
            try_to(f"INSERT OR REPLACE INTO {table} {ROWS[table]}")
    else:
        key = {"journal_fact": "seq", "journal_leaf": '"index"', "journal_checkpoint": "size"}
        conflict = key.get(table, 'level, "index"')
        with pytest.raises(DatabaseError, match="only grows"):
            try_to(
                f"INSERT INTO {table} {ROWS[table]} "
                f"ON CONFLICT ({conflict}) DO UPDATE SET {CHANGES[table]} = '2'"
            )

    assert count(table) == 1


def test_a_session_without_ordinary_triggers_is_refused_too(written):
    if connection.vendor != "postgresql":
        return  # SQLite has no such switch

    with pytest.raises(DatabaseError, match="only grows"):
        try_to("SET LOCAL session_replication_role = 'replica'; UPDATE journal_fact SET body = '2'")


def test_the_site_sees_that_a_trigger_is_missing(lifted_triggers):
    assert missing_triggers() == []

    with lifted_triggers():
        assert any("journal_leaf" in name for name in missing_triggers())

    assert missing_triggers() == []


def test_migrate_puts_the_triggers_back_when_a_table_was_rebuilt():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER journal_fact_refuses_delete")
        else:
            cursor.execute("DROP TRIGGER journal_fact_only_grows ON journal_fact")
    assert missing_triggers()

    call_command("migrate", verbosity=0)

    assert missing_triggers() == []


def test_installing_twice_is_harmless(written):
    install_triggers()
    install_triggers()

    with pytest.raises(DatabaseError, match="only grows"):
        try_to("DELETE FROM journal_fact")


def test_an_honest_command_still_writes():
    mend_fence(vera())
    mend_fence(vera())

    assert count("journal_fact") == 2
