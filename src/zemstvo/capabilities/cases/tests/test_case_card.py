"""The case as its official sees it, and as its applicant does."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from zemstvo.capabilities.cases import queries
from zemstvo.capabilities.cases.commands import send_message
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.queries import (
    case_card,
    own_case,
    own_cases,
    own_results,
    results,
    tracked_case,
    who_looked,
)
from zemstvo.capabilities.cases.refusals import CodeUnknown, TooManyAttempts
from zemstvo.capabilities.cases.tests.zarechny import LIVING, MONDAY, ZONE, on
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.refusals import NoMandate, NotFound
from zemstvo.ground.people import vault
from zemstvo.ground.people.commands import end_representation
from zemstvo.ground.people.models import Representation
from zemstvo.ground.people.refusals import LookNotRecorded

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_card_shows_answers_with_their_questions(town):
    case = town.case(answers=LIVING)

    card = town.card(case.number)

    shown = {field.id: value for page in card.pages for field, value in page.answers}
    assert [page.title for page in card.pages] == ["Дерево", "Фотография", "Подтверждение"]
    assert shown["why"] == "Падает на дом"
    assert card.applicant_name == "Морозова Анна Сергеевна"
    assert card.service_title == "Разрешение на снос дерева"


def test_only_what_the_mandate_allows_is_offered(town):
    case = town.case()

    assert [action.id for action in town.card(case.number).actions] == ["accept", "register", "return"]
    for action in ("accept", "grant"):
        town.take(case.number, action)
    assert town.card(case.number).actions == ()
    assert [action.id for action in town.card(case.number, "galina").actions] == ["sign", "rework"]
    assert "case.sign" not in town.card(case.number).may


def test_an_action_says_what_it_asks_for(town):
    case = town.case("accept")

    actions = {action.id: action for action in town.card(case.number).actions}

    assert set(actions) == {"grant", "refuse"}
    assert [field.id for field in actions["grant"].fields] == ["granted_trees"]
    assert actions["refuse"].reason == "required"
    assert ("R01", "Дерево здоровое.") in actions["refuse"].reasons
    assert actions["refuse"].document == "refusal"


def test_who_prepared_a_decision_is_told_that_another_signs(town):
    case = town.case("accept")
    town.take(case.number, "grant", who="galina")

    (sign, _rework) = town.card(case.number, "galina").actions

    assert sign.needs_second_person


def test_the_card_says_for_which_reasons_the_application_is_not_eligible(town):
    case = town.case(answers={**LIVING, "trees": 20})

    assert town.card(case.number).not_eligible_for == (("R02", "Слишком много деревьев."),)


def test_the_history_is_told_in_the_words_of_the_package(town):
    case = town.case("return")
    town.supplement(case.number)
    town.take(case.number, "accept", on(11, 10))

    lines = town.card(case.number).history

    assert [line.kind for line in lines] == [
        "case.filed",
        "case.returned",
        "case.supplemented",
        "case.accepted",
    ]
    assert "Адрес указан не полностью." in lines[1].sentence
    assert [line.by for line in lines] == ["applicant", "Климова В. А.", "applicant", "Климова В. А."]


def test_the_clock_is_explained(town):
    case = town.case("return")

    clock = town.card(case.number).clock

    assert (clock.stands_for, clock.due_on, clock.days_left) == ("returned", None, None)
    assert clock.may_suspend_for == (("missing-documents", "Не пришли сведения."),)
    assert any("9 ноября 2026 г." in sentence for sentence in clock.sentences)


def test_the_days_left_are_counted_as_the_term_is(town):
    case = town.case("accept")

    assert town.card(case.number, at=on(11, 13)).clock.days_left == 1
    assert town.card(case.number, at=on(11, 18)).clock.days_left == -2


def test_personal_data_need_a_look_at_this_applicant(town):
    case, other = (
        town.case(),
        Case.objects.get(number=town.file(town.act("pavel"), applicant=town.persons["pavel"]).number),
    )

    with pytest.raises(LookNotRecorded):
        case_card(town.act("vera"), case.number, town.look("vera", other))
    with pytest.raises(LookNotRecorded):
        case_card(town.act("boris"), case.number, town.look("vera", case))


def test_anna_sees_who_looked_and_why(town):
    case = town.case()
    town.card(case.number)

    (look,) = who_looked(town.act("anna"), case.number)

    assert (look.official, look.purpose, look.about) == ("Климова В. А.", "case", case.number)
    with pytest.raises(NotFound):
        who_looked(town.act("stepan"), case.number)


def test_an_official_of_another_district_gets_no_card(town):
    case = town.case()

    with pytest.raises(NoMandate):
        case_card(town.act("oleg"), case.number, town.look("vera", case))
    for number in ("ZAR-2026-999999-9", "\0", ""):
        with pytest.raises(NotFound):
            case_card(town.act("vera"), number, town.look("vera", case))


def test_the_card_of_an_erased_person_shows_what_the_journal_knows(town):
    case = town.case()
    look = town.look("vera", case)
    vault.destroy_key(town.persons["anna"])

    card = case_card(town.act("vera"), case.number, look)

    assert card.is_erased
    assert (card.applicant_name, card.pages, card.actions) == ("", (), ())
    assert [line.kind for line in card.history] == ["case.filed"]


def test_anna_sees_where_her_case_stands(town):
    case = town.case("accept")

    story = own_case(town.act("anna", on(11, 10)), case.number.lower())

    assert story.status == "Заявление рассматривают."
    assert [(step.title, step.is_done, step.is_current) for step in story.steps] == [
        ("Получено", True, False),
        ("Зарегистрировано", True, False),
        ("Рассматривается", True, True),
        ("Решение", False, False),
    ]
    assert story.may == {"message", "withdraw"}
    assert story.wanted == ()


def test_a_case_that_waits_to_be_registered_is_received_and_not_yet_registered(town):
    case = town.case()

    story = own_case(town.act("anna"), case.number)

    assert [step.title for step in story.steps if step.is_current] == ["Получено"]
    assert [step.title for step in story.steps if step.is_done] == ["Получено"]


def test_no_case_is_considered_before_the_day_of_its_registration(town):
    case = town.case("accept", at=on(11, 11))

    story = own_case(town.act("anna", on(11, 12)), case.number)

    days = [step.on for step in story.steps if step.on]
    assert days == sorted(days)


def test_anna_sees_what_is_wanted_and_until_when(town):
    case = town.case("return")

    story = own_case(town.act("anna"), case.number)

    (wanted,) = story.wanted
    assert (wanted.sentence, wanted.advice, wanted.field) == (
        "Адрес указан не полностью.",
        "Допишите номер дома.",
        "place",
    )
    assert story.answer_by.isoformat() == "2026-12-09"
    assert story.may == {"message", "withdraw", "supplement"}
    assert own_cases(town.act("anna"))[0].wants


def test_inner_work_is_not_in_annas_history(town):
    case = town.case("accept", "grant")

    kinds = [line.kind for line in own_case(town.act("anna"), case.number).history]

    assert kinds == ["case.filed", "case.accepted"]


def test_a_decided_case_offers_the_decision_and_the_way_to_complain(town):
    case = town.case("accept", "grant", "sign")

    story = own_case(town.act("anna"), case.number)

    assert [card.state for card in story.documents] == ["signed"]
    assert story.appeal == "Жалобу подают главе администрации."
    assert story.may == {"message"}


def test_an_unsigned_letter_is_not_shown_to_anna(town):
    case = town.case("accept", "grant")

    assert own_case(town.act("anna"), case.number).documents == ()


def test_pavel_sees_annas_cases_until_his_power_of_attorney_ends(town):
    case = town.case()
    assert [row.number for row in own_cases(town.act("pavel"))] == [case.number]

    power = str(Representation.objects.get(representative=town.persons["pavel"]).pk)
    end_representation(house_act(at=on(11, 10), zone=ZONE), power)

    assert own_cases(town.act("pavel", on(11, 11))) == []
    with pytest.raises(NotFound):
        own_case(town.act("pavel", on(11, 11)), case.number)


def test_a_stranger_cannot_tell_whether_a_case_exists(town):
    case = town.case()

    for number in (case.number, "ZAR-2026-999999-9"):
        with pytest.raises(NotFound):
            own_case(town.act("stepan"), number)
    with pytest.raises(NoMandate):
        own_cases(town.stranger())


def test_a_machine_sees_the_cases_that_it_filed_and_no_others(town):
    filed, other = town.file(town.machine()), town.case()

    assert own_case(town.machine(), filed.number).number == filed.number
    with pytest.raises(NotFound):
        own_case(town.machine(), other.number)


def test_a_tracking_code_shows_its_case_and_no_other(town):
    receipt, other = town.file(), town.case()

    act, story = tracked_case(receipt.tracking_code.lower(), at=MONDAY, asker="here")

    assert story.number == receipt.number
    with pytest.raises(NotFound):
        own_case(act, other.number)
    send_message(act, receipt.number, "Спасибо")
    assert town.journal()[-1]["actor"] == "visitor"


def test_guessing_tracking_codes_is_limited(town):
    receipt = town.file()
    for _ in range(10):
        with pytest.raises(CodeUnknown):
            tracked_case("7KQ2-9XW3-MB4T-0F6H", at=MONDAY, asker="198.51.100.7")

    with pytest.raises(TooManyAttempts):
        tracked_case(receipt.tracking_code, at=MONDAY, asker="198.51.100.7")

    assert tracked_case(receipt.tracking_code, at=MONDAY, asker="203.0.113.1")[1].number == receipt.number


def test_granted_results_stand_in_their_register(town):
    case = town.case("accept", "grant", "sign")
    town.case("accept", "refuse")

    (row,) = results(town.act("vera"), "tree-permits").rows
    (own,) = own_results(town.act("anna"))

    assert (row.case, row.is_in_force, row.values) == (case.number, True, {})
    assert own.values == {"permitted_until": "2027-05-09"}
    assert queries.has_result(town.persons["anna"], "tree-permits", on=on(12, 1).date())
    assert not queries.has_result(town.persons["anna"], "tree-permits", on=on(5, 9, year=2027).date())
    with pytest.raises(NoMandate):
        results(town.act("anna"), "tree-permits")


def test_the_steps_and_sentences_name_the_day_that_it_was_in_zarechny(town):
    late = on(11, 9, hour=22)
    case = town.case("accept", at=late)

    story = own_case(town.act("anna", late), case.number)

    assert {step.on for step in story.steps if step.is_done} == {date(2026, 11, 10)}
    assert all("9 ноября" not in sentence for sentence in story.clock.sentences)


def test_an_english_reader_reads_days_in_english(town):
    case = town.case("accept")

    with translation.override("en"):
        sentences = town.card(case.number).clock.sentences

    assert any("November 2026." in sentence for sentence in sentences)
    assert not any("/2026" in sentence for sentence in sentences)
