"""Taking over the authorities' registers of services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from zemstvo.capabilities.services.catalogue.sheet import ListedService, ServiceList
from zemstvo.capabilities.services.facts import (
    RegisterImported,
    ServiceAmended,
    ServiceRegistered,
    ServiceStruck,
)
from zemstvo.capabilities.services.models import CatalogueEdition, LiveVersion, RegisteredService
from zemstvo.capabilities.services.refusals import RegisterHasFaults
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.territory.queries import AuthorityRow, authorities
from zemstvo.ground.territory.sheets import Fault

_FIELDS = (
    "titles",
    "summaries",
    "life_events",
    "audience",
    "is_electronic",
    "term",
    "fee_minor",
    "currency",
    "office",
    "package",
    "address",
    "struck_on",
)


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What an import has done: authority and code of each, in the order of the file.

    `remarks` are lines that were taken over but want a look: a package that is not published, an electronic
    service that can be applied for nowhere.
    """

    added: tuple[tuple[str, str], ...]
    amended: tuple[tuple[str, str], ...]
    struck: tuple[tuple[str, str], ...]
    unchanged: int
    remarks: tuple[Fault, ...]


@command
def import_register(act: Act, listed: ServiceList) -> RegisterReport:
    """Take over whole registers of services that `catalogue.sheet.read` read.

    For each authority that the file names, its services are added or amended, and those that the file
    leaves out are struck. The same file again changes nothing. Some ten statements and one fact for each
    change.

    Refuses with RegisterHasFaults, and nothing is stored; with NoMandate where one of the authorities is
    not covered.
    """
    _turn_edition()
    known = {row.code: row for row in authorities()}
    faults = [*listed.faults, *_places_unknown(listed.services, known)]
    if faults or not listed.services:
        raise RegisterHasFaults(faults=faults)
    offices = sorted({one.authority for one in listed.services})
    for authority in offices:
        act.must("service.register", known[authority].territory, authority=authority)
    standing = {
        (row.authority, row.code): row
        for row in RegisteredService.objects.select_for_update().filter(authority__in=offices)
    }

    report = _apply(listed.services, standing, act.today, _remarks(listed.services))
    _record(act, listed, report, standing, known)
    return report


def _apply(
    services: Iterable[ListedService],
    standing: Mapping[tuple[str, str], RegisteredService],
    today: date,
    remarks: tuple[Fault, ...],
) -> RegisterReport:
    added, amended, unchanged = [], [], 0
    left = dict(standing)
    for one in services:
        row, values = left.pop((one.authority, one.code), None), _values(one)
        if row is None:
            added.append(RegisteredService(authority=one.authority, code=one.code, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            amended.append(row)
        else:
            unchanged += 1
    struck = [row for row in left.values() if row.struck_on is None]
    for row in struck:
        row.struck_on = today
    RegisteredService.objects.bulk_create(added)
    RegisteredService.objects.bulk_update([*amended, *struck], _FIELDS, batch_size=200)
    return RegisterReport(_keys(added), _keys(amended), _keys(struck), unchanged, remarks)


def _values(one: ListedService) -> dict[str, Any]:
    return {
        "titles": dict(one.titles),
        "summaries": dict(one.summaries),
        "life_events": list(one.life_events),
        "audience": list(one.audience),
        "is_electronic": one.is_electronic,
        "term": one.term,
        "fee_minor": one.fee_minor,
        "currency": one.currency,
        "office": one.office,
        "package": one.package,
        "address": one.address,
        "struck_on": None,
    }


def _keys(rows: Iterable[RegisteredService]) -> tuple[tuple[str, str], ...]:
    return tuple((row.authority, row.code) for row in rows)


def _places_unknown(services: Iterable[ListedService], known: Mapping[str, AuthorityRow]) -> Iterable[Fault]:
    """Authorities and offices that nobody has created."""
    for one in services:
        authority = known.get(one.authority)
        if authority is None and one.authority:
            yield Fault(
                one.line,
                "authority",
                one.authority,
                _("the code of an authority of this installation is expected"),
            )
        elif authority and one.office and one.office not in {office.code for office in authority.offices}:
            known_offices = ", ".join(office.code for office in authority.offices) or "–"
            wanted = _("an office of this authority is expected: %(known)s") % {"known": known_offices}
            yield Fault(one.line, "office", one.office, wanted)


def _remarks(services: Iterable[ListedService]) -> tuple[Fault, ...]:
    live = set(LiveVersion.objects.filter(retired_on=None).values_list("service", flat=True))
    found = []
    for one in services:
        if one.package and one.package not in live:
            unpublished = _("no package of this id is published; the service is only described")
            found.append(Fault(one.line, "package", one.package, unpublished))
        elif one.is_electronic and not one.package and not one.address:
            closed = _("the service is called electronic, but neither a package nor an address is named")
            found.append(Fault(one.line, "electronic", "", closed))
    return tuple(found)


def _record(
    act: Act,
    listed: ServiceList,
    report: RegisterReport,
    standing: Mapping[tuple[str, str], RegisteredService],
    known: Mapping[str, AuthorityRow],
) -> None:
    by_key = {(one.authority, one.code): one for one in listed.services}
    for keys, fact in ((report.added, ServiceRegistered), (report.amended, ServiceAmended)):
        for authority, code in keys:
            one = by_key[authority, code]
            said = fact(
                office=authority,
                code=code,
                electronic=one.is_electronic,
                package=one.package or None,
                life_events=one.life_events,
            )
            act.record(said, authority=authority, territory=known[authority].territory, service=one.package)
    for authority, code in report.struck:
        row = standing[authority, code]
        struck = ServiceStruck(office=authority, code=code, struck_on=act.today)
        act.record(struck, authority=authority, territory=known[authority].territory, service=row.package)
    for authority, group in groupby(sorted(by_key), key=lambda key: key[0]):
        imported = RegisterImported(
            office=authority,
            digest=listed.digest or "none",
            services=sum(1 for _key in group),
            added=sum(1 for key in report.added if key[0] == authority),
            amended=sum(1 for key in report.amended if key[0] == authority),
            struck=sum(1 for key in report.struck if key[0] == authority),
        )
        act.record(imported, authority=authority, territory=known[authority].territory)


def _turn_edition() -> None:
    """Begin a new edition of the catalogue: the first statement, so it is the lock of all imports too."""
    token = uuid4()
    if not CatalogueEdition.objects.filter(id=1).update(token=token):
        CatalogueEdition.objects.update_or_create(id=1, defaults={"token": token})
