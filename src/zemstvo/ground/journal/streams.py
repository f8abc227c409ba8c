"""Reading the whole journal in order without holding it, for verification, export and segments.

All that is read inside one `snapshot` is one state of the database: on PostgreSQL a repeatable-read
transaction, on SQLite a read transaction, which keeps no writer waiting. Queries stream: on PostgreSQL the
server goes on working while the rows that came are looked at, so one stream must be at its end before the
next begins.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import Any

from django.db import connection, transaction
from psycopg import Cursor
from psycopg.types.string import ByteaBinaryLoader

from zemstvo.ground.journal.models import Checkpoint, Leaf

CHUNK = 2_000
"""Rows that are fetched at once."""

BLOCK = 1 << 16
"""Leaves that are asked for at once, so that no database needs to sort the whole journal."""

Progress = Callable[[int, int], None]
"""Called now and then with the leaves done and the leaves in all."""


def no_progress(done: int, of: int) -> None:
    """For whoever does not want to know."""


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for all that is read inside; in a transaction, that transaction's."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Not transaction.atomic: that begins with the write lock, and readers need none.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def leaves(start: int, end: int) -> list[tuple[int, int, bytes]]:
    """Index, seq and hash of the leaves from `start` to before `end`, in order."""
    query = (
        'SELECT "index", seq, hash FROM journal_leaf WHERE "index" >= %s AND "index" < %s ORDER BY "index"'
    )
    return [leaf for rows in _rows(query, [start, end]) for leaf in rows]


def facts(first: int, last: int) -> Iterator[list[tuple[int, str | bytes, bytes]]]:
    """Seq, id and canonical bytes of the facts from seq `first` to `last`, in no order, in lists.

    The id is 16 bytes on PostgreSQL and 32 hexadecimal digits on SQLite.
    """
    return _rows(
        f"SELECT seq, fact.id, {_BODY[connection.vendor]} FROM journal_fact AS fact "  # noqa: S608
        "WHERE seq >= %s AND seq <= %s",
        [first, last],
    )


def all_sealed(progress: Progress) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every sealed fact as its JSON reads, with its leaf, in the order of the leaves."""
    total = Leaf.objects.count()
    for start in range(0, total, BLOCK):
        for index, _seq, _hash, body in sealed_bodies(start, start + BLOCK):
            yield index, json.loads(body)
        progress(min(start + BLOCK, total), total)


def touched() -> Iterator[tuple[str, str]]:
    """Every thing that a fact touches: type and id, each once, in order."""
    query = "SELECT DISTINCT type, object FROM journal_touch ORDER BY type, object"
    rows = _rows(query, [])
    return ((_text(type_), _text(object_)) for type_, object_ in chain.from_iterable(rows))


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def sealed_bodies(start: int, end: int) -> Iterator[tuple[int, int, bytes, bytes]]:
    """Index, seq, hash and canonical bytes of the facts from leaf `start` to before `end`, in order."""
    rows = _rows(
        f'SELECT leaf."index", leaf.seq, leaf.hash, {_BODY[connection.vendor]} '  # noqa: S608
        "FROM journal_leaf AS leaf JOIN journal_fact AS fact ON fact.seq = leaf.seq "
        'WHERE leaf."index" >= %s AND leaf."index" < %s ORDER BY leaf."index"',
        [start, end],
    )
    return chain.from_iterable(rows)


def waiting_facts() -> Iterator[tuple[int, bytes, str | bytes | None, bytes | None, int | None]]:
    """The facts that wait for the sealer, by seq: seq, promised hash, id, body, leaf if there is one."""
    rows = _rows(
        f'SELECT waiting.seq, waiting.hash, fact.id, {_BODY[connection.vendor]}, leaf."index" '  # noqa: S608
        "FROM journal_unsealed AS waiting LEFT JOIN journal_fact AS fact ON fact.seq = waiting.seq "
        "LEFT JOIN journal_leaf AS leaf ON leaf.seq = waiting.seq ORDER BY waiting.seq",
        [],
    )
    return chain.from_iterable(rows)


def nodes(level: int, first: int, end: int) -> list[tuple[int, bytes]]:
    """Index and hash of the stored nodes of one level from index `first` to before `end`, in order."""
    query = (
        'SELECT "index", hash FROM journal_node WHERE level = %s AND "index" >= %s AND "index" < %s '
        'ORDER BY "index"'
    )
    return [node for rows in _rows(query, [level, first, end]) for node in rows]


def checkpoints(above: int, to: int) -> list[tuple[int, str]]:
    """Size and signed note of the checkpoints of more than `above` and at most `to` leaves, in order."""
    found = Checkpoint.objects.filter(size__gt=above, size__lte=to).order_by("size")
    return list(found.values_list("size", "note"))


_BODY = {"sqlite": "CAST(fact.body AS BLOB)", "postgresql": "fact.body"}


def _rows(query: str, parameters: Sequence[int]) -> Iterator[list[Any]]:
    """The rows of a query in lists of CHUNK; on PostgreSQL a text comes as its bytes, and an id as its 16.

    On PostgreSQL in its binary format, which Django's own cursors cannot read: hexadecimal bytes are twice as
    long, and nothing is decoded that is to be hashed.
    """
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with Cursor(connection.connection) as streaming:
                streaming.adapters.register_loader("text", ByteaBinaryLoader)
                streaming.adapters.register_loader("uuid", ByteaBinaryLoader)
                stream = streaming.stream(query, parameters, binary=True, size=CHUNK)
                while rows := list(islice(stream, CHUNK)):
                    yield rows
        else:
            cursor.execute(query, parameters)
            while rows := cursor.fetchmany(CHUNK):
                yield rows
