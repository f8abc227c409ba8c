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


@command
def sweep_leftovers(act: Act) -> int:
    """Delete idempotency keys after seven days, failed attempts out of their window, and files that waited a
    day for an application that never came; returns how many.
    """
    act.must("case.sweep")
    keys = IdempotencyKey.objects.filter(stored_at__lte=act.at - KEPT).delete()[0]
    tries = attempts.sweep(act.at)
    waited = list(WaitingFile.objects.select_for_update().filter(added_at__lte=act.at - WAITING))
    for row in waited:
        give_up(row)
    act.record(facts.LeftoversSwept(keys=keys, attempts=tries, files=len(waited)))
    return keys + tries + len(waited)
