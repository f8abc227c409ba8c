"""Technical records whose time is over."""

from __future__ import annotations

from datetime import timedelta

from zemstvo.capabilities.cases import attempts, facts
from zemstvo.capabilities.cases.models import IdempotencyKey
from zemstvo.ground.journal.acts import Act, command

KEPT = timedelta(days=7)
"""How long the answer to an idempotency key is kept (DESIGN §10)."""


@command
def sweep_leftovers(act: Act) -> int:
    """Delete idempotency keys after seven days, and failed attempts out of their window; returns how many."""
    act.must("case.sweep")
    keys = IdempotencyKey.objects.filter(stored_at__lte=act.at - KEPT).delete()[0]
    tries = attempts.sweep(act.at)
    act.record(facts.LeftoversSwept(keys=keys, attempts=tries))
    return keys + tries
