from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.package import Circumstances
from zemstvo.capabilities.services.tests.firewood import MONDAY, answers, changed, package

LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.sampled_from(["stove", "2026-11-23", ""]),
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)), max_leaves=12
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def check(**changed):
    return package().check_answers(answers(**changed), MONDAY)


def complaints(**changed):
    return [(error.field, error.row, error.part, error.code) for error in check(**changed).errors]


def test_sound_answers_are_taken_as_they_are():
    checked = check()

    assert checked.errors == ()
    assert checked.answers == answers()
    assert checked.is_sound


def test_the_answers_of_hidden_branches_are_dropped():
    checked = check(heating="gas", fuel=["wood"], stove_photo=["x"], firm={"name": "ООО"})

    assert checked.is_sound
    assert checked.answers.keys().isdisjoint({"fuel", "stove_photo", "firm"})


def test_a_hidden_answer_is_not_seen_by_the_conditions_behind_it():
    child = {"name": "Дима", "born_on": "2020-01-31", "income": 99_000_000}
    checked = check(members=[*answers()["members"][:1], child])

    assert checked.answers["members"][1] == {"name": "Дима", "born_on": "2020-01-31"}
    assert (
        package().calculate(answers(members=[*answers()["members"][:1], child]), MONDAY)["income_total"]
        == 1_200_000
    )


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"area": None}, ("area", None, "", "required")),
        ({"heating": None}, ("heating", None, "", "required")),
        ({"is_firm": None}, ("is_firm", None, "", "required")),
        ({"consent": None}, ("consent", None, "", "required")),
        ({"consent": False}, ("consent", None, "", "required")),
        ({"members": []}, ("members", None, "", "required")),
        ({"home": {"text": "  "}}, ("home", None, "", "required")),
        ({"owner": {"family_name": "Морозова"}}, ("owner", None, "given_name", "required")),
        ({"members": [{"born_on": "1990-04-12", "income": 1}]}, ("name", 0, "", "required")),
        ({"members": [{"name": "Анна", "born_on": "1990-04-12"}]}, ("income", 0, "", "required")),
        ({"area": 4}, ("area", None, "", "range")),
        ({"area": 1001}, ("area", None, "", "range")),
        ({"area": "60"}, ("area", None, "", "type")),
        ({"area": 60.0}, ("area", None, "", "type")),
        ({"area": True}, ("area", None, "", "type")),
        ({"area": 10**30}, ("area", None, "", "range")),
        ({"area": float("nan")}, ("area", None, "", "type")),
        ({"heating": "sun"}, ("heating", None, "", "invalid")),
        ({"heating": ["stove"]}, ("heating", None, "", "invalid")),
        ({"fuel": ["wood", "wood"]}, ("fuel", None, "", "invalid")),
        ({"fuel": ["birch"]}, ("fuel", None, "", "invalid")),
        ({"since": "2026-13"}, ("since", None, "", "invalid")),
        ({"since": 202611}, ("since", None, "", "invalid")),
        ({"account": "4081"}, ("account", None, "", "invalid")),
        ({"account": "4" * 21}, ("account", None, "", "length")),
        ({"why": "Нет"}, ("why", None, "", "condition")),
        ({"why": "х" * 4001}, ("why", None, "", "length")),
        ({"why": "a\x00b"}, ("why", None, "", "invalid")),
        ({"why": "\ud800"}, ("why", None, "", "type")),
        ({"why": "х" * 10_000_000}, ("why", None, "", "length")),
        ({"account": "1\n2"}, ("account", None, "", "invalid")),
        ({"phone": "call me"}, ("phone", None, "", "invalid")),
        ({"email": "anna@"}, ("email", None, "", "invalid")),
        ({"home": {"text": "Лесная", "postcode": "44296"}}, ("home", None, "postcode", "invalid")),
        ({"home": {"text": "Лесная", "oktmo": "567"}}, ("home", None, "oktmo", "invalid")),
        ({"home": {"text": "Лесная", "street": "x"}}, ("home", None, "", "unknown")),
        ({"home": "Лесная"}, ("home", None, "", "type")),
        ({"owner": {"family_name": 5}}, ("owner", None, "family_name", "type")),
        ({"members": {"0": {}}}, ("members", None, "", "type")),
        ({"members": [{}] * 11}, ("members", None, "", "rows")),
        ({"members": [5]}, ("members", 0, "", "type")),
        ({"members": [{"name": "А", "born_on": "1990-04-12", "income": "5"}]}, ("income", 0, "", "type")),
        ({"members": [{"name": "А", "born_on": "1990-02-30", "income": 5}]}, ("born_on", 0, "", "invalid")),
        ({"members": [{"name": "А", "born_on": "2026-11-24", "income": 5}]}, ("born_on", 0, "", "range")),
        ({"stove_photo": ["../../etc/passwd"]}, ("stove_photo", None, "", "invalid")),
        ({"wage": 5}, ("wage", None, "", "unknown")),
        ({"is_firm": True, "firm": {"name": "ООО", "inn": "5838000128"}}, ("firm", None, "ogrn", "required")),
        (
            {"is_firm": True, "firm": {"name": "ООО", "inn": "5838000129", "ogrn": "1245800001237"}},
            ("firm", None, "inn", "check-digit"),
        ),
    ],
)
def test_a_faulty_answer_is_one_complaint_at_its_place(changed, complaint):
    assert complaints(**changed) == [complaint]


