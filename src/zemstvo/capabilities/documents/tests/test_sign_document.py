import io
from datetime import UTC, datetime

import pytest
from cryptography import x509
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader

from zemstvo.capabilities.documents import signing
from zemstvo.capabilities.documents.commands import render_document, revoke_document, sign_document
from zemstvo.capabilities.documents.queries import document_card, pdf_of, text_of, verify
from zemstvo.capabilities.documents.refusals import DocumentIsRevoked, DocumentIsSigned
from zemstvo.capabilities.documents.seal_keys import installation_seal
from zemstvo.capabilities.documents.tests.zarechny import (
    MORNING,
    applicant,
    journal,
    kinds_of_journal,
    official,
    stranger,
)
from zemstvo.ground.journal.refusals import NoMandate, Stale

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def signed_pdf(issue, anna):
    issued = issue()
    sign_document(official("head"), issued.id)
    render_document(applicant(anna), issued.id)
    return issued, pdf_of(applicant(anna), issued.id)


def validated(content):
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    root = load_cert_from_pemder(str(installation_seal().authority_file))
    return validate_pdf_signature(signature, signer_validation_context=ValidationContext(trust_roots=[root]))


def test_the_head_signs_and_the_installation_seals(issue, anna):
    issued, pdf = signed_pdf(issue, anna)

    status = validated(pdf.content)
    assert status.bottom_line
    assert status.intact and status.valid and status.trusted
    assert kinds_of_journal() == ["document.registered", "document.signed", "document.rendered"]
    assert journal()[1]["payload"]["by"] == "seal"
    assert document_card(official("vera"), issued.id).state == "signed"


def test_the_sealed_file_is_still_pdf_a_and_pdf_ua(issue, anna):
    _, pdf = signed_pdf(issue, anna)

    reader = PdfReader(io.BytesIO(pdf.content))
    metadata = reader.xmp_metadata.stream.get_data().decode()
    assert pdf.content.startswith(b"%PDF-1.7")
    assert "/Version" not in reader.trailer["/Root"]
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "pyHanko" not in metadata
    assert "document.json" in reader.attachments


def test_one_changed_byte_breaks_the_seal(issue, anna):
    _, pdf = signed_pdf(issue, anna)
    place = pdf.content.index(b"/Lang")
    changed = pdf.content[: place + 6] + b"X" + pdf.content[place + 7 :]

    assert not validated(changed).intact


def test_the_mark_says_who_signed_and_that_it_is_no_qualified_signature(issue, anna):
    _, pdf = signed_pdf(issue, anna)

    said = " ".join(PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text().split())
    assert "Документ подписан в электронной форме" in said
    assert "Глава города Заречного И. И. Петров, 23 ноября 2026 г., 09:30" in said
    assert "Это не квалифицированная электронная подпись" in said
    assert signing.signer().certificate().serial in said.replace(" ", "")


def test_the_certificate_itself_says_that_it_is_not_qualified():
    name = installation_seal().certificate.subject.rfc4514_string()

    assert "not a qualified signature" in name


def test_a_deputy_signs_in_their_own_name(issue, anna):
    issued = issue()

    sign_document(
        official("head"), issued.id, signatory={"post": "Заместитель главы города", "name": "С. С. Сидорова"}
    )

    sheet = text_of(applicant(anna), issued.id)
    assert sheet.text.signatory.name == "С. С. Сидорова"
    assert "С. С. Сидорова" in sheet.marks[0][1]
    assert verify(issued.verification_code).signatures[0].owner.endswith("С. С. Сидорова")


def test_the_head_signs_what_they_have_read(issue):
    issued = issue()

    with pytest.raises(Stale):
        sign_document(official("head"), issued.id, version=2)

    assert kinds_of_journal() == ["document.registered"]


def test_a_document_is_signed_once(issue):
    issued = issue()
    sign_document(official("head"), issued.id)

    with pytest.raises(DocumentIsSigned):
        sign_document(official("head"), issued.id)

    assert kinds_of_journal() == ["document.registered", "document.signed"]


def test_a_revoked_document_is_not_signed(issue):
    issued = issue()
    revoke_document(official("head"), issued.id, reason="mistake")

    with pytest.raises(DocumentIsRevoked):
        sign_document(official("head"), issued.id)


def test_only_a_head_of_this_authority_signs(issue, anna):
    issued = issue()

    for act in (stranger(), official("vera"), official("oleg"), applicant(anna)):
        with pytest.raises(NoMandate):
            sign_document(act, issued.id)

    assert kinds_of_journal() == ["document.registered"]


def test_a_seal_is_renewed_before_it_ends_and_the_authority_stays(settings, tmp_path):
    settings.SECRETS = tmp_path / "secrets"
    first = installation_seal(at=datetime(2026, 1, 1, tzinfo=UTC))

    assert installation_seal(at=datetime(2028, 11, 1, tzinfo=UTC)) == first
    renewed = installation_seal(at=datetime(2028, 12, 15, tzinfo=UTC))
    assert renewed.certificate.serial_number != first.certificate.serial_number
    assert renewed.certificate.issuer == first.certificate.issuer
    assert (renewed.key_file.stat().st_mode & 0o777) == 0o600
    renewed.certificate.verify_directly_issued_by(_authority(renewed))


def _authority(seal):
    return x509.load_pem_x509_certificate(seal.authority_file.read_bytes())


class OutsideSigner:
    """A certified signer that stands in: here it only says its name."""

    def certificate(self):
        return signing.Certificate("GOST-1", MORNING.date(), MORNING.date())

    def signed(self, pdf, *, reason):
        return pdf + b"% signed outside"


def test_another_signer_stands_in_by_a_setting(settings, issue, anna):
    settings.DOCUMENT_SIGNER = f"{OutsideSigner.__module__}.OutsideSigner"

    _, pdf = signed_pdf(issue, anna)

    assert pdf.content.endswith(b"% signed outside")


def test_what_is_no_signer_is_refused_at_once(settings):
    settings.DOCUMENT_SIGNER = "zemstvo.capabilities.documents.text.Signatory"

    with pytest.raises(TypeError, match="DOCUMENT_SIGNER"):
        signing.signer()
