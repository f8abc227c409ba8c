"""What stands in the register: a document enters it, is written anew, or is taken back."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zemstvo.capabilities.documents import rules
from zemstvo.capabilities.documents.commands.demands import (
    demand_drafted,
    demand_unrevoked,
    demand_version,
    give_up_pdf,
    next_version_of_same_pdf,
    record,
)
from zemstvo.capabilities.documents.facts import DocumentAmended, DocumentRegistered, DocumentRevoked
from zemstvo.capabilities.documents.models import Document, Register, State
from zemstvo.capabilities.documents.reading import Contents, contents_of, locked_document
from zemstvo.capabilities.documents.text import Text
from zemstvo.ground.journal.acts import Act, command


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document: its number, its public id, and the code by which anybody checks it."""

    number: str
    id: str
    verification_code: str


@command
def issue_document(
    act: Act,
    *,
    authority: str,
    territory: str,
    case: str,
    person: str,
    kind: str,
    template: Mapping[str, Any],
    language: str,
    index: str = "",
    service: str = "",
    service_version: int = 0,
    valid_until: date | None = None,
) -> Issued:
    """Register a document: it gets its number, its day and its verification code, and waits for a signature.

    `kind` is a code and names the register; `index` is what its numbers begin with (else that of
    `rules.INDEXES`), settled by the first document of the year. `template` is the text as a dictionary
    (text.py). `person` is whom it is about, `valid_until` exclusive.

    Refuses with TextIsUnusable. Raises Erased where the person was erased.
    """
    act.must("document.issue", territory, authority=authority)
    contents = Contents(Text.of(template), rules.verification_code(secrets.token_bytes(rules.CODE_BYTES)))
    document = Document(
        kind=kind,
        authority=authority,
        territory=territory,
        zone=act.zone,
        case=case,
        service=service,
        service_version=service_version,
        person=person,
        language=language,
        sealed=contents.seal(person),
        code_hash=rules.code_hash(contents.code),
        registered_on=act.today,
        valid_until=valid_until,
    )
    _give_number(document, index)
    document.save(force_insert=True)
    record(act, document, _registered(document))
    return Issued(document.number, str(document.id), contents.code)


@command
def amend_document(act: Act, document: str, *, version: int, template: Mapping[str, Any]) -> int:
    """Write the text of a document anew before it is signed; returns its new version. Number and code stay.

    Refuses with DocumentIsSigned, DocumentIsRevoked, Stale or TextIsUnusable.
    """
    found = locked_document(document)
    act.must("document.issue", found.territory, authority=found.authority)
    demand_drafted(found)
    demand_version(found, version)
    contents = Contents(Text.of(template), contents_of(found).code)

    found.sealed = contents.seal(str(found.person))
    found.version += 1
    give_up_pdf(found)
    found.save(update_fields=["sealed", "version", "pdf_file", "pdf_sha256", "pdf_version"])
    amended = DocumentAmended(
        document=document, case=found.case or None, number=found.number, version=found.version
    )
    record(act, found, amended)
    return found.version


@command
def revoke_document(act: Act, document: str, *, reason: str, version: int | None = None) -> None:
    """Take a document back, signed or not: it holds no longer, and its number stays in the register.

    `reason` is a code. Refuses with DocumentIsRevoked or Stale.
    """
    found = locked_document(document)
    act.must("document.sign", found.territory, authority=found.authority)
    demand_unrevoked(found)
    demand_version(found, version)
    found.state, found.revoked_at, found.revoked_for = State.REVOKED, act.at, reason
    next_version_of_same_pdf(found)
    found.save()
    revoked = DocumentRevoked(document=document, case=found.case or None, number=found.number, reason=reason)
    record(act, found, revoked)


def _give_number(document: Document, index: str) -> None:
    """Give the document the next number of its register; the register is made where it begins."""
    register = _register_with_next_number(document, index)
    document.register, document.sequence = register, register.last
    document.number = rules.document_number(register.index, register.last, register.year)


def _register_with_next_number(document: Document, index: str) -> Register:
    """The register, locked, with `last` raised by one: the number belongs to this transaction."""
    if not rules.is_register_index(index):
        raise ValueError(
            f"the index of a register is {index!r}; up to 12 letters, digits, dots and dashes are expected"
        )
    key = {"authority": document.authority, "kind": document.kind, "year": document.registered_on.year}
    Register.objects.get_or_create(**key, defaults={"index": index or rules.INDEXES.get(document.kind, "")})
    register = Register.objects.select_for_update().get(**key)
    register.last += 1
    register.save(update_fields=["last"])
    return register


def _registered(document: Document) -> DocumentRegistered:
    return DocumentRegistered(
        document=str(document.id),
        case=document.case or None,
        number=document.number,
        register=document.kind,
        valid_until=document.valid_until,
    )
