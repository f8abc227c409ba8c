"""The letter: prefilled from the package, edited before it is signed."""

from __future__ import annotations

import pytest

from zemstvo.capabilities.cases.commands import edit_letter
from zemstvo.capabilities.cases.models import Letter
from zemstvo.capabilities.cases.queries import letter, letter_sheet
from zemstvo.capabilities.cases.refusals import (
    LetterGivesOtherReasons,
    LetterIsGone,
    ReasonNeeded,
    ReasonUnknown,
)
from zemstvo.capabilities.documents.queries import documents_of, preview, text_of
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people.refusals import LookNotRecorded

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_letter_is_prefilled_in_the_language_of_the_applicant(town):
    case = town.case("accept", "grant")

    draft = letter(town.act("galina"), case.number, "permit", town.look("galina", case))

    assert draft.version == 0
    assert draft.title == "Разрешение на снос дерева"
    assert draft.content["paragraphs"][0].startswith("Морозова Анна Сергеевна разрешается снести деревья (2)")
    assert draft.content["table"]["rows"][0]["label"] == "Действует до"


def test_an_english_applicant_gets_an_english_letter(town):
    case = town.case("accept", "grant", language="en")

    draft = letter(town.act("galina"), case.number, "permit", town.look("galina", case))

    assert draft.title == "Permit to fell a tree"


def test_what_galina_edits_is_what_she_signs(town):
    case = town.case("accept", "grant")
    act, look = town.act("galina"), town.look("galina", case)
    content = letter(act, case.number, "permit", look).content

    edited = {**content, "paragraphs": [*content["paragraphs"], "Пни нужно убрать."], "script": "<script>"}
    assert edit_letter(act, case.number, "permit", edited, version=0) == 1
    town.take(case.number, "sign")

    (document,) = documents_of(town.house(), case.number)
    words = [block.text for block in text_of(town.act("anna"), document.id).text.blocks]
    assert "Пни нужно убрать." in words
    assert "letter.edited" in town.kinds()
    assert not Letter.objects.exists()


def test_the_edited_letter_is_kept_sealed(town):
    case = town.case("accept", "grant")

    edit_letter(
        town.act("galina"), case.number, "permit", {"title": "Разрешение", "paragraphs": ["Тайна"]}, version=0
    )

    assert "Тайна".encode() not in bytes(Letter.objects.get().content)


def test_two_editors_do_not_overwrite_each_other(town):
    case = town.case("accept", "grant")
    edit_letter(town.act("vera"), case.number, "permit", {"title": "А", "paragraphs": ["Б"]}, version=0)

    with pytest.raises(Stale):
        edit_letter(town.act("galina"), case.number, "permit", {"title": "В", "paragraphs": []}, version=0)

    assert town.kinds().count("letter.edited") == 1


def test_a_letter_that_no_action_here_makes_is_not_edited(town):
    case = town.case("accept")

    with pytest.raises(LetterIsGone):
        edit_letter(town.act("vera"), case.number, "permit", {"title": "А", "paragraphs": ["Б"]}, version=0)


def test_strangers_neither_read_nor_edit_a_letter(town):
    case = town.case("accept", "grant")
    look = town.look("vera", case)

    for act in (town.act("anna"), town.act("oleg"), town.stranger()):
        with pytest.raises(NoMandate):
            letter(act, case.number, "permit", look)
        with pytest.raises(NoMandate):
            edit_letter(act, case.number, "permit", {"title": "А", "paragraphs": ["Б"]}, version=0)
    with pytest.raises(LookNotRecorded):
        letter(town.act("boris"), case.number, "permit", look)
    with pytest.raises(NotFound):
        letter(town.act("vera"), case.number, "no-such-letter", look)


def test_the_letter_can_be_looked_at_as_a_draft_pdf(town):
    case = town.case("accept", "grant")
    act = town.act("galina")

    sheet = letter_sheet(act, case.number, "permit", town.look("galina", case))
    pdf = preview(act, authority="zarechny", territory=case.territory, template=sheet, language="ru")

    assert sheet["signatory"]["name"] == "Соколова Г. П."
    assert sheet["addressee"] == ["Морозова Анна Сергеевна"]
    assert pdf.startswith(b"%PDF-1.7")


NOTICE = {"title": "Отказ", "paragraphs": ["Дерево здоровое, рубить его незачем."]}


def test_a_letter_that_gives_reasons_is_not_kept_without_one(town):
    case = town.case("accept")
    before = town.kinds()

    with pytest.raises(ReasonNeeded):
        edit_letter(town.act("vera"), case.number, "refusal", NOTICE, version=0)
    with pytest.raises(ReasonUnknown):
        edit_letter(town.act("vera"), case.number, "refusal", NOTICE, version=0, reasons=["R01", "R99"])

    assert town.kinds() == before
    assert not Letter.objects.exists()


def test_a_letter_is_issued_for_the_reasons_for_which_it_was_kept_and_no_others(town):
    case = town.case("accept")
    edit_letter(town.act("vera"), case.number, "refusal", NOTICE, version=0, reasons=["R01"])
    before = town.kinds()

    with pytest.raises(LetterGivesOtherReasons):
        town.take(case.number, "refuse", reasons=["R02"])
    assert town.kinds() == before

    town.take(case.number, "refuse", reasons=["R01"])
    (document,) = documents_of(town.house(), case.number)
    words = [block.text for block in text_of(town.act("anna"), document.id).text.blocks]
    assert NOTICE["paragraphs"][0] in words


def test_the_letter_is_prefilled_for_the_reasons_that_are_chosen(town):
    case, act = town.case("accept"), town.act("vera")
    look = town.look("vera", case)

    empty = letter(act, case.number, "refusal", look)
    chosen = letter(act, case.number, "refusal", look, reasons=["R01", "<script>"])

    assert empty.wants_reasons
    assert [code for code, _text in empty.offered][:2] == ["R01", "R02"]
    assert (chosen.wants_reasons, chosen.reasons) == (False, ("R01",))
    assert "Дерево здоровое" in str(chosen.content["paragraphs"])
    edit_letter(act, case.number, "refusal", NOTICE, version=0, reasons=["R01"])
    kept, other = (letter(act, case.number, "refusal", look, reasons=codes) for codes in ((), ["R02"]))
    assert (kept.reasons, kept.content["paragraphs"]) == (("R01",), NOTICE["paragraphs"])
    assert (other.version, other.reasons) == (1, ("R02",))
    assert "Слишком много" in str(other.content["paragraphs"])
