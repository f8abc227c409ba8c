"""Who works here: the guard of the desk's pages, and what each page knows of the one who works."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from zemstvo.capabilities.services import queries as services
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people.queries import MandateChoice

if TYPE_CHECKING:
    from zemstvo.ground.people.middleware import Visited

    class Request(Visited):
        """A request at the desk, as the middleware makes it."""

        act: Act
        official: MandateChoice

else:
    Request = HttpRequest

HOMES = {
    "clerk": "desk:work",
    "head": "desk:work",
    "service_owner": "desk:packages",
    "administrator": "desk:setup",
}
"""Where an official begins the day, by role."""


def at_desk(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view for officials; others sign in, set up a second factor, or hear that they have no mandate."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if request.wants_second_factor:
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        if request.official is None:
            raise NoMandate(right="desk", territory="")
        return view(request, *args, **kwargs)

    return guarded


def registers_of_results() -> dict[str, str]:
    """The registers into which the live services write, with their titles in the active language."""
    return {
        package.result.register: package.text(package.result.title)
        for package in services.live_services()
        if package.result
    }


def version_of(request: HttpRequest) -> int:
    """The row version that the form was opened with; 0 where it says none, which is always stale."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
