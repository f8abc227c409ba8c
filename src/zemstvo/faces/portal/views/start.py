"""The start page: search, life events, authorities."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def start(request: HttpRequest) -> HttpResponse:
    """Where everybody begins."""
    return render(request, "portal/start.html")
