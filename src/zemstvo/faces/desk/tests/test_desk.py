"""Vera's day at the desk, Galina's signature, and what Oleg, Artyom and strangers do not get to see."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from zemstvo.capabilities.cases.models import Case
from zemstvo.faces.desk.tests.conftest import links_of
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.models import Account, KeyedHash

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def walked(official, *begin):
    """Every page of the desk that can be reached from these, with its answer."""
    seen, waiting = {}, list(begin)
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen[path] = official.get(path)
            waiting += links_of(seen[path]) - set(seen)
    return seen


@pytest.mark.parametrize("key", ["vera", "galina", "nina", "artyom"])
def test_every_page_that_an_official_is_shown_opens(numbers, sign_in, key):
    seen = walked(sign_in(key), "/desk/", "/desk/mandates/")

    wrong = {
        path: answer.status_code for path, answer in seen.items() if answer.status_code not in (200, 302)
    }
    assert wrong == {}
    for path, answer in seen.items():
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert len(re.findall(rb"<h1[ >]", answer.content)) == 1, path


def test_the_list_begins_with_the_nearest_legal_day(numbers, sign_in):
    page = sign_in("vera").get("/desk/work/?show=all").content.decode()

    assert all(
        number in page for number in Case.objects.filter(is_open=True).values_list("number", flat=True)
    )


def test_no_day_is_called_one_of_the_law_before_its_term_has_started(numbers, sign_in):
    vera = sign_in("vera")
    page = vera.get("/desk/work/?show=all").content.decode()
    open_cases = list(Case.objects.filter(is_open=True, due_on__isnull=False))

    assert {case.is_expected for case in open_cases} == {True, False}
    for case in open_cases:
        row = next(row for row in page.split("<tr>") if case.number in row)
        shown = vera.get(f"/desk/cases/{case.number}/").content.decode()
        assert ("ожидается" in row, "по закону" in row) == (case.is_expected, not case.is_expected)
        assert bool(re.search("по закону[^<]*</dt>", shown)) is not case.is_expected
        assert ('<dd class="z-summary-list__value">ожидается' in shown) is case.is_expected


def test_vera_registers_a_new_application_and_the_journal_says_so(numbers, sign_in, town):
    vera, number = sign_in("vera"), numbers[-1]

    answer = vera.post(f"/desk/cases/{number}/actions/register/")

    assert answer.status_code == 302
    assert "case.accepted" in town.kinds()


def test_a_stale_form_is_refused_and_changes_nothing(numbers, sign_in, town):
    vera, boris, number = sign_in("vera"), sign_in("boris"), numbers[-1]
    path = f"/desk/cases/{number}/actions/register/"
    version = vera.version(path)
    boris.post(path)
    town.forget()

    answer = vera.client.post(path, {"version": version})

    assert answer.status_code == 409
    assert town.kinds() == []


def test_vera_checks_who_sent_an_application_that_nobody_had_checked(numbers, sign_in, town):
    vera, number = sign_in("vera"), numbers[-1]
    path = f"/desk/cases/{number}/applicant/"
    assert path not in vera.links(f"/desk/cases/{number}/")
    Case.objects.filter(number=number).update(identity="none")
    Account.objects.filter(person=Case.objects.get(number=number).applicant).delete()
    assert path in vera.links(f"/desk/cases/{number}/")

    assert vera.post(path).status_code == 422
    answer = vera.post(path, {"how": "passport"})

    assert answer.status_code == 302
    assert Case.objects.get(number=number).identity == "passport"
    assert town.kinds()[-1] == "case.applicant_confirmed"


def test_the_page_shows_what_was_typed_and_asks_whether_it_is_the_same_only_where_it_differs(
    numbers, sign_in, town
):
    vera, number = sign_in("vera"), numbers[-1]
    path = f"/desk/cases/{number}/applicant/"
    applicant = str(Case.objects.get(number=number).applicant)
    known = Identity(
        family_name="Лебедева", given_name="Тамара", born_on=date(1958, 3, 2), snils="11223344595"
    )
    typed = replace(known, family_name="Чужакова", born_on=date(1961, 5, 4))
    people.change_identity(house_act(at=datetime.now(UTC)), applicant, typed)
    KeyedHash.objects.filter(person_id=applicant).delete()
    Account.objects.filter(person=applicant).delete()
    people.register_person(house_act(at=datetime.now(UTC)), known)
    Case.objects.filter(number=number).update(identity="none")

    page = vera.get(path).content.decode().replace("\xa0", " ")
    assert all(one in page for one in ("Чужакова Тамара", "4 мая 1961", "112-233-445 95"))
    assert "same_person" not in page

    refused = vera.post(path, {"how": "passport"})
    assert refused.status_code == 422
    assert 'name="same_person"' in refused.content.decode()
    assert "фамилия, дата рождения" in refused.content.decode()
    assert Case.objects.get(number=number).identity == "none"

    assert vera.post(path, {"how": "passport", "same_person": "on"}).status_code == 302
    assert town.kinds()[-2:] == ["person.joined", "case.applicant_confirmed"]


def test_where_the_numbers_of_an_account_name_another_the_page_says_what_to_do(numbers, sign_in, town):
    vera, number = sign_in("vera"), numbers[-1]
    applicant = str(Case.objects.get(number=number).applicant)
    assert Account.objects.filter(person=applicant).exists()
    typed = Identity(family_name="Чужакова", given_name="Тамара", snils="11223344595")
    people.change_identity(house_act(at=datetime.now(UTC)), applicant, typed)
    KeyedHash.objects.filter(person_id=applicant).delete()
    people.register_person(house_act(at=datetime.now(UTC)), replace(typed, family_name="Лебедева"))
    Case.objects.filter(number=number).update(identity="none")
    town.forget()

    answer = vera.post(f"/desk/cases/{number}/applicant/", {"how": "passport"})

    assert answer.status_code == 422
    assert "принадлежат другому учтённому лицу. Сверьте номера с документом." in answer.content.decode()
    assert 'name="same_person"' not in answer.content.decode()
    assert "case.applicant_confirmed" not in town.kinds()


def test_a_return_needs_a_reason_and_says_so_beside_the_form(numbers, sign_in):
    vera, number = sign_in("vera"), numbers[-1]

    answer = vera.post(f"/desk/cases/{number}/actions/return/")

    assert answer.status_code == 422
    assert Case.objects.get(number=number).state == "filed"


def test_a_withdrawal_that_came_on_paper_is_written_down_and_the_journal_says_who_typed_it(
    numbers, sign_in, town
):
    vera, number = sign_in("vera"), numbers[-1]
    path = f"/desk/cases/{number}/withdraw/"
    assert path in vera.links(f"/desk/cases/{number}/")

    assert vera.post(path).status_code == 422
    assert vera.post(path, {"channel": "portal"}).status_code == 422
    assert vera.client.post(path, {"version": "99", "channel": "post"}).status_code == 409
    assert "case.withdrawn" not in town.kinds()
    assert vera.post(path, {"channel": "post"}).status_code == 302

    said = next(fact for fact in town.journal() if fact["kind"] == "case.withdrawn")
    assert (said["channel"], said["entry"], said["actor"]) == ("post", "transcribed", town.people["vera"])
    assert Case.objects.get(number=number).stage == "withdrawn"
    assert path not in vera.links(f"/desk/cases/{number}/")
    assert vera.client.post(path, {"version": "1", "channel": "post"}).status_code == 404


def test_who_sits_at_the_counter_withdraws_with_help_and_oleg_withdraws_nothing_here(numbers, sign_in, town):
    number = numbers[-1]
    path = f"/desk/cases/{number}/withdraw/"
    said = {"version": "1", "channel": "counter", "assisted": "on"}

    assert sign_in("oleg").client.post(path, said).status_code in (403, 404)
    assert "case.withdrawn" not in town.kinds()
    assert sign_in("vera").post(path, {"channel": "counter", "assisted": "on"}).status_code == 302

    assert [fact["entry"] for fact in town.journal() if fact["kind"] == "case.withdrawn"] == ["assisted"]


def test_the_letter_of_a_return_is_written_once_its_reasons_are_chosen(numbers, sign_in, town):
    vera, number = sign_in("vera"), numbers[-1]
    path = f"/desk/cases/{number}/letters/return_notice/"
    first = vera.get(path).content.decode()
    assert "textarea" not in first
    code = re.findall(r'name="reasons"[^>]*value="(R\d+)"|value="(R\d+)"[^>]*name="reasons"', first)[0]
    code = next(filter(None, code))
    town.forget()

    refused = vera.client.post(path, {"version": "0", "title": "Возврат", "text": "Исправьте."})
    assert (refused.status_code, town.kinds()) == (422, [])
    assert "Исправьте." in refused.content.decode()
    assert "Выберите хотя бы одну" in refused.content.decode()

    written = vera.get(f"{path}?reasons={code}").content.decode()
    assert "textarea" in written
    assert f'preview.pdf?reasons={code}"' in written
    assert vera.get(f"{path}preview.pdf?reasons={code}").content.startswith(b"%PDF")
    said = {"version": "0", "title": "Возврат", "text": "Исправьте площадь.", "reasons": code}
    assert vera.client.post(path, said).status_code == 302

    action = f"/desk/cases/{number}/actions/return/"
    assert "checked" in vera.get(action).content.decode()
    assert vera.post(action, {"reasons": [code]}).status_code == 302
    assert Case.objects.get(number=number).state == "fix"


def test_vera_prepares_galina_edits_the_letter_and_signs_and_the_document_verifies(numbers, sign_in, town):
    galina = sign_in("galina")
    number = Case.objects.get(state="sign").number
    letter = f"/desk/cases/{number}/letters/decision/"
    before = galina.get(letter).content.decode()
    assert "textarea" in before

    kept = galina.post(
        letter, {"title": "Решение", "text": "Присвоить адрес.\n\nРаспоряжение вступает в силу."}
    )
    assert kept.status_code == 302
    assert galina.get(f"{letter}preview.pdf").content.startswith(b"%PDF")

    assert galina.post(f"/desk/cases/{number}/actions/sign/").status_code == 302
    case = Case.objects.get(number=number)
    assert case.outcome == "granted"
    assert {"case.decided", "document.signed"} <= set(town.kinds())
    document = next(link for link in galina.links(f"/desk/cases/{number}/") if "/documents/" in link)
    assert "Распоряжение вступает в силу." in galina.get(document).content.decode()
    assert galina.get(f"{document}pdf").content.startswith(b"%PDF")


def test_vera_may_not_sign_what_galina_has_to(numbers, sign_in, town):
    number = Case.objects.get(state="sign").number
    vera = sign_in("vera")

    assert f"/desk/cases/{number}/actions/sign/" not in vera.links(f"/desk/cases/{number}/")
    assert vera.get(f"/desk/cases/{number}/actions/sign/").status_code == 409
    assert vera.client.post(f"/desk/cases/{number}/actions/sign/", {"version": "1"}).status_code == 409
    assert "case.decided" not in town.kinds()


def test_oleg_of_the_next_district_sees_nothing_of_zarechny(numbers, sign_in):
    oleg = sign_in("oleg")

    assert all(number not in oleg.get("/desk/work/?show=all").content.decode() for number in numbers)
    assert {oleg.get(f"/desk/cases/{number}/").status_code for number in numbers} <= {403, 404}


def test_an_administrator_opens_no_case(numbers, sign_in):
    assert sign_in("artyom").get(f"/desk/cases/{numbers[0]}/").status_code in (403, 404)


def test_anna_has_no_desk_and_a_visitor_is_asked_to_sign_in(town, sign_in):
    assert sign_in("anna").get("/desk/work/").status_code == 403
    answer = Client().get("/desk/work/")
    assert answer.status_code == 302
    assert "/account/" in answer["Location"]


def test_opening_a_case_is_a_look_that_anna_can_see(numbers, sign_in, town):
    sign_in("vera").get(f"/desk/cases/{numbers[0]}/")

    assert "Климова" in sign_in("anna").get("/looks/").content.decode()


def test_a_message_reaches_the_applicant(numbers, sign_in):
    vera = sign_in("vera")
    vera.post(f"/desk/cases/{numbers[-1]}/message/", {"words": "Приходите <b>завтра</b> в девять."})

    page = sign_in("anna").get(f"/cases/{numbers[-1]}/messages/").content.decode()
    assert "Приходите &lt;b&gt;завтра&lt;/b&gt; в девять." in page


def test_evidence_is_asked_for_and_its_answer_entered(numbers, sign_in, town):
    vera, number = sign_in("vera"), numbers[-1]
    vera.post(f"/desk/cases/{number}/actions/register/")
    vera.client.post(f"/desk/cases/{number}/evidence/", {"evidence": "fns.income"})
    asked = next(link for link in vera.links(f"/desk/cases/{number}/") if "/evidence/" in link)

    answer = vera.post(asked, {"outcome": "received", "words": "Доход подтверждён."})

    assert answer.status_code == 302
    assert {"evidence.requested", "evidence.answered"} <= set(town.kinds())
    assert "Доход подтверждён." in vera.get(f"/desk/cases/{number}/").content.decode()
