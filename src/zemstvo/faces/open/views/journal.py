"""The public face of the journal: its newest checkpoint, and how to prove one's own entry."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zemstvo.ground.journal import queries


def journal(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint in words and as the signed note itself."""
    return render(request, "open/journal.html", {"checkpoint": queries.latest_checkpoint()})
