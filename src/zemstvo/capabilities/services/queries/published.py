"""Questions about published packages. Compiled packages are kept in memory under their digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from zemstvo.capabilities.services.compiling import DocumentIsFaulty, compile_package, digest
from zemstvo.capabilities.services.local import fitting_values, localised
from zemstvo.capabilities.services.models import LiveVersion, LocalValues, ServiceVersion
from zemstvo.capabilities.services.package import FieldType, Package
from zemstvo.capabilities.services.refusals import NoSuchService, ServiceIsRetired
from zemstvo.capabilities.services.shape import schema
from zemstvo.ground.statements import written_once
from zemstvo.ground.territory.queries import lineage as line_of


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One published version."""

    service: str
    version: int
    digest: str
    published_at: datetime
    is_live: bool
    retired_on: date | None


@dataclass(frozen=True, slots=True)
class LocalRow:
    """The local values of a territory; revision 0 and no values where it has set none."""

    service: str
    territory: str
    revision: int
    values: Mapping[str, Any]


def package(service: str, version: int, territory: str = "", revision: int | None = None) -> Package:
    """One version, also of a retired service; with a territory, its local values are laid over it.

    `revision` names the local values of that very territory by revision (a case keeps the one under which
    it was filed), 0 for none; unless said, the latest of the territory or of the nearest one around it.
    One statement warm; with a territory two more. Refuses with NoSuchService.
    """
    found = _digests(service, version)
    if not found:
        raise NoSuchService(service=str(service)[:40])
    return _with_local(service, version, found[0][0], territory, revision)


@written_once
def _digests(service: str, version: int) -> QuerySet[ServiceVersion, tuple[str]]:
    return ServiceVersion.objects.filter(service=service, version=version).values_list("digest")


def live(service: str, territory: str = "") -> Package:
    """The version for new cases; with a territory, its local values are laid over it.

    One statement warm; with a territory, where the package has slots at all, two more.
    Refuses with NoSuchService, and with ServiceIsRetired.
    """
    row = LiveVersion.objects.filter(service=service).values_list("version", "digest", "retired_on").first()
    if row is None:
        raise NoSuchService(service=str(service)[:40])
    version, found, retired_on = row
    if retired_on:
        raise ServiceIsRetired(service=service)
    return _with_local(service, version, found, territory, None)


def live_services() -> list[Package]:
    """The packages that can be applied for, by id. One statement warm."""
    return [_compiled(*row) for row in _live()]


@written_once
def _live() -> QuerySet[LiveVersion, tuple[str, int, str]]:
    rows = LiveVersion.objects.filter(retired_on=None).order_by("service")
    return rows.values_list("service", "version", "digest")


def versions(service: str) -> list[VersionRow]:
    """The published versions of a service, the newest first; none for an unknown one. Two statements."""
    pointer = LiveVersion.objects.filter(service=service).first()
    rows = ServiceVersion.objects.filter(service=service).order_by("-version").defer("document")
    return [
        VersionRow(
            row.service,
            row.version,
            row.digest,
            row.published_at,
            is_live=pointer is not None and pointer.version == row.version and not pointer.retired_on,
            retired_on=pointer.retired_on if pointer else None,
        )
        for row in rows
    ]


def document(service: str, version: int) -> dict[str, Any]:
    """The canonical document of a version. One statement. Refuses with NoSuchService."""
    row = ServiceVersion.objects.filter(service=service, version=version).first()
    if row is None:
        raise NoSuchService(service=str(service)[:40])
    return _read(row.service, row.version, row.digest, row.document)


def local_values(service: str, territory: str, revision: int | None = None) -> LocalRow:
    """The local values of exactly this territory: the latest, or those of a revision. One statement."""
    rows = LocalValues.objects.filter(service=service, territory=territory)
    row = (rows if revision is None else rows.filter(revision=revision)).order_by("-revision").first()
    if row is None:
        return LocalRow(service, territory, 0, {})
    return LocalRow(service, territory, row.revision, json.loads(row.values))


def package_schema() -> dict[str, Any]:
    """The published JSON Schema of a package (2020-12). No statement."""
    return schema()


def example_request(service: str) -> dict[str, Any]:
    """A ready body for POST /api/v1/applications, from the first example of the live version that is taken.

    {service, territory, channel, applicant, answers}. An example that names no file goes before others, for a
    file has to be uploaded first; then one with a territory and without local values. Where every example
    names one, `named_files` says which questions want the ids of uploaded ones.
    """
    found = live(service)
    taken = [example for example in found.examples if not example["expect"].get("errors")]
    example = min(
        taken or found.examples,
        key=lambda one: (bool(_file_answers(found, one)), "territory" not in one, "local" in one),
    )
    return {
        "service": service,
        "territory": example.get("territory", ""),
        "channel": "api" if "api" in found.channels else example.get("channel", "portal"),
        "applicant": dict(example["applicant"]),
        "answers": dict(example["answers"]),
    }


def named_files(service: str, answers: Mapping[str, Any]) -> list[str]:
    """The questions whose answers name files; each such id has to come from POST /api/v1/files."""
    return _file_answers(live(service), {"answers": answers})


def _file_answers(package: Package, example: Mapping[str, Any]) -> list[str]:
    answers = example["answers"]
    files = (field for field in package.fields.values() if field.type is FieldType.FILE)
    return [field.id for field in files if answers.get(field.id)]


def _with_local(service: str, version: int, found: str, territory: str, revision: int | None) -> Package:
    base = _compiled(service, version, found)
    if not territory or not base.slots or revision == 0:
        return base
    local = local_values(service, territory, revision) if revision else _nearest_local(service, territory)
    if not local.revision:
        return base
    text = json.dumps(local.values, ensure_ascii=False)
    return _laid_over(service, version, found, local.territory, local.revision, text)


def _nearest_local(service: str, territory: str) -> LocalRow:
    """The latest local values of the territory or of the nearest one around it that has some."""
    line = line_of(territory)
    rows = LocalValues.objects.filter(service=service, territory__in=line).order_by("revision")
    latest = {row.territory: row for row in rows}
    row = next((latest[code] for code in line if code in latest), None)
    if row is None:
        return LocalRow(service, territory, 0, {})
    return LocalRow(service, row.territory, row.revision, json.loads(row.values))


@lru_cache(maxsize=512)
def _compiled(service: str, version: int, found: str) -> Package:
    return compile_package(document(service, version))


@lru_cache(maxsize=4096)
def _laid_over(service: str, version: int, found: str, territory: str, revision: int, values: str) -> Package:
    """A base with local values; what no longer fits the version is left out, and the rest kept."""
    base = document(service, version)
    fitting = fitting_values(base, json.loads(values))
    return localised(base, fitting, territory=territory, revision=revision)


def _read(service: str, version: int, found: str, text: str) -> dict[str, Any]:
    if digest(text) != found:
        raise DocumentIsFaulty(f"version {version} of {service} is not the document that was published")
    read: dict[str, Any] = json.loads(text)
    return read
