"""Addresses of the citizens' pages. No address holds anything personal; a code is never in one."""

from __future__ import annotations

from django.urls import path

from zemstvo.faces.portal.views import mailbox, start

app_name = "portal"

urlpatterns = [
    path("", start.start, name="start"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:id>/", mailbox.mailbox_letter, name="mailbox-letter"),
]
