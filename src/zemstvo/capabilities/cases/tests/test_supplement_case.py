"""The applicant answers a return, withdraws, and writes; officials do it for who stands at the counter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zemstvo.capabilities.cases.commands import (
    attach_to_case,
    send_message,
    supplement_case,
    withdraw_case,
)
from zemstvo.capabilities.cases.models import Case, CaseFile, Message
from zemstvo.capabilities.cases.queries import act_of_tracking_code, file_content, own_case
from zemstvo.capabilities.cases.refusals import (
    AnswersInvalid,
    CaseIsClosed,
    CaseIsDecided,
    FileNotAsked,
    MessageInvalid,
    NothingToSupplement,
    TooManyFiles,
)
from zemstvo.capabilities.cases.tests.zarechny import LIVING, MONDAY, on
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people.refusals import LookNotRecorded

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


def test_anna_corrects_what_was_returned_and_the_clock_runs_again(town):
    case = town.case("accept", at=on(11, 9))
    returned = town.case("return", at=on(11, 9))

    town.supplement(returned.number, on(11, 12), trees=3)

    row = Case.objects.get(pk=returned.pk)
    assert (row.state, row.stage, row.stands_for) == ("filed", "filed", "")
    assert row.register_by.isoformat() == "2026-11-13"
    assert row.limit_on is None
    fact = town.journal()[-1]
    assert (fact["kind"], fact["interaction"]) == ("case.supplemented", "supplement")
    assert fact["payload"]["fields"] == ["trees"]
    assert Case.objects.get(pk=case.pk).state == "work"


def test_other_answers_stay_as_they_were(town):
    case = town.case("return", answers=LIVING)

    town.supplement(case.number, trees=7)

    story = own_case(town.act("anna"), case.number)
    answers = {field.id: value for page in story.pages for field, value in page.answers}
    assert (answers["trees"], answers["why"]) == (7, "Падает на дом")


def test_faulty_corrections_are_refused(town):
    case = town.case("return")
    before = town.kinds()

    with pytest.raises(AnswersInvalid):
        town.supplement(case.number, trees=0)

    assert town.kinds() == before


def test_nothing_is_supplemented_that_was_not_asked_for(town):
    case = town.case("accept")

    with pytest.raises(NothingToSupplement):
        town.supplement(case.number, trees=3)


def test_a_supplement_twice_is_refused_as_stale(town):
    case = town.case("return")
    version = Case.objects.get(pk=case.pk).row_version
    supplement_case(town.act("anna"), case.number, {"trees": 3}, version=version)

    with pytest.raises(Stale):
        supplement_case(town.act("anna"), case.number, {"trees": 4}, version=version)


def test_pavel_and_vera_may_supplement_for_anna_but_no_stranger(town):
    case = town.case("return")
    before = town.kinds()

    for act in (town.act("stepan"), town.stranger(), town.act("oleg")):
        with pytest.raises(NoMandate):
            supplement_case(act, case.number, {"trees": 3}, version=case.row_version + 1)
    assert town.kinds() == before

    town.supplement(case.number, who="pavel", trees=3)
    town.take(case.number, "return")
    version = Case.objects.get(pk=case.pk).row_version
    supplement_case(town.counter("vera"), case.number, {"trees": 4}, version=version)
    assert town.journal()[-1]["channel"] == "counter"


def test_the_holder_of_the_tracking_code_supplements_without_an_account(town):
    receipt = town.file()
    town.take(receipt.number, "return")

    act, case = act_of_tracking_code(receipt.tracking_code, at=MONDAY, asker="here")
    supplement_case(act, receipt.number, {"trees": 3}, version=case.row_version)

    assert Case.objects.get(number=receipt.number).state == "filed"


def test_a_file_is_attached_to_a_returned_case(town):
    case = town.case("return", answers=LIVING)

    file = attach_to_case(town.act("anna"), case.number, "photo", name="фото.pdf", content=PDF)

    assert town.kinds()[-1] == "case.file_attached"
    supplement_case(town.act("anna"), case.number, {}, version=file.version)
    assert town.journal()[-1]["payload"]["files"] == 1
    assert file_content(town.act("anna"), file.id).name == "фото.pdf"


def test_a_field_takes_no_more_files_than_the_package_says(town):
    case = town.case("return", answers=LIVING)
    for name in ("1.pdf", "2.pdf"):
        attach_to_case(town.act("anna"), case.number, "photo", name=name, content=PDF)
    before = town.kinds()

    with pytest.raises(TooManyFiles, match="2"):
        attach_to_case(town.act("anna"), case.number, "photo", name="3.pdf", content=PDF)

    assert town.kinds() == before
    attach_to_case(town.act("anna"), case.number, "", name="paper.pdf", content=PDF)


@pytest.mark.parametrize("field", ["place", "phot", "../photo"])
def test_a_file_for_a_field_that_asks_for_none_is_refused(town, field):
    case = town.case("return", answers=LIVING)
    before = town.kinds()

    with pytest.raises(FileNotAsked):
        attach_to_case(town.act("anna"), case.number, field, name="1.pdf", content=PDF)

    assert town.kinds() == before
    assert not CaseFile.objects.exists()


def test_a_file_for_a_case_that_somebody_changed_meanwhile_is_stale(town):
    case = town.case("return", answers=LIVING)
    send = {"name": "1.pdf", "content": PDF}
    first = attach_to_case(town.act("anna"), case.number, "photo", version=case.row_version, **send)
    before = town.kinds()

    with pytest.raises(Stale):
        attach_to_case(town.act("anna"), case.number, "photo", version=case.row_version, **send)

    assert town.kinds() == before
    assert CaseFile.objects.count() == 1
    attach_to_case(town.act("anna"), case.number, "photo", version=first.version, **send)


def test_a_file_is_found_under_its_own_case_alone(town):
    case, other = town.case("return", answers=LIVING), town.case("return", answers=LIVING)
    file = attach_to_case(town.act("anna"), case.number, "photo", name="1.pdf", content=PDF)

    assert file_content(town.act("anna"), file.id, case=case.number).content == PDF
    with pytest.raises(NotFound):
        file_content(town.act("anna"), file.id, case=other.number)


def test_an_official_needs_a_look_to_open_a_file(town):
    case = town.case("return", answers=LIVING)
    file = attach_to_case(town.act("anna"), case.number, "photo", name="фото.pdf", content=PDF)

    with pytest.raises(LookNotRecorded):
        file_content(town.act("vera"), file.id)
    with pytest.raises(NoMandate):
        file_content(town.act("oleg"), file.id)

    assert file_content(town.act("vera"), file.id, town.look("vera", case)).content == PDF


def test_anna_withdraws_her_application(town):
    case = town.case("accept")

    town.withdraw(case.number, on(11, 11))

    row = Case.objects.get(pk=case.pk)
    assert (row.state, row.stage, row.outcome, row.is_open) == ("withdrawn", "withdrawn", "withdrawn", False)
    assert row.stands_for == "ended"
    assert town.journal()[-1]["payload"]["withdrawn_on"] == "2026-11-11"


def test_vera_writes_down_what_anna_withdraws_on_paper(town):
    case = town.case()
    paper = replace(town.act("vera"), channel=Channel.POST, entry=Entry.TRANSCRIBED)

    withdraw_case(paper, case.number, version=case.row_version)

    fact = town.journal()[-1]
    assert (fact["kind"], fact["channel"], fact["entry"]) == ("case.withdrawn", "post", "transcribed")
    other = replace(town.act("oleg"), channel=Channel.POST, entry=Entry.TRANSCRIBED)
    with pytest.raises(NoMandate):
        withdraw_case(other, town.case().number, version=1)


def test_a_withdrawn_case_stays_withdrawn_and_a_decided_one_decided(town):
    withdrawn, decided = town.case(), town.case("accept", "refuse")
    town.withdraw(withdrawn.number)

    with pytest.raises(CaseIsClosed):
        town.withdraw(withdrawn.number)
    with pytest.raises(CaseIsDecided):
        town.withdraw(decided.number)


def test_only_the_applicant_and_who_acts_for_her_withdraw(town):
    case = town.case()

    for act in (town.act("vera"), town.act("stepan"), town.stranger()):
        with pytest.raises(NoMandate):
            withdraw_case(act, case.number, version=case.row_version)

    town.withdraw(case.number, who="pavel")
    assert town.journal()[-1]["actor"] == town.persons["pavel"]


def test_anna_writes_and_vera_answers(town):
    case = town.case("accept")

    send_message(town.act("anna"), case.number, "Когда ждать ответа?")
    send_message(town.act("vera"), case.number, "До 16 ноября.")
    send_message(town.act("vera"), case.number, "Пришлите, пожалуйста, план участка.", asks=True)

    assert town.kinds()[-3:] == ["enquiry.sent", "message.sent", "question.sent"]
    assert [fact["interaction"] for fact in town.journal()[-3:]] == ["enquiry", None, "notice"]
    story = own_case(town.act("anna"), case.number)
    assert [(one.side, one.words, one.asks) for one in story.messages] == [
        ("applicant", "Когда ждать ответа?", False),
        ("authority", "До 16 ноября.", False),
        ("authority", "Пришлите, пожалуйста, план участка.", True),
    ]
    assert all("ноября".encode() not in bytes(row.body) for row in Message.objects.all())


def test_an_empty_or_endless_message_is_refused(town):
    case = town.case()

    for words in ("", " \n\t ", "\0\x07", "я" * 5001):
        with pytest.raises(MessageInvalid):
            send_message(town.act("anna"), case.number, words)

    assert town.kinds() == ["case.filed"]


def test_signs_that_nobody_sees_are_dropped_from_messages(town):
    case = town.case()

    send_message(town.act("anna"), case.number, "  Добрый\0 день\r\n\ud800ещё\u202e раз  ")

    assert own_case(town.act("anna"), case.number).messages[0].words == "Добрый день\nещё\u202e раз"


def test_strangers_write_nothing(town):
    case = town.case()

    for act in (town.act("stepan"), town.act("oleg"), town.stranger()):
        with pytest.raises(NoMandate):
            send_message(act, case.number, "Я ваш сосед")

    assert not Message.objects.exists()
