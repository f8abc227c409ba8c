"""Signatures that the head makes outside: detached CMS files, made here by ordinary tools of cryptography."""

from __future__ import annotations

from datetime import UTC, datetime

from asn1crypto import cms, core
from cryptography import x509 as cryptography_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID


def pair(key=None):
    """A key and a self-made certificate of the head."""
    key = key or rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = cryptography_x509.Name(
        [cryptography_x509.NameAttribute(NameOID.COMMON_NAME, "Петров Иван Иванович")]
    )
    certificate = (
        cryptography_x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0x4F2291AB)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 4, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def detached(pdf: bytes, *, key=None, encoding=serialization.Encoding.DER) -> bytes:
    """A detached CMS signature over a PDF."""
    key, certificate = pair(key)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    builder = pkcs7.PKCS7SignatureBuilder().set_data(pdf).add_signer(certificate, key, hashes.SHA256())
    return builder.sign(encoding, options)


def elliptic(pdf: bytes) -> bytes:
    """The same with an elliptic key."""
    return detached(pdf, key=ec.generate_private_key(ec.SECP256R1()))


def gost(pdf: bytes) -> bytes:
    """A signature as a GOST R 34.10-2012 program writes it: the same structure, algorithms that nobody here
    can check.
    """
    content = cms.ContentInfo.load(detached(pdf))
    signer = content["content"]["signer_infos"][0]
    signer["digest_algorithm"] = cms.DigestAlgorithm({"algorithm": "1.2.643.7.1.1.2.2"})
    signer["signature_algorithm"] = cms.SignedDigestAlgorithm({"algorithm": "1.2.643.7.1.1.3.2"})
    content["content"]["digest_algorithms"] = [cms.DigestAlgorithm({"algorithm": "1.2.643.7.1.1.2.2"})]
    return content.dump(force=True)


def broken(pdf: bytes) -> bytes:
    """A signature whose last bytes were changed."""
    content = cms.ContentInfo.load(detached(pdf))
    signer = content["content"]["signer_infos"][0]
    value = bytearray(signer["signature"].native)
    value[-1] ^= 1
    signer["signature"] = core.OctetString(bytes(value))
    return content.dump(force=True)
