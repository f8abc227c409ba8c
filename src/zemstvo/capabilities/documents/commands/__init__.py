"""Every write of documents, by noun.

Locks are taken in one order: the register, then the document. The PDF is made by `render_document`, outside
transactions.
"""

from zemstvo.capabilities.documents.commands.delivering import deliver_document
from zemstvo.capabilities.documents.commands.printing import keep_pdf, render_document
from zemstvo.capabilities.documents.commands.registering import (
    Issued,
    amend_document,
    issue_document,
    revoke_document,
)
from zemstvo.capabilities.documents.commands.signatures import attach_signature, sign_document

__all__ = [
    "Issued",
    "amend_document",
    "attach_signature",
    "deliver_document",
    "issue_document",
    "keep_pdf",
    "render_document",
    "revoke_document",
    "sign_document",
]
