"""Somebody comes to the counter, and Vera types."""

import re

import pytest

from zemstvo.capabilities.cases.models import Case
from zemstvo.town.places import ZARECHNY

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

APPLICANT = {
    "channel": "counter",
    "assisted": "on",
    "territory": ZARECHNY,
    "kind": "person",
    "family_name": "Лебедева",
    "given_name": "Тамара",
    "snils": "112-233-445 95",
    "identity": "passport",
}


def test_vera_types_an_application_and_channel_and_entry_are_kept_apart(town, sign_in):
    vera = sign_in("vera")
    begun = vera.client.post("/desk/counter/housing-subsidy/", APPLICANT)
    assert begun.status_code == 302

    page = vera.get(begun["Location"]).content.decode()
    assert "Лебедева" in page
    asked = {
        "address.text": "ул. Мира, д. 1",
        "tenure": "owner",
        "registered_here": "yes",
        "lives_alone": "yes",
        "income_kinds": "pension",
        "own_income": "15000",
        "monthly_cost": "7200",
        "court_debt": "no",
        "pay_to": "post",
        "truth": "yes",
    }
    names = list(dict.fromkeys([name.partition(".")[0] for name in asked]))
    answer = vera.post(begun["Location"], asked | {"asked": names, "file": "1"})
    if answer.status_code == 200 and "asked" in answer.content.decode():
        answer = vera.post(begun["Location"], asked | {"asked": _asked(answer), "file": "1"})

    assert answer.status_code == 200, re.findall(r"z-error-message.*?</p>", answer.content.decode())
    case = Case.objects.get()
    assert case.number in answer.content.decode()
    assert (case.channel, case.entry, case.identity) == ("counter", "assisted", "passport")


def _asked(answer):
    return [line.split('"')[0] for line in answer.content.decode().split('name="asked" value="')[1:]]


def test_a_wrong_check_digit_is_named_and_nobody_is_registered(town, sign_in):
    answer = sign_in("vera").client.post(
        "/desk/counter/housing-subsidy/", APPLICANT | {"snils": "112-233-445 96"}
    )

    assert answer.status_code == 422
    assert town.kinds() == []


def test_galinas_administrator_files_for_nobody(town, sign_in):
    assert sign_in("artyom").get("/desk/counter/").status_code == 403
