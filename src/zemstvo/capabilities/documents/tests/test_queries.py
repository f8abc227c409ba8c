from datetime import date

import pytest

from zemstvo.capabilities.documents.commands import sign_document
from zemstvo.capabilities.documents.queries import (
    document_card,
    documents_of,
    register_page,
    text_of,
    verify,
)
from zemstvo.capabilities.documents.tests.zarechny import (
    AUTHORITY,
    MORNING,
    TERRITORY,
    applicant,
    later,
    official,
    stranger,
)
from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import vault
from zemstvo.ground.people.refusals import LookNotRecorded

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_whoever_holds_the_code_learns_what_the_paper_is_and_nothing_of_the_person(issue):
    issued = issue(valid_until=date(2027, 6, 1))
    sign_document(official("head"), issued.id)

    found = verify(issued.verification_code.lower())

    assert found.number == "СЖ-1/2026"
    assert found.title.startswith("Решение о предоставлении субсидии")
    assert found.signatures[0].owner == "Глава города Заречного И. И. Петров"
    assert found.signatures[0].kind == "seal"
    assert found.is_in_force(on=date(2027, 5, 31))
    assert "Иванов" not in repr(found)
    assert "ZAR-2026" not in repr(found)


def test_a_decision_is_in_force_until_its_last_day(issue):
    issued = issue(valid_until=date(2027, 6, 1))
    assert not verify(issued.verification_code).is_in_force(on=MORNING.date())
    sign_document(official("head"), issued.id)

    assert verify(issued.verification_code).is_in_force(on=date(2027, 5, 31))
    assert not verify(issued.verification_code).is_in_force(on=date(2027, 6, 1))


@pytest.mark.parametrize("code", ["", "0000-0000-0000-0000", "СЖ-1/2026", "x" * 10_000, "\x00", "🙂" * 16])
def test_a_code_that_stands_on_no_paper_is_not_found(issue, code):
    issue()

    with pytest.raises(NotFound):
        verify(code)


def test_after_an_erasure_the_paper_is_still_known_by_its_number(issue, anna):
    issued = issue()
    sign_document(official("head"), issued.id)
    vault.destroy_key(anna)

    found = verify(issued.verification_code)

    assert (found.number, found.title, found.signatures[0].owner) == ("СЖ-1/2026", "", "")
    assert found.is_in_force


def test_the_page_says_the_same_as_the_paper(issue, anna):
    issued = issue()
    sign_document(official("head"), issued.id)

    sheet = text_of(applicant(anna), issued.id)

    assert sheet.number == "№ СЖ-1/2026"
    assert sheet.date == "23 ноября 2026 г."
    assert sheet.text.addressee[0] == "Ивановой Анне Петровне"
    assert sheet.marks[0][-1] == "Это не квалифицированная электронная подпись."
    assert sheet.address.endswith(f"/verify/{issued.verification_code}")


def test_an_official_reads_the_page_only_with_a_look(issue):
    issued = issue()

    with pytest.raises(LookNotRecorded):
        text_of(official("vera"), issued.id)


def test_a_card_tells_where_a_document_stands(issue, anna):
    issued = issue()

    card = document_card(applicant(anna), issued.id)

    assert (card.state, card.version, card.has_pdf, card.signed_at) == ("drafted", 1, False, None)
    for act in (stranger(), official("oleg")):
        with pytest.raises(NoMandate):
            document_card(act, issued.id)


def test_the_documents_of_a_case_are_shown_to_those_who_may_see_them(issue, anna):
    issue()
    issue(official("vera", at=later(days=1)), kind="notices", index="У")
    issue(case="ZAR-2026-000999-1")

    numbers = [card.number for card in documents_of(applicant(anna), "ZAR-2026-000123-4")]

    assert numbers == ["СЖ-1/2026", "У-1/2026"]
    assert documents_of(stranger(), "ZAR-2026-000123-4") == []


def test_a_register_is_read_page_by_page(issue, monkeypatch):
    monkeypatch.setattr("zemstvo.capabilities.documents.queries.PAGE", 2)
    for _ in range(5):
        issue()

    def page(before=None, act=None):
        found = register_page(
            act or official("vera"),
            AUTHORITY,
            territory=TERRITORY,
            kind="housing-subsidies",
            year=2026,
            before=before,
        )
        return [line.sequence for line in found]

    assert (page(), page(4), page(2)) == ([5, 4], [3, 2], [1])
    with pytest.raises(NoMandate):
        page(act=stranger())
