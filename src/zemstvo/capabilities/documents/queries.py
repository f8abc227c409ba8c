"""Every question about documents from outside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from zemstvo.capabilities.documents import pdf, rules
from zemstvo.capabilities.documents.facts import SignatureKind
from zemstvo.capabilities.documents.models import Document, Signature
from zemstvo.capabilities.documents.pdf import Sheet
from zemstvo.capabilities.documents.reading import (
    PURPOSE,
    contents_of,
    demand_sight,
    document_of,
    is_own,
    particulars_of,
    sheet_for,
    verification_address,
)
from zemstvo.capabilities.documents.refusals import PdfIsNotMade
from zemstvo.capabilities.documents.seal_keys import authority_certificate
from zemstvo.capabilities.documents.text import Text
from zemstvo.capabilities.documents.wording import draft_sheet
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people import files, vault
from zemstvo.ground.people.looks import Look
from zemstvo.ground.people.vault import Erased
from zemstvo.ground.statements import written_once

__all__ = [
    "Card",
    "Pdf",
    "RegisterLine",
    "SignatureRow",
    "Verification",
    "authority_certificate",
    "document_card",
    "documents_of",
    "pdf_of",
    "preview",
    "register_page",
    "signature_file",
    "text_of",
    "verification_address",
    "verify",
]

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """A signature: `kind` is seal or attached; `owner` as printed, empty where the person was erased.

    `check` is intact, same-file or not-checked, empty for a seal; `certificate` what the certificate says,
    as texts.
    """

    id: str
    kind: str
    signed_at: datetime
    owner: str
    check: str
    certificate: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A document without its text: where it stands, what belongs to it. `valid_until` is exclusive."""

    id: str
    number: str
    kind: str
    authority: str
    territory: str
    case: str
    service: str
    language: str
    state: str
    version: int
    registered_on: date
    valid_until: date | None
    signed_at: datetime | None
    delivered_at: datetime | None
    delivery_form: str
    revoked_at: datetime | None
    revoked_for: str
    has_pdf: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF: the name under which it is saved, its bytes, and their SHA-256 as in the journal."""

    name: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A line of a register: what has the number, without what it says."""

    sequence: int
    number: str
    id: str
    case: str
    registered_on: date
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What anybody who holds the code may know: no name but those of the officials who signed.

    `title` is empty where the person was erased. `valid_until` is exclusive.
    """

    number: str
    title: str
    kind: str
    service: str
    authority: str
    territory: str
    language: str
    registered_on: date
    state: str
    signed_at: datetime | None
    signatures: tuple[SignatureRow, ...]
    valid_until: date | None
    revoked_at: datetime | None
    sha256: str

    def is_in_force(self, on: date) -> bool:
        """Whether the document holds on a day of its authority."""
        return self.state == "signed" and (self.valid_until is None or on < self.valid_until)


def document_card(act: Act, document: str) -> Card:
    """A document without its text. One or two statements. Refuses with NotFound or NoMandate."""
    found = document_of(document)
    if not is_own(act, found):
        act.must("document.read", found.territory, authority=found.authority)
    return _card(found)


def documents_of(act: Act, case: str) -> list[Card]:
    """The documents of a case that the one who acts may see, the oldest first. One statement, and one for
    rights.
    """
    return [
        _card(row)
        for row in _of_case(case)
        if is_own(act, row) or act.may("document.read", row.territory, authority=row.authority)
    ]


@written_once
def _of_case(case: str) -> QuerySet[Document]:
    return Document.objects.filter(case=case).order_by("registered_on", "id")


def text_of(act: Act, document: str, look: Look | None = None) -> Sheet:
    """What stands on the document, for the page that says the same as the PDF. Opens one sealed value; some
    1 ms.

    Officials need a look at the person. Refuses with NotFound, NoMandate, LookNotRecorded; raises Erased.
    """
    found = document_of(document)
    demand_sight(act, found, look)
    return sheet_for(found, contents_of(found))


def pdf_of(act: Act, document: str, look: Look | None = None) -> Pdf:
    """The PDF. One file is read. Refuses like `text_of`, and with PdfIsNotMade: then call
    `commands.render_document`.
    """
    found = document_of(document)
    demand_sight(act, found, look)
    if found.pdf_version != found.version:
        raise PdfIsNotMade(number=found.number)
    return Pdf(_file_name(found), files.content_of(found.pdf_file), found.pdf_sha256)


def signature_file(act: Act, document: str, signature: str, look: Look | None = None) -> bytes:
    """An attached signature as it is kept (CMS, DER), to be checked by other programs. Refuses like
    `text_of`.
    """
    found = document_of(document)
    demand_sight(act, found, look)
    row = found.signatures.filter(id=signature, kind=SignatureKind.ATTACHED.value).first()
    if row is None:
        raise NotFound
    return vault.open_bytes(str(found.person), bytes(row.cms), purpose=PURPOSE)


def preview(act: Act, *, authority: str, territory: str, template: Mapping[str, Any], language: str) -> bytes:
    """The PDF of a letter that has no number yet, marked as a draft on every page. No statement; some 10 ms.

    Refuses with NoMandate or TextIsUnusable.
    """
    act.must("document.issue", territory, authority=authority)
    return pdf.compiled(draft_sheet(Text.of(template), language, on=act.today), {})


def register_page(
    act: Act, authority: str, *, territory: str, kind: str, year: int, before: int | None = None
) -> list[RegisterLine]:
    """Fifty lines of a register, the newest first, below the number `before`. One statement."""
    act.must("document.read", territory, authority=authority)
    rows = Document.objects.filter(register__authority=authority, register__kind=kind, register__year=year)
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    columns = ("sequence", "number", "id", "case", "registered_on", "state")
    return [
        RegisterLine(sequence, number, str(id_), case, on, state)
        for sequence, number, id_, case, on, state in rows.order_by("-sequence").values_list(*columns)[:PAGE]
    ]


def verify(code: str) -> Verification:
    """What a verification code stands for, to whoever holds it.

    The one query without an act: the code is the key, of 80 bits. Two statements. Refuses with NotFound.
    """
    printed = rules.code_as_printed(code)
    found = Document.objects.filter(code_hash=rules.code_hash(printed)).first() if printed else None
    if found is None:
        raise NotFound
    return Verification(
        number=found.number,
        title=_title(found),
        kind=found.kind,
        service=found.service,
        authority=found.authority,
        territory=found.territory,
        language=found.language,
        registered_on=found.registered_on,
        state=found.state,
        signed_at=found.signed_at,
        signatures=tuple(_signature_row(row, found) for row in found.signatures.order_by("signed_at")),
        valid_until=found.valid_until,
        revoked_at=found.revoked_at,
        sha256=found.pdf_sha256,
    )


def _card(found: Document) -> Card:
    return Card(
        id=str(found.id),
        number=found.number,
        kind=found.kind,
        authority=found.authority,
        territory=found.territory,
        case=found.case,
        service=found.service,
        language=found.language,
        state=found.state,
        version=found.version,
        registered_on=found.registered_on,
        valid_until=found.valid_until,
        signed_at=found.signed_at,
        delivered_at=found.delivered_at,
        delivery_form=found.delivery_form,
        revoked_at=found.revoked_at,
        revoked_for=found.revoked_for,
        has_pdf=found.pdf_version == found.version,
        sha256=found.pdf_sha256,
    )


def _signature_row(signature: Signature, document: Document) -> SignatureRow:
    try:
        said = particulars_of(signature, document)
    except Erased:
        said = {}
    return SignatureRow(
        id=str(signature.id),
        kind=signature.kind,
        signed_at=signature.signed_at,
        owner=said.get("owner", ""),
        check=signature.check_result,
        certificate=said,
    )


def _title(document: Document) -> str:
    try:
        return contents_of(document).text.title
    except Erased:
        return ""


def _file_name(document: Document) -> str:
    return f"{document.number.replace('/', '-')}.pdf"
