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
from functools import cache
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
from pydantic_core import to_json

from zemstvo.ground.journal.together import Together
from zemstvo.ground.journal.writing import FACTS_CTES, Line, facts_parameters, write_lines
from zemstvo.ground.people import vault
from zemstvo.ground.people.intake import Answer, Question, answers_to

Row = tuple[type[Model], Mapping[str, Any]]
"""A row that is about to be inserted: whose it is, and its columns by the names of the model."""


Filing = tuple[Sequence[Row], Line]
"""What becomes of one application: its rows, and the line of its fact."""


def store(question: Question, make: Callable[[Answer], Filing]) -> Filing:
    """Insert the rows and the line of their fact; durable when it returns, outside a transaction.

    `make` makes them ready from the answer to the question; whoever has the turn to write calls it. Raises
    what it raises, and IntegrityError where one of them stands already, and then none is stored.
    """
    if not connection.in_atomic_block:
        return _together.commit(question, make)
    rows, line = filing = make(answers_to([question])[0])
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
                cursor.execute(_insert_from_json(model), [_as_json(model, several)])
        return
    with database.wrap_database_errors:
        for model, several in _by_model(rows).items():
            database.connection.execute(_insert(model, len(several)), _values(model, several))


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


def _look_up(questions: Sequence[Question]) -> list[Answer]:
    """Whom all their numbers name, and the keys of these persons: a statement each."""
    answers = answers_to(questions)
    vault.prefetch(known.person for answer in answers for known in answer.persons.values())
    return answers


_together: Together[Question, Answer, Filing] = Together(_look_up, _store_together)


def _store_at_once(rows: Sequence[Row], lines: Sequence[Line]) -> None:
    """All in one statement, which is a transaction of its own.

    It is the same however many they are, and goes to the server as a prepared one, past Django's cursor,
    which would have PostgreSQL parse and plan five INSERTs anew each time.
    """
    by_model = _by_model(rows)
    parameters = facts_parameters(lines) + [_as_json(model, several) for model, several in by_model.items()]
    database = connections[DEFAULT_DB_ALIAS]
    database.ensure_connection()
    with database.wrap_database_errors, psycopg.RawCursor(database.connection) as prepared:
        prepared.execute(_at_once(tuple(by_model)), parameters, prepare=True)


@cache
def _at_once(models: tuple[type[Model], ...]) -> bytes:
    """The statement that writes the facts and rows of these models, with the parameters of PostgreSQL itself
    ($1, $2, …), each a JSON array.
    """
    inserts = [_insert_from_json(model) for model in models]
    beside = "".join(f", beside{n} AS ({one})" for n, one in enumerate(inserts[:-1]))
    first, *rest = f"WITH {FACTS_CTES}{beside} {inserts[-1]}".split("%s")
    return "".join([first, *(f"${n}{text}" for n, text in enumerate(rest, 1))]).encode()


@cache
def _insert_from_json(model: type[Model]) -> str:
    """The INSERT of rows that are given as one JSON array."""
    table, names = model._meta.db_table, _names(model)
    rows = f"json_populate_recordset(NULL::{table}, %s::json)"
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM {rows}"  # noqa: S608 (names of our own)


def _as_json(model: type[Model], rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as PostgreSQL reads them from JSON: an object each, by the names of the columns."""
    columns = _columns(model)
    several = [
        {one.name: row[one.attribute] if one.fit is None else one.fit(row[one.attribute]) for one in columns}
        for row in rows
    ]
    return to_json(several).decode()


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
    """How a value of a field is made fit for the database; None where it is fit as it is.

    PostgreSQL reads JSON, which has no bytes. SQLite gets each value as Django would store it: days and
    moments as text, a UUID as its hexadecimal digits.
    """
    if connection.vendor == "postgresql":
        return _hexadecimal if isinstance(field, BinaryField) else None
    if isinstance(field, CharField | PositiveIntegerField | BooleanField | BinaryField):
        return None
    if isinstance(field, DateField | UUIDField):
        return _TEXTS[type(field)]
    return lambda value: field.get_db_prep_save(value, connection)


def _hexadecimal(value: bytes) -> str:
    return f"\\x{value.hex()}"


_TEXTS: Mapping[type[Field[Any, Any]], Callable[[Any], str | None]] = {
    DateField: lambda day: day and day.isoformat(),
    DateTimeField: lambda moment: moment and str(moment.astimezone(UTC).replace(tzinfo=None)),
    UUIDField: lambda uuid: uuid and str(uuid).replace("-", ""),
}


@cache
def _insert(model: type[Model], rows: int) -> str:
    """The INSERT of so many rows, each value a parameter of SQLite."""
    places = ", ".join([f"({', '.join(['?'] * len(_columns(model)))})"] * rows)
    return f"INSERT INTO {model._meta.db_table} ({_names(model)}) VALUES {places}"  # noqa: S608 (names of our own)


def _names(model: type[Model]) -> str:
    return ", ".join(connection.ops.quote_name(column.name) for column in _columns(model))


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
