"""Putting the installation's signature under a PDF, by pyHanko.

Apart from `signing` and loaded at the first signature: importing pyHanko takes longer than all of the site.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from zemstvo.capabilities.documents.seal_keys import Seal


def sealed(pdf: bytes, *, reason: str, seal: Seal) -> bytes:
    """The PDF with an invisible PAdES signature that allows no later change. Takes some 50 ms."""
    metadata = signers.PdfSignatureMetadata(
        field_name="Seal",
        md_algorithm="sha256",
        reason=reason,
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    made = io.BytesIO()
    signers.PdfSigner(metadata, signer=_simple_signer(seal)).sign_pdf(
        _WithItsMetadata(io.BytesIO(pdf)), output=made
    )
    return made.getvalue()


class _WithItsMetadata(IncrementalPdfFileWriter):
    """Appends a signature and leaves the metadata as the compiler wrote them.

    pyHanko would write them anew under other prefixes, and an extension schema of PDF/A then names none of
    them.
    """

    def _update_meta(self) -> None:
        return None


@cache
def _simple_signer(seal: Seal) -> signers.SimpleSigner:
    load: Any = signers.SimpleSigner.load
    found: signers.SimpleSigner | None = load(
        key_file=str(seal.key_file),
        cert_file=str(seal.certificate_file),
        ca_chain_files=(str(seal.authority_file),),
    )
    if found is None:
        raise RuntimeError(f"the seal in {seal.key_file.parent} cannot be read")
    return found
