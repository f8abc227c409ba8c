"""Serials of case numbers: unique in an authority and a year, cheap where thousands file at once.

A process takes BLOCK serials in one short transaction and hands them out from memory, so filing takes no
lock that another filing waits for. A process that stops leaves a gap; gaps are allowed in case numbers (not
in the register of documents). Inside somebody's transaction nothing is kept in memory: it may be rolled back.
"""

from __future__ import annotations

import threading

from django.db import connection

BLOCK = 100
"""How many serials are taken at once."""

_lock = threading.Lock()
_blocks: dict[tuple[str, str, int], tuple[int, int]] = {}


def next_serial(authority: str, year: int) -> int:
    """The next serial of an authority in a year. One statement in BLOCK calls."""
    if connection.in_atomic_block:
        return _take(authority, year, 1)
    key = (str(connection.settings_dict["NAME"]), authority, year)
    with _lock:
        serial, end = _blocks.get(key, (0, 0))
        if serial == end:
            serial = _take(authority, year, BLOCK)
            end = serial + BLOCK
        _blocks[key] = (serial + 1, end)
        return serial


def leave_gap(serials: int = 1000) -> None:
    """Jump over serials in every series: after a restore, what was given since the backup is not again."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_number_series SET next = next + %s", [serials])
    forget()


def forget() -> None:
    """Drop the blocks in memory (after a restore, after a flush)."""
    with _lock:
        _blocks.clear()


def _take(authority: str, year: int, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_number_series (authority, year, next) VALUES (%s, %s, %s) "
            "ON CONFLICT (authority, year) DO UPDATE SET next = cases_number_series.next + %s "
            "RETURNING next",
            [authority, year, 1 + count, count],
        )
        row = cursor.fetchone()
        return int(row[0]) - count
