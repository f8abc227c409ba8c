"""The statements of the intake, by hand: registering a person, and whether a token still works.

The ORM takes 2 ms where these take 0.3 to 0.7 (docs/decisions/0036). Everywhere else the ORM is used. A test
holds the columns against the models.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections

Hash = tuple[str, bytes]
"""The kind of an identifier, and its keyed hash."""

Living = tuple[tuple[str, ...], str, str]
"""Scopes, authority and territory of a token that works."""


@dataclass(frozen=True, slots=True)
class Known:
    """Whom an identifier names: the pseudonym, and the identity that is registered, sealed."""

    person: str
    sealed: bytes


def persons_by(hashes: Sequence[Hash]) -> dict[str, Known]:
    """Whom these identifiers name, by kind. One statement."""
    if not hashes:
        return {}
    return _known(_asked(_named(len(hashes)), [value for one in hashes for value in one]))


def persons_and_token(
    hashes: Sequence[Hash], token: str, at: datetime
) -> tuple[dict[str, Known], Living | None]:
    """What `persons_by` and `living_token` say, in one statement."""
    statement = f"{_named(len(hashes))} UNION ALL {_LIVING}"
    found = _asked(statement, [*(value for one in hashes for value in one), *_token_at(token, at)])
    return _known(found), next((_living(row) for row in found if not row[0]), None)


def living_token(token: str, at: datetime) -> Living | None:
    """Scopes, authority and territory of a token that works at this instant, or None. One statement."""
    found = _asked(_LIVING, _token_at(token, at))
    return _living(found[0]) if found else None


def _known(rows: Sequence[tuple[Any, ...]]) -> dict[str, Known]:
    return {kind: Known(_pseudonym(person), bytes(sealed)) for kind, person, sealed, *_place in rows if kind}


def _living(row: tuple[Any, ...]) -> Living:
    _kind, scopes, _sealed, authority, territory = row
    return tuple(json.loads(scopes)), authority, territory


def _token_at(token: str, at: datetime) -> list[Any]:
    return [_uuid(token), connection.ops.adapt_datetimefield_value(at)]


@cache
def _named(identifiers: int) -> str:
    fits = " OR ".join(["named.kind = %s AND named.hash = %s"] * identifiers)
    return f"{_NAMED} WHERE {fits}"


_NAMED = (
    "SELECT named.kind, CAST(named.person AS text), known.sealed, '', '' FROM people_keyed_hash named"
    " JOIN people_person known ON known.pseudonym = named.person"
)
_LIVING = (
    "SELECT '', CAST(scopes AS text), NULL, authority, territory FROM people_api_token WHERE id = %s"
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


def _pseudonym(text: str) -> str:
    """A UUID in its canonical text: SQLite holds its digits only."""
    return text if "-" in text else f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _uuid(text: str) -> str:
    return text if connection.features.has_native_uuid_field else text.replace("-", "")


def _take_back(cursor: Any, pseudonym: str) -> None:
    cursor.execute("DELETE FROM people_keyed_hash WHERE person = %s", [pseudonym])
    cursor.execute("DELETE FROM people_person WHERE pseudonym = %s", [pseudonym])
