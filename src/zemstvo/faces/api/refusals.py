"""What the door of the API says no to, before any room is asked."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal


class TokenMissing(Refusal):
    """The request shows no token."""

    code = "token.missing"
    message = _("This address asks for a token.")
    advice = _("Send the header “Authorization: Bearer …” with a token from the administrator.")
    status = 401


class NoIntermediary(Refusal):
    """The token of no intermediary says that an intermediary sends the application."""

    code = "token.no-intermediary"
    message = _("This token belongs to no intermediary, so the channel “intermediary” is not open to it.")
    advice = _("Leave the channel out, or ask the administrator for a token that names the intermediary.")
    status = 403


class RequestUnreadable(Refusal):
    """The body is no JSON text, or not one that can be stored."""

    code = "request.unreadable"
    message = _("The body cannot be read as JSON: %(why)s.")
    advice = _("Send one JSON object in UTF-8, without NUL signs, at most %(most_kb)s kB long.")
    status = 400


class RequestTooLarge(Refusal):
    """The body is longer than the address takes."""

    code = "request.too-large"
    message = _("The body has more than %(most_kb)s kB.")
    advice = _("Upload each file apart at /api/v1/files, within its limit, and name the ids in the answers.")
    status = 413


class MediaTypeUnknown(Refusal):
    """The body is not declared as JSON."""

    code = "request.media-type"
    message = _("The body must be declared as application/json.")
    status = 415


class FileNotDeclared(Refusal):
    """The body is not declared as a file."""

    code = "request.file-media-type"
    message = _("The body must be the file itself, declared as application/octet-stream.")
    advice = _("Put its name into the header File-Name, percent-encoded, and the bytes into the body.")
    status = 415


class RequestInvalid(Refusal):
    """The body is JSON, but not of the form that the OpenAPI description gives."""

    code = "request.invalid"
    message = _("The request has not the described form: %(fields)s.")
    advice = _("Compare it with /api/v1/openapi.json; “zemstvo packages example” prints a right one.")

    def __init__(self, *, errors: Sequence[dict[str, str]]) -> None:
        self.errors = list(errors)
        super().__init__(fields=", ".join(dict.fromkeys(error["field"] for error in self.errors)))


class IdempotencyKeyMissing(Refusal):
    """An application came without an Idempotency-Key, or with one that is none."""

    code = "idempotency.missing"
    message = _("The header Idempotency-Key is missing, or is longer than %(most)s visible ASCII signs.")
    advice = _("Make a random key for each application and send the same one when you try again.")
    status = 400
