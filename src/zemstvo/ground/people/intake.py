"""The statements of the intake, by hand: registering a person, and whether a token still works.

The ORM takes 2 ms where these take 0.3 to 0.7 (docs/decisions/0036). Everywhere else the ORM is used. A test
holds the columns against the models.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class Question:
    """What filing has to know: whom these identifiers name, and whether a machine's token works at an instant
    (no token: nothing is asked).
    """

    hashes: Sequence[Hash]
    token: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom identifiers name, by kind; and what the token may, None where it does not work."""

    persons: Mapping[str, Known]
    living: Living | None


def persons_by(hashes: Sequence[Hash]) -> dict[str, Known]:
    """Whom these identifiers name, by kind. One statement, none without identifiers."""
    return {kind: known for (kind, _hash), known in _persons(_rows(hashes, (), None)).items()}


def living_token(token: str, at: datetime) -> Living | None:
    """Scopes, authority and territory of a token that works at this instant, or None. One statement."""
    return _tokens(_rows((), (token,), at)).get(token)


def answers_to(questions: Sequence[Question]) -> list[Answer]:
    """What several ask at the same time. One statement, none where nothing is asked.

    Whether a token works is asked for the latest of the instants, which lie milliseconds apart.
    """
    hashes = list(dict.fromkeys(one for question in questions for one in question.hashes))
    tokens = list(dict.fromkeys(question.token for question in questions if question.token))
    found = _rows(hashes, tokens, max(question.at for question in questions))
    persons, living = _persons(found), _tokens(found)
    return [
        Answer(
            {one[0]: persons[one] for one in question.hashes if one in persons},
            living.get(question.token),
        )
        for question in questions
    ]


def _persons(rows: Sequence[tuple[Any, ...]]) -> dict[Hash, Known]:
    return {
        (kind, bytes(found)): Known(_pseudonym(person), bytes(sealed))
        for kind, found, person, sealed, *_place in rows
        if kind
    }


def _tokens(rows: Sequence[tuple[Any, ...]]) -> dict[str, Living]:
    return {
        _pseudonym(token): (tuple(json.loads(scopes)), authority, territory)
        for kind, _hash, token, _sealed, scopes, authority, territory in rows
        if not kind
    }


def _rows(hashes: Sequence[Hash], tokens: Sequence[str], at: datetime | None) -> list[tuple[Any, ...]]:
    """The rows of persons, and those of tokens, whose kind is empty. One statement, none for nothing."""
    if not (hashes or tokens):
        return []
    parameters: list[Any] = [value for one in hashes for value in one]
    if tokens:
        parameters += [*map(_uuid, tokens), connection.ops.adapt_datetimefield_value(at)]
    return _asked(_asking(len(hashes), len(tokens)), parameters)


@cache
def _asking(hashes: int, tokens: int) -> str:
    named = _NAMED.format(" OR ".join(["(named.kind = %s AND named.hash = %s)"] * hashes))
    living = _LIVING.format(", ".join(["%s"] * tokens))
    return " UNION ALL ".join(([named] if hashes else []) + ([living] if tokens else []))


_NAMED = (
    "SELECT named.kind, named.hash, CAST(named.person AS text), known.sealed, '', '', ''"
    " FROM people_keyed_hash named JOIN people_person known ON known.pseudonym = named.person"
    " WHERE {}"
)
_LIVING = (
    "SELECT '', NULL, CAST(id AS text), NULL, CAST(scopes AS text), authority, territory"
    " FROM people_api_token WHERE id IN ({}) AND revoked_at IS NULL"
    " AND (expires_at IS NULL OR expires_at > %s)"
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
