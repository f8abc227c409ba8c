import io
import json
import subprocess
from datetime import date

import pytest
from pypdf import PdfReader

from zemstvo.capabilities.documents import pdf
from zemstvo.capabilities.documents.tests.zarechny import DECISION
from zemstvo.capabilities.documents.text import Text
from zemstvo.capabilities.documents.wording import Requisites, draft_sheet, sheet_of

REQUISITES = Requisites(
    number="СЖ-17/2026",
    registered_on=date(2026, 11, 23),
    code="60RK-4CSM-6MV3-EE1S",
    address="https://zarechny.example/verify/60RK-4CSM-6MV3-EE1S",
)


def printed(template=DECISION, language="ru", attachment=None):
    sheet = sheet_of(Text.of(template), language, REQUISITES, [])
    return PdfReader(io.BytesIO(pdf.compiled(sheet, attachment or {"number": "СЖ-17/2026"})))


def text_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_one_file_claims_pdf_a_3a_and_pdf_ua_1():
    metadata = printed().xmp_metadata.stream.get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "pdfaExtension:schemas" in metadata


def test_a_screen_reader_finds_language_title_and_structure():
    root = printed().trailer["/Root"]

    assert root["/Lang"] == "ru"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert printed().metadata.title.startswith("Решение о предоставлении субсидии")
    kinds = set(structure(root["/StructTreeRoot"]))
    assert {"/H1", "/P", "/Figure", "/Table", "/TH", "/TD"} <= kinds


def test_the_qr_code_has_words_for_those_who_cannot_see_it():
    figures = [
        node for node in nodes(printed().trailer["/Root"]["/StructTreeRoot"]) if node.get("/S") == "/Figure"
    ]

    assert len(figures) == 1
    assert "QR" in figures[0]["/Alt"]


def test_every_font_is_embedded():
    for font in fonts(printed()):
        descendant = font["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in descendant["/FontDescriptor"] or "/FontFile3" in descendant["/FontDescriptor"]
        assert "/ToUnicode" in font


def test_the_data_are_attached_for_machines():
    reader = printed(attachment={"number": "СЖ-17/2026", "amount_minor": 245000})

    assert json.loads(reader.attachments["document.json"][0]) == {
        "number": "СЖ-17/2026",
        "amount_minor": 245000,
    }
    attached = reader.trailer["/Root"]["/AF"][0].get_object()
    assert attached["/AFRelationship"] == "/Data"


def test_the_same_sheet_makes_the_same_bytes():
    sheet = sheet_of(Text.of(DECISION), "ru", REQUISITES, [])

    assert pdf.compiled(sheet, {}) == pdf.compiled(sheet, {})


def test_all_requisites_stand_on_the_paper_in_russian():
    said = text_of(printed())

    for requisite in (
        "Управление социальной защиты населения города Заречного",
        "Ивановой Анне Петровне",
        "23 ноября 2026 г.",
        "№ СЖ-17/2026",
        "г. Заречный",
        "По заявлению от 9 ноября 2026 г.",
        "Размер в месяц",
        "Глава города Заречного",
        "И. И. Петров",
        "60RK-4CSM-6MV3-EE1S",
    ):
        assert requisite in said, requisite


def test_the_same_document_speaks_english():
    said = text_of(printed(DECISION | {"title": "Decision on the housing subsidy"}, "en"))

    assert "23 November 2026" in said
    assert "No. СЖ-17/2026" in said
    assert "Check this document" in said


def test_every_sign_that_is_promised_is_shown_by_the_fonts():
    for first, last in pdf._SHOWN:
        signs = "".join(map(chr, range(max(first, 33), last + 1)))
        template = DECISION | {"paragraphs": [signs.replace("\x7f", "").replace("\xad", "")]}
        sheet = sheet_of(Text.of(template), "ru", REQUISITES, [])
        inputs = json.dumps(pdf._printed(sheet), ensure_ascii=False)
        pdf._compile({"sheet": inputs, "qr": pdf.qr_code(sheet.address), "attachment": "{}"})


@pytest.mark.parametrize("sign", ["中", "😀", "ﷺ", "\u0b85"])
def test_a_sign_that_no_font_has_is_written_by_its_number(sign):
    said = text_of(printed(DECISION | {"paragraphs": [f"Имя: {sign}."]}))

    assert f"[U+{ord(sign):04X}]" in said


def test_typst_commands_in_a_text_are_only_text():
    said = text_of(printed(DECISION | {"paragraphs": ['#read("/etc/passwd") *жирно* $x^2$ <метка> @ссылка']}))

    assert '#read("/etc/passwd") *жирно* $x^2$ <метка> @ссылка' in said


def test_long_words_and_long_names_stay_on_the_page(tmp_path):
    template = DECISION | {
        "addressee": ["Константинопольской-Преображенской-Остроградской Анне-Марии-Луизе Александровне"],
        "paragraphs": ["Ж" * 400, "https://example.org/" + "a" * 300],
        "table": {"rows": [["К" * 120, "1" * 120]]},
    }
    file = tmp_path / "long.pdf"
    file.write_bytes(pdf.compiled(sheet_of(Text.of(template), "ru", REQUISITES, []), {}))

    boxes = subprocess.run(
        ["pdftotext", "-bbox", str(file), "-"], capture_output=True, text=True, check=True
    ).stdout

    rights = [float(line.split('xMax="')[1].split('"')[0]) for line in boxes.splitlines() if "<word " in line]
    assert max(rights) <= 595.3 - 42


def test_a_long_document_numbers_its_pages_and_keeps_the_signature_with_some_text():
    reader = printed(
        DECISION | {"table": None, "paragraphs": [f"Пункт {n}. " + "Слова решения. " * 30 for n in range(23)]}
    )

    assert len(reader.pages) > 2
    assert reader.pages[1].extract_text().startswith("2")
    last = reader.pages[-1].extract_text()
    assert "И. И. Петров" in last
    assert "Слова решения." in last


def test_a_draft_says_on_its_face_that_it_is_one():
    sheet = draft_sheet(Text.of(DECISION), "ru", on=date(2026, 11, 23))
    said = text_of(PdfReader(io.BytesIO(pdf.compiled(sheet, {}))))

    assert "не зарегистрирован" in said
    assert "Проект от 23 ноября 2026 г." in said


def structure(root):
    return [node["/S"] for node in nodes(root) if "/S" in node]


def nodes(root):
    found = root.get_object() if hasattr(root, "get_object") else root
    if isinstance(found, list):
        for one in found:
            yield from nodes(one)
    elif isinstance(found, dict):
        yield found
        if "/K" in found:
            yield from nodes(found["/K"])


def fonts(reader):
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            yield font.get_object()
