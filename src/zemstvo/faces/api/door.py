"""The door of the API: who knocks, and what was put into the body. Nothing of it is believed unread."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, TypeVar

from django.http import HttpRequest
from pydantic import BaseModel, ValidationError

from zemstvo.capabilities.cases.requests import RequestKey
from zemstvo.faces.api.refusals import (
    FileNotDeclared,
    IdempotencyKeyMissing,
    MediaTypeUnknown,
    RequestInvalid,
    RequestTooLarge,
    RequestUnreadable,
    TokenMissing,
)
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import queries as people

Headers = Mapping[str, Any]
"""What came with a request: the environment of WSGI, which is `request.META`."""

Shape = TypeVar("Shape", bound=BaseModel)

MOST_KB = 1024
"""The longest body, in kB: an application without its files is far below."""

LONGEST_KEY = 128
_KEY = re.compile(rf"[\x21-\x7e]{{1,{LONGEST_KEY}}}")


def act_of(meta: Headers) -> Act:
    """The act of the machine whose token the request shows. Refuses with TokenMissing, UnknownToken."""
    scheme, _, secret = meta.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise TokenMissing
    return people.act_of_token(secret.strip(), datetime.now(UTC))


def key_of(meta: Headers, act: Act, body: bytes) -> RequestKey:
    """The Idempotency-Key of the request with the hash of its body. Refuses with IdempotencyKeyMissing."""
    key = meta.get("HTTP_IDEMPOTENCY_KEY", "")
    if not _KEY.fullmatch(key):
        raise IdempotencyKeyMissing(most=LONGEST_KEY)
    return RequestKey(token=act.actor, key=key, body_hash=sha256(body).digest())


def body_of(request: HttpRequest) -> bytes:
    """The bytes of the body. Refuses with MediaTypeUnknown, RequestTooLarge."""
    if request.content_type != "application/json":
        raise MediaTypeUnknown
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdigit() or int(declared) > MOST_KB * 1024:
        raise RequestTooLarge(most_kb=MOST_KB)
    return request.body


def file_of(request: HttpRequest, *, most: int) -> bytes:
    """The bytes of a file that is the body itself, at most so many. What it is, its content says.

    Refuses with FileNotDeclared, RequestTooLarge.
    """
    if request.content_type != "application/octet-stream":
        raise FileNotDeclared
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdigit() or int(declared) > most:
        raise RequestTooLarge(most_kb=most // 1024)
    return request.read(most)


def shaped(shape: type[Shape], body: bytes) -> Shape:
    """The body in its described shape. Refuses with RequestUnreadable, RequestInvalid."""
    if b"\x00" in body or b"\\u0000" in body:
        raise RequestUnreadable(why="NUL", most_kb=MOST_KB)
    try:
        return shape.model_validate_json(body)
    except ValidationError as invalid:
        errors = invalid.errors(include_url=False, include_context=False, include_input=False)
        if any(error["type"] == "json_invalid" for error in errors):
            raise RequestUnreadable(why=errors[0]["msg"], most_kb=MOST_KB) from None
        raise RequestInvalid(
            errors=[
                {"field": ".".join(str(part) for part in error["loc"]) or "body", "message": error["msg"]}
                for error in errors[:50]
            ]
        ) from None
