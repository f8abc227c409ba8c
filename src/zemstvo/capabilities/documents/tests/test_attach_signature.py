import base64

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from zemstvo.capabilities.documents.attached import LARGEST
from zemstvo.capabilities.documents.commands import (
    attach_signature,
    render_document,
    revoke_document,
    sign_document,
)
from zemstvo.capabilities.documents.queries import document_card, pdf_of, signature_file, verify
from zemstvo.capabilities.documents.refusals import (
    DocumentIsRevoked,
    PdfIsNotMade,
    SignatureIsBroken,
    SignatureIsForAnotherFile,
    SignatureIsKnown,
    SignatureIsUnreadable,
)
from zemstvo.capabilities.documents.tests import outside
from zemstvo.capabilities.documents.tests.zarechny import (
    applicant,
    journal,
    kinds_of_journal,
    official,
    stranger,
)
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def downloaded(issue, anna):
    """A decision whose PDF the head has downloaded to sign it outside: the document, and the bytes."""
    issued = issue()
    render_document(applicant(anna), issued.id)
    return issued, pdf_of(applicant(anna), issued.id).content


@pytest.mark.parametrize("write", [outside.detached, outside.elliptic])
def test_a_signature_made_outside_is_checked_and_signs_the_document(downloaded, write, anna):
    issued, pdf = downloaded

    attach_signature(official("head"), issued.id, write(pdf))

    assert document_card(official("vera"), issued.id).state == "signed"
    assert kinds_of_journal()[-2:] == ["signature.attached", "document.signed"]
    assert journal()[-2]["payload"]["check"] == "intact"
    assert journal()[-1]["payload"]["by"] == "attached"
    row = verify(issued.verification_code).signatures[0]
    assert row.owner == "Петров Иван Иванович"
    assert row.certificate["serial"] == "4F2291AB"
    assert pdf_of(applicant(anna), issued.id).content == pdf


@pytest.mark.parametrize(
    "written",
    [
        lambda pdf: outside.detached(pdf, encoding=Encoding.PEM),
        lambda pdf: base64.encodebytes(outside.detached(pdf)),
    ],
    ids=["PEM", "base64"],
)
def test_a_signature_may_come_as_text(downloaded, written):
    issued, pdf = downloaded

    attach_signature(official("head"), issued.id, written(pdf))

    assert journal()[-2]["payload"]["check"] == "intact"


def test_a_gost_signature_is_kept_and_said_to_be_not_checked_here(downloaded):
    issued, pdf = downloaded

    attach_signature(official("head"), issued.id, outside.gost(pdf))

    row = verify(issued.verification_code).signatures[0]
    assert row.check == "not-checked"
    assert row.certificate["algorithm"] == "ГОСТ Р 34.10"


def test_a_signature_is_given_back_as_it_came(downloaded, anna):
    issued, pdf = downloaded
    written = outside.detached(pdf)
    attach_signature(official("head"), issued.id, written)

    row = verify(issued.verification_code).signatures[0]

    assert signature_file(applicant(anna), issued.id, row.id) == written
    with pytest.raises(NotFound):
        signature_file(applicant(anna), issued.id, issued.id)


def test_a_signature_of_another_file_is_refused(downloaded):
    issued, _ = downloaded

    with pytest.raises(SignatureIsForAnotherFile, match="СЖ-1/2026"):
        attach_signature(official("head"), issued.id, outside.detached(b"another file"))

    assert kinds_of_journal() == ["document.registered", "document.rendered"]


def test_a_broken_signature_is_refused(downloaded):
    issued, pdf = downloaded

    with pytest.raises(SignatureIsBroken):
        attach_signature(official("head"), issued.id, outside.broken(pdf))


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"not a signature",
        b"0\x82\xff\xff garbage",
        b"\x30\x80",
        b"-----BEGIN CMS-----\nMAA=\n-----END CMS-----",
        b"\x30" + b"\x00" * LARGEST,
    ],
)
def test_what_is_no_signature_is_refused(downloaded, given):
    issued, _ = downloaded

    with pytest.raises(SignatureIsUnreadable):
        attach_signature(official("head"), issued.id, given)

    assert kinds_of_journal() == ["document.registered", "document.rendered"]


def test_the_same_signature_twice_is_refused(downloaded):
    issued, pdf = downloaded
    written = outside.detached(pdf)
    attach_signature(official("head"), issued.id, written)

    with pytest.raises(SignatureIsKnown):
        attach_signature(official("head"), issued.id, written)


def test_two_heads_sign_one_document(downloaded):
    issued, pdf = downloaded

    attach_signature(official("head"), issued.id, outside.detached(pdf))
    attach_signature(official("head"), issued.id, outside.elliptic(pdf))

    assert kinds_of_journal()[-1] == "signature.attached"
    assert len(verify(issued.verification_code).signatures) == 2


def test_a_signature_is_attached_also_to_a_sealed_document(issue, anna):
    issued = issue()
    sign_document(official("head"), issued.id)
    render_document(applicant(anna), issued.id)
    sealed = pdf_of(applicant(anna), issued.id).content

    attach_signature(official("head"), issued.id, outside.detached(sealed))

    kinds = [row.kind for row in verify(issued.verification_code).signatures]
    assert kinds == ["seal", "attached"]
    assert kinds_of_journal().count("document.signed") == 1


def test_nothing_is_attached_before_there_is_a_pdf(issue):
    issued = issue()

    with pytest.raises(PdfIsNotMade):
        attach_signature(official("head"), issued.id, outside.detached(b"x"))


def test_a_revoked_document_takes_no_signature(downloaded):
    issued, pdf = downloaded
    revoke_document(official("head"), issued.id, reason="mistake")

    with pytest.raises(DocumentIsRevoked):
        attach_signature(official("head"), issued.id, outside.detached(pdf))


def test_a_stale_page_attaches_nothing(downloaded):
    issued, pdf = downloaded

    with pytest.raises(Stale):
        attach_signature(official("head"), issued.id, outside.detached(pdf), version=7)


def test_only_a_head_of_this_authority_attaches(downloaded, anna):
    issued, pdf = downloaded

    for act in (stranger(), official("vera"), official("oleg"), applicant(anna)):
        with pytest.raises(NoMandate):
            attach_signature(act, issued.id, outside.detached(pdf))
