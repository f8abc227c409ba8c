"""Pages go compressed over the wire, as far as the browser takes it."""

from __future__ import annotations

import gzip

import brotli
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from zemstvo.faces.components.compressing import compressing

PAGE = "<p>Земство</p>" * 100


def asked(accepted: str, response: HttpResponse) -> HttpResponse:
    request = RequestFactory().get("/", headers={"accept-encoding": accepted})
    return compressing(lambda _request: response)(request)


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip;q=1.0", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_is_packed_as_the_browser_takes_it(accepted, encoding, unpack):
    answer = asked(accepted, HttpResponse(PAGE))

    assert answer.headers.get("Content-Encoding") == encoding
    assert unpack(answer.content).decode() == PAGE
    assert "Accept-Encoding" in answer.headers["Vary"]
    if encoding:
        assert int(answer.headers["Content-Length"]) == len(answer.content) < 200


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("short"),
        HttpResponse(b"%PDF" * 500, content_type="application/pdf"),
        HttpResponse(PAGE, headers={"Content-Encoding": "br"}),
    ],
)
def test_what_is_short_or_packed_already_is_sent_as_it_is(response):
    content = response.content

    assert asked("br", response).content == content
