"""GET /api/v1/journal/…: the newest checkpoint, and the proof that a fact is sealed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from zemstvo.ground.journal import queries
from zemstvo.ground.journal.refusals import NotFound


def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint: a signed note (C2SP tlog-checkpoint), as plain text."""
    head = queries.latest_checkpoint()
    if head is None:
        raise NotFound
    response = HttpResponse(head.note, content_type="text/plain; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def proof(request: HttpRequest, fact: str) -> dict[str, object]:
    """The inclusion proof of a fact (RFC 6962 §2.1.1), with the checkpoint under which it holds."""
    return queries.proof(fact).as_dict()
