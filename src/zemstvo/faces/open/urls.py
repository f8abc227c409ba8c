"""The addresses of what everybody sees."""

from __future__ import annotations

from django.urls import path

from zemstvo.faces.open.views import journal, verify

app_name = "open"

urlpatterns = [
    path("verify", verify.ask, name="verify"),
    path("verify/<str:code>", verify.verify, name="verified"),
    path("journal", journal.journal, name="journal"),
]
