"""The pages that say no: what happened, and what the person can do.

`site` turns exceptions into these; they are drawn without a database and without a session, so that they also
stand when everything else has fallen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal


class Sentence(Protocol):
    """A sentence, translated when it is shown."""

    def __str__(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says of a status: the heading, what happened, what to do."""

    heading: Sentence
    happened: Sentence
    advice: Sentence


WORDS: dict[int, Words] = {
    400: Words(
        _("The request could not be read"),
        _("Something arrived here that no form of ours sends."),
        _("Go back, open the page anew and send the form again."),
    ),
    403: Words(
        _("This page is not open to you"),
        _("Either you are not signed in, or this belongs to somebody else, or the form is too old."),
        _("Sign in, open the page anew and try again. If you should have access, ask at the office."),
    ),
    404: Words(
        _("There is no such page"),
        _("The address may be mistyped, or the page has been taken away."),
        _("Check the address, or look for the service on the start page."),
    ),
    405: Words(
        _("This page takes no such request"),
        _("The page exists, but cannot be opened in this way."),
        _("Go to the start page and find the way from there."),
    ),
    409: Words(
        _("Something changed meanwhile"),
        _("What you sent was older than what stands here now, so it was not taken. Nothing was lost."),
        _("Open the page anew, look at the present state and make your change again."),
    ),
    413: Words(
        _("That was too much at once"),
        _("What you sent is larger than this page takes, so it was not read. Nothing else was lost."),
        _("Make the file smaller, or attach several small ones. A photo of lower quality is enough."),
    ),
    422: Words(
        _("It cannot be done like this"),
        _("The rules do not allow what was asked. Nothing was changed."),
        _("Go back and correct it."),
    ),
    429: Words(
        _("Too many attempts"),
        _("There were too many attempts in a short time, so the door is shut for a while."),
        _("Wait a few minutes and try again."),
    ),
    500: Words(
        _("Our mistake"),
        _("Something broke here. What you sent before is kept; the last step may not have been taken."),
        _("Try again in a few minutes. If it happens again, tell us the number below."),
    ),
    503: Words(
        _("Closed for a moment"),
        _("The service is being repaired or has too much to do. What you sent before is kept."),
        _("Try again in a few minutes; nothing is sent twice."),
    ),
}


def error_page(
    status: int, *, request: HttpRequest | None = None, refusal: Refusal | None = None, reference: str = ""
) -> HttpResponse:
    """The page of a status; a refusal speaks for itself. `reference` is the id of the request, to tell by phone.

    From 500 on nothing of the request is used but its language.
    """
    words = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    context = {
        "status": status,
        "heading": words.heading,
        "happened": str(refusal) if refusal else words.happened,
        "advice": refusal.counsel if refusal and refusal.counsel else words.advice,
        "reference": reference,
    }
    if request is None or status >= 500:
        return HttpResponse(render_to_string("components/error.html", context), status=status)
    return render(request, "components/error.html", context, status=status)
