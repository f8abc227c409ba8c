"""The mailbox page of the demo."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zemstvo.faces.portal.mailbox import letter, letters
from zemstvo.faces.portal.visiting import zone_of


def mailbox(request: HttpRequest) -> HttpResponse:
    """All letters that the demo has sent, the newest first."""
    return render(request, "portal/mailbox.html", {"letters": letters(_folder()), "zone": zone_of(request)})


def mailbox_letter(request: HttpRequest, id: str) -> HttpResponse:
    """One letter of the demo."""
    found = letter(_folder(), id)
    if found is None:
        raise Http404(_("There is no such letter."))
    return render(request, "portal/mailbox_letter.html", {"letter": found, "zone": zone_of(request)})


def _folder() -> Path:
    if not settings.DEMO:
        raise Http404
    return Path(settings.MAIL_FOLDER)
