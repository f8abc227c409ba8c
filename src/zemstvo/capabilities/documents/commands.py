"""Every write of documents.

Locks are taken in one order: the register, then the document. The PDF is made by `render_document`, outside
transactions.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from zemstvo.capabilities.documents import attached, pdf, rules, signing
from zemstvo.capabilities.documents.facts import (
    DeliveryForm,
    DocumentAmended,
    DocumentDelivered,
    DocumentRegistered,
    DocumentRendered,
    DocumentRevoked,
    DocumentSigned,
    SignatureAttached,
    SignatureKind,
)
from zemstvo.capabilities.documents.models import Document, Register, Signature, State
from zemstvo.capabilities.documents.reading import (
    PURPOSE,
    Contents,
    contents_of,
    demand_sight,
    document_of,
    is_own,
    locked_document,
    machine_readable,
    sheet_for,
)
from zemstvo.capabilities.documents.refusals import (
    DocumentIsDelivered,
    DocumentIsNotSigned,
    DocumentIsRevoked,
    DocumentIsSigned,
    PdfIsNotMade,
    SignatureIsBroken,
    SignatureIsForAnotherFile,
    SignatureIsKnown,
)
from zemstvo.capabilities.documents.text import Signatory, Text
from zemstvo.ground.journal.acts import Act, command, house_act
from zemstvo.ground.journal.facts import Fact
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.people import files, vault
from zemstvo.ground.people.looks import Look


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
    register = _register_with_next_number(act, authority, kind, index)
    document = Document.objects.create(
        register=register,
        sequence=register.last,
        number=rules.document_number(register.index, register.last, register.year),
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
    registered = DocumentRegistered(
        document=str(document.id),
        case=case or None,
        number=document.number,
        register=kind,
        valid_until=valid_until,
    )
    _record(act, document, registered)
    return Issued(document.number, str(document.id), contents.code)


@command
def amend_document(act: Act, document: str, *, version: int, template: Mapping[str, Any]) -> int:
    """Write the text of a document anew before it is signed; returns its new version. Number and code stay.

    Refuses with DocumentIsSigned, DocumentIsRevoked, Stale or TextIsUnusable.
    """
    found = locked_document(document)
    act.must("document.issue", found.territory, authority=found.authority)
    _demand_drafted(found)
    _demand_version(found, version)
    contents = Contents(Text.of(template), contents_of(found).code)

    found.sealed = contents.seal(str(found.person))
    found.version += 1
    _give_up_pdf(found)
    found.save(update_fields=["sealed", "version", "pdf_file", "pdf_sha256", "pdf_version"])
    amended = DocumentAmended(
        document=document, case=found.case or None, number=found.number, version=found.version
    )
    _record(act, found, amended)
    return found.version


@command
def sign_document(
    act: Act, document: str, *, version: int | None = None, signatory: Mapping[str, str] | None = None
) -> None:
    """Record that the head signs: the installation will seal the PDF in their name, which is no qualified
    signature.

    `signatory` is who signs as printed, {"post", "name"}; the one in the text unless given (a deputy
    signs). `version` is the one that the head has read; leave it out where the document was issued in the
    same act.

    Refuses with DocumentIsSigned, DocumentIsRevoked or Stale.
    """
    found = locked_document(document)
    act.must("document.sign", found.territory, authority=found.authority)
    _demand_drafted(found)
    if version is not None:
        _demand_version(found, version)
    contents = contents_of(found)
    if signatory is not None:
        contents = _signed_by(contents, signatory)
        found.sealed = contents.seal(str(found.person))

    certificate = signing.signer().certificate()
    printed = contents.text.signatory
    said = {
        "owner": " ".join(filter(None, [printed.post, printed.name])) or contents.text.title,
        "serial": certificate.serial,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
    }
    signature = Signature.objects.create(
        document=found,
        kind=SignatureKind.SEAL.value,
        signer=act.actor,
        mandate=act.mandate,
        signed_at=act.at,
        sealed=vault.seal(str(found.person), said, purpose=PURPOSE),
    )
    found.state, found.signed_at = State.SIGNED, act.at
    found.version += 1
    _give_up_pdf(found)
    found.save()
    _record(act, found, _signed(found, signature, SignatureKind.SEAL))


@command
def attach_signature(
    act: Act,
    document: str,
    signature: bytes,
    *,
    version: int | None = None,
    signatory: Mapping[str, str] | None = None,
) -> None:
    """Attach a detached signature that the head made outside for the PDF of this document; it is signed by
    that.

    `signature` is a CMS file (DER, base64 or PEM). What can be checked of it is checked (attached.py); a
    GOST signature is kept and said to be not checked here. Several may sign one document.

    Refuses with PdfIsNotMade, SignatureIsUnreadable, SignatureIsForAnotherFile, SignatureIsBroken,
    SignatureIsKnown, DocumentIsRevoked or Stale.
    """
    found = locked_document(document)
    act.must("document.sign", found.territory, authority=found.authority)
    _demand_unrevoked(found)
    if version is not None:
        _demand_version(found, version)
    if found.pdf_version != found.version:
        raise PdfIsNotMade(number=found.number)
    read = attached.read_signature(signature, files.content_of(found.pdf_file))
    if not read.fits:
        raise SignatureIsForAnotherFile(number=found.number)
    if not read.holds:
        raise SignatureIsBroken(number=found.number)
    cms_hash = sha256(read.cms).digest()
    if found.signatures.filter(cms_hash=cms_hash).exists():
        raise SignatureIsKnown(number=found.number)

    made = Signature.objects.create(
        document=found,
        kind=SignatureKind.ATTACHED.value,
        signer=act.actor,
        mandate=act.mandate,
        signed_at=act.at,
        sealed=vault.seal(str(found.person), read.particulars() | dict(signatory or {}), purpose=PURPOSE),
        cms=vault.seal_bytes(str(found.person), read.cms, purpose=PURPOSE),
        cms_hash=cms_hash,
        sha256=found.pdf_sha256,
        check_result=read.check.value,
    )
    was_drafted = found.state == State.DRAFTED
    if was_drafted:
        found.state, found.signed_at = State.SIGNED, act.at
    _next_version_of_same_pdf(found)
    found.save()
    attached_fact = SignatureAttached(
        document=document,
        case=found.case or None,
        number=found.number,
        signature=str(made.id),
        sha256=found.pdf_sha256,
        check=read.check,
    )
    _record(act, found, attached_fact)
    if was_drafted:
        _record(act, found, _signed(found, made, SignatureKind.ATTACHED))


@command
def revoke_document(act: Act, document: str, *, reason: str, version: int | None = None) -> None:
    """Take a document back, signed or not: it holds no longer, and its number stays in the register.

    `reason` is a code. Refuses with DocumentIsRevoked or Stale.
    """
    found = locked_document(document)
    act.must("document.sign", found.territory, authority=found.authority)
    _demand_unrevoked(found)
    if version is not None:
        _demand_version(found, version)
    found.state, found.revoked_at, found.revoked_for = State.REVOKED, act.at, reason
    _next_version_of_same_pdf(found)
    found.save()
    revoked = DocumentRevoked(document=document, case=found.case or None, number=found.number, reason=reason)
    _record(act, found, revoked)


@command
def deliver_document(act: Act, document: str, *, form: DeliveryForm) -> None:
    """Record that a signed document reached its addressee: opened by them, or handed over (a print makes
    paper).

    Refuses with DocumentIsNotSigned, DocumentIsRevoked, or DocumentIsDelivered: the first time counts.
    """
    found = locked_document(document)
    if not is_own(act, found):
        act.must("document.deliver", found.territory, authority=found.authority)
    _demand_unrevoked(found)
    if found.state != State.SIGNED:
        raise DocumentIsNotSigned(number=found.number)
    if found.delivered_at is not None:
        raise DocumentIsDelivered(number=found.number, delivered_on=_day_of(found, found.delivered_at))
    found.delivered_at, found.delivery_form = act.at, form.value
    found.save(update_fields=["delivered_at", "delivery_form"])
    delivered = DocumentDelivered(document=document, case=found.case or None, number=found.number, form=form)
    _record(act, found, delivered)


def render_document(act: Act, document: str, look: Look | None = None) -> None:
    """Make the PDF of a document where it is not made yet; harmless where it is. Never inside a transaction.

    Not a command itself: it reads, makes and stores the file, then calls the command that names it. Two at
    once make it twice, and the first one stays. Takes some 60 ms. Refuses like `queries.pdf_of`; raises
    Erased, StoreIsFull.
    """
    found = document_of(document)
    demand_sight(act, found, look)
    if found.pdf_version == found.version:
        return
    contents = contents_of(found)
    made = pdf.compiled(sheet_for(found, contents), machine_readable(found, contents))
    if found.signatures.filter(kind=SignatureKind.SEAL.value).exists():
        made = signing.signer().signed(made, reason=contents.text.title)
    name = files.put(str(found.person), made)
    house = house_act(at=act.at, zone=act.zone, territory=found.territory, authority=found.authority)
    try:
        keep_pdf(
            house,
            document,
            version=found.version,
            name=name,
            sha256=sha256(made).hexdigest(),
            size_bytes=len(made),
        )
    except Stale:
        return  # somebody was quicker or changed the document: the file is an orphan, and the sweep takes it


@command
def keep_pdf(act: Act, document: str, *, version: int, name: str, sha256: str, size_bytes: int) -> None:
    """Name the file in which the PDF of a version lies; its digest enters the journal. Called by
    `render_document`.

    Refuses with Stale where the document has changed, or has its PDF already.
    """
    found = locked_document(document)
    act.must("document.issue", found.territory, authority=found.authority)
    if found.version != version or found.pdf_version == version:
        raise Stale
    files.keep(name, str(found.person), size_bytes=size_bytes, at=act.at)
    found.pdf_file, found.pdf_sha256, found.pdf_version = name, sha256, version
    found.save(update_fields=["pdf_file", "pdf_sha256", "pdf_version"])
    _record(
        act, found, DocumentRendered(document=document, number=found.number, version=version, sha256=sha256)
    )


def _register_with_next_number(act: Act, authority: str, kind: str, index: str) -> Register:
    """The register, locked, with `last` raised by one: the number belongs to this transaction."""
    if not rules.is_register_index(index):
        raise ValueError(
            f"the index of a register is {index!r}; up to 12 letters, digits, dots and dashes are expected"
        )
    year = act.today.year
    Register.objects.get_or_create(
        authority=authority, kind=kind, year=year, defaults={"index": index or rules.INDEXES.get(kind, "")}
    )
    register = Register.objects.select_for_update().get(authority=authority, kind=kind, year=year)
    register.last += 1
    register.save(update_fields=["last"])
    return register


def _day_of(document: Document, at: datetime) -> date:
    """The day of an instant in the time zone of the document's authority."""
    return at.astimezone(ZoneInfo(document.zone)).date()


