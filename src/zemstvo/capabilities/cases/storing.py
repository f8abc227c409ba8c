"""Storing a filed case at one stroke: its rows and its fact, by hand.

**Hand-written SQL.** This is the one place of the room where rows do not go through the ORM (issue 2, 7.1;
the ORM alone stands at 0.4 of a bare INSERT, reference/speed.md). The columns are those that the models
declare, the journal's part is its own (`journal.writing`); a test files the same application through the
models and compares the rows. On PostgreSQL it is one prepared statement, which is its own transaction; on
SQLite the same INSERTs one after the other, in one commit with those who come at the same time. In somebody's
transaction it joins it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from functools import cache, partial
from typing import Any

import psycopg
from django.db import connection, transaction
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

from zemstvo.ground.journal.together import commit_together
from zemstvo.ground.journal.writing import Line, facts_sql, write_lines

Row = tuple[type[Model], Mapping[str, Any]]
"""A row that is about to be inserted: whose it is, and its columns by the names of the model."""


def store(rows: Sequence[Row], line: Line) -> None:
    """Insert the rows and the line of their fact; durable when it returns, outside a transaction.

    Raises IntegrityError where one of them stands already, and then none is stored.
    """
    if connection.vendor == "postgresql":
        _store_at_once(rows, line)
    elif connection.in_atomic_block:
        with transaction.atomic():
            _store_in_turn(rows, line)
    else:
        commit_together(partial(_store_in_turn, rows, line))


def insert(rows: Sequence[Row]) -> None:
    """Insert the rows, one statement each, in the caller's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model, row in rows:
                cursor.execute(_insert(model, 0), _values(model, row, 0))
        return
    with connection.wrap_database_errors:
        for model, row in rows:
            statement = _insert(model, 0, numbered=True)
            connection.connection.execute(statement, list(_values(model, row, 0).values()))


def _store_at_once(rows: Sequence[Row], line: Line) -> None:
    """All rows in one statement: outside a transaction it is one, and durable when it returns.

    There it goes to the server as a prepared statement, past Django's cursor, which would have PostgreSQL
    parse and plan five INSERTs anew each time.
    """
    ctes, parameters = facts_sql([line])
    for n, (model, row) in enumerate(rows):
        parameters.update(_values(model, row, n))
        if n:
            ctes += f", beside{n} AS ({_insert(model, n)})"
    statement = f"WITH {ctes} {_insert(rows[0][0], 0)}"
    if connection.in_atomic_block:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as prepared:
        prepared.execute(statement.encode(), parameters, prepare=True)


def _store_in_turn(rows: Sequence[Row], line: Line) -> None:
    """The same rows where a statement inserts into one table only (SQLite), in a transaction that is open."""
    insert(rows)
    write_lines([line])


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a row: its name, the name of its parameter, and how its value is made fit for the
    database.
    """

    name: str
    parameter: str
    attribute: str
    fit: Callable[[Any], Any] | None


@cache
def _columns(model: type[Model], n: int) -> tuple[_Column, ...]:
    """The columns of a model but its own number, as the model declares them."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return tuple(_Column(str(one.column), f"{one.column}{n}", one.attname, _fit(one)) for one in fields)


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
def _insert(model: type[Model], n: int, *, numbered: bool = False) -> str:
    """The INSERT of a row of this model; its parameters are named, or `numbered` as SQLite's own are."""
    columns = _columns(model, n)
    names = ", ".join(connection.ops.quote_name(column.name) for column in columns)
    places = ", ".join("?" if numbered else f"%({column.parameter})s" for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})"  # noqa: S608 (names of our own)


def _values(model: type[Model], row: Mapping[str, Any], n: int) -> dict[str, Any]:
    return {
        column.parameter: row[column.attribute] if column.fit is None else column.fit(row[column.attribute])
        for column in _columns(model, n)
    }


@cache
def blank(model: type[Model]) -> dict[str, Any]:
    """The columns of a model with their defaults."""
    fields = (field for field in model._meta.concrete_fields if not field.primary_key)
    return {field.attname: field.get_default() for field in fields}
