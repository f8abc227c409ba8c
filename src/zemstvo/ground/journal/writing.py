"""Writing facts: their canonical bytes (RFC 8785) and the rows they become.

Every value of a fact is a text, a whole number, a truth value, null or a list of these, and every key is
ASCII, so `json.dumps` with sorted keys and no spaces *is* the JSON canonicalisation of RFC 8785; a test
holds it against an independent implementation.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from zemstvo.ground.journal import models
from zemstvo.ground.journal.facts import Fact, layout

if TYPE_CHECKING:
    from zemstvo.ground.journal.acts import Act

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


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
    milliseconds = int((time.time() if at is None else at) * 1000)
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | (0x7 << 76)
    value = value & ~(0x3 << 62) | (0x2 << 62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def moment(at: datetime) -> str:
    """An instant as the journal writes it: UTC, microseconds, a Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(value: dict[str, Any]) -> str:
    """The canonical JSON text of a fact (RFC 8785, for the values that a fact can hold)."""
    return _encode(value)


def leaf_hash(body: str) -> bytes:
    """The hash of a leaf: SHA-256 over a zero byte and the canonical bytes (RFC 6962 §2.1)."""
    return sha256(b"\x00" + body.encode()).digest()


def line_of(
    act: Act, fact: Fact, *, territory: str, authority: str, service: str, service_version: int
) -> Line:
    """The line of a fact. Raises ValueError where a value has not the declared form."""
    payload: dict[str, Any] = {}
    objects: list[dict[str, str]] = []
    for place in layout(type(fact)):
        value = place.write(getattr(fact, place.name))
        payload[place.name] = value
        if place.touches is not None and value is not None:
            for one in value if isinstance(value, list) else (value,):
                touched = {"id": one, "role": place.touches.role or place.name, "type": place.touches.type}
                objects.append(touched)
    fact_id = uuid7()
    body = canonical(
        {
            "actor": act.actor,
            "authority": authority,
            "behalf_of": act.behalf_of,
            "channel": act.channel.value,
            "entry": act.entry.value,
            "id": fact_id,
            "interaction": fact.interaction.value if fact.interaction else None,
            "intermediary": act.intermediary,
            "kind": fact.kind,
            "mandate": act.mandate,
            "objects": objects,
            "occurred_at": moment(act.at),
            "payload": payload,
            "recorded_at": moment(datetime.now(UTC)),
            "service": service,
            "service_version": service_version,
            "territory": territory,
        }
    )
    touches = tuple(dict.fromkeys((touched["type"], touched["id"]) for touched in objects))
    return Line(Stamp(fact_id, leaf_hash(body)), body, touches)


def write_lines(lines: Sequence[Line]) -> None:
    """Put the lines into the table of facts, in order, and queue them for sealing.

    Three statements, however many lines; the caller's transaction holds them together.
    """
    facts = models.Fact.objects.bulk_create([models.Fact(id=line.stamp.fact, body=line.body) for line in lines])
    models.Unsealed.objects.bulk_create([models.Unsealed(seq=fact.seq) for fact in facts])
    models.Touch.objects.bulk_create(
        [
            models.Touch(type=type_, object=object_, seq=fact.seq)
            for fact, line in zip(facts, lines, strict=True)
            for type_, object_ in line.touches
        ]
    )
