"""A machine files applications: each is safe once, and everything else is refused in words."""

import json

import pytest

from zemstvo.capabilities.cases.models import Case
from zemstvo.faces.api.tests.conftest import Machine
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_an_application_is_answered_with_number_code_due_day_and_promise(machine, application, town):
    answer = machine.file(application)

    assert answer.status_code == 201
    told = answer.json()
    assert set(told) == {"number", "tracking_code", "state", "due_on", "promise"}
    assert answer["Location"] == f"/api/v1/cases/{told['number']}"
    filed = [fact for fact in town.journal() if fact["kind"] == "case.filed"]
    assert [fact["id"] for fact in filed] == [told["promise"]["fact"]]
    assert filed[0]["channel"] == "api"


def test_a_repeat_gets_the_same_answer_and_files_nothing(machine, application):
    first = machine.file(application)
    second = machine.file(application)

    assert second.status_code == 201
    assert second.json() == first.json()
    assert Case.objects.count() == 1


def test_a_mistyped_number_that_is_annas_files_nothing_and_says_not_whose(machine, application, town):
    anna = application["applicant"]
    assert machine.file(application).status_code == 201
    town.forget()

    ageless = {name: value for name, value in anna.items() if name != "born_on"}
    for n, other in enumerate(
        (anna | {"family_name": "Чужакова"}, anna | {"born_on": "1958-03-03"}, ageless)
    ):
        answer = machine.file(application | {"applicant": other}, key=f"other-{n}")

        assert answer.status_code == 422
        assert answer.json()["code"] == "person.number-does-not-agree"
        assert [error["field"] for error in answer.json()["errors"]] == ["applicant.snils"]
        assert anna["family_name"] not in answer.content.decode()
    assert town.journal() == []
    assert Case.objects.count() == 1
    loud = anna | {"family_name": anna["family_name"].upper(), "patronymic": ""}
    assert machine.file(application | {"applicant": loud}, key="loud").status_code == 201


def test_another_body_under_the_same_key_is_a_conflict(machine, application):
    machine.file(application)
    other = machine.file(application | {"language": "en"})

    assert other.status_code == 409
    assert other.json()["code"] == "idempotency.other-body"
    assert Case.objects.count() == 1


def test_the_machine_sees_where_its_case_stands_and_another_one_does_not(machine, application):
    number = machine.file(application).json()["number"]

    assert machine.get(f"cases/{number}").json()["state"] == "filed"
    assert Machine("applications:write").get(f"cases/{number}").status_code == 404


def test_without_a_token_nobody_files(machine, application, town):
    answer = machine.client.post(
        "/api/v1/applications", data=json.dumps(application), content_type="application/json"
    )

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert town.journal() == []


def test_a_revoked_token_files_nothing_from_the_next_request_on(machine, application):
    assert machine.file(application).status_code == 201
    people.revoke_token(house_act(), machine.id)

    assert machine.file(application, key="two").status_code in (401, 403)
    assert Case.objects.count() == 1


def test_a_token_that_may_only_read_files_nothing(machine, application):
    assert Machine("cases:read").file(application).status_code == 403


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"\xff\xfe{", 400, "request.unreadable"),
        (b"{", 400, "request.unreadable"),
        (b'{"service": "a\x00b"}', 400, "request.unreadable"),
        (b'{"service": "a\\u0000b"}', 400, "request.unreadable"),
        (b'{"service": "\\ud800"}', 400, "request.unreadable"),
        (b"[" * 100_000, 400, "request.unreadable"),
        (b"[]", 422, "request.invalid"),
        (b"{}", 422, "request.invalid"),
        (b'{"service": 7}', 422, "request.invalid"),
        (b'{"answers": "' + b"x" * (10 << 20) + b'"}', 413, "request.too-large"),
    ],
    ids=["no text", "cut off", "NUL", "hidden NUL", "half a sign", "deep", "list", "empty", "type", "10 MB"],
)
def test_what_is_no_application_is_refused_with_its_fault(machine, town, body, status, code):
    answer = machine.file(body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert town.journal() == []


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"service": "no-such"}, 404),
        ({"territory": "99999999"}, 404),
        ({"territory": "00000000"}, 422),
        ({"answers": {}}, 422),
        ({"answers": {"own_income": "a lot"}}, 422),
        (
            {"applicant": {"kind": "person", "family_name": "А", "given_name": "Б", "snils": "11223344596"}},
            422,
        ),
        ({"applicant": {"kind": "ghost"}}, 422),
        ({"surprise": 1}, 422),
    ],
    ids=["service", "territory", "no authority", "no answers", "type", "check digit", "kind", "unknown"],
)
def test_a_wrong_value_is_named_and_nothing_is_stored(machine, application, town, change, status):
    answer = machine.file(application | change)

    assert answer.status_code == status, answer.json()
    assert answer.json()["title"]
    assert "case.filed" not in town.kinds()


@pytest.mark.parametrize("key", ["", "x" * 129, "ключ"])
def test_without_a_usable_key_nothing_is_filed(machine, application, key):
    answer = machine.file(application, key=key)

    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency.missing"


def test_only_json_is_taken(machine, application):
    answer = machine.client.post(
        "/api/v1/applications",
        data="service=x",
        content_type="application/x-www-form-urlencoded",
        headers=machine.headers,
    )

    assert answer.status_code == 415


def test_each_wrong_answer_is_named_by_its_field(machine, application):
    answers = {name: value for name, value in application["answers"].items() if name != "own_income"}

    answer = machine.file(application | {"answers": answers})

    assert "own_income" in {error["field"] for error in answer.json()["errors"]}


def test_a_one_stop_centre_files_in_its_own_channel_under_its_name(application, town):
    centre = Machine("applications:write", intermediary="mfc-zarechny")
    town.forget()

    number = centre.file(application | {"channel": "intermediary"}).json()["number"]

    case = Case.objects.get(number=number)
    assert (case.channel, case.intermediary) == ("intermediary", "mfc-zarechny")
    filed = next(fact for fact in town.journal() if fact["kind"] == "case.filed")
    assert (filed["channel"], filed["intermediary"]) == ("intermediary", "mfc-zarechny")


def test_a_machine_that_is_no_intermediary_does_not_pass_for_one(machine, application, town):
    answer = machine.file(application | {"channel": "intermediary"})

    assert answer.status_code == 403
    assert answer.json()["code"] == "token.no-intermediary"
    assert machine.file(application | {"channel": "counter"}, key="two").status_code == 422
    assert town.journal() == []
