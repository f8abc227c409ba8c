"""What people and machines in Zarechny see when something was refused or went wrong."""

import json
import logging

import pytest
from django.test import Client

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.site.logs import JsonLines
from zemstvo.site.problems import refusals

pytestmark = pytest.mark.urls("zemstvo.site.tests.broken_pages")


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("no-mandate", 403, "You have no mandate"),
        ("stale", 409, "Somebody changed"),
        ("later", 429, "Too many attempts"),
        ("missing", 404, "There is no such page"),
        ("denied", 403, "not open to you"),
        ("suspicious", 400, "could not be read"),
        ("locked", 503, "busy or under repair"),
        ("malformed", 503, "busy or under repair"),
        ("full-database", 503, "no room left"),
        ("full-disk", 503, "no room left"),
        ("nul", 400, "signs that are not text"),
        ("unforeseen", 500, "Something went wrong on our side"),
    ],
)
def test_what_failed_is_said_in_words_with_its_status(visitor, name, status, words):
    answer = visitor.get(f"/broken/{name}")

    assert answer.status_code == status
    page = answer.content.decode()
    assert words in page
    assert page.count("<h1") == 1
    assert "Traceback" not in page and "anna@" not in page and "bad secret" not in page
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("name", "seconds"), [("locked", "10"), ("full-disk", "300"), ("later", "60")])
def test_what_passes_by_itself_says_when_to_come_again(visitor, name, seconds):
    assert visitor.get(f"/broken/{name}")["Retry-After"] == seconds


def test_an_unforeseen_error_gives_the_number_under_which_the_log_has_it(visitor):
    answer = visitor.get("/broken/unforeseen")

    assert answer["X-Request-Id"] in answer.content.decode()


def test_a_machine_gets_a_problem_with_the_code_of_the_refusal(visitor):
    answer = visitor.get("/api/stale")

    assert answer["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.content)
    assert problem["status"] == answer.status_code == 409
    assert problem["code"] == "stale"
    assert problem["type"].endswith("/problems/stale")
    assert problem["detail"].startswith("Look at the current state")


def test_the_address_of_a_problem_says_what_it_means(visitor):
    address = json.loads(visitor.get("/api/stale").content)["type"]

    page = visitor.get("/problems/" + address.rpartition("/")[2]).content.decode()

    assert "Somebody changed this page" in page and "409" in page
    assert visitor.get("/problems/no.such.code").status_code == 404


def test_no_two_refusals_share_a_code():
    shared = [
        (found.code, cls)
        for cls in every_refusal()
        if (found := refusals()[cls.code]) is not cls and cls.message != found.message
    ]

    assert [code for code, _cls in shared if code not in ("not-found", "request.too-large")] == []


def every_refusal(base=Refusal):
    """Every refusal of the house; what a test makes up is none."""
    for cls in base.__subclasses__():
        if ".tests." not in cls.__module__:
            yield cls
        yield from every_refusal(cls)


def test_the_page_is_in_the_language_of_the_visitor():
    page = Client(headers={"accept-language": "ru"}).get("/broken/missing").content.decode()

    assert 'lang="ru"' in page
    assert "Такой страницы нет" in page


@pytest.mark.parametrize("body", [b"text=%00", b"text=\xff\xfe", b"text=%D0"])
def test_a_form_that_is_not_text_is_refused_as_a_whole(visitor, body):
    answer = visitor.post("/echo", body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "signs that are not text" in answer.content.decode()


def test_an_address_with_a_nul_in_it_reaches_no_view(visitor):
    assert visitor.get("/echo%00").status_code == 400
    assert visitor.get("/echo?text=%00").status_code == 400


def test_a_form_of_ten_megabytes_is_refused_with_413(visitor, settings):
    long = "z" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    answer = visitor.post("/echo", {"text": long})
    assert answer.status_code == 413

    answer = visitor.post(
        "/echo", b"", content_type="text/plain", CONTENT_LENGTH=str(settings.REQUEST_BYTES + 1)
    )
    assert answer.status_code == 413


def test_a_form_without_its_token_says_what_to_do():
    answer = Client(enforce_csrf_checks=True, headers={"accept-language": "en"}).post(
        "/echo", {"text": "hello"}
    )

    assert answer.status_code == 403
    assert "Reload it and send it again" in answer.content.decode()


def test_a_log_line_of_an_error_holds_its_place_and_not_its_text():
    try:
        raise ValueError("anna@example.org")
    except ValueError as error:
        record = logging.LogRecord("zemstvo.errors", logging.ERROR, "", 0, "could not answer", None, None)
        record.exc_info = (type(error), error, error.__traceback__)

    line = JsonLines().format(record)

    assert "test_errors.py" in line and "ValueError" in line
    assert "anna@" not in line


def test_security_headers_stand_on_every_answer(visitor):
    answer = visitor.get("/echo")

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
