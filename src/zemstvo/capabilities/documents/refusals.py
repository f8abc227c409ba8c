"""Each way in which documents say no."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal, TryLater


class TextIsUnusable(Refusal):
    """The text of a document is empty, too long, or not of the form that a document has."""

    code = "document.text-unusable"
    message = _("The text of the document cannot be used: %(fault)s.")
    advice = _("Correct the text and try again.")


class DocumentIsSigned(Refusal):
    """A signed document takes no more changes."""

    code = "document.signed"
    message = _("Document %(number)s was signed on %(signed_on)s and takes no more changes.")
    advice = _("If it is wrong, revoke it and issue another one.")
    status = 409


class DocumentIsNotSigned(Refusal):
    """Only a signed document can be handed over."""

    code = "document.not-signed"
    message = _("Document %(number)s is not signed yet.")
    advice = _("Sign it first.")
    status = 409


class DocumentIsRevoked(Refusal):
    """A revoked document takes no more changes."""

    code = "document.revoked"
    message = _("Document %(number)s was revoked on %(revoked_on)s.")
    advice = _("Issue another document instead.")
    status = 409


class DocumentIsDelivered(Refusal):
    """The document has reached its addressee before; the first time counts."""

    code = "document.delivered"
    message = _("Document %(number)s was delivered on %(delivered_on)s.")
    advice = _("Nothing more is to be done.")
    status = 409


class PdfIsNotMade(TryLater):
    """The PDF of the document is still being made."""

    code = "document.pdf-not-made"
    message = _("The PDF of document %(number)s is being made.")
    advice = _("Open it again in a few seconds. The page with the same text is there already.")
    status = 503


class SignatureIsUnreadable(Refusal):
    """What was attached is not a signature in the CMS format."""

    code = "signature.unreadable"
    message = _("The file is not an electronic signature: %(fault)s.")
    advice = _("Attach the detached signature (.sig, .p7s) that your signing program made for the PDF.")


class SignatureIsForAnotherFile(Refusal):
    """The signature was made for other bytes than those of this document."""

    code = "signature.other-file"
    message = _("The signature does not belong to the PDF of document %(number)s.")
    advice = _("Download the PDF again, sign exactly that file, and attach the new signature.")


class SignatureIsBroken(Refusal):
    """The mathematics of the signature do not hold."""

    code = "signature.broken"
    message = _("The signature of document %(number)s is damaged: it does not fit its own certificate.")
    advice = _("Sign the PDF again and attach the new signature.")


class SignatureIsKnown(Refusal):
    """The same signature was attached before."""

    code = "signature.known"
    message = _("This signature is attached to document %(number)s already.")
    advice = _("Nothing more is to be done.")
    status = 409
