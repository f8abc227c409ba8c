"""Fixtures that every room shares: the flush of the tests, which the journal would refuse.

A test marked `transaction=True` is cleaned up by a flush, which the database refuses on the journal. The
triggers are lifted here, in the tests' own code, around that flush and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from django.test import TransactionTestCase

from zemstvo.ground.journal import triggers


@contextmanager
def _lifted_triggers() -> Iterator[None]:
    connection = connections["default"]
    with connection.cursor() as cursor:
        for table in triggers.KEYS:
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        triggers.install_triggers()


@pytest.fixture
def lifted_triggers():
    """A context in which the journal can be changed, for tests that damage it."""
    return _lifted_triggers


@pytest.fixture(autouse=True, scope="session")
def _flush_lifts_the_triggers() -> Iterator[None]:
    flush = TransactionTestCase._fixture_teardown

    def flush_with_lifted_triggers(self: TransactionTestCase) -> None:
        with _lifted_triggers():
            flush(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", flush_with_lifted_triggers)
    yield
    patch.undo()
