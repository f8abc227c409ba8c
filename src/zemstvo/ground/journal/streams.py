"""Reading the whole journal in order, without holding it: the leaves with their facts, the nodes, the checkpoints.

For verification, export and segments. All of them read one snapshot: on PostgreSQL a repeatable-read
transaction, on SQLite a read transaction (which keeps no writer waiting).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any, NamedTuple

from django.db import connection, transaction

CHUNK = 2_000
"""Rows fetched at once."""

_names = count()


class SealedFact(NamedTuple):
    """A leaf with its fact; id and body are None where the fact is missing.

    `id` is as the database holds it: 36 characters on PostgreSQL, 32 hexadecimal digits on SQLite.
    """

    index: int
    seq: int
    hash: bytes
    id: str | None
    body: bytes | None


@contextmanager
def snapshot() -> Iterator[None]:
    """One state of the database for all that is read inside. Inside a transaction it is that transaction's."""
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


def sealed_facts(start: int = 0, end: int | None = None) -> Iterator[list[SealedFact]]:
    """The leaves from `start` to before `end` in order, each with its fact, in lists of up to CHUNK."""
    for rows in _rows(_SEALED[connection.vendor], [start, 2**62 if end is None else end]):
        yield [SealedFact(*row) for row in rows]


def raw_sealed_facts() -> Iterator[list[tuple[Any, ...]]]:
    """All leaves in order as plain tuples (the columns of SealedFact), for the one loop that must be fast."""
    return _rows(_SEALED[connection.vendor], [0, 2**62])


def waiting_facts() -> Iterator[list[tuple[Any, ...]]]:
    """Facts that wait for the sealer, by seq: seq, promised hash, id, body, and the leaf that seals it already."""
    return _rows(_WAITING[connection.vendor], [])


def stored_nodes(level: int) -> Iterator[tuple[int, bytes]]:
    """Index and hash of the stored nodes of one level, in order."""
    query = 'SELECT "index", hash FROM journal_node WHERE level = %s ORDER BY "index"'
    for rows in _rows(query, [level]):
        yield from rows


def checkpoints(above: int = 0) -> Iterator[tuple[int, str]]:
    """Size and signed note of the checkpoints of more than `above` leaves, in order."""
    query = "SELECT size, note FROM journal_checkpoint WHERE size > %s ORDER BY size"
    for rows in _rows(query, [above]):
        yield from rows


def _rows(query: str, parameters: list[int]) -> Iterator[list[Any]]:
    with connection.wrap_database_errors:
        if connection.vendor == "postgresql":
            # A cursor on the server; binary, because bytes as hexadecimal text are twice as long.
            name = f"journal_{next(_names)}"
            cursor = connection.connection.cursor(name, binary=True)
        else:
            cursor = connection.cursor()
        try:
            cursor.execute(query, parameters)
            while rows := cursor.fetchmany(CHUNK):
                yield rows
        finally:
            cursor.close()


_SEALED = {
    "sqlite": """
        SELECT leaf."index", leaf.seq, leaf.hash, fact.id, CAST(fact.body AS BLOB)
        FROM journal_leaf AS leaf LEFT JOIN journal_fact AS fact ON fact.seq = leaf.seq
        WHERE leaf."index" >= %s AND leaf."index" < %s ORDER BY leaf."index"
    """,
    "postgresql": """
        SELECT leaf."index", leaf.seq, leaf.hash, fact.id::text, convert_to(fact.body, 'UTF8')
        FROM journal_leaf AS leaf LEFT JOIN journal_fact AS fact ON fact.seq = leaf.seq
        WHERE leaf."index" >= %s AND leaf."index" < %s ORDER BY leaf."index"
    """,
}

_WAITING = {
    "sqlite": """
        SELECT waiting.seq, waiting.hash, fact.id, CAST(fact.body AS BLOB), leaf."index"
        FROM journal_unsealed AS waiting LEFT JOIN journal_fact AS fact ON fact.seq = waiting.seq
        LEFT JOIN journal_leaf AS leaf ON leaf.seq = waiting.seq ORDER BY waiting.seq
    """,
    "postgresql": """
        SELECT waiting.seq, waiting.hash, fact.id::text, convert_to(fact.body, 'UTF8'), leaf."index"
        FROM journal_unsealed AS waiting LEFT JOIN journal_fact AS fact ON fact.seq = waiting.seq
        LEFT JOIN journal_leaf AS leaf ON leaf.seq = waiting.seq ORDER BY waiting.seq
    """,
}
