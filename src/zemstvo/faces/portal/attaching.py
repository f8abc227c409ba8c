"""Files of an application: attached with the page that asks for them, or taken over from an earlier case."""

from __future__ import annotations

from collections.abc import Iterator

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.queries.drafts import EarlierFile
from zemstvo.capabilities.services.package import Field, FieldType, Page
from zemstvo.faces.components.asking import Faults
from zemstvo.faces.components.questions import Question
from zemstvo.faces.portal.drafting import Drafting
from zemstvo.faces.portal.visiting import Request
from zemstvo.ground.journal.refusals import Refusal

NOT_ABOUT_THE_FILE = {403, 404, 409, 503, 507}
MOST_OFFERED = 5


def attach(request: Request, drafting: Drafting, page: Page) -> Faults:
    """Attach what was uploaded and what was chosen from earlier cases; the faults, by field."""
    faults: dict[str, str] = {}
    for field, name, content in _chosen(request, drafting, page):
        try:
            commands.attach_file(drafting.act, drafting.draft.id, field.id, name=name, content=content)
        except Refusal as refusal:
            if refusal.status in NOT_ABOUT_THE_FILE:
                raise
            faults[field.id] = f"{name}: {refusal} {refusal.counsel}".strip()
    return Faults(faults)


def offered(drafting: Drafting, question: Question) -> list[EarlierFile]:
    """Files of earlier cases that the question could be answered with; those of the same question first."""
    if question.kind != "file" or drafting.draft.is_anonymous or not drafting.may_read:
        return []
    attached = {file.name for file in drafting.draft.files}
    earlier = [
        one
        for one in cases.earlier_files(drafting.act, drafting.draft.service, person=drafting.draft.owner)
        if one.file.name not in attached
    ]
    earlier.sort(key=lambda one: one.file.field != question.name)
    return earlier[:MOST_OFFERED]


def _chosen(request: Request, drafting: Drafting, page: Page) -> Iterator[tuple[Field, str, bytes]]:
    for field in page.fields:
        if field.type is not FieldType.FILE:
            continue
        for upload in request.FILES.getlist(field.id):
            yield field, upload.name or "", upload.read()
        for earlier in request.POST.getlist(f"{field.id}.earlier"):
            found = cases.file_content(drafting.act, earlier)
            yield field, found.name, found.content
