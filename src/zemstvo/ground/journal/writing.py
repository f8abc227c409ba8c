"""Writing facts: their canonical bytes (RFC 8785) and the rows they become.

Every value of a fact is a text, a whole number, a truth value, null or a list of these, and every key is
ASCII, so `json.dumps` with sorted keys and no spaces *is* the JSON canonicalisation of RFC 8785; a test
holds it against an independent implementation.

This is the hot path of every write of ours, and kept lean for it.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, get_args

from django.db import DEFAULT_DB_ALIAS, connections
from pydantic_core import to_json

from zemstvo.ground.journal.facts import Code, Fact, Number, layout, moment

if TYPE_CHECKING:
    from zemstvo.ground.journal.acts import Act

_encode_sorted = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
_forms = [get_args(kind)[1].pattern for kind in (Code, Number)]
_is_envelope_text = re.compile("|".join(["", *_forms])).fullmatch


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is known of a fact the moment it is recorded: its public id and the hash of its leaf."""

    fact: str
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """A fact on its way into the table: canonical text, and the things it touches (type, id)."""

    stamp: Stamp
    body: str
    touches: tuple[tuple[str, str], ...]


def uuid7(at: float | None = None) -> str:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    time_low = f"{int((time.time() if at is None else at) * 1000):012x}"
    chance = os.urandom(10).hex()
    return f"{time_low[:8]}-{time_low[8:]}-7{chance[:3]}-{_VARIANT[chance[3]]}{chance[4:7]}-{chance[7:19]}"


_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def canonical(value: dict[str, Any]) -> str:
    """The canonical JSON text of a fact (RFC 8785, for the values that a fact can hold)."""
    return _encode_sorted(value)


def leaf_hash(body: str) -> bytes:
    """The hash of a leaf: SHA-256 over a zero byte and the canonical bytes (RFC 6962 §2.1)."""
    return sha256(b"\x00" + body.encode()).digest()


def line_of(
    act: Act, fact: Fact, *, territory: str, authority: str, service: str, service_version: int
) -> Line:
    """The line of a fact. Raises ValueError where a value has not the declared form.

    The keys are written in the order that RFC 8785 demands, so that nothing needs to be sorted.
    """
    payload, objects = _payload_of(fact)
    recorded_at = datetime.now(UTC)
    fact_id = uuid7(recorded_at.timestamp())
    body = to_json(
        {
            "actor": _code(act.actor),
            "authority": _code(authority),
            "behalf_of": _code(act.behalf_of),
            "channel": act.channel.value,
            "entry": act.entry.value,
            "id": fact_id,
            "interaction": fact.interaction.value if fact.interaction else None,
            "intermediary": _code(act.intermediary),
            "kind": fact.kind,
            "mandate": _code(act.mandate),
            "objects": objects,
            "occurred_at": moment(act.at),
            "payload": payload,
            "recorded_at": moment(recorded_at),
            "service": _code(service),
            "service_version": service_version,
            "territory": _code(territory),
        }
    ).decode()
    touches = tuple(dict.fromkeys((touched["type"], touched["id"]) for touched in objects))
    return Line(Stamp(fact_id, leaf_hash(body)), body, touches)


def _payload_of(fact: Fact) -> tuple[dict[str, Any], list[dict[str, str]]]:
    payload: dict[str, Any] = {}
    objects: list[dict[str, str]] = []
    for place in layout(type(fact)):
        value = place.write(getattr(fact, place.name))
        payload[place.name] = value
        touches = place.touches
        if touches is not None and value is not None:
            role = touches.role or place.name
            for one in value if isinstance(value, list) else (value,):
                objects.append({"id": one, "role": role, "type": touches.type})
    return payload, objects


@lru_cache(maxsize=8192)
def _code(text: str) -> str:
    """A text of the envelope, which is a code, a number, a public id or nothing."""
    if not _is_envelope_text(text):
        raise ValueError(f"{text[:40]!r} is neither a code nor a number; the journal holds no free text")
    return text


def write_lines(lines: Sequence[Line]) -> None:
    """Put the lines into the table of facts, in order, and queue them for sealing.

    The caller's transaction holds them together. One statement on PostgreSQL; on SQLite three for fifty, past
    Django's cursor, which takes longer than SQLite does.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute(f"WITH {FACTS_CTES} SELECT", facts_parameters(lines))
        return
    with database.wrap_database_errors:
        for start in range(0, len(lines), 50):
            _write_to_sqlite(database.connection, lines[start : start + 50])


def _write_to_sqlite(sqlite: sqlite3.Connection, lines: Sequence[Line]) -> None:
    """The rows of some lines; a table's rows get consecutive numbers, for nobody else writes meanwhile."""
    facts = [value for line in lines for value in (line.stamp.fact.replace("-", ""), line.body)]
    last = sqlite.execute(_INTO_FACTS + _places(2, len(lines)), facts).lastrowid or 0
    numbered = list(enumerate(lines, last - len(lines) + 1))
    waiting = [value for seq, line in numbered for value in (seq, line.stamp.leaf_hash)]
    sqlite.execute(_INTO_UNSEALED + _places(2, len(lines)), waiting)
    touches = [value for seq, line in numbered for touched in line.touches for value in (*touched, seq)]
    if touches:
        sqlite.execute(_INTO_TOUCHES + _places(3, len(touches) // 3), touches)


_INTO_FACTS = "INSERT INTO journal_fact (id, body) VALUES "
_INTO_UNSEALED = "INSERT INTO journal_unsealed (seq, hash) VALUES "
_INTO_TOUCHES = "INSERT INTO journal_touch (type, object, seq) VALUES "


@cache
def _places(columns: int, rows: int) -> str:
    return ", ".join([f"({', '.join(['?'] * columns)})"] * rows)


FACTS_CTES = """
journal_lines AS (
    SELECT *
    FROM ROWS FROM (json_to_recordset(%s::json) AS (id uuid, body text, hash bytea)) WITH ORDINALITY
        AS lines (id, body, hash, place)
), journal_facts AS (
    INSERT INTO journal_fact (id, body) SELECT id, body FROM journal_lines ORDER BY place RETURNING id, seq
), journal_queue AS (
    INSERT INTO journal_unsealed (seq, hash) SELECT seq, hash FROM journal_facts JOIN journal_lines USING (id)
), journal_touches AS (
    INSERT INTO journal_touch (type, object, seq)
    SELECT type, object, seq
    FROM journal_facts
    JOIN json_to_recordset(%s::json) AS touching (id uuid, type text, object text) USING (id)
)"""
"""Lines as common table expressions of PostgreSQL, for a statement that writes rows of its own too:

    cursor.execute(f"WITH {FACTS_CTES} INSERT INTO ...", [*facts_parameters(lines), ...])

The names of the expressions begin with `journal_`. The rows get their `seq` in the order of the lines.
However many the lines, the statement is the same, so each connection has it parsed and planned once.
"""


def facts_parameters(lines: Sequence[Line]) -> list[str]:
    """The parameters of `FACTS_CTES`: the lines, and what they touch, each as a JSON array."""
    facts = [
        {"id": line.stamp.fact, "body": line.body, "hash": f"\\x{line.stamp.leaf_hash.hex()}"}
        for line in lines
    ]
    touches = [
        {"id": line.stamp.fact, "type": kind, "object": touched}
        for line in lines
        for kind, touched in line.touches
    ]
    return [to_json(facts).decode(), to_json(touches).decode()]
