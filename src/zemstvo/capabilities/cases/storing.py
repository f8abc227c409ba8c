"""Storing filed cases at one stroke: their rows and their facts, by hand.

**Hand-written SQL.** This is the one place of the room where rows do not go through the ORM (issue 2, 7.1;
the ORM alone stands at 0.4 of a bare INSERT, reference/speed.md). The columns are those that the models
declare, the journal's part is its own (`journal.writing`); a test files the same application through the
models and compares the rows.

Applications that come at the same time are stored together (`journal.together`): on PostgreSQL by one
prepared statement, which is its own transaction; on SQLite by an INSERT for each table in one transaction. In
somebody's transaction one joins it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache, lru_cache
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction
from django.db.models import (
    BinaryField,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    Model,
    PositiveIntegerField,
    UUIDField,
)

from zemstvo.ground.journal.together import Together
from zemstvo.ground.journal.writing import Line, facts_sql, write_lines

Row = tuple[type[Model], Mapping[str, Any]]
"""A row that is about to be inserted: whose it is, and its columns by the names of the model."""


Filing = tuple[Sequence[Row], Line]
"""What becomes of one application: its rows, and the line of its fact."""


def store(make: Callable[[], Filing]) -> Filing:
    """Insert the rows and the line of their fact; durable when it returns, outside a transaction.

    `make` makes them ready; whoever has the turn to write calls it. Raises what it raises, and IntegrityError
    where one of them stands already, and then none is stored.
    """
    if not connection.in_atomic_block:
        return _together.commit(make)
    rows, line = filing = make()
    with transaction.atomic():
        insert(rows)
        write_lines([line])
    return filing


def insert(rows: Sequence[Row]) -> None:
    """Insert the rows in the caller's transaction, one statement for each table."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            for model, several in _by_model(rows).items():
                cursor.execute(_insert(model, len(several)), _values(model, several))
        return
    with database.wrap_database_errors:
        for model, several in _by_model(rows).items():
            database.connection.execute(_insert(model, len(several), sign="?"), _values(model, several))


def _store_together(filings: Sequence[Filing]) -> None:
    """Store several applications, all or none."""
    rows = [row for rows, _line in filings for row in rows]
    lines = [line for _rows, line in filings]
    if connection.vendor == "postgresql":
        _store_at_once(rows, lines)
        return
    with transaction.atomic():
        insert(rows)
        write_lines(lines)


_together: Together[Filing] = Together(_store_together)


def _store_at_once(rows: Sequence[Row], lines: Sequence[Line]) -> None:
    """All in one statement, which is a transaction of its own.

    It goes to the server as a prepared one, with numbered parameters, past Django's cursor, which would have
    PostgreSQL parse and plan five INSERTs anew each time.
    """
    ctes, parameters = facts_sql(lines)
    by_model = _by_model(rows)
    for model, several in by_model.items():
        parameters += _values(model, several)
    statement = _at_once(ctes, tuple((model, len(several)) for model, several in by_model.items()))
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    with database.wrap_database_errors, psycopg.RawCursor(database.connection) as prepared:
        prepared.execute(statement, parameters, prepare=True)


@lru_cache(maxsize=256)
def _at_once(ctes: str, models: tuple[tuple[type[Model], int], ...]) -> bytes:
    """The statement that writes the facts and so many rows of each model, with the parameters of PostgreSQL
    itself ($1, $2, …).
    """
    inserts = [_insert(model, rows) for model, rows in models]
    beside = "".join(f", beside{n} AS ({one})" for n, one in enumerate(inserts[:-1]))
    first, *rest = f"WITH {ctes}{beside} {inserts[-1]}".split("%s")
    return "".join([first, *(f"${n}{text}" for n, text in enumerate(rest, 1))]).encode()


def _by_model(rows: Sequence[Row]) -> dict[type[Model], list[Mapping[str, Any]]]:
    found: dict[type[Model], list[Mapping[str, Any]]] = {}
    for model, row in rows:
        found.setdefault(model, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a row: its name, and how its value is made fit for the database."""

    name: str
    attribute: str
    fit: Callable[[Any], Any] | None


@cache
def _columns(model: type[Model]) -> tuple[_Column, ...]:
    """The columns of a model but its own number, as the model declares them."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return tuple(_Column(str(one.column), one.attname, _fit(one)) for one in fields)


def _fit(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of a field is made fit for the database, as Django would; None where it is fit as it is.

    psycopg writes days, moments and bytes itself, and PostgreSQL reads a UUID from its text. SQLite holds
    days and moments as text, and a UUID as its hexadecimal digits.
    """
    if isinstance(field, CharField | PositiveIntegerField | BooleanField | BinaryField):
        return None
    if isinstance(field, DateField | UUIDField):
        return None if connection.vendor == "postgresql" else _TEXTS[type(field)]
    return lambda value: field.get_db_prep_save(value, connection)


_TEXTS: Mapping[type[Field[Any, Any]], Callable[[Any], str | None]] = {
    DateField: lambda day: day and day.isoformat(),
    DateTimeField: lambda moment: moment and str(moment.astimezone(UTC).replace(tzinfo=None)),
    UUIDField: lambda uuid: uuid and str(uuid).replace("-", ""),
}


@cache
def _insert(model: type[Model], rows: int, *, sign: str = "%s") -> str:
    """The INSERT of rows of this model; `sign` stands for a parameter."""
    columns, table = _columns(model), model._meta.db_table
    names = ", ".join(connection.ops.quote_name(column.name) for column in columns)
    places = ", ".join([f"({', '.join([sign] * len(columns))})"] * rows)
    return f"INSERT INTO {table} ({names}) VALUES {places}"  # noqa: S608 (names of our own)


def _values(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The parameters of `_insert`, in its order."""
    columns = _columns(model)
    return [
        row[one.attribute] if one.fit is None else one.fit(row[one.attribute])
        for row in rows
        for one in columns
    ]


@cache
def blank(model: type[Model]) -> dict[str, Any]:
    """The columns of a model with their defaults."""
    fields = (field for field in model._meta.concrete_fields if not field.primary_key)
    return {field.attname: field.get_default() for field in fields}
