"""Statements that are written once: the questions that the pages of officials ask all day.

The ORM takes half a millisecond to write a statement, the database a tenth of that to answer it. A function
under `written_once` makes its queryset as ever; the text of its statement is then kept in the memory of the
process as long as that lives, and from call to call only the values change. No answer is kept: each call
asks the database. Columns and conditions stay those of the models (docs/decisions/0076).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial, wraps
from itertools import count
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable

R = TypeVar("R")


def written_once(question: Callable[..., QuerySet[Any, R]]) -> Callable[..., list[R]]:
    """The rows for which a queryset asks: of one model, or a list of values.

    The values of a call are texts (also of public ids), whole numbers, days and instants, given by position.
    They may do nothing in the function but stand in conditions: a branch on one would be taken once for all.
    A function that takes any number of values has a statement for each number (`batches` keeps them few).
    """
    kept: dict[int, _Statement[R]] = {}

    @wraps(question)
    def rows(*values: Any) -> list[R]:
        statement = kept.get(len(values))
        if statement is None:
            statement = kept[len(values)] = _statement(question, values)
        return statement.rows(values)

    return rows


def batches(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Texts in groups for a statement written once: of 1, 4, 16 or 64, filled up with the last text."""
    wanted = list(dict.fromkeys(texts))
    for first in range(0, len(wanted), SIZES[-1]):
        group = wanted[first : first + SIZES[-1]]
        size = next(one for one in SIZES if one >= len(group))
        yield (*group, *[group[-1]] * (size - len(group)))


SIZES = (1, 4, 16, 64)
"""How many values a statement over several has: the last is more than a page ever names persons."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A parameter of a statement: the value at `index`, made fit for the database; or always the same."""

    index: int | None
    fit: Callable[[Any], Any]

    def filled(self, values: Sequence[Any]) -> Any:
        return self.fit(None if self.index is None else values[self.index])


@dataclass(frozen=True, slots=True)
class _Statement(Generic[R]):
    """A statement with the places of its values, and how a row of the database becomes one of ours."""

    database: str
    text: str
    places: tuple[_Place, ...]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]
    made: Callable[[tuple[Any, ...]], R]

    def rows(self, values: Sequence[Any]) -> list[R]:
        with connections[self.database].cursor() as cursor:
            cursor.execute(self.text, [place.filled(values) for place in self.places])
            return [self._row(row) for row in cursor.fetchall()]

    def _row(self, found: tuple[Any, ...]) -> R:
        row = list(found)
        for index, converted in self.converters:
            row[index] = converted(row[index])
        return self.made(tuple(row))


def _statement(question: Callable[..., QuerySet[Any, R]], values: Sequence[Any]) -> _Statement[R]:
    """The statement that the ORM writes for blanks in the place of these values."""
    blanks = [_blank(value) for value in values]
    asked = question(*blanks)
    connection = connections[asked.db]
    compiler = asked.query.get_compiler(connection=connection)
    text, parameters = compiler.as_sql()
    places = tuple(_place(parameter, blanks, asked.db) for parameter in parameters)
    if missing := set(range(len(values))) - {place.index for place in places}:
        raise TypeError(f"{question.__name__} does not ask for its values {sorted(missing)} as they are")
    columns = [expression for expression, _sql, _name in compiler.select]
    return _Statement(
        asked.db, text, places, _converters(compiler, columns, asked.db), _maker(asked, columns)
    )


def _blank(value: Any) -> Any:
    """A value of the same type that occurs nowhere else in a statement."""
    number = next(_numbers)
    if isinstance(value, str):
        return str(uuid4())
    if isinstance(value, datetime):
        return datetime(1000, 1, 1, tzinfo=UTC) + timedelta(days=number)
    if isinstance(value, date):
        return date(1000, 1, 1) + timedelta(days=number)
    if isinstance(value, int) and not isinstance(value, bool):
        return number
    raise TypeError(f"{value!r} is no text, no whole number, no day and no instant")


_numbers = count(20_011)


def _place(parameter: Any, blanks: Sequence[Any], database: str) -> _Place:
    """Which value stands here, and in which form: an id is a text here and a number there."""
    for index, blank in enumerate(blanks):
        for fit in _fits(blank, type(parameter), database):
            if fit(blank) == parameter:
                return _Place(index, fit)
        if isinstance(blank, str) and blank in str(parameter):
            raise TypeError(f"value {index} stands inside of {parameter!r}; it must stand alone")
    return _Place(None, lambda _value: parameter)


def _fits(blank: Any, wanted: type, database: str) -> tuple[Callable[[Any], Any], ...]:
    """How a value may become a parameter of a type; a whole number has types of its own on PostgreSQL."""
    if isinstance(blank, str):
        return (UUID,) if wanted is UUID else (str, lambda value: UUID(value).hex)
    if isinstance(blank, datetime):
        return (lambda value: connections[database].ops.adapt_datetimefield_value(value),)
    if isinstance(blank, date):
        return (lambda value: connections[database].ops.adapt_datefield_value(value),)
    return (wanted,) if issubclass(wanted, int) and wanted is not bool else ()


def _converters(
    compiler: Any, columns: Sequence[Any], database: str
) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """What Django does to each column that comes back, on the connection of the thread that asks."""
    return tuple(
        (index, partial(_converted, step, expression, database))
        for index, (steps, expression) in compiler.get_converters(columns).items()
        for step in steps
    )


def _converted(step: Callable[..., Any], expression: Any, database: str, value: Any) -> Any:
    return step(value, expression, connections[database])


def _maker(asked: QuerySet[Any, R], columns: Sequence[Any]) -> Callable[[tuple[Any, ...]], R]:
    if not issubclass(asked._iterable_class, ModelIterable):
        return lambda row: row  # type: ignore[return-value]  # a list of values
    names = [column.target.attname for column in columns]
    return lambda row: asked.model.from_db(asked.db, names, row)
