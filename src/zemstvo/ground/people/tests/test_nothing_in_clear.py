"""Nothing that says who somebody is stands in the main database in clear."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from django.db import connections

from zemstvo.ground.people import commands, models, queries, search
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.looks import record_look
from zemstvo.ground.people.tests.conftest import ANNA, FIRM

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def stored(alias: str) -> list[tuple[str, bytes]]:
    """Every value of every table of a database, as (table, bytes)."""
    found = []
    with connections[alias].cursor() as cursor:
        for table in connections[alias].introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    raw = value if isinstance(value, bytes | memoryview) else str(value).encode()
                    found.append((table, bytes(raw)))
    return found


@pytest.fixture
def known(house, anna, firm, official, pavel) -> list[str]:
    """Everything that was told about Anna and the bakery, after much was done with it."""
    for person, identity in ((anna, ANNA), (firm, FIRM)):
        search.index_person(person, identity.checked())
    commands.open_account(house, ANNA.email, person=anna)
    commands.employ(house, organisation=firm, person=anna)
    commands.represent(house, person=anna, representative=pavel, ground="attorney")
    commands.appoint_official(house, anna, authority="zarechny", position={"ru": "специалист"})
    commands.check_identity(house, anna, how="passport")
    look = record_look(house, person=anna, purpose="case")
    assert queries.identity(house, anna, look) == ANNA.checked()
    told = [asdict(ANNA.checked()), asdict(FIRM.checked()), {"typed": ANNA.snils}]
    values = [str(value) for one in told for value in one.values() if value]
    return [*values, ANNA.name]


def test_a_planted_name_is_nowhere(known):
    for alias in ("default", "keys"):
        for table, raw in stored(alias):
            text = raw.decode(errors="replace").lower()
            for value in known:
                assert value.lower() not in text, f"{value} stands in {alias}.{table}"


def test_the_scan_would_find_one(house, places):
    names = [table for table, raw in stored("default") if "специалист".encode() in raw or b"zarechny" in raw]

    assert "territory_authority" in names


def test_equal_names_of_two_people_are_sealed_differently(house):
    namesake = Identity(family_name=ANNA.family_name, given_name=ANNA.given_name, patronymic=ANNA.patronymic)
    for _ in range(2):
        commands.register_person(house, namesake)

    sealed = {bytes(blob) for blob in models.Person.objects.values_list("sealed", flat=True)}

    assert len(sealed) == 2
