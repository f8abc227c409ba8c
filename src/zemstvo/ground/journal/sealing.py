"""The sealer: it makes leaves of the facts that wait, and signs the tree that they grow.

Appending a fact takes no lock that others feel, so under concurrent commits a lower `seq` may become visible
after a higher one. The sealer therefore drains what is *visible* in the table of unsealed facts, in the order
of `seq`, instead of reading on from the last `seq`. Two facts about one thing keep their order: they are
written under the lock of that thing, so that wherever the second is visible the first is visible too.

There is one sealer at a time. What takes time (reading, hashing, signing) is done before the transaction;
inside it the sealer makes sure that the tree is still the one that it started from, and writes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from zemstvo.ground.journal.keys import signer
from zemstvo.ground.journal.loops import run_until
from zemstvo.ground.journal.models import Checkpoint, Unsealed
from zemstvo.ground.journal.notes import signed_checkpoint
from zemstvo.ground.journal.stored_tree import stored_frontier, stored_size
from zemstvo.ground.journal.tree import STRIDE

BATCH = 2_500
"""How many facts at most are sealed in one transaction, so that on SQLite no writer waits long for it."""

PAUSE = 0.5
"""Seconds that the sealer rests when nothing waits; a fact is sealed within about this time."""

_LOCK = 0x7A656D73_7365616C
"""The number of the advisory lock of PostgreSQL under which the tree grows."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Growth:
    """The rows by which the tree grows."""

    start: int
    seqs: Sequence[int]
    leaves: Sequence[bytes]
    nodes: Sequence[tuple[int, int, bytes]]
    note: str

    @property
    def size(self) -> int:
        return self.start + len(self.seqs)


def seal(limit: int = BATCH, *, at: datetime | None = None) -> int:
    """Seal the facts that wait, at most `limit`; returns how many. Nothing when another sealer is at work."""
    growth = _growth(limit, at or datetime.now(UTC))
    if growth is None:
        return 0
    with transaction.atomic():
        if not _is_the_sealer() or stored_size() != growth.start:
            return 0
        _write(growth)
    return len(growth.seqs)


def seal_all(*, at: datetime | None = None) -> int:
    """Seal until nothing waits; returns how many."""
    total = 0
    while sealed := seal(at=at):
        total += sealed
    return total


def run_forever(stop: Event, *, pause: float = PAUSE) -> None:
    """Seal until `stop` is set: a thread inside the web process on SQLite, a process of its own otherwise."""
    run_until(stop, _seal_a_full_batch, name="sealer", pause=pause)


def _seal_a_full_batch() -> int:
    """Seal what waits; 0 unless more may wait still. A checkpoint for every few facts would serve nobody."""
    return int(seal() == BATCH)


def _growth(limit: int, at: datetime) -> Growth | None:
    # The size first: should another sealer come between, the size that `seal` meets is no longer this one.
    start = stored_size()
    waiting = list(Unsealed.objects.order_by("seq").values_list("seq", "hash")[:limit])
    if not waiting:
        return None
    frontier = stored_frontier(start)
    leaves = [bytes(hash_) for _, hash_ in waiting]
    nodes = [node for leaf in leaves for node in frontier.append(leaf) if node[0] % STRIDE == 0]
    note = signed_checkpoint(signer(), frontier.size, frontier.root(), at)
    return Growth(start, [seq for seq, _ in waiting], leaves, nodes, note)


def _is_the_sealer() -> bool:
    if connection.vendor != "postgresql":
        return True  # the transaction itself holds SQLite's one write lock
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _write(growth: Growth) -> None:
    leaves = list(zip(range(growth.start, growth.size), growth.seqs, growth.leaves, strict=True))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _copy(cursor, 'journal_leaf ("index", seq, hash)', leaves)
            _copy(cursor, 'journal_node (level, "index", hash)', growth.nodes)
            cursor.execute("DELETE FROM journal_unsealed WHERE seq = ANY(%s)", [list(growth.seqs)])
        else:
            cursor.executemany('INSERT INTO journal_leaf ("index", seq, hash) VALUES (%s, %s, %s)', leaves)
            cursor.executemany(
                'INSERT INTO journal_node (level, "index", hash) VALUES (%s, %s, %s)', growth.nodes
            )
            # SQLite has one writer, so every seq up to the last one that was visible was visible.
            cursor.execute("DELETE FROM journal_unsealed WHERE seq <= %s", [growth.seqs[-1]])
    Checkpoint.objects.create(size=growth.size, note=growth.note)


def _copy(cursor: CursorWrapper, into: str, rows: Iterable[Sequence[object]]) -> None:
    with connection.wrap_database_errors, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
