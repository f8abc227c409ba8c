"""What follows a fact about a case."""

from __future__ import annotations

from datetime import date

import pytest
from django.core import mail
from django.db import connection

from zemstvo.capabilities.cases import reactions
from zemstvo.capabilities.cases.commands import read_notice, send_message
from zemstvo.capabilities.cases.models import Case, Notice
from zemstvo.capabilities.cases.queries import notices, unread_notices, work_list
from zemstvo.capabilities.cases.tests.zarechny import MONDAY, PEOPLE, ZARECHNY, on
from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.journal.worker import work_once
from zemstvo.ground.people.commands import end_representation, erase_person, record_absence
from zemstvo.ground.people.models import Official, Representation
from zemstvo.ground.people.refusals import MatterIsOpen, MustBeKept
from zemstvo.ground.people.search import index_person
from zemstvo.ground.territory.commands import declare_holiday

assert reactions  # importing them registers them, as a running site does

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def test_anna_gets_a_notice_and_a_mail_without_a_word_about_herself(town, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case = town.case()

    work_once()

    (row,) = notices(town.act("anna"))
    assert (row.case, row.kind, row.is_read) == (case.number, "case.filed", False)
    (message,) = mail.outbox
    assert message.to == ["anna@zarechny.example"]
    assert case.number in message.subject
    said = message.subject + message.body
    assert not any(word in said for word in ("Анна", "Морозова", "дерев", "Лесная"))
    assert message.extra_headers["Message-ID"].startswith(f"<{row.id}@")


def test_a_machine_tells_its_applicant_by_itself_that_it_filed(town, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    receipt = town.file(town.machine())
    work_once()
    assert (Notice.objects.count(), mail.outbox) == (1, [])

    town.take(receipt.number, "accept")
    work_once()

    assert len(mail.outbox) == 1


def test_a_notice_comes_once_however_often_the_work_is_done(town):
    town.case()

    work_once()
    work_once()

    assert Notice.objects.count() == 1


def test_pavel_who_filed_for_anna_is_told_too(town):
    town.file(town.act("pavel"), representative=town.persons["pavel"])

    work_once()

    assert {str(row.person) for row in Notice.objects.all()} == {
        town.persons["anna"],
        town.persons["pavel"],
    }


def test_pavel_is_told_nothing_more_once_his_power_has_ended(town):
    receipt = town.file(town.act("pavel"), representative=town.persons["pavel"])
    work_once()
    power = str(Representation.objects.get(representative=town.persons["pavel"]).pk)
    end_representation(town.house(on(11, 10)), power)

    town.take(receipt.number, "accept", on(11, 11))
    work_once()

    assert Notice.objects.filter(person=town.persons["pavel"]).count() == 1
    assert notices(town.act("pavel", on(11, 11))) == []
    assert len(notices(town.act("anna", on(11, 11)))) == 2


def test_a_return_asks_for_something_in_the_words_of_the_package(town):
    town.case("return")
    work_once()

    row = next(row for row in notices(town.act("anna")) if row.kind == "case.returned")

    assert row.asks
    assert "Адрес указан не полностью." in row.sentence


def test_anna_reads_a_notice_once(town):
    town.case()
    work_once()
    (row,) = notices(town.act("anna"))

    read_notice(town.act("anna"), row.id)

    assert unread_notices(town.act("anna")) == 0
    assert town.kinds()[-1] == "notice.read"
    with pytest.raises(NotFound):
        read_notice(town.act("anna"), row.id)


def test_a_stranger_reads_no_notice_of_annas(town):
    town.case()
    work_once()
    (row,) = notices(town.act("anna"))

    with pytest.raises(NoMandate):
        read_notice(town.act("stepan"), row.id)

    assert unread_notices(town.act("anna")) == 1


def test_a_new_case_goes_to_the_clerk_with_the_fewest(town):
    town.case()
    work_once()
    town.case()
    work_once()

    assigned = [str(one) for one in Case.objects.order_by("id").values_list("assigned_to", flat=True)]
    assert assigned == [town.persons["vera"], town.persons["boris"]]


def test_a_new_case_goes_past_who_is_away(town):
    vera = Official.objects.get(person_id=town.persons["vera"])
    record_absence(town.house(), str(vera.pk), from_on=MONDAY.date(), until_on=on(11, 20).date())

    case = town.case()
    work_once()

    assert str(Case.objects.get(pk=case.pk).assigned_to) == town.persons["boris"]


def test_a_case_is_found_by_the_words_of_its_searchable_answers(town):
    case = town.case()
    town.case(
        answers={"place": {"text": "Заречный, проспект Мира"}, "condition": "dead", "trees": 1, "truth": True}
    )
    work_once()

    found = work_list(town.act("vera"), search="лесной")

    assert [row.number for row in found.rows] == [case.number]


def test_a_case_is_found_by_the_name_of_its_applicant_and_by_its_number(town):
    case = town.case()
    other = town.file(town.act("pavel"), applicant=town.persons["pavel"])
    for who in ("anna", "pavel"):
        index_person(town.persons[who], PEOPLE[who])

    assert [row.number for row in work_list(town.act("vera"), search="Анна Морозова").rows] == [case.number]
    assert [row.number for row in work_list(town.act("vera"), search=other.number.lower()).rows] == [
        other.number
    ]


def test_an_open_case_and_its_retention_keep_the_applicants_data(town):
    number = town.file(town.act("anna"), applicant=town.persons["anna"]).number
    work_once()
    with pytest.raises(MatterIsOpen):
        erase_person(town.act("anna"), town.persons["anna"])

    town.withdraw(number)
    work_once()
    with pytest.raises(MustBeKept):
        erase_person(town.act("anna"), town.persons["anna"])


def test_a_decreed_holiday_moves_the_day_of_the_answer(town):
    case = town.case("accept")
    assert case.due_on == date(2026, 11, 16)
    work_once()

    declare_holiday(town.house(), ZARECHNY, date(2026, 11, 12))
    work_once()

    assert Case.objects.get(pk=case.pk).due_on == date(2026, 11, 17)
    assert "case.recounted" in town.kinds()


def test_a_message_of_the_authority_is_told_but_not_repeated(town, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    case = town.case("accept")
    send_message(town.act("vera", on(11, 10)), case.number, "Когда можно осмотреть дерево?", asks=True)
    work_once()

    row = next(row for row in notices(town.act("anna", MONDAY)) if row.kind == "question.sent")

    assert row.asks
    assert not any("осмотреть" in message.body for message in mail.outbox)
    with connection.cursor() as cursor:
        cursor.execute("SELECT particulars FROM cases_notice")
        assert "осмотреть" not in str(cursor.fetchall())
