"""What every write of documents asks first, and how it leaves its fact."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from zemstvo.capabilities.documents.models import Document, State
from zemstvo.capabilities.documents.refusals import DocumentIsRevoked, DocumentIsSigned
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Fact
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.people import files


def demand_drafted(document: Document) -> None:
    """Refuses with DocumentIsRevoked, or DocumentIsSigned."""
    demand_unrevoked(document)
    if document.state == State.SIGNED and document.signed_at is not None:
        raise DocumentIsSigned(number=document.number, signed_on=day_of(document, document.signed_at))


def demand_unrevoked(document: Document) -> None:
    """Refuses with DocumentIsRevoked."""
    if document.revoked_at is not None:
        raise DocumentIsRevoked(number=document.number, revoked_on=day_of(document, document.revoked_at))


def demand_version(document: Document, version: int | None) -> None:
    """Refuses with Stale where the document is no longer the version that was read; None: none was."""
    if version is not None and document.version != version:
        raise Stale


def day_of(document: Document, at: datetime) -> date:
    """The day of an instant in the time zone of the document's authority."""
    return at.astimezone(ZoneInfo(document.zone)).date()


def give_up_pdf(document: Document) -> None:
    """The PDF shows what holds no longer: the file is left to the sweep."""
    if document.pdf_file:
        files.release(document.pdf_file)
    document.pdf_file, document.pdf_sha256, document.pdf_version = "", "", 0


def next_version_of_same_pdf(document: Document) -> None:
    """What is printed stays as it is, so the PDF of the last version is the PDF of the next one too."""
    if document.pdf_version == document.version:
        document.pdf_version += 1
    document.version += 1


def record(act: Act, document: Document, fact: Fact) -> None:
    """Record a fact of the document where the document is at home."""
    act.record(
        fact,
        territory=document.territory,
        authority=document.authority,
        service=document.service,
        service_version=document.service_version,
    )
