"""Who applies by a draft without an account: named in it and sealed, or the account that takes it over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zemstvo.capabilities.cases.commands import (
    adopt_draft,
    applicants,
    attach_file,
    name_applicant,
    open_draft,
    open_draft_for,
    resume_draft,
    save_page,
    submit_draft,
)
from zemstvo.capabilities.cases.commands.applicants import take_over
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.models import Case, Draft
from zemstvo.capabilities.cases.queries import counter_drafts, draft, drafts, file_content, own_cases
from zemstvo.capabilities.cases.refusals import (
    AnswersInvalid,
    ApplicantIsKnown,
    CodeUnknown,
    DraftIsSubmitted,
    OrganisationApplies,
)
from zemstvo.capabilities.cases.tests.form import PDF, begun, filled, visitor
from zemstvo.capabilities.cases.tests.zarechny import (
    BESSONOVKA,
    LIVING,
    MONDAY,
    PEOPLE,
    SERVICE,
    ZARECHNY,
    ZONE,
    on,
)
from zemstvo.ground.journal.facts import Entry
from zemstvo.ground.journal.refusals import NoMandate, Stale
from zemstvo.ground.people import commands as people_commands
from zemstvo.ground.people import queries as people
from zemstvo.ground.people import vault
from zemstvo.ground.people.identifiers import WrongCheckDigit
from zemstvo.ground.people.identity import Identity, OrganisationIdentity
from zemstvo.ground.people.models import Person
from zemstvo.ground.people.powers import PersonPowers
from zemstvo.ground.people.refusals import NumberDoesNotAgree

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

TAMARA = Identity(family_name="Лебедева", given_name="Тамара", snils="11223344595")
FIRM = OrganisationIdentity(name="ООО «Теплострой»", inn="5838000128")


def held(opened, actor=""):
    """The act of who holds the code, perhaps signed in."""
    return people.act_of_code(opened.id, MONDAY, zone=ZONE, **({"actor": actor} if actor else {}))


def test_who_applies_is_sealed_with_the_draft_and_registered_only_when_it_is_sent(town):
    opened = begun(visitor())
    act, persons = held(opened), Person.objects.count()
    version = name_applicant(act, opened.id, TAMARA, check=IdentityCheck.KNOWN, version=1)

    card, row = draft(act, opened.id), Draft.objects.get()
    assert (card.applicant, card.identity) == (TAMARA, IdentityCheck.KNOWN)
    assert "Лебедева".encode() not in bytes(row.applicant)
    assert town.journal()[-1]["payload"] == {"draft": opened.id, "identity": "known", "shape": "person"}
    assert Person.objects.count() == persons

    filled(act, replace(opened, version=version))
    receipt = submit_draft(act, opened.id, version=draft(act, opened.id).version)

    case = Case.objects.get(number=receipt.number)
    assert people.identity(town.house(), str(case.applicant)) == TAMARA
    assert case.identity == "known"
    assert town.kinds()[-2:] == ["person.registered", "case.filed"]
    assert not bytes(Draft.objects.get().applicant)


def test_where_the_application_is_refused_nobody_is_registered(town):
    opened = begun(visitor())
    act = held(opened)
    version = name_applicant(act, opened.id, TAMARA, version=1)
    before, persons = town.kinds(), Person.objects.count()

    with pytest.raises(AnswersInvalid):
        submit_draft(act, opened.id, version=version)
    filled(act, replace(opened, version=version))
    with pytest.raises(Stale):
        submit_draft(act, opened.id, version=version)

    assert Person.objects.count() == persons
    assert "person.registered" not in town.kinds()[len(before) :]


def test_somebody_checked_and_known_by_the_snils_is_recognised_and_gets_the_case(town):
    opened = begun(visitor())
    act = held(opened)
    anna = PEOPLE["anna"]
    version = name_applicant(act, opened.id, anna, check=IdentityCheck.PASSPORT, version=1)
    version = filled(act, replace(opened, version=version), LIVING)
    file = attach_file(act, opened.id, "photo", name="дерево.pdf", content=PDF, version=version)

    receipt = submit_draft(act, opened.id, version=file.version)

    case = Case.objects.get(number=receipt.number)
    assert str(case.applicant) == town.persons["anna"]
    assert file_content(town.act("anna"), str(case.files.get().id)).content == PDF


def test_a_number_of_annas_that_vera_mistyped_is_refused_at_once_and_shows_anna_nothing(town):
    vera = town.counter("vera")
    stepan = replace(PEOPLE["anna"], family_name="Чужаков", given_name="Степан")
    begin = {"check": IdentityCheck.PASSPORT, "service": SERVICE, "territory": ZARECHNY}
    before = town.kinds()

    with pytest.raises(NumberDoesNotAgree):
        open_draft_for(vera, stepan, **begin)

    assert town.kinds() == before
    assert not Draft.objects.exists()
    opened = open_draft_for(vera, stepan, **begin | {"check": IdentityCheck.NONE})
    with pytest.raises(NumberDoesNotAgree):
        name_applicant(vera, opened.id, stepan, check=IdentityCheck.KNOWN, version=opened.version)
    assert own_cases(town.act("anna")) == []


def test_who_was_registered_under_the_number_after_the_draft_was_begun_is_compared_when_it_is_sent(town):
    vera = town.counter("vera")
    begin = {"check": IdentityCheck.PASSPORT, "service": SERVICE, "territory": ZARECHNY}
    opened = open_draft_for(vera, TAMARA, **begin)
    version = filled(vera, opened, LIVING)
    file = attach_file(vera, opened.id, "photo", name="дерево.pdf", content=PDF, version=version)
    people_commands.register_person(town.house(), replace(TAMARA, family_name="Чужакова"))
    before = town.kinds()

    with pytest.raises(NumberDoesNotAgree):
        submit_draft(vera, opened.id, version=file.version)

    assert town.kinds() == before
    assert not Case.objects.exists()


def test_a_condition_sees_a_firm_as_soon_as_it_is_named(town):
    opened = begun(visitor())
    act = held(opened)

    name_applicant(act, opened.id, FIRM, version=1)

    assert draft(act, opened.id).known.applicant["kind"] == "organisation"


def test_a_wrong_number_a_stranger_and_an_older_form_name_nobody(town):
    opened = begun(visitor())
    town_before = town.kinds()

    with pytest.raises(WrongCheckDigit):
        name_applicant(held(opened), opened.id, replace(TAMARA, snils="11223344596"), version=1)
    for act in (town.stranger(), visitor(), town.act("anna")):
        with pytest.raises(NoMandate):
            name_applicant(act, opened.id, TAMARA, version=1)
    with pytest.raises(Stale):
        name_applicant(held(opened), opened.id, TAMARA, version=7)

    assert town.kinds() == town_before
    assert not bytes(Draft.objects.get().applicant)


def test_the_draft_of_an_account_needs_no_name(town):
    opened = begun(town.act("anna"))
    before = town.kinds()

    with pytest.raises(ApplicantIsKnown):
        name_applicant(town.act("anna"), opened.id, TAMARA, version=1)

    assert town.kinds() == before


def test_anna_signs_in_and_takes_over_the_draft_that_she_began_without_an_account(
    town, django_capture_on_commit_callbacks
):
    opened = begun(visitor())
    version = filled(held(opened), opened, LIVING)
    file = attach_file(held(opened), opened.id, "photo", name="дерево.pdf", content=PDF, version=version)
    before, key = draft(held(opened), opened.id), str(Draft.objects.get().owner)

    with django_capture_on_commit_callbacks(execute=True):
        adopt_draft(held(opened, town.persons["anna"]), opened.id)

    mine = draft(town.act("anna"), opened.id)
    assert (mine.answers, mine.version, mine.owner) == (before.answers, before.version, town.persons["anna"])
    assert [row.id for row in drafts(town.act("anna"))] == [opened.id]
    assert file_content(town.act("anna"), file.id).content == PDF
    assert town.journal()[-1]["payload"] == {"draft": opened.id}
    assert submit_draft(town.act("anna"), opened.id, version=mine.version).number
    with pytest.raises((CodeUnknown, DraftIsSubmitted)):
        resume_draft(visitor(), opened.resume_code, asker="here")
    with pytest.raises(vault.Erased):
        vault.seal(key, {})


def test_a_draft_that_was_taken_over_opens_to_nobody_else(town):
    opened = begun(visitor())
    adopt_draft(held(opened, town.persons["anna"]), opened.id)
    before = town.kinds()

    for act in (held(opened), held(opened, town.persons["boris"]), town.stranger()):
        with pytest.raises(NoMandate):
            draft(act, opened.id)
        with pytest.raises(NoMandate):
            adopt_draft(act, opened.id)
    with pytest.raises(CodeUnknown):
        resume_draft(visitor(), opened.resume_code, asker="here")

    assert town.kinds() == before


@pytest.mark.parametrize("who", ["anna", "vera", "stranger"])
def test_a_draft_is_not_taken_over_by_its_address(town, who):
    opened = begun(visitor())
    before = town.kinds()

    with pytest.raises(NoMandate):
        adopt_draft(town.stranger() if who == "stranger" else town.act(who), opened.id)
    with pytest.raises(NoMandate):
        adopt_draft(held(opened), opened.id)  # who is not signed in has nothing to take it over into

    assert town.kinds() == before
    assert Draft.objects.get().is_anonymous


def test_vera_finds_the_drafts_of_her_counter_again_and_boris_finds_his(town):
    act = replace(town.counter("vera"), entry=Entry.ASSISTED)
    opened = open_draft(act, service="tree-felling", territory=ZARECHNY)
    name_applicant(act, opened.id, TAMARA, check=IdentityCheck.PASSPORT, version=1)

    (row,) = counter_drafts(town.act("vera"))
    assert (row.id, row.applicant, row.channel) == (opened.id, "Лебедева Тамара", "counter")
    assert counter_drafts(town.act("boris")) == []
    with pytest.raises(NoMandate):
        counter_drafts(town.act("anna"))


def test_what_vera_privately_began_for_anna_does_not_open_at_her_counter(town):
    """Vera acted for Anna with her own account; when that ended, her office gives her nothing of it back."""
    vera, anna = town.persons["vera"], town.persons["anna"]
    ground = people_commands.represent(town.house(), person=anna, representative=vera, ground="attorney")
    privately = replace(town.act("anna"), actor=vera, behalf_of=anna, powers=PersonPowers(vera))
    opened = begun(privately)
    assert draft(privately, opened.id).owner == anna
    people_commands.end_representation(town.house(), ground)
    before = town.kinds()

    for act in (privately, town.act("vera"), town.counter("vera")):
        with pytest.raises(NoMandate):
            draft(act, opened.id)
        with pytest.raises(NoMandate):
            save_page(act, opened.id, "tree", {}, version=opened.version)

    assert town.kinds() == before


def test_a_token_opens_no_draft(town):
    """Neither one at a counter, nor Anna's, nor a visitor's whose address it knows; it begins none."""
    before = [begun(act) for act in (town.act("anna"), visitor(), town.counter("vera"))]
    kinds = town.kinds()

    for opened in before:
        with pytest.raises(NoMandate):
            draft(town.machine(), opened.id)
        with pytest.raises(NoMandate):
            submit_draft(town.machine(), opened.id, version=opened.version)
    with pytest.raises(NoMandate):
        begun(town.machine())

    assert town.kinds() == kinds


def test_vera_begins_for_tamara_at_one_stroke_or_not_at_all(town):
    where = {"service": "tree-felling", "territory": ZARECHNY, "check": IdentityCheck.PASSPORT}
    for act in (town.stranger(), town.counter("oleg")):
        with pytest.raises(NoMandate):
            open_draft_for(act, TAMARA, **where)
    with pytest.raises(WrongCheckDigit):
        open_draft_for(town.counter("vera"), replace(TAMARA, snils="11223344596"), **where)
    assert (town.kinds(), Draft.objects.count()) == ([], 0)

    opened = open_draft_for(town.counter("vera"), TAMARA, **where)

    assert draft(town.counter("vera"), opened.id).version == opened.version
    assert town.kinds() == ["draft.opened", "draft.applicant_named"]


def test_a_page_is_kept_after_the_applicant_was_named(town):
    opened = begun(visitor())
    version = name_applicant(held(opened), opened.id, TAMARA, version=1)

    saved = save_page(held(opened), opened.id, "tree", {}, version=version)

    assert saved.faults


def test_the_draft_of_a_firm_becomes_no_employees(town):
    opened = begun(visitor())
    version = name_applicant(held(opened), opened.id, FIRM, version=1)
    anna, before = held(opened, town.persons["anna"]), town.kinds()

    with pytest.raises(OrganisationApplies):
        adopt_draft(anna, opened.id)
    with pytest.raises(OrganisationApplies):
        take_over(anna, opened.id, {})
    assert town.kinds() == before
    assert draft(anna, opened.id).applicant == FIRM.checked()

    filled(anna, replace(opened, version=version))
    receipt = submit_draft(anna, opened.id, version=draft(anna, opened.id).version)
    applicant = str(Case.objects.get(number=receipt.number).applicant)
    assert people.identity(town.house(), applicant) == FIRM.checked()


def test_a_draft_that_is_annas_already_is_taken_over_once(town, monkeypatch):
    opened = begun(visitor())
    act = held(opened, town.persons["anna"])
    demand = applicants._demand_person

    def meanwhile(_drafting):
        monkeypatch.setattr(applicants, "_demand_person", demand)
        adopt_draft(act, opened.id)

    monkeypatch.setattr(applicants, "_demand_person", meanwhile)
    adopt_draft(act, opened.id)  # another page of hers was quicker
    adopt_draft(act, opened.id)

    assert town.kinds().count("draft.adopted") == 1
    assert str(Draft.objects.get().owner) == town.persons["anna"]


def test_vera_finds_her_drafts_behind_those_that_she_may_not_see_any_more(town, monkeypatch):
    monkeypatch.setitem(counter_drafts.__globals__, "MOST", 1)
    act = replace(town.counter("vera"), entry=Entry.ASSISTED)
    mine = open_draft(act, service="tree-felling", territory=ZARECHNY)
    moved = open_draft(act.later(on(11, 10)), service="tree-felling", territory=ZARECHNY)
    Draft.objects.filter(pk=moved.id).update(territory=BESSONOVKA)

    assert [row.id for row in counter_drafts(town.act("vera"))] == [mine.id]
