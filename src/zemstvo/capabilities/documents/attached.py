"""Signatures that were made outside: what a detached CMS file says, and how much of it can be checked here.

Checked here: that the file is a CMS signature (RFC 5652), that it was made for exactly this PDF, and that
it fits the certificate that it carries. **Not decided here: whether that certificate is trusted**, for that
is the list of accredited authorities, outside. Signatures of GOST R 34.10-2012 are kept and shown, and said
to be not checked here.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from asn1crypto import cms, core, x509
from cryptography.exceptions import UnsupportedAlgorithm
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from zemstvo.capabilities.documents.facts import Check
from zemstvo.capabilities.documents.refusals import SignatureIsUnreadable

LARGEST = 1_000_000
"""Bytes of a signature file at most."""

_DIGESTS: dict[str, Callable[[bytes], Any]] = {
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
    "sha3_256": hashlib.sha3_256,
    "sha3_512": hashlib.sha3_512,
}
Integrity = Callable[[Any, x509.Certificate, str, bytes], tuple[bool, bool]]
_GOST = "1.2.643."
_PEM = re.compile(rb"-----BEGIN [A-Z0-9 ]+-----(.*?)-----END [A-Z0-9 ]+-----", re.DOTALL)


class SignatureIsBroken(ValueError):
    """The parts of the signature contradict one another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """What a detached signature says. `fits` is False where it was made for other bytes, `holds` where it
    is damaged.
    """

    cms: bytes
    fits: bool
    holds: bool
    check: Check
    owner: str
    issuer: str
    serial: str
    valid_from: date
    valid_until: date
    algorithm: str

    def particulars(self) -> dict[str, str]:
        """What is shown of the certificate, as texts."""
        return {
            "owner": self.owner,
            "issuer": self.issuer,
            "serial": self.serial,
            "valid_from": self.valid_from.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "algorithm": self.algorithm,
        }


def read_signature(given: bytes, pdf: bytes) -> Attached:
    """Read a signature file (DER, base64, PEM) made for a PDF. Refuses with SignatureIsUnreadable."""
    raw = _der(given)
    try:
        signed = _signed_data(raw)
        signer = signed["signer_infos"][0]
        certificate = _certificate_of(signer, signed)
        fits, holds, check = _checked(signed, signer, certificate, pdf)
        return Attached(
            cms=raw,
            fits=fits,
            holds=holds,
            check=check,
            owner=_shown(certificate.subject),
            issuer=_shown(certificate.issuer),
            serial=f"{certificate.serial_number:X}",
            valid_from=certificate.not_valid_before.date(),
            valid_until=certificate.not_valid_after.date(),
            algorithm=_algorithm(signer),
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise SignatureIsUnreadable(fault=_("it is damaged or of an unknown kind")) from error


def _der(given: bytes) -> bytes:
    if len(given) > LARGEST:
        raise SignatureIsUnreadable(fault=_("it is larger than %(most)s bytes") % {"most": LARGEST})
    if given[:1] == b"\x30":
        return given
    pem = _PEM.search(given)
    try:
        raw = base64.b64decode(b"".join((pem.group(1) if pem else given).split()), validate=True)
    except binascii.Error:
        raw = b""
    if raw[:1] != b"\x30":
        raise SignatureIsUnreadable(fault=_("it is not of the CMS format"))
    return raw


def _signed_data(raw: bytes) -> Any:
    content = cms.ContentInfo.load(raw, strict=True)
    if content["content_type"].native != "signed_data":
        raise SignatureIsUnreadable(fault=_("it is not of the CMS format"))
    signed = content["content"]
    if not len(signed["signer_infos"]):
        raise SignatureIsUnreadable(fault=_("nobody has signed in it"))
    return signed


def _certificate_of(signer: Any, signed: Any) -> x509.Certificate:
    found = [choice.chosen for choice in signed["certificates"] or () if choice.name == "certificate"]
    identifier = signer["sid"]
    for certificate in found:
        if identifier.name == "issuer_and_serial_number":
            named = identifier.chosen
            if (
                named["serial_number"].native == certificate.serial_number
                and named["issuer"] == certificate.issuer
            ):
                return certificate
        elif identifier.chosen.native == certificate.key_identifier:
            return certificate
    raise SignatureIsUnreadable(fault=_("it does not carry the certificate of the one who signed"))


def _checked(signed: Any, signer: Any, certificate: x509.Certificate, pdf: bytes) -> tuple[bool, bool, Check]:
    """Whether it fits the PDF, whether it holds, and how far that could be found out."""
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in _DIGESTS:
        return True, True, Check.NOT_CHECKED
    inside = signed["encap_content_info"]["content"]
    if inside is not core.VOID and inside.native is not None and inside.native != pdf:
        return False, True, Check.NOT_CHECKED
    digest = _DIGESTS[name](pdf).digest()
    if not _names_digest(signer, digest):
        return False, True, Check.NOT_CHECKED
    content_type = signed["encap_content_info"]["content_type"].native
    integrity: Integrity = import_string(f"{__package__}.checking.integrity")
    try:
        intact, valid = integrity(signer, certificate, content_type, digest)
    except (UnsupportedAlgorithm, NotImplementedError):
        return True, True, Check.SAME_FILE
    except SignatureIsBroken:
        return True, False, Check.SAME_FILE
    return intact, valid, Check.INTACT


def _names_digest(signer: Any, digest: bytes) -> bool:
    """Whether the signed attributes name this digest; without attributes the signature itself must tell."""
    attributes = signer["signed_attrs"]
    if attributes is core.VOID or attributes.native is None:
        return True
    named = [one["values"][0].native for one in attributes if one["type"].native == "message_digest"]
    return named == [digest]


def _shown(name: x509.Name) -> str:
    """The name in a certificate as people read it: the common name, else all of it."""
    known = name.native
    return str(known.get("common_name") or name.human_friendly)[:300]


def _algorithm(signer: Any) -> str:
    identifier = signer["signature_algorithm"]["algorithm"].dotted
    return (
        "ГОСТ Р 34.10"
        if identifier.startswith(_GOST)
        else str(signer["signature_algorithm"]["algorithm"].native)
    )
