"""Everything that may enter the journal from documents.

None of these is an interaction: that a result reached a person is `result.delivered` of the case, so that
no contact is counted twice. What is said here is how the paper lived: born, signed and delivered
electronically, or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.facts import Code, Fact, Number, PublicId, Touches

DocumentId = Annotated[PublicId, Touches("document")]
CaseNumber = Annotated[Number, Touches("case")]


class SignatureKind(StrEnum):
    """How a document was signed."""

    SEAL = "seal"
    """The head decided here, and the installation sealed the PDF: not a qualified signature."""

    ATTACHED = "attached"
    """The head signed the PDF outside and attached the signature."""


class Check(StrEnum):
    """What is known here of an attached signature."""

    INTACT = "intact"
    """It fits the PDF and its certificate. Whether the certificate is trusted is not decided here."""

    SAME_FILE = "same-file"
    """It names the digest of this PDF, but the signature itself cannot be checked here."""

    NOT_CHECKED = "not-checked"
    """Its algorithms (GOST) cannot be checked here at all."""


class DeliveryForm(StrEnum):
    """In which form a document reached its addressee: a print or scan makes paper (DESIGN §7, T3)."""

    ELECTRONIC = "electronic"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRegistered(Fact):
    """A document got its number in a register of the authority."""

    kind = "document.registered"
    sentence = _("Document %(number)s was registered.")

    document: DocumentId
    case: CaseNumber | None
    number: Number
    register: Code
    valid_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAmended(Fact):
    """The text of a document was amended before it was signed."""

    kind = "document.amended"
    sentence = _("The text of document %(number)s was amended (version %(version)s).")

    document: DocumentId
    case: CaseNumber | None
    number: Number
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRendered(Fact):
    """The PDF of a document was made; its SHA-256 stands here, so that the journal vouches for the file."""

    kind = "document.rendered"
    sentence = _("The PDF of document %(number)s was made.")

    document: DocumentId
    number: Number
    version: int
    sha256: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSigned(Fact):
    """Whoever may sign decided to: by the seal of the installation, or by an attached signature."""

    kind = "document.signed"
    sentence = _("Document %(number)s was signed.")

    document: DocumentId
    case: CaseNumber | None
    number: Number
    signature: Annotated[PublicId, Touches("signature")]
    by: SignatureKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureAttached(Fact):
    """A signature that was made outside was attached to a document."""

    kind = "signature.attached"
    sentence = _("A signature was attached to document %(number)s.")

    document: DocumentId
    case: CaseNumber | None
    number: Number
    signature: Annotated[PublicId, Touches("signature")]
    sha256: Code
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDelivered(Fact):
    """A signed document reached its addressee for the first time."""

    kind = "document.delivered"
    sentence = _("Document %(number)s was delivered.")

    document: DocumentId
    case: CaseNumber | None
    number: Number
    form: DeliveryForm


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRevoked(Fact):
    """A document holds no longer; its number stays in the register."""

    kind = "document.revoked"
    sentence = _("Document %(number)s was revoked.")

    document: DocumentId
    case: CaseNumber | None
    number: Number
    reason: Code
