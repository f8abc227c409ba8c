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

MOST = 1000
"""Keys, and failed attempts, that one sweep deletes at most, the oldest first: so long does it hold the write
lock. The next one takes the others."""

MOST_FILES = 500
"""Files that one sweep gives up at most; a file costs more than a row."""


@command
def sweep_leftovers(act: Act) -> int:
    """Delete idempotency keys after seven days, failed attempts out of their window, and files that waited a
    day for an application that never came; returns how many. What is over `MOST` waits for the next one.
    """
    act.must("case.sweep")
    over = IdempotencyKey.objects.filter(stored_at__lte=act.at - KEPT).order_by("stored_at", "pk")
    keys = IdempotencyKey.objects.filter(pk__in=over.values("pk")[:MOST]).delete()[0]
    tries = attempts.sweep(act.at, most=MOST)
    waited = WaitingFile.objects.filter(added_at__lte=act.at - WAITING).order_by("added_at", "id")
    files = list(waited.select_for_update()[:MOST_FILES])
    for row in files:
        give_up(row)
    act.record(facts.LeftoversSwept(keys=keys, attempts=tries, files=len(files)))
    return keys + tries + len(files)
