"""Publishing a package, filling its local slots, retiring a service."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from zemstvo.capabilities.services import queries
from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.compiling import canonical, compile_package, digest
from zemstvo.capabilities.services.facts import PackagePublished, ServiceLocalised, ServiceRetired
from zemstvo.capabilities.services.faults import Fault, Path, dotted
from zemstvo.capabilities.services.lineage import check_lineage
from zemstvo.capabilities.services.local import LocalFault, SlotNotOpen, localised
from zemstvo.capabilities.services.models import LiveVersion, LocalValues, ServiceVersion
from zemstvo.capabilities.services.refusals import (
    LocalValuesAreFaulty,
    NoSuchService,
    PackageIsFaulty,
    ServiceIsRetired,
    SlotIsClosed,
    VersionIsOlder,
    VersionIsPublished,
)
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.territory.queries import territory as territory_row


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing has done: `is_new` is False where exactly this was live already."""

    service: str
    version: int
    digest: str
    is_new: bool
    warnings: tuple[Fault, ...] = ()


def publish_package(act: Act, folder: FilePath | str) -> Published:
    """Check the package of a folder, play its examples, and publish it as the live version.

    Reading and checking need no database and are done before the transaction. To publish what is live
    already changes nothing. Refuses with PackageIsFaulty (which has all faults), VersionIsPublished,
    VersionIsOlder, NoMandate.
    """
    act.must("service.publish", act.territory)
    checked = check_package(folder)
    document = checked.document
    if document is None:
        name = FilePath(folder).resolve().name
        raise PackageIsFaulty(service=name, faults=[one for one in checked.faults if not one.warning])
    service, version, found = document["service"], document["version"], digest(canonical(document))
    pointer = LiveVersion.objects.filter(service=service).first()
    if pointer and pointer.digest == found and not pointer.retired_on:
        return Published(service, version, found, is_new=False, warnings=checked.faults)
    if pointer and pointer.version < version:
        faults = checked.honours(queries.document(service, pointer.version))
        if faults:
            raise PackageIsFaulty(service=service, faults=faults)
    publish_document(act, document)
    return Published(service, version, found, is_new=True, warnings=checked.faults)


@command
def publish_document(act: Act, document: Mapping[str, Any]) -> Published:
    """Publish a checked document (`publish_package` makes one out of a folder) as the live version.

    A version that is published with the same content becomes live again, if none newer is. Refuses with
    VersionIsPublished, VersionIsOlder, PackageIsFaulty (ids that do not honour the version before).
    """
    service, version, text = document["service"], document["version"], canonical(document)
    found = digest(text)
    pointer = LiveVersion.objects.select_for_update().filter(service=service).first()
    act.must("service.publish", act.territory)
    published = ServiceVersion.objects.filter(service=service, version=version).first()
    latest = pointer.version if pointer else 0
    if published and published.digest != found:
        raise VersionIsPublished(service=service, version=version, next=latest + 1)
    if version < latest:
        raise VersionIsOlder(service=service, version=version, latest=latest, next=latest + 1)
    if version > latest > 0:
        _demand_lineage(document, queries.document(service, latest))
    compile_package(document)

    if published is None:
        ServiceVersion.objects.create(
            service=service, version=version, digest=found, document=text, published_at=act.at
        )
    LiveVersion.objects.update_or_create(
        service=service, defaults={"version": version, "digest": found, "retired_on": None}
    )
    act.record(
        PackagePublished(service=service, version=version, digest=found),
        service=service,
        service_version=version,
    )
    return Published(service, version, found, is_new=True)


def _demand_lineage(document: Mapping[str, Any], earlier: Mapping[str, Any]) -> None:
    faults: list[Fault] = []

    def report(path: Path, value: str, expected: str) -> None:
        faults.append(Fault(document["service"], 0, 0, dotted(path), value, expected))

    check_lineage(document, earlier, report)
    if faults:
        raise PackageIsFaulty(service=document["service"], faults=faults)


@command
def localise_service(act: Act, service: str, values: Mapping[str, Any], *, territory: str) -> int:
    """Fill the local slots of the live version for a territory; returns the revision.

    `values` are all slots of the territory (the schema's `local_values`: office, hours, fee in minor units,
    header, parameters, extra_fields); what is left out is the base's again. Refuses with NoSuchService,
    ServiceIsRetired, UnknownTerritory, NoMandate, SlotIsClosed, LocalValuesAreFaulty.
    """
    pointer = LiveVersion.objects.select_for_update().filter(service=service).first()
    act.must("service.local", territory)
    if pointer is None:
        raise NoSuchService(service=str(service)[:40])
    if pointer.retired_on:
        raise ServiceIsRetired(service=service)
    place = territory_row(territory)
    try:
        localised(queries.document(service, pointer.version), values, territory=place.code)
    except SlotNotOpen as fault:
        raise SlotIsClosed(service=service, slot=str(fault.path[0])) from None
    except LocalFault as fault:
        first = f"{dotted(fault.path)} is {fault.value}; {fault.expected}"
        raise LocalValuesAreFaulty(service=service, first=first) from None

    revision = queries.local_values(service, place.code).revision + 1
    LocalValues.objects.create(
        service=service,
        territory=place.code,
        revision=revision,
        values=json.dumps(values, ensure_ascii=False),
        set_at=act.at,
    )
    act.record(
        ServiceLocalised(service=service, place=place.code, revision=revision, slots=tuple(sorted(values))),
        service=service,
        service_version=pointer.version,
    )
    return revision


@command
def retire_service(act: Act, service: str) -> None:
    """Take no new applications from today on; cases go on under their versions.

    Publishing the package again brings it back. Refuses with NoSuchService, ServiceIsRetired, NoMandate.
    """
    pointer = LiveVersion.objects.select_for_update().filter(service=service).first()
    act.must("service.publish", act.territory)
    if pointer is None:
        raise NoSuchService(service=str(service)[:40])
    if pointer.retired_on:
        raise ServiceIsRetired(service=service)

    pointer.retired_on = act.today
    pointer.save(update_fields=["retired_on"])
    act.record(
        ServiceRetired(service=service, version=pointer.version, retired_on=act.today),
        service=service,
        service_version=pointer.version,
    )
