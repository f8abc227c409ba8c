"""Addresses of the citizens' pages. No address holds anything personal; a code is never in one."""

from __future__ import annotations

from django.urls import path

from zemstvo.faces.portal.views import start

app_name = "portal"

urlpatterns = [
    path("", start.start, name="start"),
]
