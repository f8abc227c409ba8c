"""The content of a file, for the applicant or for an official who records a look."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from zemstvo.capabilities.cases.drafting import demand_own
from zemstvo.capabilities.cases.matter import Matter, at_place, whose
from zemstvo.capabilities.cases.models import CaseFile
from zemstvo.capabilities.cases.queries.parts import file_row
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people import files as store
from zemstvo.ground.people.looks import Look
from zemstvo.ground.people.refusals import LookNotRecorded


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file to be sent: never shown inline but as what it is said to be, and always as a download."""

    name: str
    media_type: str
    content: bytes


def file_content(act: Act, id: str, look: Look | None = None, *, case: str = "") -> FileContent:
    """A file of a draft or case; where a `case` is named, of that case alone. Three statements and one read.

    Refuses with NotFound, NoMandate, LookNotRecorded (officials), FileIsGone; raises Erased.
    """
    try:
        row = CaseFile.objects.filter(pk=uuid.UUID(id)).select_related("case", "draft").first()
    except ValueError:
        row = None
    if row is None or (case and (row.case is None or row.case.number != case)):
        raise NotFound
    _demand_sight(act, row, look)
    return FileContent(file_row(row).name, row.media_type, store.content_of(row.stored_as))


def _demand_sight(act: Act, row: CaseFile, look: Look | None) -> None:
    if row.draft is not None:
        demand_own(act, row.draft)
        return
    case = row.case
    if case is None or act.may("case.own.read", of=whose(case)):
        return
    Matter(at_place(act, case.territory, case.authority), case).must("case.read")
    if look is None:
        raise LookNotRecorded
    look.demand(act, [str(row.owner)])
