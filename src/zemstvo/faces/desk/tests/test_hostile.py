"""What bad input gets at the desk: a clear answer with place and advice; nothing stored, nothing lost."""

import io
import re
import zipfile

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zemstvo.capabilities.cases.models import Case, CaseFile, Draft
from zemstvo.faces.desk.tests.days import typed
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.models import Official as Serving
from zemstvo.town.places import ZARECHNY

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
MADE_UP = "01a20a31-26d8-7ecb-8f36-2ba74dbdc877"
FORMS = (
    *("actions/register/", "actions/return/", "message/", "assign/", "evidence/", "suspend/"),
    *("complete/", "withdraw/"),
)
"""The forms of a case, as far as its state offers them."""
NAME = ("family_name", "given_name", "patronymic")
PERSON = {
    "channel": "counter",
    "territory": ZARECHNY,
    "family_name": "Лебедева",
    "given_name": "Тамара",
    "identity": "passport",
}


def unharmed(answer):
    """Whether nothing of the script is mark-up on the page."""
    return not re.search(r"<script|<img ", answer.content.decode())


@pytest.fixture
def vera(numbers, sign_in):
    return sign_in("vera")


@pytest.fixture
def number(numbers):
    """The case that came last: filed, not yet registered."""
    return numbers[-1]


def test_a_form_of_the_desk_without_its_token_is_refused_with_advice(vera, number, town):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = vera.client.cookies

    for path in (
        *(f"cases/{number}/{form}" for form in FORMS),
        "counter/housing-subsidy/",
        "mandates/choose",
    ):
        answer = careful.post(f"/desk/{path}", {"version": "1", "words": "hello"})
        assert answer.status_code == 403, path
        assert "Обновите её и отправьте ещё раз" in answer.content.decode()
    assert town.kinds() == []