def _demand_drafted(document: Document) -> None:
    _demand_unrevoked(document)
    if document.state == State.SIGNED and document.signed_at is not None:
        raise DocumentIsSigned(number=document.number, signed_on=_day_of(document, document.signed_at))


def _demand_unrevoked(document: Document) -> None:
    if document.revoked_at is not None:
        raise DocumentIsRevoked(number=document.number, revoked_on=_day_of(document, document.revoked_at))


def _demand_version(document: Document, version: int) -> None:
    if document.version != version:
        raise Stale


def _give_up_pdf(document: Document) -> None:
    if document.pdf_file:
        files.release(document.pdf_file)
    document.pdf_file, document.pdf_sha256, document.pdf_version = "", "", 0


def _next_version_of_same_pdf(document: Document) -> None:
    """What is printed stays as it is, so the PDF of the last version is the PDF of the next one too."""
    if document.pdf_version == document.version:
        document.pdf_version += 1
    document.version += 1


def _signed_by(contents: Contents, signatory: Mapping[str, str]) -> Contents:
    printed = Signatory(post=signatory.get("post", ""), name=signatory.get("name", ""))
    plain = contents.text.plain() | {"signatory": {"post": printed.post, "name": printed.name}}
    return Contents(Text.of(plain), contents.code)


def _signed(document: Document, signature: Signature, by: SignatureKind) -> DocumentSigned:
    return DocumentSigned(
        document=str(document.id),
        case=document.case or None,
        number=document.number,
        signature=str(signature.id),
        by=by,
    )


def _record(act: Act, document: Document, fact: Fact) -> None:
    act.record(
        fact,
        territory=document.territory,
        authority=document.authority,
        service=document.service,
        service_version=document.service_version,
    )
