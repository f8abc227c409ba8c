"""What a file is, by its content and never by its name, and whether it may do harm when it is opened.

The kinds are those that a package can name in `accept`: pdf, jpg, png, docx, xlsx, odt, ods, zip, sig.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from enum import StrEnum

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "zip": "application/zip",
    "sig": "application/pkcs7-signature",
}
"""The kinds of file that can be taken, and the media type under which each is kept."""

MOST_ENTRIES = 2_000
MOST_UNPACKED_BYTES = 200_000_000
MOST_RATIO = 200
MOST_PIXELS = 100_000_000


class Harm(StrEnum):
    """Why a file is not taken although its kind is."""

    DAMAGED = "damaged"
    BOMB = "bomb"
    MACROS = "macros"
    ENCRYPTED = "encrypted"


def kind_of(content: bytes) -> str:
    """The kind of a file by its content, or the empty text where it is none that can be taken."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    if _is_cms_signature(content):
        return "sig"
    return ""


def harm_in(kind: str, content: bytes) -> Harm | None:
    """What is wrong with a file of this kind, or None.

    Archives and office documents are unpacked entry by entry under a limit, so that a zip bomb costs no more
    than MOST_UNPACKED_BYTES of counting; pictures are measured by their header.
    """
    if kind in ("docx", "xlsx", "odt", "ods", "zip"):
        return _harm_in_archive(content)
    if kind == "png":
        return _harm_in_png(content)
    if kind == "pdf" and b"%%EOF" not in content[-2048:]:
        return Harm.DAMAGED
    return None


def tidy_name(name: str) -> str:
    """A file name without folders and control signs, at most 120 characters, never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(sign for sign in last if sign.isprintable()).strip(". ")
    return clean[-120:] or "file"


def _kind_of_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                if any(name.startswith("word/") for name in names):
                    return "docx"
                if any(name.startswith("xl/") for name in names):
                    return "xlsx"
                return ""
            if "mimetype" in names:
                with archive.open("mimetype") as entry:
                    said = entry.read(100).decode("ascii", "replace").strip()
                return {MEDIA_TYPES["odt"]: "odt", MEDIA_TYPES["ods"]: "ods"}.get(said, "")
            return "zip"
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, KeyError):
        return ""


def _harm_in_archive(content: bytes) -> Harm | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES:
                return Harm.BOMB
            if any(entry.flag_bits & 0x1 for entry in entries):
                return Harm.ENCRYPTED
            if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
                return Harm.MACROS
            return _harm_unpacked(archive, entries, packed=len(content))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return Harm.DAMAGED


def _harm_unpacked(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], *, packed: int) -> Harm | None:
    """Count what really comes out: the sizes in the directory are the word of whoever made the file."""
    most = min(MOST_UNPACKED_BYTES, max(packed, 100_000) * MOST_RATIO)
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as stream:
            while piece := stream.read(65_536):
                unpacked += len(piece)
                if unpacked > most:
                    return Harm.BOMB
    return None


def _harm_in_png(content: bytes) -> Harm | None:
    if len(content) < 33 or content[12:16] != b"IHDR":
        return Harm.DAMAGED
    width, height = struct.unpack(">II", content[16:24])
    return Harm.BOMB if width * height > MOST_PIXELS else None


def _is_cms_signature(content: bytes) -> bool:
    """Whether this is a detached signature: DER or PEM of a CMS SignedData (RFC 5652)."""
    if content.startswith((b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----", b"-----BEGIN SIGNATURE-----")):
        return True
    signed_data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
    return content[:1] == b"\x30" and signed_data in content[:32]
