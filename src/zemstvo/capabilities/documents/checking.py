"""Checking the arithmetic of a CMS signature, by pyHanko.

Apart from `attached` and loaded at the first signature: importing pyHanko takes longer than all of the site.
"""

from __future__ import annotations

from typing import Any

from asn1crypto import x509
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from zemstvo.capabilities.documents.attached import SignatureIsBroken


def integrity(
    signer: Any, certificate: x509.Certificate, content_type: str, digest: bytes
) -> tuple[bool, bool]:
    """Whether the digest is the signed one, and whether the signature is the certificate's.

    Raises SignatureIsBroken, UnsupportedAlgorithm, and ValueError where the file contradicts itself.
    """
    try:
        intact, valid = validate_sig_integrity(signer, certificate, content_type, digest)
    except SignatureValidationError as error:
        raise SignatureIsBroken from error
    except SigningError as error:
        raise ValueError(str(error)) from error
    return bool(intact), bool(valid)
