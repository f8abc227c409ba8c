"""Notices as their person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zemstvo.capabilities.cases.matter import Packages, whose
from zemstvo.capabilities.cases.models import Case, Notice
from zemstvo.capabilities.cases.notices import WORDINGS
from zemstvo.capabilities.cases.queries.telling import sentence_of
from zemstvo.capabilities.services.package import Package
from zemstvo.ground.journal.acts import Act

MOST = 100


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice: its title, a sentence with the days and reasons of this case, whether it asks for
    something.
    """

    id: str
    case: str
    kind: str
    title: str
    sentence: str
    asks: bool
    created_at: datetime
    is_read: bool


def notices(act: Act) -> list[NoticeRow]:
    """The person's notices, the newest first, at most 100.

    None of a case that the person may no longer read. Three statements, one more for each case of another
    person. Refuses a stranger with NoMandate.
    """
    act.must("case.own.read", of=[act.actor])
    rows = list(Notice.objects.filter(person=act.actor).order_by("-created_at", "id")[:MOST])
    numbers = {row.case_number for row in rows}
    cases = {case.number: case for case in Case.objects.filter(number__in=numbers).only(*_COLUMNS)}
    packages = Packages()
    return [
        _row(row, packages.of(cases[row.case_number]))
        for row in rows
        if row.case_number in cases and act.may("case.own.read", of=whose(cases[row.case_number]))
    ]


def unread_notices(act: Act) -> int:
    """How many notices the person has not read. One statement."""
    act.must("case.own.read", of=[act.actor])
    return Notice.objects.filter(person=act.actor, read_at__isnull=True).count()


_COLUMNS = ("applicant", "token", "number", "service", "service_version", "local_territory", "local_revision")


def _row(row: Notice, package: Package) -> NoticeRow:
    return NoticeRow(
        id=str(row.id),
        case=row.case_number,
        kind=row.kind,
        title=str(WORDINGS[row.kind].title) if row.kind in WORDINGS else row.kind,
        sentence=sentence_of(package, row.kind, row.particulars),
        asks=row.asks,
        created_at=row.created_at,
        is_read=row.read_at is not None,
    )
