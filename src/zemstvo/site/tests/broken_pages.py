"""Addresses that fail in each way that an address can fail."""

import errno

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, DataError, IntegrityError, OperationalError
from django.http import Http404, HttpResponse
from django.urls import path

from zemstvo.ground.journal.refusals import NoMandate, Stale, TryLater
from zemstvo.site import urls


def raising(error):
    def view(request):
        raise error

    return view


ERRORS = {
    "no-mandate": NoMandate(right="case.decide", territory="71"),
    "stale": Stale(),
    "later": TryLater(),
    "missing": Http404(),
    "denied": PermissionDenied(),
    "suspicious": SuspiciousOperation("bad secret"),
    "locked": OperationalError("database is locked"),
    "full-database": OperationalError("database or disk is full"),
    "malformed": DatabaseError("database disk image is malformed"),
    "nul": DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes"),
    "full-disk": OSError(errno.ENOSPC, "No space left on device"),
    "unforeseen": IntegrityError("Key (email)=(anna@example.org) already exists"),
}


def echo(request):
    return HttpResponse(request.POST.get("text", ""))


urlpatterns = [
    *urls.urlpatterns,
    *(path(f"broken/{name}", raising(error)) for name, error in ERRORS.items()),
    path("echo", echo),
]
urlpatterns += [path("api/stale", raising(Stale()))]

handler400, handler403, handler404, handler500 = (
    urls.handler400,
    urls.handler403,
    urls.handler404,
    urls.handler500,
)
