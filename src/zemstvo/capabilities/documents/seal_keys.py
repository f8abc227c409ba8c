"""The installation's seal: a certificate authority of its own and a certificate made by it, under
SECRETS/seal.

Made at the first signature, mode 0600; renewed when less than a month of the certificate is left. What was
sealed before keeps its certificate inside the PDF. Move the folder away to start anew: old documents are
then still verified by their code.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings

AUTHORITY_YEARS = 20
SEAL_YEARS = 3
RENEW_BEFORE = timedelta(days=30)
_BITS = 3072

NAME = "Zemstvo installation seal (not a qualified signature)"
AUTHORITY_NAME = "Zemstvo installation authority (not accredited)"


@dataclass(frozen=True, slots=True)
class Seal:
    """The seal in use: its certificate, and the files in which key, certificate and authority stand (PEM)."""

    certificate: x509.Certificate
    key_file: Path
    certificate_file: Path
    authority_file: Path


def installation_seal(*, at: datetime | None = None) -> Seal:
    """The seal in use at a moment (now, unless said); made or renewed where there is none that lasts.

    Reads two small files each time, so that all processes see a renewal. A new pair of keys takes about a
    second.
    """
    at = at or datetime.now(UTC)
    found = _newest()
    if found is not None and found.certificate.not_valid_after_utc - RENEW_BEFORE > at:
        return found
    return _make_seal(at)


def authority_certificate() -> bytes:
    """The certificate of the installation's own authority (PEM), for those who want to check a seal with
    their tools.
    """
    return installation_seal().authority_file.read_bytes()


def _folder() -> Path:
    return Path(settings.SECRETS) / "seal"


def _newest() -> Seal | None:
    """Certificates are named by the moment on which they end, so the last name is the newest."""
    certificates = sorted(_folder().glob("*.crt"))
    if not certificates:
        return None
    certificate = x509.load_pem_x509_certificate(certificates[-1].read_bytes())
    return Seal(
        certificate, certificates[-1].with_suffix(".key"), certificates[-1], _folder() / "authority.pem"
    )


def _make_seal(at: datetime) -> Seal:
    authority_key, authority = _authority(at)
    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    until = at + timedelta(days=365 * SEAL_YEARS)
    certificate = (
        _builder(_name(NAME), authority.subject, at, until)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    name = f"{until:%Y%m%d%H%M%S}-{certificate.serial_number:040x}"
    _write(_folder() / f"{name}.key", _private(key))
    _write(_folder() / f"{name}.crt", certificate.public_bytes(serialization.Encoding.PEM))
    found = _newest()
    if found is None:
        raise RuntimeError(f"the seal was written to {_folder()} and is not there")
    return found


def _authority(at: datetime) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """The key and the certificate of the authority, both in one file, so that two processes cannot mix two
    pairs.
    """
    path = _folder() / "authority.key"
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        name = _name(AUTHORITY_NAME)
        certificate = (
            _builder(name, name, at, at + timedelta(days=365 * AUTHORITY_YEARS))
            .public_key(key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        _write(path, _private(key) + certificate.public_bytes(serialization.Encoding.PEM))
    written = path.read_bytes()
    private = serialization.load_pem_private_key(written, password=None)
    certificate = x509.load_pem_x509_certificate(written)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key")
    _write(_folder() / "authority.pem", certificate.public_bytes(serialization.Encoding.PEM))
    return private, certificate


def _builder(subject: x509.Name, issuer: x509.Name, at: datetime, until: datetime) -> x509.CertificateBuilder:
    start = at - timedelta(days=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start.replace(microsecond=0))
        .not_valid_after(until.replace(microsecond=0))
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(**given: bool) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{one: given.get(one, False) for one in every})


def _private(key: rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    """Write a file durably, mode 0600. Of two processes that write the same name the first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".")
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(made, path)
    except FileExistsError:
        pass
    finally:
        made.unlink()
