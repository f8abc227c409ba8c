"""Notices to people: made by reactions, read by the person."""

from __future__ import annotations

import uuid

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.models import Notice
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.refusals import NotFound


@command
def read_notice(act: Act, notice: str) -> None:
    """Say that a notice was read; the first time counts. Refuses with NotFound, also for another's notice."""
    try:
        row = Notice.objects.select_for_update().filter(pk=uuid.UUID(notice)).first()
    except ValueError:
        row = None
    if row is None or row.read_at is not None:
        raise NotFound
    act.must("case.own.read", of=(str(row.person), row.case_number))

    row.read_at = act.at
    row.save(update_fields=["read_at"])
    act.record(facts.NoticeRead(notice=notice, case=row.case_number))
