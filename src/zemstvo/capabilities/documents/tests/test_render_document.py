import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from threading import Barrier

import pytest
from django.db import connections
from pypdf import PdfReader

from zemstvo.capabilities.documents.commands import keep_pdf, render_document, revoke_document
from zemstvo.capabilities.documents.queries import pdf_of, preview
from zemstvo.capabilities.documents.refusals import PdfIsNotMade, TextIsUnusable
from zemstvo.capabilities.documents.tests.zarechny import (
    AUTHORITY,
    DECISION,
    TERRITORY,
    applicant,
    journal,
    kinds_of_journal,
    official,
    stranger,
)
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people import files, vault
from zemstvo.ground.people.looks import Look
from zemstvo.ground.people.refusals import LookNotRecorded
from zemstvo.ground.people.vault import Erased

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def look_of(act, person):
    return Look("a-look", act.actor, frozenset([person]))


def test_a_pdf_is_made_once_and_read_often(issue, anna):
    issued = issue()
    render_document(applicant(anna), issued.id)
    render_document(applicant(anna), issued.id)

    first = pdf_of(applicant(anna), issued.id)

    assert first == pdf_of(applicant(anna), issued.id)
    assert first.name == "СЖ-1-2026.pdf"
    assert kinds_of_journal() == ["document.registered", "document.rendered"]


def test_the_journal_vouches_for_the_file(issue, anna):
    issued = issue()
    render_document(applicant(anna), issued.id)

    pdf = pdf_of(applicant(anna), issued.id)

    assert journal()[-1]["payload"]["sha256"] == pdf.sha256 == sha256(pdf.content).hexdigest()
    assert journal()[-1]["actor"] == "house"


def test_the_data_of_the_pdf_name_number_case_and_code(issue, anna):
    issued = issue()
    render_document(applicant(anna), issued.id)

    attached = PdfReader(BytesIO(pdf_of(applicant(anna), issued.id).content)).attachments["document.json"][0]

    data = json.loads(attached)
    assert data["number"] == issued.number
    assert data["case"] == "ZAR-2026-000123-4"
    assert data["data"] == {"subsidy_minor": 245000, "currency": "RUB"}
    assert data["verification"]["code"] == issued.verification_code


def test_a_pdf_that_is_not_made_yet_is_asked_for_later(issue, anna):
    issued = issue()

    with pytest.raises(PdfIsNotMade, match="СЖ-1/2026"):
        pdf_of(applicant(anna), issued.id)


def test_an_official_reads_only_with_a_recorded_look_at_this_person(issue, anna):
    issued = issue()
    vera = official("vera")

    with pytest.raises(LookNotRecorded):
        render_document(vera, issued.id)
    with pytest.raises(LookNotRecorded):
        render_document(vera, issued.id, look_of(vera, vault.new_pseudonym()))

    render_document(vera, issued.id, look_of(vera, anna))
    assert pdf_of(vera, issued.id, look_of(vera, anna)).content.startswith(b"%PDF")


def test_a_stranger_reads_nothing(issue, anna):
    issued = issue()
    render_document(applicant(anna), issued.id)

    for act in (stranger(), official("oleg"), applicant(vault.new_pseudonym())):
        with pytest.raises(NoMandate):
            pdf_of(act, issued.id, look_of(act, anna))
    with pytest.raises(NotFound):
        pdf_of(applicant(anna), "00000000-0000-4000-8000-00000000000f")


def test_a_file_of_an_older_text_is_not_kept(issue, anna):
    issued = issue()
    name = files.put(anna, b"%PDF of an older text")

    with pytest.raises(Stale):
        keep_pdf(official("vera"), issued.id, version=7, name=name, sha256="0" * 64, size_bytes=21)
    with pytest.raises(NoMandate):
        keep_pdf(stranger(), issued.id, version=1, name=name, sha256="0" * 64, size_bytes=21)

    assert kinds_of_journal() == ["document.registered"]


def test_a_revoked_document_can_still_be_read(issue, anna):
    issued = issue()
    render_document(applicant(anna), issued.id)
    revoke_document(official("head"), issued.id, reason="mistake")

    assert pdf_of(applicant(anna), issued.id).content.startswith(b"%PDF")


def test_nobody_reads_a_document_about_a_person_who_was_erased(issue, anna):
    issued = issue()
    render_document(applicant(anna), issued.id)
    vault.destroy_key(anna)

    with pytest.raises(Erased):
        pdf_of(applicant(anna), issued.id)


def test_a_letter_is_looked_at_before_it_has_a_number(db):
    made = preview(
        official("vera"), authority=AUTHORITY, territory=TERRITORY, template=DECISION, language="ru"
    )

    assert "ПРОЕКТ" in PdfReader(BytesIO(made)).pages[0].extract_text()
    assert journal() == []


def test_a_letter_is_looked_at_only_by_those_who_may_write_it(db):
    with pytest.raises(NoMandate):
        preview(stranger(), authority=AUTHORITY, territory=TERRITORY, template=DECISION, language="ru")
    with pytest.raises(TextIsUnusable):
        preview(official("vera"), authority=AUTHORITY, territory=TERRITORY, template={}, language="ru")


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_four_readers_at_once_get_one_file(issue, anna):
    issued = issue()
    start = Barrier(4)

    def read(_):
        start.wait()
        try:
            render_document(applicant(anna), issued.id)
            return pdf_of(applicant(anna), issued.id).sha256
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        digests = set(pool.map(read, range(4)))

    assert len(digests) == 1
    assert kinds_of_journal().count("document.rendered") == 1
