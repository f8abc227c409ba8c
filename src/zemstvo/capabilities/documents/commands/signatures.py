"""Signatures: the seal of the installation in the head's name, and what the head made outside."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from zemstvo.capabilities.documents import attached, signing
from zemstvo.capabilities.documents.commands.demands import (
    demand_drafted,
    demand_unrevoked,
    demand_version,
    give_up_pdf,
    next_version_of_same_pdf,
    record,
)
from zemstvo.capabilities.documents.facts import Check, DocumentSigned, SignatureAttached, SignatureKind
from zemstvo.capabilities.documents.models import Document, Signature, State
from zemstvo.capabilities.documents.reading import PURPOSE, Contents, contents_of, locked_document
from zemstvo.capabilities.documents.refusals import (
    PdfIsNotMade,
    SignatureIsBroken,
    SignatureIsForAnotherFile,
    SignatureIsKnown,
)
from zemstvo.capabilities.documents.text import Signatory, Text
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.people import files, vault


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
    demand_drafted(found)
    demand_version(found, version)
    contents = contents_of(found)
    if signatory is not None:
        contents = _signed_by(contents, signatory)
        found.sealed = contents.seal(str(found.person))

    signature = Signature.objects.create(
        document=found,
        kind=SignatureKind.SEAL.value,
        signer=act.actor,
        mandate=act.mandate,
        signed_at=act.at,
        sealed=vault.seal(str(found.person), _seal_particulars(contents), purpose=PURPOSE),
    )
    found.state, found.signed_at = State.SIGNED, act.at
    found.version += 1
    give_up_pdf(found)
    found.save()
    record(act, found, _signed(found, signature, SignatureKind.SEAL))


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
    demand_unrevoked(found)
    demand_version(found, version)
    read = _fitting(found, signature)

    made = _kept(act, found, read, signatory or {})
    was_drafted = found.state == State.DRAFTED
    if was_drafted:
        found.state, found.signed_at = State.SIGNED, act.at
    next_version_of_same_pdf(found)
    found.save()
    record(act, found, _attached_fact(found, made, read.check))
    if was_drafted:
        record(act, found, _signed(found, made, SignatureKind.ATTACHED))


def _signed_by(contents: Contents, signatory: Mapping[str, str]) -> Contents:
    printed = Signatory(post=signatory.get("post", ""), name=signatory.get("name", ""))
    plain = contents.text.plain() | {"signatory": {"post": printed.post, "name": printed.name}}
    return Contents(Text.of(plain), contents.code)


def _seal_particulars(contents: Contents) -> dict[str, str]:
    """Whose name stands under the seal, and what its certificate says."""
    certificate = signing.signer().certificate()
    printed = contents.text.signatory
    return {
        "owner": " ".join(filter(None, [printed.post, printed.name])) or contents.text.title,
        "serial": certificate.serial,
        "valid_from": certificate.valid_from.isoformat(),
        "valid_until": certificate.valid_until.isoformat(),
    }


def _fitting(document: Document, signature: bytes) -> attached.Attached:
    """The signature as it was read, once it is known to be for the PDF of this document, and new."""
    if document.pdf_version != document.version:
        raise PdfIsNotMade(number=document.number)
    read = attached.read_signature(signature, files.content_of(document.pdf_file))
    if not read.fits:
        raise SignatureIsForAnotherFile(number=document.number)
    if not read.holds:
        raise SignatureIsBroken(number=document.number)
    if document.signatures.filter(cms_hash=sha256(read.cms).digest()).exists():
        raise SignatureIsKnown(number=document.number)
    return read


def _kept(act: Act, document: Document, read: attached.Attached, signatory: Mapping[str, str]) -> Signature:
    """The row of a signature that was made outside, sealed for whom the document is about."""
    person = str(document.person)
    return Signature.objects.create(
        document=document,
        kind=SignatureKind.ATTACHED.value,
        signer=act.actor,
        mandate=act.mandate,
        signed_at=act.at,
        sealed=vault.seal(person, read.particulars() | dict(signatory), purpose=PURPOSE),
        cms=vault.seal_bytes(person, read.cms, purpose=PURPOSE),
        cms_hash=sha256(read.cms).digest(),
        sha256=document.pdf_sha256,
        check_result=read.check.value,
    )


def _signed(document: Document, signature: Signature, by: SignatureKind) -> DocumentSigned:
    return DocumentSigned(
        document=str(document.id),
        case=document.case or None,
        number=document.number,
        signature=str(signature.id),
        by=by,
    )


def _attached_fact(document: Document, signature: Signature, check: Check) -> SignatureAttached:
    return SignatureAttached(
        document=str(document.id),
        case=document.case or None,
        number=document.number,
        signature=str(signature.id),
        sha256=document.pdf_sha256,
        check=check,
    )
