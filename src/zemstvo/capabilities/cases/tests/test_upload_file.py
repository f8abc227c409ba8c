"""A machine uploads files, and its application names them once: nobody else's, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import OperationalError

from zemstvo.capabilities.cases import upkeep
from zemstvo.capabilities.cases.commands import (
    attach_file,
    attach_to_case,
    open_draft,
    supplement_case,
    sweeping,
    upload_file,
    uploading,
)
from zemstvo.capabilities.cases.commands.uploading import name_waiting_file
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.files import TakenFile
from zemstvo.capabilities.cases.models import Case, CaseFile, WaitingFile
from zemstvo.capabilities.cases.queries import file_content
from zemstvo.capabilities.cases.refusals import AnswersInvalid, FileHarmful, FileTypeNotAllowed, TooManyFiles
from zemstvo.capabilities.cases.requests import RequestKey
from zemstvo.capabilities.cases.tests.zarechny import LIVING, MONDAY, PEOPLE, SERVICE, ZARECHNY
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands as people
from zemstvo.ground.people import ended_keys, vault
from zemstvo.ground.people.files import content_of
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.models import EndedKey, StoredFile, WrappedKey
from zemstvo.ground.people.queries import act_of_token, person_by

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"
KEY = RequestKey("token-1", "first-try", sha256(b"body").digest())
DINA = Identity(family_name="Ахметова", given_name="Дина", snils="16002053997")


def filed(town, *files, act=None, who=PEOPLE["anna"], key=None):
    """An application by the machine that names these files."""
    answers = {**LIVING, "photo": list(files)}
    given = {"applicant": "", "applicant_identity": who, "identity": IdentityCheck.TOKEN}
    return town.file(act or town.machine(), key=key, answers=answers, **given)


def refused(town, *files, act=None):
    """The faults of an application that names these files, after which nothing has changed."""
    before = town.kinds()
    with pytest.raises(AnswersInvalid) as refusal:
        filed(town, *files, act=act)
    assert town.kinds() == before
    return [(error.field, error.code) for error in refusal.value.errors]


def other_machine(town):
    token = people.create_token(town.house(), name="other", scopes=["applications:write"])
    return act_of_token(token.secret, MONDAY)


@pytest.mark.parametrize("who", [PEOPLE["anna"], DINA], ids=["known", "new"])
def test_an_uploaded_file_becomes_that_of_the_case(town, who):
    file = upload_file(town.machine(), name="../фото.pdf", content=PDF)
    waiting = WaitingFile.objects.get()

    number = filed(town, file.id, who=who).number

    case = Case.objects.get(number=number)
    row = case.files.get()
    assert (str(row.id), row.field, str(row.owner)) == (file.id, "photo", str(case.applicant))
    assert str(case.applicant) == person_by("snils", who.snils)
    assert (file.name, file.media_type, file.scan) == ("фото.pdf", "application/pdf", "unscanned")
    assert content_of(row.stored_as) == PDF
    assert town.kinds()[0] == "waiting_file.uploaded"
    assert next(fact for fact in town.journal() if fact["kind"] == "case.filed")["payload"]["files"] == 1
    assert not WaitingFile.objects.exists()
    assert list(StoredFile.objects.values_list("name", flat=True)) == [row.stored_as]
    assert not WrappedKey.objects.filter(person=waiting.owner).exists()
    look = town.look("vera", case)
    assert file_content(town.act("vera"), file.id, look, case=number).content == PDF


def test_a_file_serves_one_application(town):
    file = upload_file(town.machine(), name="1.pdf", content=PDF)
    filed(town, file.id)

    assert refused(town, file.id) == [("photo", "file")]


def test_a_repeat_of_the_application_gets_the_same_answer(town):
    file = upload_file(town.machine(), name="1.pdf", content=PDF)
    first = filed(town, file.id, key=KEY)

    assert filed(town, file.id, key=KEY) == replace(first, is_repeat=True)
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    "id", ["018f2b6e-0000-7000-8000-000000000021", "ffffffff-0000-7000-8000-00000000000f"]
)
def test_a_file_that_nobody_uploaded_is_refused_at_its_field(town, id):
    assert refused(town, id) == [("photo", "file")]


def test_the_file_of_another_machine_of_a_draft_or_of_a_case_is_foreign(town):
    foreign = upload_file(other_machine(town), name="1.pdf", content=PDF).id
    draft = open_draft(town.act("anna"), service=SERVICE, territory=ZARECHNY).id
    drafted = attach_file(town.act("anna"), draft, "photo", name="1.pdf", content=PDF).id
    case = town.case("return", answers=LIVING)
    attached = attach_to_case(town.act("anna"), case.number, "photo", name="1.pdf", content=PDF).id

    for file in (foreign, drafted, attached):
        assert refused(town, file) == [("photo", "file")]
        with pytest.raises(AnswersInvalid):
            town.file(town.act("anna"), answers={**LIVING, "photo": [file]})
    assert WaitingFile.objects.count() == 1


def test_a_supplement_names_no_file_of_another_case(town):
    case, other = town.case("return", answers=LIVING), town.case("return", answers=LIVING)
    file = attach_to_case(town.act("anna"), other.number, "photo", name="1.pdf", content=PDF)
    paper = attach_to_case(town.act("anna"), case.number, "", name="2.pdf", content=PDF)
    before = town.kinds()

    for id in (file.id, paper.id, "018f2b6e-0000-7000-8000-000000000021"):
        with pytest.raises(AnswersInvalid) as refusal:
            town.supplement(case.number, photo=[id])
        assert [error.field for error in refusal.value.errors] == ["photo"]
    assert town.kinds() == before
    supplement_case(town.act("anna"), other.number, {"photo": [file.id]}, version=file.version)


def test_the_field_judges_kind_and_size_again(town):
    large = upload_file(
        town.machine(), name="1.pdf", content=PDF.replace(b"%%EOF", b" " * 20_000 + b"%%EOF")
    ).id
    signature = upload_file(town.machine(), name="1.pdf", content=PDF).id
    WaitingFile.objects.filter(pk=signature).update(media_type="application/zip")

    assert refused(town, large) == [("photo", "file")]
    assert refused(town, signature) == [("photo", "file")]


def test_what_no_field_could_take_is_not_taken(town):
    before = town.kinds()

    with pytest.raises(FileTypeNotAllowed):
        upload_file(town.machine(), name="run.exe", content=b"MZ\x90")
    with pytest.raises(FileHarmful):
        upload_file(town.machine(), name="1.png", content=b"\x89PNG\r\n\x1a\n")

    assert town.kinds() == before
    assert not WaitingFile.objects.exists()


def test_a_stranger_a_reader_and_a_revoked_machine_upload_nothing(town):
    reading = people.create_token(town.house(), name="reader", scopes=["cases:read"])
    revoked = other_machine(town)
    people.revoke_token(town.house(), revoked.actor)
    before = town.kinds()

    acts = (
        town.stranger(),
        town.act("anna"),
        town.act("vera"),
        revoked,
        act_of_token(reading.secret, MONDAY),
    )
    for act in acts:
        with pytest.raises(NoMandate):
            upload_file(act, name="1.pdf", content=PDF)
        with pytest.raises(NoMandate):
            name_waiting_file(act, "", None)
    assert town.kinds() == before


def test_what_waits_a_day_in_vain_is_given_up(town):
    file = upload_file(town.machine(), name="1.pdf", content=PDF)
    owner = WaitingFile.objects.get().owner
    late = MONDAY + timedelta(hours=24)

    assert refused(town, file.id, act=town.machine(late)) == [("photo", "file")]
    assert upkeep.run(late - timedelta(seconds=1))["leftovers"] == 0
    assert upkeep.run(late)["leftovers"] == 1

    assert not WaitingFile.objects.exists()
    assert not StoredFile.objects.exists()
    assert not WrappedKey.objects.filter(person=owner).exists()
    assert town.journal()[-1]["payload"] == {"keys": 0, "attempts": 0, "files": 1}
    assert not CaseFile.objects.exists()


def test_a_machine_that_uploads_in_a_loop_fills_no_disk(town, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_WAITING", 1)
    upload_file(town.machine(), name="1.pdf", content=PDF)
    before = town.kinds()
    taken = TakenFile("", "2.pdf", "pdf", "application/pdf", size_bytes=1, scan="clean")
    monkeypatch.setattr(uploading, "take_in", None)

    with pytest.raises(TooManyFiles):
        upload_file(town.machine(), name="2.pdf", content=PDF)
    with pytest.raises(TooManyFiles):
        name_waiting_file(town.machine(), "", taken)  # of two at once the last one finds no room

    assert town.kinds() == before
    assert WaitingFile.objects.count() == 1


def test_what_waits_in_vain_is_given_up_by_batches_the_oldest_first(town, monkeypatch):
    monkeypatch.setattr(sweeping, "MOST_FILES", 2)
    monkeypatch.setattr(upkeep, "SWEEPS", 1)
    ids = [upload_file(town.machine(), name="1.pdf", content=PDF).id for _ in range(3)]
    WaitingFile.objects.filter(pk=ids[0]).update(added_at=MONDAY + timedelta(minutes=1))
    late = MONDAY + timedelta(hours=25)

    assert upkeep.run(late)["leftovers"] == 2
    assert [str(row.id) for row in WaitingFile.objects.all()] == [ids[0]]
    assert upkeep.run(late)["leftovers"] == 1
    assert upkeep.run(late)["leftovers"] == 0


def test_a_key_that_resists_spares_no_other_key_of_the_sweep_and_is_tried_again(town, monkeypatch):
    for _ in range(2):
        upload_file(town.machine(), name="1.pdf", content=PDF)
    first, second = (str(row.owner) for row in WaitingFile.objects.order_by("added_at", "id"))
    destroy = vault.destroy_key

    def broken(person):
        if person == first:
            raise OperationalError("the key store is away")
        destroy(person)

    monkeypatch.setattr(vault, "destroy_key", broken)

    assert upkeep.run(MONDAY + timedelta(hours=25))["leftovers"] == 2
    assert not WaitingFile.objects.exists()
    assert WrappedKey.objects.filter(person=first).exists()
    assert not WrappedKey.objects.filter(person=second).exists()
    assert ended_keys.destroy_ended_keys() == 0  # the key store is still away

    monkeypatch.setattr(vault, "destroy_key", destroy)

    assert ended_keys.destroy_ended_keys() == 1
    assert not WrappedKey.objects.filter(person=first).exists()
    assert ended_keys.destroy_ended_keys() == 0
    assert not EndedKey.objects.exists()
