"""GET /api/v1/services and /services/{id}: what can be applied for, and the form of its answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from zemstvo.capabilities.services import queries
from zemstvo.capabilities.services.package import Package
from zemstvo.faces.api.shapes import ServiceOut, ServicePageOut


def services(request: HttpRequest) -> list[ServiceOut]:
    """All services that can be applied for, by id."""
    return [ServiceOut(**_row(package)) for package in queries.live_services()]


def service(request: HttpRequest, id: str) -> ServicePageOut:
    """One service, with the JSON Schema of its answers."""
    package = queries.live(id)
    return ServicePageOut(**_row(package), answers=dict(package.answer_schema))


def _row(package: Package) -> dict[str, Any]:
    return {
        "service": package.service,
        "version": package.version,
        "title": dict(package.title),
        "level": package.level,
        "life_events": list(package.life_events),
        "channels": sorted(package.channels),
    }
