"""What the clock does: the duties of the rooms, each at its own pace, in one process at a time."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event

from django.core.management import call_command
from django.db import connection

from zemstvo.capabilities.cases import upkeep as cases
from zemstvo.capabilities.documents import upkeep as documents
from zemstvo.ground.journal import segments
from zemstvo.ground.journal.loops import run_until
from zemstvo.ground.people import ended_keys, erasures, files, vault
from zemstvo.site import snapshots

log = logging.getLogger("zemstvo.schedule")

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
_PAUSE = 10.0
_ADVISORY = 7_310_212
"""The number of the PostgreSQL advisory lock that one worker holds while it does the duties."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that is due again and again: its name, every how many seconds, and what it is."""

    name: str
    every: float
    do: Callable[[datetime], object]


DUTIES = (
    Duty("terms and limits of cases", MINUTE, cases.run),
    Duty("segments of the journal", 15 * MINUTE, lambda at: segments.write_segments(at=at)),
    Duty("snapshots for the monitor", DAY, snapshots.write),
    Duty("the seal of documents", DAY, documents.run),
    Duty("files that nothing names", HOUR, lambda at: files.sweep(at=at)),
    Duty("erasures that came back", HOUR, lambda at: erasures.replay_erasures()),
    Duty("keys that have ended", HOUR, lambda at: ended_keys.destroy_ended_keys()),
    Duty("wrapping keys that were replaced", HOUR, lambda at: vault.retire_wrapping_keys()),
    Duty("sessions that have ended", DAY, lambda at: call_command("clearsessions")),
    Duty("results of tasks", DAY, lambda at: call_command("prune_db_task_results", verbosity=0)),
)


def run_forever(stop: Event) -> None:
    """Do each duty when it is due, until the event is set."""
    due = dict.fromkeys(DUTIES, 0.0)
    run_until(stop, lambda: do_what_is_due(due), name="upkeep", pause=_PAUSE)


def do_what_is_due(due: dict[Duty, float]) -> int:
    """Do the duties whose time has come; one that fails is logged and stops no other. Returns 0: rest."""
    with _alone() as is_alone:
        for duty in DUTIES if is_alone else ():
            if due[duty] <= time.monotonic():
                due[duty] = time.monotonic() + duty.every
                _do(duty)
    return 0


def _do(duty: Duty) -> None:
    try:
        duty.do(datetime.now(UTC))
    except Exception:
        log.exception("a duty failed", extra={"fields": {"duty": duty.name}})


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether this process is the one that does the duties now."""
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_ADVISORY])
        is_alone = bool(cursor.fetchone()[0])
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY])
