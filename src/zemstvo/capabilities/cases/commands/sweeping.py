"""Technical records whose time is over."""

from __future__ import annotations

from datetime import timedelta

from zemstvo.capabilities.cases import attempts, facts
from zemstvo.capabilities.cases.models import IdempotencyKey, WaitingFile
from zemstvo.capabilities.cases.waiting import KEPT as WAITING
from zemstvo.capabilities.cases.waiting import give_up
from zemstvo.ground.journal.acts import Act, command

KEPT = timedelta(days=7)
"""How long the answer to an idempotency key is kept (DESIGN §10)."""

MOST_FILES = 500
"""Files that one sweep gives up at most, the oldest first; the next one takes the others."""


@command
def sweep_leftovers(act: Act) -> int:
    """Delete idempotency keys after seven days, failed attempts out of their window, and files that waited a
    day for an application that never came; returns how many.
    """
    act.must("case.sweep")
    keys = IdempotencyKey.objects.filter(stored_at__lte=act.at - KEPT).delete()[0]
    tries = attempts.sweep(act.at)
    waited = WaitingFile.objects.filter(added_at__lte=act.at - WAITING).order_by("added_at", "id")
    files = list(waited.select_for_update()[:MOST_FILES])
    for row in files:
        give_up(row)
    act.record(facts.LeftoversSwept(keys=keys, attempts=tries, files=len(files)))
    return keys + tries + len(files)
