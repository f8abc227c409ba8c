"""Drafts: begun, filled in page by page, found again, submitted."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from zemstvo.capabilities.cases.commands import (
    attach_file,
    discard_draft,
    open_draft,
    remove_file,
    resume_draft,
    save_page,
    submit_draft,
)
from zemstvo.capabilities.cases.models import Case, CaseFile, Draft, FailedAttempt
from zemstvo.capabilities.cases.queries import draft, drafts, earlier_answers, earlier_files, file_content
from zemstvo.capabilities.cases.refusals import (
    AnswersInvalid,
    ApplicantNeeded,
    ChannelNotOffered,
    CodeUnknown,
    DraftIsSubmitted,
    FileHarmful,
    FileNotAsked,
    FileTooLarge,
    FileTypeNotAllowed,
    TooManyAttempts,
    TooManyFiles,
)
from zemstvo.capabilities.cases.tests.zarechny import (
    ANSWERS,
    BESSONOVKA,
    LIVING,
    MONDAY,
    SERVICE,
    ZARECHNY,
    ZONE,
    on,
)
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people import commands as people
from zemstvo.ground.people import vault
from zemstvo.ground.people.files import FileIsGone
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.models import StoredFile
from zemstvo.ground.people.powers import OfficialPowers
from zemstvo.ground.people.queries import visitor_act

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
TREE = {"place": {"text": "Заречный, ул. Лесная, 3"}, "condition": "living", "why": "Падает", "trees": 1}


def visitor(at=MONDAY):
    return visitor_act(at, zone=ZONE)


def begun(act):
    return open_draft(act, service=SERVICE, territory=ZARECHNY)


def filled(act, opened, answers=ANSWERS):
    """Both pages filled in; returns the last version."""
    tree = {name: value for name, value in answers.items() if name != "truth"}
    saved = save_page(act, opened.id, "tree", tree, version=opened.version)
    assert saved.faults == ()
    saved = save_page(act, opened.id, "confirm", {"truth": True}, version=saved.version)
    return saved.version


def test_anna_begins_an_application(town):
    opened = begun(town.act("anna"))

    assert opened.first_page == "tree"
    assert opened.expires_on.isoformat() == "2026-12-09"
    (fact,) = town.journal()
    assert (fact["kind"], fact["service"], fact["territory"]) == ("draft.opened", SERVICE, ZARECHNY)
    assert [row.id for row in drafts(town.act("anna"))] == [opened.id]


def test_a_stranger_without_any_power_begins_nothing(town):
    with pytest.raises(NoMandate):
        begun(town.stranger())

    assert town.journal() == []


def test_a_visitor_begins_without_an_account_and_goes_on_by_code(town):
    opened = begun(visitor())

    resumed = resume_draft(visitor(), opened.resume_code.lower().replace("-", " "), asker="198.51.100.7")

    card = draft(resumed.act, resumed.id)
    assert (card.id, card.page, card.is_anonymous) == (opened.id, "tree", True)
    assert town.kinds() == ["draft.opened", "draft.resumed"]


def test_an_official_of_the_next_district_begins_nothing_for_zarechny(town):
    act = town.counter("oleg")

    with pytest.raises(NoMandate):
        begun(act)

    assert town.journal() == []


def test_an_official_who_now_serves_elsewhere_no_longer_opens_the_draft_of_her_former_counter(town):
    opened = begun(town.counter("vera"))
    moved = people.appoint_official(
        town.house(), town.persons["vera"], authority="bessonovka", position={"ru": "Специалист"}
    )
    mandate = people.grant_mandate(town.house(), moved, role="clerk", authority="bessonovka")
    here = town.counter("vera")
    there = replace(
        here,
        powers=OfficialPowers(here.actor, mandate),
        mandate=mandate,
        authority="bessonovka",
        territory=BESSONOVKA,
    )

    assert draft(here, opened.id).id == opened.id
    with pytest.raises(NoMandate):
        draft(there, opened.id)
    with pytest.raises(NoMandate):
        save_page(there, opened.id, "tree", TREE, version=1)


def test_a_channel_that_is_not_offered_is_said_before_the_start(town):
    with pytest.raises(ChannelNotOffered):
        begun(replace(town.act("anna"), channel=Channel.EMAIL))


def test_a_page_is_kept_and_the_next_one_is_named(town):
    act = town.act("anna")
    opened = begun(act)

    saved = save_page(act, opened.id, "tree", TREE, version=1)

    assert (saved.next_page, saved.version, saved.faults) == ("photo", 2, ())
    assert draft(act, opened.id).answers["why"] == "Падает"
    assert town.journal()[-1]["payload"] == {"draft": opened.id, "page": "tree"}


def test_a_page_that_nothing_shows_is_passed_over(town):
    act = town.act("anna")
    opened = begun(act)

    saved = save_page(act, opened.id, "tree", {**TREE, "condition": "dead"}, version=1)

    assert saved.next_page == "confirm"


def test_faults_are_named_and_the_journal_holds_only_the_fields(town):
    act = town.act("anna")
    opened = begun(act)

    saved = save_page(act, opened.id, "tree", {"condition": "dead", "trees": 900}, version=1)

    assert {fault.field for fault in saved.faults} == {"place", "trees"}
    assert (saved.version, saved.next_page) == (1, "tree")
    assert draft(act, opened.id).answers == {}
    fact = town.journal()[-1]
    assert (fact["kind"], fact["payload"]["fields"]) == ("draft.page_failed", ["place", "trees"])


def test_a_stale_page_is_refused(town):
    act = town.act("anna")
    opened = begun(act)
    save_page(act, opened.id, "tree", TREE, version=1)

    with pytest.raises(Stale):
        save_page(act, opened.id, "tree", {**TREE, "trees": 5}, version=1)

    assert draft(act, opened.id).answers["trees"] == 1


def test_answers_of_another_page_are_not_taken_from_this_one(town):
    act = town.act("anna")
    opened = begun(act)

    save_page(act, opened.id, "tree", {**TREE, "truth": True, "no_such_field": "x"}, version=1)

    assert draft(act, opened.id).answers == TREE


def test_nobody_else_opens_saves_or_submits_annas_draft(town):
    opened = begun(town.act("anna"))
    before = town.kinds()

    for act in (town.act("stepan"), town.stranger(), town.act("vera"), visitor()):
        with pytest.raises(NoMandate):
            draft(act, opened.id)
        with pytest.raises(NoMandate):
            save_page(act, opened.id, "tree", TREE, version=1)
        with pytest.raises(NoMandate):
            submit_draft(act, opened.id, version=1)
        with pytest.raises(NoMandate):
            attach_file(act, opened.id, "photo", name="a.pdf", content=PDF)
        with pytest.raises(NoMandate):
            discard_draft(act, opened.id)

    assert town.kinds() == before


def test_an_unknown_draft_or_page_is_not_found(town):
    opened = begun(town.act("anna"))

    for id_ in ("", "no uuid", "\0", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound):
            draft(town.act("anna"), id_)
    with pytest.raises(NotFound):
        save_page(town.act("anna"), opened.id, "no-such-page", {}, version=1)


def test_pavel_begins_for_anna_and_anna_finds_it(town):
    opened = begun(replace(town.act("pavel"), behalf_of=town.persons["anna"]))

    assert [row.id for row in drafts(town.act("anna"))] == [opened.id]
    assert draft(town.act("pavel"), opened.id).id == opened.id


def test_a_wrong_code_is_counted_and_then_attempts_are_refused(town):
    begun(visitor())
    for _ in range(10):
        with pytest.raises(CodeUnknown):
            resume_draft(visitor(), "7KQ2-9XW3-MB4T-0F6H", asker="198.51.100.7")

    with pytest.raises(TooManyAttempts):
        resume_draft(visitor(), "7KQ2-9XW3-MB4T-0F6H", asker="198.51.100.7")

    assert FailedAttempt.objects.count() == 10
    with pytest.raises(CodeUnknown):
        resume_draft(visitor(), "7KQ2-9XW3-MB4T-0F6H", asker="203.0.113.9")


def test_attempts_are_allowed_again_after_a_while(town):
    opened = begun(visitor())
    for _ in range(10):
        with pytest.raises(CodeUnknown):
            resume_draft(visitor(), "nonsense", asker="198.51.100.7")

    resumed = resume_draft(visitor(on(11, 9, hour=10)), opened.resume_code, asker="198.51.100.7")

    assert resumed.id == opened.id


def test_a_file_is_attached_by_its_content(town):
    act = town.act("anna")
    opened = begun(act)
    save_page(act, opened.id, "tree", TREE, version=1)

    file = attach_file(act, opened.id, "photo", name="C:\\фото.jpg", content=PDF, version=2)

    assert (file.name, file.media_type, file.version) == ("фото.jpg", "application/pdf", 3)
    card = draft(act, opened.id)
    assert card.answers["photo"] == [file.id]
    assert [row.scan for row in card.files] == ["unscanned"]
    assert file_content(act, file.id).content == PDF
    assert "фото".encode() not in bytes(CaseFile.objects.get().name)
    assert town.kinds()[-1] == "draft.file_attached"


def test_a_file_that_is_too_large_of_a_wrong_kind_or_a_bomb_is_refused(town, settings):
    act = town.act("anna")
    opened = begun(act)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\0" * 20_000_000)
    before = town.kinds()

    with pytest.raises(FileTooLarge):
        attach_file(act, opened.id, "photo", name="a.pdf", content=PDF + b" " * 20_000)
    with pytest.raises(FileTypeNotAllowed):
        attach_file(act, opened.id, "photo", name="a.pdf", content=b"MZ\x90" + b"\0" * 50)
    with pytest.raises(FileTypeNotAllowed):
        attach_file(act, opened.id, "photo", name="a.zip", content=bomb.getvalue()[:15_000])
    with pytest.raises(FileHarmful):
        attach_file(act, opened.id, "photo", name="a.pdf", content=b"%PDF-1.7 cut off")
    with pytest.raises(FileNotAsked):
        attach_file(act, opened.id, "why", name="a.pdf", content=PDF)

    assert town.kinds() == before
    assert not StoredFile.objects.exists()


class Suspicious:
    """A scanner to whom every file looks harmful."""

    def scan(self, content: bytes, media_type: str) -> bool:
        return False


def test_the_virus_scanner_has_the_last_word(town, settings):
    settings.FILE_SCANNER = f"{__name__}.Suspicious"
    act = town.act("anna")
    opened = begun(act)

    with pytest.raises(FileHarmful):
        attach_file(act, opened.id, "photo", name="a.pdf", content=PDF)


def test_no_more_files_than_the_field_takes(town):
    act = town.act("anna")
    opened = begun(act)
    for _ in range(2):
        attach_file(act, opened.id, "photo", name="a.pdf", content=PDF)

    with pytest.raises(TooManyFiles):
        attach_file(act, opened.id, "photo", name="a.pdf", content=PDF)


def test_a_file_is_removed_again(town):
    act = town.act("anna")
    opened = begun(act)
    file = attach_file(act, opened.id, "photo", name="a.pdf", content=PDF)

    version = remove_file(act, opened.id, file.id, version=file.version)

    assert draft(act, opened.id).answers["photo"] == []
    assert not StoredFile.objects.exists()
    assert town.kinds()[-1] == "draft.file_removed"
    with pytest.raises(NotFound):
        remove_file(act, opened.id, file.id, version=version)


def test_anna_submits_her_draft_and_it_becomes_a_case(town):
    act = town.act("anna")
    opened = begun(act)
    version = filled(act, opened)

    receipt = submit_draft(act, opened.id, version=version)

    case = Case.objects.get(number=receipt.number)
    assert str(case.applicant) == town.persons["anna"]
    assert receipt.due_on.isoformat() == "2026-11-17"
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


def test_a_discarded_draft_is_gone_with_its_files(town):
    act = town.act("anna")
    opened = begun(act)
    file = attach_file(act, opened.id, "photo", name="a.pdf", content=PDF)

    discard_draft(act, opened.id)

    assert town.journal()[-1]["payload"] == {"draft": opened.id, "by_clock": False}
    with pytest.raises(NotFound):
        draft(act, opened.id)
    with pytest.raises((NotFound, FileIsGone)):
        file_content(act, file.id)


def test_vera_fills_in_a_draft_for_who_stands_at_the_counter(town):
    act = replace(town.counter("vera"), entry=Entry.ASSISTED)
    opened = begun(act)
    version = filled(act, opened)

    receipt = submit_draft(act, opened.id, version=version, applicant=town.persons["anna"])

    fact = town.journal()[-1]
    assert (fact["channel"], fact["entry"]) == ("counter", "assisted")
    assert fact["behalf_of"] == town.persons["anna"]
    assert receipt.due_on.isoformat() == "2026-11-24"
    with pytest.raises(NoMandate):
        draft(town.counter("boris"), opened.id)


def test_whoever_represents_anna_in_another_service_begins_nothing_and_sees_no_file_of_hers(town):
    filled_in = begun(town.act("anna"))
    version = filled(town.act("anna"), filled_in, LIVING)
    file = attach_file(town.act("anna"), filled_in.id, "photo", name="a.pdf", content=PDF, version=version)
    submit_draft(town.act("anna"), filled_in.id, version=file.version)
    given = {"person": town.persons["anna"], "representative": town.persons["stepan"], "ground": "attorney"}
    people.represent(town.house(), **given, services=["other-service"])
    act = replace(town.act("stepan"), behalf_of=town.persons["anna"])
    before = town.kinds()

    with pytest.raises(NoMandate):
        begun(act)
    with pytest.raises(NoMandate):
        earlier_files(act, SERVICE)
    assert earlier_files(act, "other-service") == []
    assert town.kinds() == before

    people.represent(town.house(), **given, services=[SERVICE])
    assert [one.file.name for one in earlier_files(act, SERVICE)] == ["a.pdf"]
    assert begun(act).first_page == "tree"


def test_earlier_answers_and_files_are_offered_again_but_no_declarations(town):
    act = town.act("anna")
    opened = begun(act)
    version = filled(act, opened, LIVING)
    file = attach_file(act, opened.id, "photo", name="a.pdf", content=PDF, version=version)
    receipt = submit_draft(act, opened.id, version=file.version)

    again = earlier_answers(act, SERVICE)
    (earlier,) = earlier_files(act, SERVICE)

    assert again["why"] == "Падает на дом"
    assert "truth" not in again and "photo" not in again
    assert (earlier.file.name, earlier.case) == ("a.pdf", receipt.number)
    with pytest.raises(NoMandate):
        earlier_answers(town.act("stepan"), SERVICE, person=town.persons["anna"])
    assert earlier_answers(visitor(), SERVICE) == {}


def test_who_represents_for_one_service_sees_nothing_of_another(town):
    anna = town.persons["anna"]
    people.represent(
        town.house(),
        person=anna,
        representative=town.persons["stepan"],
        ground="attorney",
        services=["other"],
    )
    town.case()
    begun(town.act("anna"))

    assert earlier_answers(town.act("stepan"), "other", person=anna) == {}
    assert drafts(town.act("stepan")) == []