def test_a_wrong_check_digit_is_said_with_the_digit():
    owner = {**answers()["owner"], "snils": "160-020-451 91"}

    (error,) = check(owner=owner).errors

    assert (error.field, error.part, error.code) == ("owner", "snils", "check-digit")
    assert "digit 11" in error.message


def test_answers_come_out_in_their_normal_form():
    checked = check(
        owner={**answers()["owner"], "snils": "160-020-451 90", "family_name": " Морозова "},
        phone="+7 (912) 345-67-89",
        why="  Печь требует ремонта.  ",
    )

    assert checked.answers["owner"]["snils"] == "16002045190"
    assert checked.answers["owner"]["family_name"] == "Морозова"
    assert checked.answers["phone"] == "+79123456789"
    assert checked.answers["why"] == "Печь требует ремонта."


def test_messages_are_in_the_language_of_the_reader():
    with translation.override("ru"):
        assert [error.message for error in check(account="5", area=None).errors] == [
            "Заполните это поле.",
            "Номер счёта состоит из 20 цифр.",
        ]
    assert [error.message for error in check(account="5").errors] == ["An account number has 20 digits."]


@pytest.mark.parametrize("body", [None, 5, "text", [], ["a"]])
def test_what_is_no_object_is_refused_as_a_whole(body):
    (error,) = package().check_answers(body, MONDAY).errors[:1]

    assert (error.field, error.code) == ("", "type")


def test_deep_json_is_refused_without_harm():
    deep = {}
    inner = deep
    for _ in range(5000):
        inner["a"] = inner = {}

    assert ("home", None, "", "unknown") in complaints(home=deep) or complaints(home=deep)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from([*answers(), "why", "firm", "phone", "zz"]), ANYTHING))
def test_whatever_is_sent_gets_an_answer(body):
    checked = package().check_answers(body, MONDAY)

    assert not checked.is_sound
    package().eligibility(body, MONDAY)
    package().shown_pages(body, MONDAY)


def test_what_was_taken_once_is_taken_again():
    once = check(phone="+7 (912) 345-67-89").answers

    assert package().check_answers(once, MONDAY).answers == once


def test_a_page_is_checked_by_itself_with_what_came_before():
    page = package().check_page("house", {"members": answers()["members"], "area": 4}, MONDAY)

    assert {error.field for error in page.errors} == {"home", "area", "heating", "since"}


def test_pages_and_fields_are_shown_as_the_answers_go():
    found = package()

    assert [page.id for page in found.shown_pages({}, MONDAY)] == ["household", "house", "about"]
    assert not found.shown("fuel", {}, MONDAY)
    assert found.shown("fuel", {"heating": "stove"}, MONDAY)
    assert [field.id for field in found.shown_fields("house", {"heating": "gas"}, MONDAY)] == [
        "home",
        "area",
        "heating",
        "since",
    ]


def test_nobody_is_eligible_by_an_answer_that_was_not_given():
    assert package().eligibility({}, MONDAY).reasons == ("R01",)
    assert package().eligibility(answers(), MONDAY).is_eligible
    assert package().eligibility(answers(heating="gas", members=rich()), MONDAY).reasons == ("R01", "R02")


def rich():
    return [{"name": "Анна", "born_on": "1990-04-12", "income": 10**9}]


def test_an_official_fills_in_a_form_of_the_package():
    found = package()

    assert found.check_form("decision", {"amount": 5}, answers(), MONDAY).is_sound
    wrong = found.check_form("decision", {"amount": -5, "zz": 1}, answers(), MONDAY)
    assert {error.field for error in wrong.errors} == {"amount", "zz"}
    assert [error.code for error in found.check_form("decision", {}, answers(), MONDAY).errors] == [
        "required"
    ]


def test_a_form_of_an_official_asks_by_its_own_answers(tmp_path):
    comment = "{id: comment, type: long_text, label: Примечание, required: false}"
    asked = comment.replace(
        "false}", "true, show: {when: 'amount == 0 && !answered.amount', means: Без суммы}}"
    )
    found = check_package(changed(tmp_path, (comment, asked))).package

    assert [one.field for one in found.check_form("decision", {}, answers(), MONDAY).errors] == [
        "amount",
        "comment",
    ]
    assert found.check_form("decision", {"amount": 5}, answers(), MONDAY).is_sound


def test_an_action_is_offered_only_while_its_condition_holds():
    found = package()
    sign = found.state("sign").action("sign")

    assert not found.offers(sign, answers(), MONDAY)
    assert found.offers(sign, answers(), replace(MONDAY, forms={"decision": {"amount": 5}}))


def test_the_clock_depends_on_the_channel():
    found = package()

    assert (str(found.clock("portal").term), found.clock("portal").start) == ("5wd", "complete")
    assert str(found.clock("post").term) == "10wd"
    assert str(found.clock("post").suspend.max) == "1m"
    assert found.clock("post").extend.reasons == ("hard-case",)


def test_no_day_is_taken_from_the_wall():
    born_tomorrow = [{"name": "А", "born_on": "2999-01-01", "income": 5}]

    assert package().check_answers(answers(members=born_tomorrow), Circumstances()).is_sound
    later = replace(MONDAY, today=date(2999, 1, 1))
    assert package().check_answers(answers(members=born_tomorrow), later).is_sound
