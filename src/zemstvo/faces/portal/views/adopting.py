"""A draft that was begun without an account, once its holder is signed in: the account takes it over.

That seals it anew and ends its code, so it is asked for by a button and not done by opening a page.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from zemstvo.faces.components.views import way_back
from zemstvo.faces.portal.drafting import Drafting, waits_for_account
from zemstvo.faces.portal.visiting import Request


def in_account(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view of a draft; opened by somebody signed in who holds its code, the question whether the account
    takes it over comes first.
    """

    @wraps(view)
    def guarded(request: Request, draft: str, **place: str) -> HttpResponse:
        if request.method != "POST" and _waits(request, draft):
            asked = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('portal:draft-adopt', args=(draft,))}?{asked}")
        return view(request, draft, **place)

    return guarded


def adopt_draft(request: Request, draft: str) -> HttpResponse:
    """Ask whether the account takes the draft over; it does by the button."""
    if request.method == "POST":
        Drafting.of(request, draft)
        return HttpResponseRedirect(way_back(request))
    if not _waits(request, draft):
        return HttpResponseRedirect(reverse("portal:draft", args=(draft,)))
    return render(request, "portal/adopt_draft.html", {"next": way_back(request)})


def _waits(request: Request, draft: str) -> bool:
    """Costs nothing but for who is signed in and opened the draft by its code."""
    if not request.user.is_authenticated or draft not in request.session.get("drafts", []):
        return False
    drafting = Drafting.of(request, draft)
    return waits_for_account(request, drafting.draft, drafting.package)
