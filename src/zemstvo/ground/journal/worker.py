"""All the work of the journal in the background: sealing, reactions, queued tasks.

Any number of worker processes may run it on PostgreSQL: one of them seals at a time, each reaction and each
task is taken by one. On SQLite there is one.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread

from zemstvo.ground.journal import leasing, reacting, sealing

LOOPS: dict[str, Callable[[Event], None]] = {
    "sealer": sealing.run_forever,
    "reactions": reacting.run_forever,
    "tasks": leasing.run_forever,
}
"""The loops by their names; each goes on until its event is set, and wants a thread of its own."""


def work_once() -> int:
    """Seal, react and run tasks until nothing is left to do now; returns how much was done.

    For tests, for the demo, and for whoever wants everything to have followed before going on.
    """
    total = 0
    while done := sealing.seal_all() + reacting.react_all() + leasing.run_all():
        total += done
    return total


def run_forever(stop: Event) -> None:
    """Run all loops, each in a thread of its own, until `stop` is set; returns when they have ended."""
    threads = [Thread(target=loop, args=(stop,), name=name) for name, loop in LOOPS.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
