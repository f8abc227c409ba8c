"""Notices: what happened in my cases, the newest first."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.faces.portal.visiting import Request, signed_in, zone_of


@signed_in
def notices(request: Request) -> HttpResponse:
    """All notices; a button says that they are read."""
    rows = cases.notices(request.act)
    if request.method == "POST":
        for row in rows:
            if not row.is_read:
                commands.read_notice(request.act, row.id)
        return HttpResponseRedirect(reverse("portal:notices"))
    context = {"zone": zone_of(request), "notices": rows, "unread": any(not row.is_read for row in rows)}
    return render(request, "portal/notices.html", context)
