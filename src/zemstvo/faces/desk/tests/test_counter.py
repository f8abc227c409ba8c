"""Somebody comes to the counter, and Vera types."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zemstvo.capabilities.cases.models import Case, Draft
from zemstvo.faces.desk.tests.days import typed
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.models import Account
from zemstvo.ground.people.queries import visitor_act
from zemstvo.town.places import ZARECHNY

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

APPLICANT = {
    "channel": "counter",
    "assisted": "on",
    "territory": ZARECHNY,
    "family_name": "Лебедева",
    "given_name": "Тамара",
    "snils": "112-233-445 95",
    "identity": "passport",
}


ANSWERS = {
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
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


def begun(official, service="housing-subsidy", **other):
    answer = official.client.post(f"/desk/counter/{service}/", APPLICANT | other)
    assert answer.status_code == 302, faults_on(answer)
    return answer["Location"]


def sent(official, path, form, button="file"):
    """The form with all questions that it asks by these answers."""
    page = official.get(path)
    for _round in range(4):
        answer = official.client.post(
            path, {"version": _version(page), **form, "asked": _asked(page), button: "1"}
        )
        if answer.status_code == 302 or _asked(answer) == _asked(page) or not _asked(answer):
            return answer
        page = answer
    return answer


def faults_on(answer):
    return re.findall(r"z-error-message.*?</p>", answer.content.decode())


def test_the_counter_asks_for_a_day_as_citizens_are_asked(town, sign_in):
    vera = sign_in("vera")
    path = "/desk/counter/housing-subsidy/"

    page = vera.get(f"{path}?asked=1&kind=person").content.decode()
    wrong = vera.client.post(path, APPLICANT | typed("born_on", "1958-2-31")).content.decode()
    vera.get(begun(vera, **typed("born_on", "1958-3-2")))

    assert 'type="date"' not in page
    assert all(f'name="born_on.{part}"' in page for part in ("day", "month", "year"))
    assert 'href="#id_born_on-day"' in wrong and 'value="31"' in wrong
    assert Draft.objects.count() == 1


def test_vera_types_an_application_and_channel_and_entry_are_kept_apart(town, sign_in):
    vera = sign_in("vera")
    path = begun(vera)
    assert "Лебедева" in vera.get(path).content.decode()

    answer = sent(vera, path, ANSWERS)

    assert answer.status_code == 200, faults_on(answer)
    case = Case.objects.get()
    assert case.number in answer.content.decode()
    assert (case.channel, case.entry, case.identity) == ("counter", "assisted", "passport")


def test_the_receipt_at_the_counter_promises_no_day_by_law_before_all_documents_are_there(town, sign_in):
    vera = sign_in("vera")

    page = sent(vera, begun(vera), ANSWERS).content.decode()

    assert "ожидается" in page
    assert not re.search("по закону[^<]*</dt>", page)


def test_who_applies_waits_sealed_in_the_draft_and_vera_goes_on_in_another_browser(town, sign_in):
    path = begun(sign_in("vera"))
    assert "person.registered" not in town.kinds()
    another = sign_in("vera")

    assert path in another.links("/desk/counter/")
    page = another.get(path).content.decode()
    assert "Лебедева Тамара" in page and "112-233-445\xa095" in page
    answer = sent(another, path, ANSWERS)

    case = Case.objects.get()
    assert answer.status_code == 200 and case.identity == "passport"
    assert town.kinds()[-2:] == ["person.registered", "case.filed"]
    assert path not in another.links("/desk/counter/")


def test_boris_and_oleg_do_not_see_what_vera_began(town, sign_in):
    path = begun(sign_in("vera"))
    town.forget()

    for key in ("boris", "oleg"):
        other = sign_in(key)
        assert path not in other.links("/desk/counter/")
        assert other.get(path).status_code in (403, 404)
        assert other.client.post(path, {"version": "2", "file": "1"}).status_code in (403, 404)
    assert town.journal() == []


def test_it_is_asked_first_whether_a_person_or_an_organisation_applies(town, sign_in):
    vera = sign_in("vera")
    page = vera.get("/desk/counter/address-assignment/").content.decode()
    assert 'name="kind"' in page and 'name="family_name"' not in page and 'name="inn"' not in page

    assert vera.get("/desk/counter/address-assignment/?asked=1").status_code == 422
    firm = vera.get("/desk/counter/address-assignment/?asked=1&kind=organisation").content.decode()
    assert 'name="inn"' in firm and 'name="family_name"' not in firm


def test_a_firm_at_the_counter_names_its_employee(town, sign_in):
    vera = sign_in("vera")
    typed = {"channel": "counter", "territory": ZARECHNY, "identity": "passport", "name": "ООО «Теплострой»"}
    begun = vera.client.post(
        "/desk/counter/address-assignment/?kind=organisation", typed | {"inn": "5838000128"}
    )

    assert 'name="contact_person.family_name"' in vera.get(begun["Location"]).content.decode()


def test_a_typo_in_who_applies_is_corrected_before_filing(town, sign_in):
    vera = sign_in("vera")
    path = begun(vera)
    page = vera.get(f"{path}applicant/").content.decode()
    assert 'value="112-233-445 95"' in page

    answer = vera.post(f"{path}applicant/", APPLICANT | {"family_name": "Лебедянская"})

    assert answer.status_code == 302
    assert "Лебедянская" in vera.get(path).content.decode()


def test_a_file_stays_where_something_else_is_wrong_and_can_be_removed(town, sign_in):
    vera = sign_in("vera")
    path = begun(vera)
    form = ANSWERS | {"tenure": "private_tenant", "monthly_cost": "много"}
    sent(vera, path, form, button="keep")
    form["tenure_document"] = SimpleUploadedFile("договор.pdf", PDF)
    answer = sent(vera, path, form, button="keep")

    page = answer.content.decode()
    assert answer.status_code == 422 and page.count("договор.pdf</span>") == 1
    file = re.search(r'name="remove_file" value="([0-9a-f-]+)"', page)[1]
    removed = vera.client.post(
        path, ANSWERS | {"version": _version(answer), "asked": _asked(answer), "remove_file": file}
    )
    assert "договор.pdf" not in removed.content.decode()
    assert 'value="ул. Мира, д. 1"' in removed.content.decode()


def test_an_older_form_at_the_counter_is_stale_and_keeps_what_was_typed(town, sign_in):
    vera = sign_in("vera")
    path = begun(vera)
    old = vera.version(path)
    sent(vera, path, ANSWERS, button="keep")
    town.forget()

    answer = vera.client.post(path, ANSWERS | {"version": old, "monthly_cost": "1234", "file": "1"})

    assert answer.status_code == 409
    assert 'value="1234"' in answer.content.decode()
    assert town.journal() == []
    assert not Case.objects.exists()


def test_an_application_that_was_begun_is_thrown_away(town, sign_in):
    vera = sign_in("vera")
    path = begun(vera)

    assert vera.client.post(f"{path}discard").status_code == 302
    assert vera.get(path).status_code == 404
    assert town.kinds()[-1] == "draft.discarded"


def test_a_filing_that_is_refused_registers_nobody(town, sign_in):
    vera = sign_in("vera")
    path = begun(vera)

    answer = sent(vera, path, ANSWERS | {"truth": ""})

    assert answer.status_code == 422
    assert "person.registered" not in town.kinds()


def _asked(answer):
    return [line.split('"')[0] for line in answer.content.decode().split('name="asked" value="')[1:]]


def _version(answer):
    return re.search(r'name="version" value="(\d+)"', answer.content.decode())[1]


def test_a_wrong_check_digit_is_named_and_nobody_is_registered(town, sign_in):
    answer = sign_in("vera").client.post(
        "/desk/counter/housing-subsidy/", APPLICANT | {"snils": "112-233-445 96"}
    )

    assert answer.status_code == 422
    assert town.kinds() == []


def test_galinas_administrator_files_for_nobody(town, sign_in):
    assert sign_in("artyom").get("/desk/counter/").status_code == 403


def test_a_number_that_does_not_go_with_the_name_is_said_beside_it_and_not_checked_is_the_way_on(
    town, sign_in
):
    vera = sign_in("vera")
    assert sent(vera, begun(vera), ANSWERS).status_code == 200
    other = {"family_name": "Чужакова", "given_name": "Инна"}
    town.forget()

    refused = vera.client.post("/desk/counter/housing-subsidy/", APPLICANT | other)

    assert refused.status_code == 422
    (fault,) = faults_on(refused)
    assert "не сходится" in fault and "Лебедева" not in refused.content.decode()
    assert "не проверена" in fault
    assert 'href="#id_snils"' in refused.content.decode()
    assert town.journal() == []

    assert sent(vera, begun(vera, **other, identity="none"), ANSWERS).status_code == 200
    first, second = Case.objects.order_by("filed_at")
    assert first.applicant != second.applicant


def test_where_somebody_was_registered_under_the_number_meanwhile_vera_corrects_who_applies(town, sign_in):
    vera = sign_in("vera")
    path = begun(vera)
    other = Identity(family_name="Чужакова", given_name="Инна", snils=APPLICANT["snils"])
    people.register_person(house_act(at=datetime.now(UTC)), other)

    answer = sent(vera, path, ANSWERS)

    assert answer.status_code == 422
    assert "не сходится" in faults_on(answer)[0]
    assert f'action="{path}applicant/"' in answer.content.decode()
    assert not Case.objects.exists()


def test_vera_joins_an_account_opened_later_to_whom_she_registered_and_it_reads_the_cases(town, sign_in):
    vera, path = sign_in("vera"), "/desk/accounts/join/"
    assert sent(vera, begun(vera), ANSWERS).status_code == 200
    tamara = str(Case.objects.get().applicant)
    people.open_account(visitor_act(datetime.now(UTC)), "tamara@example.org")
    said = {name: APPLICANT[name] for name in ("family_name", "given_name", "snils")}
    said |= {"email": "tamara@example.org", "how": "passport"}
    town.forget()

    assert path in vera.links("/desk/counter/")
    for wrong, word in (
        ({"email": "nobody@example.org"}, "нет учётной записи"),
        ({"snils": "087-654-303 00"}, "никто не зарегистрирован"),
        ({"family_name": "Чужакова"}, "не сходится"),
        ({"email": "galina@zarechny.example"}, "должностное лицо"),
        ({"how": "trust-me"}, ""),
    ):
        answer = vera.client.post(path, said | wrong)
        assert answer.status_code == 422
        assert word in str(faults_on(answer))
    assert town.journal() == []

    answer = vera.client.post(path, said)
    assert answer.status_code == 302
    assert "присоединена" in vera.get(answer["Location"]).content.decode()
    assert town.kinds() == ["person.checked", "account.joined"]
    assert Account.objects.filter(person=tamara).exists()
    assert "уже есть учётная запись" in str(faults_on(vera.client.post(path, said)))


def test_an_administrator_joins_no_account(town, sign_in):
    assert sign_in("artyom").client.post("/desk/accounts/join/", {}).status_code == 403
