"""What a file is, and what may be wrong with it."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from zemstvo.capabilities.cases.rules.files import Harm, harm_in, kind_of, tidy_name

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def archive(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/").replace("_types", "[Content_Types].xml"), content)
    return made.getvalue()


def png(width: int, height: int) -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">II", width, height) + b"\0" * 9
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 20, "jpg"),
        (png(10, 10), "png"),
        (archive(_types=b"<Types/>", word__document=b"x"), "docx"),
        (archive(_types=b"<Types/>", xl__workbook=b"x"), "xlsx"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (archive(scan=PDF), "zip"),
        (b"-----BEGIN PKCS7-----\nMII", "sig"),
        (b"MZ\x90\x00" + b"\0" * 60, ""),
        (b"<html><script>alert(1)</script>", ""),
        (b"", ""),
        (b"PK\x03\x04broken", ""),
    ],
)
def test_the_content_says_what_a_file_is(content, kind):
    assert kind_of(content) == kind


def test_a_zip_bomb_is_found_without_being_unpacked_whole():
    bomb = archive(zeros=b"\0" * 60_000_000)

    assert len(bomb) < 100_000
    assert harm_in("zip", bomb) is Harm.BOMB


def test_a_zip_that_lies_about_its_sizes_is_still_counted():
    bomb = bytearray(archive(zeros=b"\0" * 60_000_000))
    spot = bomb.rindex(b"PK\x01\x02")
    bomb[spot + 24 : spot + 28] = struct.pack("<I", 10)

    assert harm_in("zip", bytes(bomb)) in (Harm.BOMB, Harm.DAMAGED)


def test_an_archive_of_ten_thousand_entries_is_a_bomb():
    assert harm_in("zip", archive(**{f"e{n}": b"" for n in range(3000)})) is Harm.BOMB


def test_a_picture_that_would_fill_the_memory_is_a_bomb():
    assert harm_in("png", png(60_000, 60_000)) is Harm.BOMB
    assert harm_in("png", png(4_000, 3_000)) is None


def test_a_document_with_macros_is_refused():
    assert harm_in("docx", archive(_types=b"", word__vbaProject=b"x")) is None
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", "")
        file.writestr("word/vbaProject.bin", "x")
    assert harm_in("docx", made.getvalue()) is Harm.MACROS


def test_a_pdf_cut_off_by_a_bad_line_is_damaged():
    assert harm_in("pdf", PDF) is None
    assert harm_in("pdf", PDF[:20]) is Harm.DAMAGED


def test_a_file_name_keeps_no_folders_and_no_control_signs():
    assert tidy_name("C:\\Users\\anna\\справка о доходах.pdf") == "справка о доходах.pdf"
    assert tidy_name("../../etc/passwd\0\n") == "passwd"
    assert tidy_name("") == "file"
