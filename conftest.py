"""Fixtures that every room shares: the flush of the tests, which the journal would refuse.

A test marked `transaction=True` is cleaned up by a flush, which the database refuses on the journal. The
triggers are lifted here, in the tests' own code, around that flush and nowhere else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck
from hypothesis import settings as properties

from zemstvo.ground.journal import triggers
from zemstvo.ground.people import vault
from zemstvo.town.testing import TownForTests

# A machine that is busy with other tests is slow, which says nothing about a property. HYPOTHESIS_PROFILE
# chooses: `suite` is what every run of the suite takes, `thorough` is for a night.
properties.register_profile(
    "suite", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
properties.register_profile("thorough", properties.get_profile("suite"), max_examples=1000)
properties.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

CORPUS = Path(os.environ.get("ZEMSTVO_CORPUS", Path(__file__).parent.parent / "shared" / "corpus"))


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real data that no one here wrote; where it is missing, its tests are left out."""
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus is not at {CORPUS}; ZEMSTVO_CORPUS says where it is")
    return CORPUS


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
        vault.forget()  # the pool of durable keys went with the tables

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", flush_with_lifted_triggers)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def _passwords_are_hashed_quickly() -> Iterator[None]:
    """The true hasher takes 0.2 s a password; sites that tests start as processes have it."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def town(request: pytest.FixtureRequest) -> TownForTests:
    """Zarechny and its people on an otherwise empty database; the test needs a mark for both databases."""
    request.getfixturevalue("db")
    return TownForTests()
