"""The statements of the intake, by hand: registering a person, and whether a token still works.

The ORM takes 2 ms where these take 0.3 to 0.7 (docs/decisions/0036). Everywhere else the ORM is used. A test
holds the columns against the models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections

Hash = tuple[str, bytes]
"""The kind of an identifier, and its keyed hash."""


def persons_by(hashes: Sequence[Hash]) -> dict[str, str]:
    """Whom these identifiers name: pseudonyms by kind. One statement."""
    if not hashes:
        return {}
    fits = " OR ".join(["kind = %s AND hash = %s"] * len(hashes))
    statement = f"SELECT kind, person FROM people_keyed_hash WHERE {fits}"  # noqa: S608  only places are put in
    found = _asked(statement, [value for one in hashes for value in one])
    return {kind: _pseudonym(person) for kind, person in found}


def living_token(token: str, at: datetime) -> tuple[tuple[str, ...], str, str] | None:
    """Scopes, authority and territory of a token that works at this instant, or None. One statement."""
    found = _asked(_LIVING, [_uuid(token), connection.ops.adapt_datetimefield_value(at)])
    if not found:
        return None
    scopes, authority, territory = found[0]
    return tuple(json.loads(scopes) if isinstance(scopes, str) else scopes), authority, territory


_LIVING = (
    "SELECT scopes, authority, territory FROM people_api_token WHERE id = %s"
    " AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > %s)"
)


def _asked(statement: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows that answer a statement: prepared once, and past Django's cursor, which writes the parameters
    into the text anew each time.
    """
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    with database.wrap_database_errors:
        if database.vendor == "postgresql":
            with psycopg.Cursor(database.connection) as prepared:
                return prepared.execute(statement.encode(), parameters, prepare=True).fetchall()
        found: list[Any] = database.connection.execute(statement.replace("%s", "?"), parameters).fetchall()
        return found


def insert_person(person: str, *, kind: str, sealed: bytes, at: datetime, hashes: Sequence[Hash]) -> bool:
    """Insert a person and what names it; False, and nothing inserted, where another was quicker with a name.

    One statement on PostgreSQL, two on SQLite, where a statement is a call into the same process. Waits for
    a transaction that is about to insert the same name.
    """
    pseudonym = _uuid(person)
    row: list[Any] = [pseudonym, kind, sealed, connection.ops.adapt_datetimefield_value(at)]
    names: list[Any] = [value for one in hashes for value in (*one, pseudonym)]
    with connection.cursor() as cursor:
        if not hashes:
            cursor.execute(_PERSON, row)
            return True
        named = _NAMES.format(", ".join(["(%s, %s, %s, '')"] * len(hashes)))
        if connection.vendor == "postgresql":
            cursor.execute(f"WITH inserted AS ({_PERSON}) {named}", row + names)
        else:
            cursor.execute(_PERSON, row)
            cursor.execute(named, names)
        if cursor.rowcount == len(hashes):
            return True
        _take_back(cursor, pseudonym)
        return False


_PERSON = (
    "INSERT INTO people_person (pseudonym, kind, sealed, registered_at, version, checked_by)"
    " VALUES (%s, %s, %s, %s, 1, '')"
)
_NAMES = "INSERT INTO people_keyed_hash (kind, hash, person, about) VALUES {} ON CONFLICT DO NOTHING"


def _pseudonym(stored: UUID | str) -> str:
    """A UUID as text: SQLite holds its digits only."""
    text = str(stored)
    return text if "-" in text else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _uuid(text: str) -> str:
    return text if connection.features.has_native_uuid_field else text.replace("-", "")


def _take_back(cursor: Any, pseudonym: str) -> None:
    cursor.execute("DELETE FROM people_keyed_hash WHERE person = %s", [pseudonym])
    cursor.execute("DELETE FROM people_person WHERE pseudonym = %s", [pseudonym])
