"""Files of a draft: looked at, kept, removed, offered again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from zemstvo.capabilities.cases.commands import (
    attach_file,
    discard_draft,
    remove_file,
    save_page,
    submit_draft,
)
from zemstvo.capabilities.cases.models import CaseFile
from zemstvo.capabilities.cases.queries import draft, earlier_answers, earlier_files, file_content
from zemstvo.capabilities.cases.refusals import (
    FileHarmful,
    FileNotAsked,
    FileTooLarge,
    FileTypeNotAllowed,
    TooManyFiles,
)
from zemstvo.capabilities.cases.tests.form import PDF, TREE, begun, filled, visitor
from zemstvo.capabilities.cases.tests.zarechny import LIVING, SERVICE
from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.files import FileIsGone
from zemstvo.ground.people.models import StoredFile

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


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
