"""Parts of a case that both sides see: answers with their fields, files, messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from zemstvo.capabilities.cases.models import Case, CaseFile, Draft, Message
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.services.package import Circumstances, Field, Package
from zemstvo.ground.people import vault
from zemstvo.ground.statements import written_once


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """A page of the package as it was answered: the fields that were asked, each with its answer or None."""

    id: str
    title: str
    answers: tuple[tuple[Field, Any], ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a draft or a case, without its content."""

    id: str
    field: str
    name: str
    media_type: str
    size_bytes: int
    scan: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message. `side` is applicant or authority; `asks`: the authority wants something."""

    id: str
    side: str
    author: str
    words: str
    asks: bool
    sent_at: datetime


def answered_pages(
    package: Package, answers: Mapping[str, Any], known: Circumstances
) -> tuple[AnsweredPage, ...]:
    """The pages that these answers show, with their fields and answers."""
    found = []
    for page in package.shown_pages(answers, known):
        fields = package.shown_fields(page.id, answers, known)
        asked = tuple((field, answers.get(field.id)) for field in fields)
        found.append(AnsweredPage(page.id, package.text(page.title), asked))
    return tuple(found)


def file_rows(owner: Case | Draft) -> tuple[FileRow, ...]:
    """The files of a draft or case, the oldest first. One statement. Raises Erased."""
    files = _files_of_case(owner.pk) if isinstance(owner, Case) else owner.files.order_by("added_at", "id")
    return tuple(file_row(file) for file in files)


@written_once
def _files_of_case(case: int) -> QuerySet[CaseFile]:
    return CaseFile.objects.filter(case_id=case).order_by("added_at", "id")


def file_row(file: CaseFile) -> FileRow:
    """A file without its content. Raises Erased."""
    name = vault.open_sealed(str(file.owner), bytes(file.name), purpose=Purpose.FILE_NAME)
    return FileRow(str(file.id), file.field, name, file.media_type, file.size_bytes, file.scan, file.added_at)


def message_rows(case: Case) -> tuple[MessageRow, ...]:
    """The messages of a case opened, the oldest first. One statement. Raises Erased."""
    applicant = str(case.applicant)
    return tuple(
        MessageRow(
            str(message.id),
            message.side,
            message.author,
            vault.open_sealed(applicant, bytes(message.body), purpose=Purpose.MESSAGE),
            message.asks,
            message.sent_at,
        )
        for message in _messages_of(case.pk)
    )


@written_once
def _messages_of(case: int) -> QuerySet[Message]:
    return Message.objects.filter(case_id=case).order_by("sent_at", "id")
