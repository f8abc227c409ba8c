"""From a stored document to what is printed of it: who may read it, its text, its sheet, and the data for
machines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from zemstvo.capabilities.documents.facts import SignatureKind
from zemstvo.capabilities.documents.models import Document, Signature
from zemstvo.capabilities.documents.pdf import Sheet
from zemstvo.capabilities.documents.text import Text
from zemstvo.capabilities.documents.wording import Requisites, SealMark, sheet_of
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people import vault
from zemstvo.ground.people.looks import Look
from zemstvo.ground.people.refusals import LookNotRecorded

PURPOSE = "document"
"""What the vault is told that a document's sealed values are for."""

SCHEMA = "zemstvo-document/1"
"""The form of the attached JSON; a change of its meaning is a new number."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is sealed of a document: its text, and the code that stands on it."""

    text: Text
    code: str

    def seal(self, person: str) -> bytes:
        """Seal under the person's key. Raises Erased."""
        return vault.seal(person, {"text": self.text.plain(), "code": self.code}, purpose=PURPOSE)


def contents_of(document: Document) -> Contents:
    """Open what is sealed. Raises Erased where the person was erased."""
    found = vault.open_sealed(str(document.person), bytes(document.sealed), purpose=PURPOSE)
    return Contents(Text.of(found["text"]), found["code"])


def document_of(document_id: str) -> Document:
    """The row, or NotFound. One statement."""
    found = Document.objects.filter(id=document_id).first() if _is_id(document_id) else None
    if found is None:
        raise NotFound
    return found


def locked_document(document_id: str) -> Document:
    """The row, locked until the transaction ends, or NotFound."""
    found = (
        Document.objects.select_for_update().filter(id=document_id).first() if _is_id(document_id) else None
    )
    if found is None:
        raise NotFound
    return found


def demand_sight(act: Act, document: Document, look: Look | None) -> None:
    """Refuse unless the one who acts may read the text: their own matter, or an official's with a recorded
    look.
    """
    if is_own(act, document):
        return
    act.must("document.read", document.territory, authority=document.authority)
    if look is None:
        raise LookNotRecorded
    look.demand(act, [str(document.person)])


def is_own(act: Act, document: Document) -> bool:
    """Whether the document belongs to a matter of the one who acts (or of somebody whom they act for)."""
    whose = [str(document.person), *filter(None, [document.case])]
    return act.may("case.own.read", of=[*whose, f"service:{document.service}"])


def verification_address(code: str) -> str:
    """The address at which a document is checked; it stands in the QR code and in words."""
    return f"{settings.SITE_ORIGIN}/verify/{code}"


def sheet_for(document: Document, contents: Contents) -> Sheet:
    """What is printed of a document as it stands now."""
    requisites = Requisites(
        number=document.number,
        registered_on=document.registered_on,
        code=contents.code,
        address=verification_address(contents.code),
    )
    seals = [
        seal_mark(signature, document)
        for signature in document.signatures.filter(kind=SignatureKind.SEAL.value).order_by("signed_at")
    ]
    return sheet_of(contents.text, document.language, requisites, seals)


def seal_mark(signature: Signature, document: Document) -> SealMark:
    """The mark of the installation's seal, from what was sealed when the head signed."""
    said = particulars_of(signature, document)
    return SealMark(
        signed_at=signature.signed_at,
        zone=document.zone,
        owner=said["owner"],
        serial=said["serial"],
        valid_from=date.fromisoformat(said["valid_from"]),
        valid_until=date.fromisoformat(said["valid_until"]),
    )


def particulars_of(signature: Signature, document: Document) -> dict[str, str]:
    """Who signed, as printed, and what the certificate says. Raises Erased."""
    found: dict[str, str] = vault.open_sealed(str(document.person), bytes(signature.sealed), purpose=PURPOSE)
    return found


def machine_readable(document: Document, contents: Contents) -> Mapping[str, Any]:
    """The data that the PDF carries for machines (document.json)."""
    return {
        "schema": SCHEMA,
        "id": str(document.id),
        "number": document.number,
        "kind": document.kind,
        "registered_on": document.registered_on.isoformat(),
        "valid_until": document.valid_until.isoformat() if document.valid_until else None,
        "authority": document.authority,
        "territory": document.territory,
        "case": document.case or None,
        "service": document.service or None,
        "service_version": document.service_version or None,
        "language": document.language,
        "verification": {"code": contents.code, "address": verification_address(contents.code)},
        "data": contents.text.data,
        "text": {name: value for name, value in contents.text.plain().items() if name != "data"},
    }


def _is_id(text: str) -> bool:
    return len(text) == 36 and all(sign in "0123456789abcdef-" for sign in text)
