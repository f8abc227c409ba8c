"""The PDF of a document: made outside transactions, named inside one."""

from __future__ import annotations

from hashlib import sha256

from zemstvo.capabilities.documents import pdf, signing
from zemstvo.capabilities.documents.commands.demands import record
from zemstvo.capabilities.documents.facts import DocumentRendered, SignatureKind
from zemstvo.capabilities.documents.reading import (
    contents_of,
    demand_sight,
    document_of,
    locked_document,
    machine_readable,
    sheet_for,
)
from zemstvo.ground.journal.acts import Act, command, house_act
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.people import files
from zemstvo.ground.people.looks import Look


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
    record(
        act, found, DocumentRendered(document=document, number=found.number, version=version, sha256=sha256)
    )
