"""A draft is submitted: it becomes a case of whom it names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zemstvo.capabilities.cases.commands import attach_file, resume_draft, save_page, submit_draft
from zemstvo.capabilities.cases.models import Case, Draft
from zemstvo.capabilities.cases.queries import draft, drafts
from zemstvo.capabilities.cases.refusals import AnswersInvalid, ApplicantNeeded, DraftIsSubmitted
from zemstvo.capabilities.cases.tests.form import PDF, TREE, begun, filled, visitor
from zemstvo.capabilities.cases.tests.zarechny import LIVING
from zemstvo.ground.journal.facts import Entry
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands as people
from zemstvo.ground.people import vault
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.models import StoredFile

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_anna_submits_her_draft_and_it_becomes_a_case(town):
    act = town.act("anna")
    opened = begun(act)
    version = filled(act, opened)

    receipt = submit_draft(act, opened.id, version=version)

    case = Case.objects.get(number=receipt.number)
    assert str(case.applicant) == town.persons["anna"]
    assert receipt.due_on.isoformat() == "2026-11-24"
    fact = town.journal()[-1]
    assert (fact["kind"], fact["payload"]["draft"]) == ("case.filed", opened.id)
    assert drafts(act) == []


def test_a_form_posted_twice_gets_the_same_receipt(town):
    act = town.act("anna")
    opened = begun(act)
    version = filled(act, opened)

    first = submit_draft(act, opened.id, version=version)
    second = submit_draft(act, opened.id, version=version)

    assert second == replace(first, is_repeat=True)
    assert Case.objects.count() == 1
    with pytest.raises(DraftIsSubmitted, match=first.number):
        save_page(act, opened.id, "tree", TREE, version=version)


def test_an_unfinished_draft_is_not_submitted(town):
    act = town.act("anna")
    opened = begun(act)
    save_page(act, opened.id, "tree", TREE, version=1)

    with pytest.raises(AnswersInvalid):
        submit_draft(act, opened.id, version=2)

    assert not Case.objects.exists()


def test_a_visitor_submits_and_the_files_become_the_applicants(town):
    opened = begun(visitor())
    act = resume_draft(visitor(), opened.resume_code, asker="here").act
    version = filled(act, opened, LIVING)
    file = attach_file(act, opened.id, "photo", name="дерево.pdf", content=PDF, version=version)
    owner = str(Draft.objects.get().owner)
    dina = people.register_person(visitor(), Identity(family_name="Ахметова", given_name="Дина"))
    with pytest.raises(ApplicantNeeded):
        submit_draft(act, opened.id, version=file.version)

    receipt = submit_draft(act, opened.id, version=file.version, applicant=dina)

    case = Case.objects.get(number=receipt.number)
    row = case.files.get()
    assert str(case.applicant) == str(row.owner) == dina
    assert vault.open_sealed(dina, row.name, purpose="case file name") == "дерево.pdf"
    assert StoredFile.objects.get().name == row.stored_as
    assert submit_draft(act, opened.id, version=file.version).number == receipt.number
    assert owner != dina


def test_what_a_visitor_typed_is_sealed_under_a_key_of_its_own(town):
    opened = begun(visitor())
    act = resume_draft(visitor(), opened.resume_code, asker="here").act
    save_page(act, opened.id, "tree", TREE, version=1)

    row = Draft.objects.get()
    assert "Лесная".encode() not in bytes(row.answers)
    assert str(row.owner) not in town.persons.values()
    assert opened.resume_code.encode() not in bytes(row.resume_hash)


def test_vera_fills_in_a_draft_for_who_stands_at_the_counter(town):
    act = replace(town.counter("vera"), entry=Entry.ASSISTED)
    opened = begun(act)
    version = filled(act, opened)

    receipt = submit_draft(act, opened.id, version=version, applicant=town.persons["anna"])

    fact = town.journal()[-1]
    assert (fact["channel"], fact["entry"]) == ("counter", "assisted")
    assert fact["behalf_of"] == town.persons["anna"]
    assert receipt.due_on.isoformat() == "2026-12-01"
    with pytest.raises(NoMandate):
        draft(town.counter("boris"), opened.id)