@pytest.mark.parametrize("words", [b"\xff\xfe", b"\xd0", b"a\x00b", b"\xef\xbf\xbd"])
def test_a_message_that_is_no_text_is_refused(vera, number, town, words):
    body = b"words=" + b"".join(b"%%%02X" % byte for byte in words)
    answer = vera.client.post(
        f"/desk/cases/{number}/message/", body, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 400
    assert "Ничего не сохранено" in answer.content.decode()
    assert "case.message_sent" not in town.kinds()


def test_a_message_of_ten_megabytes_is_refused_and_one_that_is_too_long_stays_typed(vera, number, town):
    path = f"/desk/cases/{number}/message/"

    assert vera.client.post(path, {"words": "z" * 10_000_000}).status_code == 413
    answer = vera.client.post(path, {"words": "слово " * 2_000})

    assert answer.status_code == 422
    assert answer.content.decode().count("слово") >= 2_000
    assert "message" not in " ".join(town.kinds())


@pytest.mark.parametrize("version", ["", "-1", "1.0", "9" * 5_000, "١", "\u00b2"])
def test_a_made_up_version_is_stale(vera, number, town, version):
    answer = vera.client.post(f"/desk/cases/{number}/actions/register/", {"version": version})

    assert answer.status_code == 409
    assert "case.accepted" not in town.kinds()


def test_a_stale_return_keeps_its_reasons_chosen(vera, number, sign_in, town):
    path = f"/desk/cases/{number}/actions/return/"
    old = vera.version(path)
    sign_in("boris").post(f"/desk/cases/{number}/assign/", {"official": town.people["boris"]})

    answer = vera.client.post(path, {"version": old, "reasons": ["R08"]})

    assert answer.status_code == 409
    assert re.search(r'value="R08" checked', answer.content.decode())
    assert "Пока страница была открыта, данные изменились" in answer.content.decode()
    assert "case.returned" not in town.kinds()
    assert vera.post(path, {"reasons": ["R08"]}).status_code == 302


def test_a_stale_letter_keeps_what_galina_typed(numbers, sign_in, town):
    galina = sign_in("galina")
    path = f"/desk/cases/{Case.objects.get(state='sign').number}/letters/decision/"
    old = galina.version(path)
    galina.post(path, {"title": "Решение", "text": "Первый текст."})
    kinds = town.kinds()

    answer = galina.client.post(path, {"version": old, "title": "Решение", "text": "Второй текст."})

    assert answer.status_code == 409
    assert "Второй текст." in answer.content.decode()
    assert town.kinds() == kinds


def test_of_two_officials_who_decide_at_once_the_second_is_told_and_one_decision_stands(
    numbers, sign_in, town
):
    number = Case.objects.get(state="sign").number
    one, other = sign_in("galina"), sign_in("galina")
    sign, back = (f"/desk/cases/{number}/actions/{action}/" for action in ("sign", "back"))
    version = one.version(sign)
    other.get(back)
    town.forget()

    first = one.client.post(sign, {"version": version})
    second = other.client.post(sign, {"version": version})
    third = other.client.post(back, {"version": version, "reasons": ["R08"]})

    assert (first.status_code, second.status_code, third.status_code) == (302, 409, 409)
    assert town.kinds().count("case.decided") == 1
    assert town.kinds().count("document.signed") == 1


def test_an_action_out_of_its_order_is_refused_and_says_in_which_state_the_case_is(vera, number, town):
    for action in ("sign", "grant", "complete", "nowhere"):
        answer = vera.client.post(f"/desk/cases/{number}/actions/{action}/", {"version": "1"})
        assert answer.status_code == 409, action
        assert number in answer.content.decode()
    assert "case.decided" not in town.kinds()


def test_a_form_that_is_sent_twice_acts_once(vera, number, town):
    path = f"/desk/cases/{number}/actions/register/"
    form = {"version": vera.version(path)}

    assert vera.client.post(path, form).status_code == 302
    assert vera.client.post(path, form).status_code == 409
    assert town.kinds().count("case.accepted") == 1


@pytest.mark.parametrize("key", ["oleg", "anna", "artyom", "nina"])
def test_whoever_has_no_mandate_over_the_case_gets_nothing_by_guessing_its_addresses(
    numbers, number, sign_in, town, key
):
    stranger = sign_in(key)
    town.forget()

    for form in ("", *FORMS, "letters/decision/", "letters/decision/preview.pdf", f"files/{MADE_UP}"):
        path = f"/desk/cases/{number}/{form}"
        answers = [stranger.get(path), stranger.client.post(path, {"version": "1", "words": "Здравствуйте"})]
        assert {answer.status_code for answer in answers} <= {403, 404, 405}, path
        assert all("Морозова" not in answer.content.decode() for answer in answers)
    assert town.kinds() == []


@pytest.mark.parametrize(
    "path",
    [
        "cases/ZARECHNY-2026-999999-9/",
        "cases/1/actions/register/",
        f"cases/{'9' * 400}/",
        "cases/%00/",
        "cases/{number}/documents/1/",
        f"cases/{{number}}/documents/{MADE_UP}/",
        f"cases/{{number}}/files/{MADE_UP}",
        "cases/{number}/files/..%2F..%2Fetc%2Fpasswd",
        f"cases/{{number}}/evidence/{MADE_UP}/",
        "cases/{number}/letters/nowhere/",
        "counter/nowhere/",
        f"counter/drafts/{MADE_UP}/",
        "counter/drafts/1/",
        "results/nowhere/",
    ],
)
def test_an_address_that_somebody_made_up_is_not_found(vera, number, town, path):
    answer = vera.get(f"/desk/{path.format(number=number)}")

    assert answer.status_code in (400, 403, 404), path
    assert "Traceback" not in answer.content.decode()
    assert town.kinds() == []


def test_a_document_is_handed_over_under_its_own_case_alone(numbers, sign_in, town):
    galina = sign_in("galina")
    number = Case.objects.get(state="sign").number
    galina.post(f"/desk/cases/{number}/actions/sign/")
    document = next(link for link in galina.links(f"/desk/cases/{number}/") if "/documents/" in link)
    town.forget()

    for other in (numbers[-1], "ZARECHNY-2026-999999-9"):
        wrong = document.replace(number, other)
        assert galina.client.post(f"{wrong}deliver").status_code == 404
    made_up = re.sub(r"documents/[^/]+", f"documents/{MADE_UP}", document)
    assert galina.client.post(f"{made_up}deliver").status_code == 404
    assert "result.delivered" not in town.kinds()


@pytest.mark.parametrize("form", ["actions/register/", "message/", "assign/", "complete/"])
def test_a_mandate_that_is_revoked_in_the_middle_of_a_session_ends_it_at_the_next_form(
    vera, number, town, form
):
    path = f"/desk/cases/{number}/{form}"
    version = vera.version(path)
    people.revoke_mandate(house_act(), town.mandates["vera"])
    town.forget()

    answer = vera.client.post(path, {"version": version, "words": "Ещё одно слово"})

    assert answer.status_code == 403
    assert "Обратитесь" in answer.content.decode() or "администратор" in answer.content.decode()
    assert town.kinds() == []
    assert vera.get("/desk/work/").status_code == 403


def test_a_draft_of_the_counter_closes_with_the_mandate_and_is_not_lost(vera, town):
    path = vera.client.post("/desk/counter/housing-subsidy/", PERSON)["Location"]
    people.revoke_mandate(house_act(), town.mandates["vera"])
    kept = Draft.objects.count()
    town.forget()

    assert vera.client.post(path, {"version": "2", "file": "1"}).status_code == 403
    assert town.kinds() == []
    assert Draft.objects.count() == kept


def test_script_in_every_text_of_the_desk_is_shown_as_text(vera, number, sign_in, town):
    vera.post(f"/desk/cases/{number}/message/", {"words": SCRIPT})
    assert unharmed(vera.get(f"/desk/cases/{number}/"))
    assert unharmed(sign_in("anna").get(f"/cases/{number}/messages/"))
    assert unharmed(vera.get("/desk/work/?show=%3Cscript%3E&after=%3Cscript%3E&q=%3Cscript%3E"))
    assert unharmed(vera.post(f"/desk/cases/{number}/actions/return/", {"new_reason": SCRIPT}))
    for field in (*NAME, "snils", "email", "phone", "born_on.year", "channel"):
        answer = vera.client.post("/desk/counter/housing-subsidy/", PERSON | {field: SCRIPT})
        assert unharmed(answer if answer.status_code == 422 else vera.get(answer["Location"])), field
    assert unharmed(vera.get("/desk/counter/address-assignment/?asked=1&kind=%3Cscript%3E"))


def test_script_in_a_letter_is_shown_as_text_here_and_at_the_applicants(numbers, sign_in, town):
    galina, number = sign_in("galina"), Case.objects.get(state="sign").number
    path = f"/desk/cases/{number}/letters/decision/"

    galina.post(path, {"title": SCRIPT, "text": SCRIPT})

    assert unharmed(galina.get(path))
    assert galina.get(f"{path}preview.pdf").content.startswith(b"%PDF")
    galina.post(f"/desk/cases/{number}/actions/sign/")
    document = next(link for link in galina.links(f"/desk/cases/{number}/") if "/documents/" in link)
    assert unharmed(galina.get(document))
    assert unharmed(sign_in("anna").get(document.removeprefix("/desk")))


def test_script_in_what_the_house_is_set_up_with_is_shown_as_text(town, sign_in):
    artyom = sign_in("artyom")
    official = {"family_name": SCRIPT, "given_name": SCRIPT, "position_ru": SCRIPT, "email": SCRIPT}
    for path, form in (
        (
            "territories/new?in=56613000",
            {"code": SCRIPT[:20], "ru": SCRIPT, "en": SCRIPT, "zone": SCRIPT[:48]},
        ),
        ("authorities/new", {"code": SCRIPT, "ru": SCRIPT, "territory": SCRIPT}),
        ("authorities/zarechny/officials/new", official | {"how": SCRIPT, "role": SCRIPT}),
        ("authorities/zarechny/offices/new", {"code": SCRIPT, "ru": SCRIPT, "mon": SCRIPT, "phone": SCRIPT}),
        ("tokens/", {"name": SCRIPT, "scopes": [SCRIPT]}),
    ):
        answer = artyom.client.post(f"/desk/setup/{path}", form)
        assert answer.status_code in (200, 302, 422), path
        assert unharmed(answer), path
    assert unharmed(artyom.get("/desk/setup/territories/?search=%3Cscript%3E"))
    assert unharmed(artyom.get("/desk/setup/tokens/"))


def test_a_line_break_in_a_message_or_a_name_puts_nothing_into_the_head_of_a_letter(vera, number, sign_in):
    vera.post(
        f"/desk/cases/{number}/message/", {"words": "Приходите\r\nBcc: thief@example.org", "asks": "on"}
    )
    sign_in("artyom").client.post(
        "/desk/setup/authorities/zarechny/officials/new",
        {
            "family_name": "Ломова\r\nBcc: thief@example.org",
            "given_name": "Раиса",
            "position_ru": "Специалист\r\nBcc: thief@example.org",
            "how": "passport",
            "email": "raisa@zarechny.example\r\nBcc: thief@example.org",
            "role": "clerk",
        },
    )

    assert all("thief" not in str(letter.message()) for letter in mail.outbox)
    assert not Serving.objects.filter(person__isnull=True).exists()


def bomb():
    """A document of 20 kB that unpacks to 20 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 20_000_000)
    return packed.getvalue()


@pytest.mark.parametrize("content", [bomb(), b"MZ\x90\x00" + b"\0" * 100, b"<html><script>alert(1)</script>"])
def test_the_answer_of_another_authority_that_is_no_document_is_refused_and_nothing_stays(
    vera, number, town, content
):
    vera.post(f"/desk/cases/{number}/actions/register/")
    vera.client.post(f"/desk/cases/{number}/evidence/", {"evidence": "fns.income"})
    asked = next(link for link in vera.links(f"/desk/cases/{number}/") if "/evidence/" in link)
    files, kinds = CaseFile.objects.count(), town.kinds()

    upload = SimpleUploadedFile("ответ.docx", content)
    answer = vera.post(asked, {"outcome": "received", "words": "Доход подтверждён.", "file": upload})

    assert answer.status_code == 422
    assert "Доход подтверждён." in answer.content.decode()
    assert (CaseFile.objects.count(), town.kinds()) == (files, kinds)


def test_a_signature_that_is_none_is_refused(numbers, sign_in, town):
    galina, number = sign_in("galina"), Case.objects.get(state="sign").number
    galina.post(f"/desk/cases/{number}/actions/sign/")
    document = next(link for link in galina.links(f"/desk/cases/{number}/") if "/documents/" in link)
    town.forget()

    for content in (b"", b"MZ", b"\x30\x82" + b"\0" * 100, b"\0" * (1024 * 1024 + 1)):
        upload = SimpleUploadedFile("подпись.sig", content)
        answer = galina.client.post(f"{document}signature", {"signature": upload, "version": "1"})
        assert answer.status_code in (409, 422)
    assert town.kinds() == []


@pytest.mark.parametrize(
    "day", ["0001-01-01", "9999-12-31", "2026-02-31", "2026-2", "0", "завтра", "2026-11--1"]
)
def test_a_day_that_cannot_be_is_refused_and_stays_typed(town, sign_in, day):
    artyom = sign_in("artyom")
    vera = str(Serving.objects.get(person=town.people["vera"]).pk)
    base = f"/desk/setup/authorities/zarechny/officials/{vera}"

    for form in (
        typed("from_on", day) | typed("until_on", "2027-01-11"),
        typed("from_on", "2026-11-23") | typed("until_on", day),
    ):
        answer = artyom.client.post(f"{base}/absence", form)
        assert answer.status_code == 422, form
        assert "z-error-message" in answer.content.decode() or "z-error-summary" in answer.content.decode()
    mandate = {"role": "clerk"} | typed("until_on", day)
    assert artyom.client.post(f"{base}/mandate", mandate).status_code == 422
    assert town.kinds() == []

    answer = sign_in("oleg").client.post("/desk/counter/housing-subsidy/", PERSON | typed("born_on", day))
    assert answer.status_code == 422
    assert 'value="Лебедева"' in answer.content.decode()
