"""What a service owner sees: the services that are live, and their versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from zemstvo.capabilities.services import queries as services
from zemstvo.faces.desk.working import Request, at_desk


@at_desk
def packages(request: Request) -> HttpResponse:
    """The live services with all their published versions."""
    request.act.must("service.read", request.act.territory, authority=request.act.authority)
    rows = [
        {"package": package, "versions": services.versions(package.service)}
        for package in services.live_services()
    ]
    return render(request, "desk/packages.html", {"rows": rows})
