"""What bad input gets at the portal: a clear answer with place and advice; nothing stored, nothing lost."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from django.core import mail

from zemstvo.capabilities.cases.models import Case, CaseFile
from zemstvo.faces.portal.tests.applying import NEXT, PDF, begin, home, named, sent, to_check
from zemstvo.faces.portal.tests.visitor import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SCRIPT = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


def posted(visitor, body, kind=FORM):
    """A body as no browser would send it, to the page on the screen."""
    token = visitor.client.cookies["csrf"].value
    return visitor.client.post(visitor.path, body, content_type=kind, headers={"X-CSRFToken": token})


def row(name, value):
    return f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + value + b"\r\n"


def body_of(values):
    return "&".join(f"{name}={value}" for name, value in values).encode()


@pytest.mark.parametrize("typed", [b"\xff\xfe", b"\xd0", b"a\x00b", "\ufffd".encode()])
@pytest.mark.parametrize("kind", [FORM, FILES])
def test_what_is_no_text_is_refused_as_a_whole(zarechny, visitor, typed, kind):
    begin(visitor)
    zarechny.forget()
    form = FORM if kind == FORM else FILES
    quoted = b"".join(b"%%%02X" % byte for byte in typed)
    body = b"address.text=" + quoted if kind == FORM else row("address.text", typed) + b"--x--\r\n"

    answer = posted(visitor, body, form)

    assert answer.status_code == 400
    assert "Ничего не сохранено" in answer.content.decode()
    assert zarechny.journal() == []


@pytest.mark.parametrize("kind", [FORM, FILES])
def test_a_text_of_ten_megabytes_is_refused_and_what_stood_there_stays(zarechny, visitor, kind):
    home(begin(visitor)).opens(visitor.path.replace("household", "home"))
    zarechny.forget()
    long = b"z" * 10_000_000
    body = b"address.text=" + long if kind == FORM else row("address.text", long) + b"--x--\r\n"

    answer = posted(visitor, body, kind)

    assert answer.status_code == 413
    assert "Ничего не сохранено" in answer.content.decode()
    assert zarechny.journal() == []
    assert "ул. Садовая" in visitor.opens(visitor.path).page


def test_a_text_that_is_a_little_too_long_is_named_at_its_field_and_stays_typed(zarechny, visitor):
    begin(visitor)
    home(visitor, address__text="я" * 5_000)

    assert visitor.status == 422
    assert 'href="#address-text"' in visitor.page
    assert "яяя" in visitor.page


def test_thousands_of_fields_and_rows_are_refused(zarechny, visitor):
    home(begin(visitor))
    zarechny.forget()

    answer = posted(visitor, body_of((f"members.{n}.income", n) for n in range(2_500)))
    assert answer.status_code == 413
    for rows in ("99999999999999999999", "9" * 5_000, "-1", "1.5", "²"):
        answer = posted(visitor, f"lives_alone=no&members.rows={rows}&add=members&version=1".encode())
        assert answer.status_code in (200, 409, 422)
        assert answer.content.count(b".income") < 1_000
    assert zarechny.journal() == []


@pytest.mark.parametrize("version", ["", "-1", "0", "99999999999999999999", "1.0", "١", "1 OR 1=1"])
def test_a_made_up_version_is_stale(zarechny, visitor, version):
    begin(visitor)
    form = visitor.form(NEXT)
    filled = visitor.filled(form, NEXT, address__text="г. Заречный", tenure="owner", registered_here="yes")
    zarechny.forget()
    visitor.sends(form, filled | {"version": [version]})

    assert visitor.status == 409
    assert 'value="г. Заречный"' in visitor.page
    assert zarechny.journal() == []


def test_a_form_that_is_sent_before_its_time_sends_nothing(zarechny, visitor):
    begin(visitor)
    visitor.opens(re.sub(r"pages/.*", "applicant/", visitor.path))
    named(visitor)
    zarechny.forget()
    visitor.client.post(
        re.sub(r"pages/.*|applicant/", "check/", visitor.path),
        {"version": "2"},
        headers={"X-CSRFToken": visitor.client.cookies["csrf"].value},
    )

    assert not Case.objects.exists()
    assert zarechny.journal() == []


def test_a_later_page_may_be_sent_first_and_the_check_leads_back_to_the_one_before(zarechny, visitor):
    begin(visitor)
    visitor.opens(visitor.path.replace("pages/home", "pages/payment"))
    visitor.presses(NEXT, pay_to="post")
    visitor.opens(re.sub(r"pages/.*", "check/", visitor.path))

    assert visitor.path.endswith("/pages/home/")
    assert not Case.objects.exists()


def test_a_page_that_is_sent_after_the_application_changes_nothing(zarechny, visitor):
    begin(visitor)
    page, form = visitor.path, visitor.form(NEXT)
    filled = visitor.filled(form, NEXT, address__text="поздно", tenure="owner", registered_here="yes")
    to_check(visitor)
    named(visitor).presses("Отправить заявление")
    zarechny.forget()
    visitor.path = page
    visitor.sends(form, filled)

    assert visitor.status == 200
    assert "/cases/" in visitor.path
    assert zarechny.journal() == []


def test_a_supplement_that_nobody_asked_for_changes_nothing(zarechny, visitor):
    sent(visitor)
    number = re.search(r"ZARECHNY-2026-\d{6}-\d", visitor.page)[0]
    zarechny.forget()
    visitor.path = f"/cases/{number}/supplement/"
    answer = posted(visitor, b"version=1&monthly_cost=1&asked=monthly_cost")

    assert (answer.status_code, answer["Location"]) == (302, f"/cases/{number}/")
    assert zarechny.journal() == []


@pytest.mark.parametrize("page", ["pages/home/", "applicant/", "check/", "discard/", "code/", ""])
def test_a_stranger_who_guesses_the_address_of_a_draft_gets_nothing(zarechny, visitor, sign_in, page):
    begin(visitor)
    address = re.sub(r"pages/.*", page, visitor.path)
    strangers = (Visitor().opens("/track/"), sign_in("stepan").opens("/track/"))
    zarechny.forget()

    for stranger in strangers:
        assert stranger.opens(address).status in (403, 404)
        stranger.path = address
        assert posted(stranger, b"version=1&pay_to=post").status_code in (403, 404, 405)
    made_up = address.replace(address.split("/")[2], "01a20a31-26d8-7ecb-8f36-2ba74dbdc877")
    assert strangers[0].opens(made_up).status == 404
    assert zarechny.journal() == []


@pytest.mark.parametrize(
    "path",
    ["messages/", "supplement/", "withdraw/", "leave/", "answers/", "history/", "receipt/", "promise/"],
)
def test_a_stranger_who_guesses_the_number_of_a_case_gets_nothing(zarechny, visitor, sign_in, path):
    sent(visitor)
    number = re.search(r"ZARECHNY-2026-\d{6}-\d", visitor.page)[0]
    strangers = (Visitor().opens("/track/"), sign_in("stepan").opens("/track/"))
    zarechny.forget()

    for stranger in strangers:
        if path != "leave/":
            assert stranger.opens(f"/cases/{number}/{path}").status in (403, 404)
            assert "Морозова" not in stranger.page
        stranger.path = f"/cases/{number}/{path}"
        answer = posted(stranger, b"version=1&words=hello")
        assert answer.status_code in (302, 403, 404, 405)
    assert zarechny.journal() == []


@pytest.mark.parametrize("page", ["pages/home/", "applicant/", "check/", "discard/"])
def test_a_form_of_the_application_without_its_token_is_refused_with_advice(zarechny, visitor, page):
    begin(visitor)
    zarechny.forget()

    answer = visitor.client.post(re.sub(r"pages/.*", page, visitor.path), {"version": "1", "pay_to": "post"})

    assert answer.status_code == 403
    assert "Обновите её и отправьте ещё раз" in answer.content.decode()
    assert zarechny.journal() == []


def test_script_in_every_text_of_an_application_is_shown_as_text(zarechny, visitor, sign_in):
    begin(visitor)
    home(visitor, address__text=SCRIPT)
    assert unharmed(visitor.opens(visitor.path.replace("household", "home")))
    visitor.presses(NEXT)
    member = {"member__family_name": SCRIPT, "member__given_name": SCRIPT, "relation": "child", "income": "0"}
    visitor.presses(NEXT, lives_alone="no")
    visitor.presses(NEXT, **{f"members__0__{name}": value for name, value in member.items()})
    assert unharmed(visitor) and visitor.status == 422
    visitor.presses(NEXT, members__0__member__born_on__day=SCRIPT, members__0__income=SCRIPT)
    assert unharmed(visitor) and visitor.status == 422
    visitor.opens(visitor.path.replace("household", "costs"))
    visitor.presses(NEXT, monthly_cost=SCRIPT, court_debt="no")
    assert unharmed(visitor) and visitor.status == 422
    visitor.opens(visitor.path.replace("pages/costs", "applicant"))
    named(visitor, who__family_name=SCRIPT, address=SCRIPT, phone=SCRIPT, email=SCRIPT)
    assert unharmed(visitor) and visitor.status == 422
    named(visitor, who__family_name="Морозова", address=SCRIPT, phone=SCRIPT, email="")
    assert unharmed(visitor.opens(visitor.path.replace("applicant", "check")))


@pytest.mark.parametrize(
    "path", ["/services/?q={}", "/place/?q={}", "/verify?code={}", "/verify/{}", "/place/?next={}", "/?q={}"]
)
def test_script_in_an_address_is_shown_as_text(visitor, path):
    quoted = "%22%27%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"
    visitor.opens(path.format(quoted))

    assert visitor.status < 500
    assert unharmed(visitor)


def test_script_in_a_wrong_code_is_shown_as_text(visitor):
    for path in ("/track/", "/drafts/resume/"):
        form = next(one for one in visitor.opens(path).read.forms if one.method == "post" and not one.action)
        visitor.sends(form, {name: [value] for name, value in form.values} | {"code": [SCRIPT[:60]]})
        assert visitor.status == 422
        assert unharmed(visitor)


def unharmed(visitor):
    """Whether nothing of the script is mark-up on the page."""
    return not re.search(r"<script|<img|onerror=alert\(2\)>(?!\{)", visitor.page)


def test_a_name_with_a_line_break_puts_nothing_into_the_head_of_a_letter(zarechny, visitor):
    to_check(begin(visitor))
    named(
        visitor,
        who__family_name="Морозова\r\nBcc: thief@example.org",
        who__snils="",
        email="anna@zarechny.example",
    )
    visitor.presses("Отправить заявление")

    assert visitor.read.heading == "Заявление принято"
    for letter in mail.outbox:
        assert "Bcc" not in letter.message().as_string()
        assert "\n" not in letter.subject


@pytest.mark.parametrize(
    "address",
    [
        "a@b.ru\r\nBcc: thief@example.org",
        "a@b.ru\nthief@example.org",
        "a@b.ru,thief@example.org",
        "a@b\x0b.ru",
    ],
)
def test_an_address_that_holds_another_one_is_refused_at_its_field(zarechny, visitor, address):
    to_check(begin(visitor))
    zarechny.forget()
    named(visitor, email=address)

    assert visitor.status == 422
    assert 'href="#email"' in visitor.page
    assert zarechny.journal() == []
    assert mail.outbox == []


@pytest.mark.parametrize("address", ["a@b.ru\r\nBcc: thief@example.org", "a@b.ru,thief@example.org"])
@pytest.mark.parametrize("path", ["/account/signup/", "/account/login/code/"])
def test_signing_in_sends_no_letter_to_two_addresses_at_once(zarechny, path, address):
    visitor = Visitor().opens(path)
    token = visitor.client.cookies["csrf"].value
    visitor.client.post(path, {"email": address}, headers={"X-CSRFToken": token})

    assert mail.outbox == []


def bomb():
    """A document of 20 kB that unpacks to 20 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * 20_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("бомба.docx", bomb()),
        ("бомба.pdf", bomb()),
        ("вирус.pdf", b"MZ\x90\x00" + b"\0" * 100),
        ("страница.pdf", b"<html><script>alert(1)</script></html>"),
        ("рисунок.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("пусто.pdf", b""),
        ("../../etc/passwd", b"root:x:0:0"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_at_its_field(zarechny, visitor, name, content):
    begin(visitor)
    home(visitor, tenure="private_tenant")
    zarechny.forget()
    visitor.presses("Приложить", files={"tenure_document": (name, content)})

    assert visitor.status == 422, name
    assert 'href="#tenure_document"' in visitor.page
    assert 'value="г. Заречный, ул. Садовая, д. 5"' in visitor.page
    assert (zarechny.journal(), CaseFile.objects.count()) == ([], 0)


def test_the_name_of_a_file_leads_nowhere_and_breaks_no_header(zarechny, visitor):
    begin(visitor)
    home(visitor, tenure="private_tenant")
    visitor.presses("Приложить", files={"tenure_document": ("..\\..\\a<b>\r\nX: y.pdf", PDF)})

    assert unharmed(visitor)
    assert visitor.status in (200, 422)
    assert "..\\" not in visitor.page and "<b>" not in visitor.page


def test_files_for_questions_that_take_none_are_passed_over(zarechny, visitor):
    begin(visitor)
    home(visitor, tenure="private_tenant")
    before = CaseFile.objects.count()
    visitor.presses("Приложить", files={"address": ("a.pdf", PDF), "nowhere": ("b.pdf", PDF)})

    assert visitor.status in (200, 422)
    assert CaseFile.objects.count() == before


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("31", "2", "2000"),
        ("0", "0", "0"),
        ("1", "1", "1"),
        ("31", "12", "9999"),
        ("1", "13", "2000"),
        ("", "5", "2000"),
        ("-1", "1", "2000"),
        ("１", "1", "2000"),
        ("1", "1", "99999999999999999999"),
        ("день", "месяц", "год"),
    ],
)
def test_a_day_that_cannot_be_is_named_at_its_field_and_stays_typed(zarechny, visitor, day, month, year):
    home(begin(visitor)).presses(NEXT, lives_alone="no")
    zarechny.forget()
    typed = {"family_name": "Морозов", "given_name": "Илья"}
    born = {"born_on__day": day, "born_on__month": month, "born_on__year": year}
    rows = {f"members__0__member__{name}": value for name, value in (typed | born).items()}
    visitor.presses(NEXT, **rows, members__0__relation="child", members__0__income="0")

    assert visitor.status == 422
    assert 'href="#members-0-member-born_on-day"' in visitor.page
    assert 'value="Морозов"' in visitor.page
    assert zarechny.kinds() in ([], ["draft.page_failed"])

    visitor.opens(re.sub(r"pages/.*", "applicant/", visitor.path))
    named(visitor, **{f"who__{name}": value for name, value in born.items()})
    assert visitor.status == 422
    assert 'href="#who-born_on-day"' in visitor.page


@pytest.mark.parametrize("amount", ["-1", "1e9", "9" * 40, "NaN", "0,001", "1,2,3", "много"])
def test_an_amount_that_cannot_be_is_named_at_its_field(zarechny, visitor, amount):
    home(begin(visitor)).opens(visitor.path.replace("household", "costs"))
    visitor.presses(NEXT, monthly_cost=amount, court_debt="no")

    assert visitor.status == 422
    assert 'href="#monthly_cost"' in visitor.page


def test_an_option_that_is_not_offered_is_refused(zarechny, visitor):
    begin(visitor)
    home(visitor, tenure="king")

    assert visitor.status == 422
    assert 'href="#tenure-1"' in visitor.page
