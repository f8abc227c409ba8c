"""What the clock does: each a call to a command, one transaction each, so that one refusal stops no other.

`run` is called by the worker every few minutes, with the present instant; a replayed year calls it with its
own days.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from zemstvo.capabilities.cases.commands.closing import pass_limit
from zemstvo.capabilities.cases.commands.drafts import discard_draft
from zemstvo.capabilities.cases.commands.evidence import mark_evidence_overdue
from zemstvo.capabilities.cases.commands.sweeping import KEPT, sweep_leftovers
from zemstvo.capabilities.cases.commands.terms import end_suspension
from zemstvo.capabilities.cases.models import (
    Case,
    Draft,
    EvidenceRequest,
    EvidenceState,
    IdempotencyKey,
    WaitingFile,
)
from zemstvo.capabilities.cases.waiting import KEPT as WAITING
from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.journal.refusals import Refusal

BATCH = 500
"""How many of a kind are done in one run at most."""

SWEEPS = 60
"""Batches of leftovers in one run at most: a run a minute keeps pace with a thousand keys a second."""

log = logging.getLogger("zemstvo.cases.upkeep")


def run(at: datetime) -> dict[str, int]:
    """Do all that is due; returns how much of each was done. Harmless when there is nothing."""
    act = house_act(at=at)
    return {
        "limits": close_what_waited_too_long(act),
        "suspensions": resume_what_stood_long_enough(act),
        "evidence": release_evidence(act),
        "drafts": discard_old_drafts(act),
        "leftovers": sweep(act),
    }


def close_what_waited_too_long(act: Act) -> int:
    """States whose limit has passed: what the applicant did not answer in 30 days is closed."""
    rows = Case.objects.filter(is_open=True, limit_on__lte=_latest(act)).order_by("limit_on", "id")
    return _each(pass_limit, act, rows.values_list("number", flat=True)[:BATCH])


def resume_what_stood_long_enough(act: Act) -> int:
    """Suspensions at the end of their longest time."""
    rows = Case.objects.filter(is_open=True, stands_for="suspended", stands_until__lte=_latest(act))
    return _each(
        end_suspension, act, rows.order_by("stands_until", "id").values_list("number", flat=True)[:BATCH]
    )


def release_evidence(act: Act) -> int:
    """Requests for evidence whose day has passed without an answer, in cases that are still open."""
    rows = EvidenceRequest.objects.filter(
        state=EvidenceState.OPEN, case__is_open=True, due_on__lt=_latest(act)
    ).order_by("due_on", "id")
    return _each(mark_evidence_overdue, act, map(str, rows.values_list("id", flat=True)[:BATCH]))


def discard_old_drafts(act: Act) -> int:
    """Drafts that nobody has saved for their whole time, and what is left of submitted ones."""
    rows = Draft.objects.filter(expires_on__lt=act.today).order_by("expires_on", "id")
    return _each(_discard, act, map(str, rows.values_list("id", flat=True)[:BATCH]))


def sweep(act: Act) -> int:
    """Idempotency keys after seven days, attempts out of their window, files that waited in vain.

    Batch after batch, each a transaction of its own, so that others write in between.
    """
    keys = IdempotencyKey.objects.filter(stored_at__lte=act.at - KEPT)
    files = WaitingFile.objects.filter(added_at__lte=act.at - WAITING)
    swept = 0
    for _ in range(SWEEPS):
        if not (keys.exists() or files.exists()):
            break
        swept += sweep_leftovers(act)
    return swept


def _discard(act: Act, draft: str) -> object:
    return discard_draft(act, draft, by_clock=True)


def _each(do: Callable[[Act, str], object], act: Act, which: Iterable[str]) -> int:
    """Do a command for each; what is refused is not yet due in its own zone, or somebody was quicker."""
    done = 0
    for one in list(which):
        try:
            do(act, one)
        except Refusal as refusal:
            log.debug("upkeep left %s: %s", one, refusal.code)
        else:
            done += 1
    return done


def _latest(act: Act) -> date:
    """The latest day that it is anywhere; each command asks again for the day of its own authority."""
    return act.at.date() + timedelta(days=1)
