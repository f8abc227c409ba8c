from datetime import UTC, date, datetime

import pytest

from zemstvo.capabilities.documents.commands import issue_document
from zemstvo.capabilities.documents.models import Document, Register
from zemstvo.capabilities.documents.refusals import TextIsUnusable
from zemstvo.capabilities.documents.rules import code_hash
from zemstvo.capabilities.documents.tests.zarechny import (
    AUTHORITY,
    DECISION,
    journal,
    kinds_of_journal,
    official,
    stranger,
)
from zemstvo.ground.journal.acts import command
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import vault
from zemstvo.ground.people.vault import Erased

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_decision_gets_the_next_number_of_its_register(issue):
    first, second = issue(), issue()

    assert (first.number, second.number) == ("СЖ-1/2026", "СЖ-2/2026")
    assert kinds_of_journal() == ["document.registered"] * 2
    fact = journal()[0]
    assert fact["payload"]["number"] == "СЖ-1/2026"
    assert fact["service"] == "housing-subsidy"
    assert {"id": first.id, "role": "document", "type": "document"} in fact["objects"]


def test_each_register_counts_by_itself(issue):
    issue()

    assert issue(kind="addresses", index="").number == "1/2026"
    assert issue(authority="zarechny-land", act=official_of("zarechny-land")).number == "СЖ-1/2026"
    assert issue().number == "СЖ-2/2026"


def test_two_registers_of_one_authority_never_share_a_number(issue):
    assert issue(kind="decision", index="").number == "01-1/2026"
    assert issue(kind="refusal", index="").number == "02-1/2026"


def test_the_index_of_a_register_is_settled_by_the_first_document_of_the_year(issue):
    issue(index="СЖ")

    assert issue(index="XX").number == "СЖ-2/2026"


def test_the_year_is_that_of_the_authority_not_of_london(issue):
    new_year = official(
        "vera", at=datetime(2026, 12, 31, 19, 30, tzinfo=UTC)
    )  # half past midnight in Zarechny

    assert issue(new_year).number == "СЖ-1/2027"
    assert Document.objects.get().registered_on == date(2027, 1, 1)


def test_nothing_that_names_a_person_stands_in_the_table_or_the_journal(issue):
    issued = issue()

    row = Document.objects.get(id=issued.id)
    assert "Иванов".encode() not in bytes(row.sealed)
    assert issued.verification_code not in str(journal())
    assert bytes(row.code_hash) == code_hash(issued.verification_code)


def test_a_stranger_issues_nothing(issue):
    with pytest.raises(NoMandate):
        issue(stranger())
    with pytest.raises(NoMandate):
        issue(official("oleg"))

    assert journal() == []
    assert not Register.objects.exists()


def test_an_empty_decision_takes_no_number(issue):
    with pytest.raises(TextIsUnusable):
        issue(template=DECISION | {"title": ""})

    assert journal() == []
    assert issue().number == "СЖ-1/2026"


def test_a_number_that_is_not_used_is_given_back(issue):
    issue()

    with pytest.raises(RuntimeError, match="the case stumbled"):
        _issue_and_stumble(official("vera"), issue)

    assert issue().number == "СЖ-2/2026"
    assert Register.objects.get(authority=AUTHORITY).last == 2


def test_nothing_is_issued_about_a_person_who_was_erased(issue, anna):
    vault.destroy_key(anna)

    with pytest.raises(Erased):
        issue()

    assert journal() == []


@command
def _issue_and_stumble(act, issue):
    issue(act)
    raise RuntimeError("the case stumbled")


def official_of(authority):
    act = official("vera")
    return type(act)(
        actor=act.actor,
        at=act.at,
        zone=act.zone,
        powers=type(act.powers)(act.powers.rights, authority),
        authority=authority,
    )


def test_a_command_of_documents_is_a_command():
    assert issue_document.is_command
