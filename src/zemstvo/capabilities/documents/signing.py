"""Signing PDFs: what a signer is, and the installation's own one.

The installation's signer puts a PAdES signature (ETSI EN 319 142, level B-B) under the decision that the
head took here. Its certificate comes from an authority that the installation made itself, so it proves that
this installation sealed exactly these bytes, and nothing about the head beyond what the journal says. **It
is not a qualified electronic signature** (63-ФЗ, article 5), and certificate, mark and verification page
all say so.

A certified signer (GOST R 34.10-2012) stands in by the setting DOCUMENT_SIGNER, the dotted path of a class
that keeps `Signer`.

RSA with SHA-256 on purpose: with an elliptic key pyHanko 0.38 raises the PDF to version 2.0, which is no
PDF/A-3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol, runtime_checkable

from django.conf import settings
from django.utils.module_loading import import_string

from zemstvo.capabilities.documents.seal_keys import installation_seal


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the mark of a signature says of its certificate: serial number, and from when until when it is
    valid.
    """

    serial: str
    valid_from: date
    valid_until: date


@runtime_checkable
class Signer(Protocol):
    """Whoever can put a signature into a PDF."""

    def certificate(self) -> Certificate:
        """The certificate with which the next PDF will be signed; it is printed on that PDF."""
        ...

    def signed(self, pdf: bytes, *, reason: str) -> bytes:
        """The PDF with a signature over all of its bytes, appended to them: the first bytes stay as they
        were.

        Takes as long as the signer needs, never inside a transaction. Raises what it must; nothing is
        stored then.
        """
        ...


class InstallationSigner:
    """Seals by the key of the installation (seal_keys). Takes some 50 ms."""

    def certificate(self) -> Certificate:
        """The certificate of the installation's seal."""
        certificate = installation_seal().certificate
        return Certificate(
            serial=":".join(
                f"{byte:02X}" for byte in certificate.serial_number.to_bytes(20, "big").lstrip(b"\0")
            ),
            valid_from=certificate.not_valid_before_utc.date(),
            valid_until=certificate.not_valid_after_utc.date(),
        )

    def signed(self, pdf: bytes, *, reason: str) -> bytes:
        """The PDF with an invisible PAdES signature that allows no later change."""
        sealed: Callable[..., bytes] = import_string(f"{__package__}.sealing.sealed")
        return sealed(pdf, reason=reason, seal=installation_seal())


def signer() -> Signer:
    """The signer of this installation: its own, or the one that DOCUMENT_SIGNER names."""
    return _signer(getattr(settings, "DOCUMENT_SIGNER", "") or "")


@cache
def _signer(path: str) -> Signer:
    made = import_string(path)() if path else InstallationSigner()
    if not isinstance(made, Signer):
        raise TypeError(
            f"DOCUMENT_SIGNER is {path}, which is no signer: certificate() and signed() are expected"
        )
    return made
