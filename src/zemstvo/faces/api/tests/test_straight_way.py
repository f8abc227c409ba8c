"""An application takes the straight way, and whatever is not plainly well takes the long one."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler

from zemstvo.capabilities.cases.models import Case
from zemstvo.site.straight import straight

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

LONG = WSGIHandler()


class Door:
    """The front door of a web process; `went_on` counts what it handed to the framework."""

    def __init__(self, machine):
        self.machine = machine
        self.went_on = 0
        self.application = straight(self.hand_on)

    def hand_on(self, environ, start_response):
        self.went_on += 1
        return LONG(environ, start_response)

    def send(self, body, *, key="k-1", method="POST", path="/api/v1/applications", **extra):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        said = {}
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "HTTP_HOST": "127.0.0.1",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(content)),
            "HTTP_AUTHORIZATION": f"Bearer {self.machine.secret}",
            "HTTP_IDEMPOTENCY_KEY": key,
            "wsgi.input": BytesIO(content),
            "wsgi.url_scheme": "http",
            **extra,
        }
        pieces = self.application(
            environ, lambda status, headers: said.update(status=status, headers=headers)
        )
        return int(said["status"][:3]), dict(said["headers"]), json.loads(b"".join(pieces))


@pytest.fixture
def door(machine):
    return Door(machine)


def test_what_goes_well_is_answered_as_the_framework_would(door, application):
    status, headers, told = door.send(application)
    assert door.went_on == 0
    _status, usual, repeated = door.send(application, HTTP_X_REQUEST_ID="by-the-long-way")
    assert door.went_on == 1

    assert (status, told) == (201, repeated)
    own = {"X-Request-Id", "Vary"}  # the straight way never compresses
    assert {name: headers[name] for name in headers.keys() - own} == {
        name: usual[name] for name in usual.keys() - own
    }
    assert Case.objects.count() == 1


def test_a_refused_application_is_refused_in_words(door, application):
    status, headers, told = door.send(application | {"answers": {}})

    assert (status, headers["Content-Type"]) == (422, "application/problem+json")
    assert told["code"] == "answers.invalid" and told["errors"]
    assert (door.went_on, Case.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("extra", "status"),
    [
        ({"HTTP_AUTHORIZATION": ""}, 401),
        ({"HTTP_IDEMPOTENCY_KEY": ""}, 400),
        ({"CONTENT_TYPE": "text/plain"}, 415),
        ({"CONTENT_LENGTH": "2000000"}, 413),
        ({"REQUEST_METHOD": "DELETE"}, 405),
    ],
)
def test_whatever_is_not_plainly_well_is_handed_on_untouched(door, application, extra, status):
    try:
        answered, _headers, _told = door.send(application, **extra)
    except json.JSONDecodeError:
        answered = 405
    assert answered == status
    assert (door.went_on, Case.objects.count()) == (1, 0)


def test_a_body_that_is_no_json_is_said_to_be_none(door):
    status, _headers, told = door.send(b'{"service": ')

    assert (status, told["code"]) == (400, "request.unreadable")


def test_a_key_that_was_used_for_another_body_is_a_conflict(door, application):
    door.send(application)
    status, _headers, _told = door.send(application | {"language": "en"})

    assert (status, Case.objects.count()) == (409, 1)


def test_every_other_address_is_the_frameworks(door, application):
    status, _headers, _told = door.send(application, path="/api/v1/nothing")

    assert (status, door.went_on) == (404, 1)
