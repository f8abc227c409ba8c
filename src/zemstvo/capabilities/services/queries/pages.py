"""What a page says of a service before the start: bring only this, so many minutes, answer by this day, so
much, or there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zemstvo.capabilities.services.package import Package
from zemstvo.capabilities.services.queries.catalogue import Entry, entry, entry_of_package
from zemstvo.capabilities.services.queries.published import live
from zemstvo.capabilities.services.refusals import NoSuchEntry, NoSuchService, ServiceIsRetired
from zemstvo.ground.territory.names import Names
from zemstvo.ground.territory.queries import (
    AuthorityRow,
    OfficeRow,
    authorities,
    authorities_for,
    calendar,
    territory,
)
from zemstvo.ground.territory.refusals import DateOutsideCalendar
from zemstvo.ground.territory.rules import Calendar, Term, Unit, due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """A service, as people want to know it before they begin. Texts by language.

    `answer_by` is the day by which the answer comes at the latest if one applies electronically on the day
    asked and nothing is missing; None where no term or no calendar is known, and where no place is named.
    `registered_by` is the last day for the registration. `fee_minor` is None where nothing is known.
    `package` is None where it cannot be applied for here; `address` is then where it can be applied for, if
    anywhere. `offices` are those that receive people.
    """

    entry: Entry
    package: Package | None
    authority: AuthorityRow | None
    bring: tuple[Names, ...]
    minutes: int
    term: Term | None
    paper_term: Term | None
    registered_by: date | None
    answer_by: date | None
    fee_minor: int | None
    currency: str
    channels: tuple[str, ...]
    address: str
    offices: tuple[OfficeRow, ...]
    hours: Names


def service_page(key: str, place: str = "", *, on: date) -> ServicePage:
    """The page of a service: `key` is that of its entry, or the id of a package.

    `place` is the territory of the one who asks, `on` the day of the application. Some ten statements.
    Refuses with NoSuchEntry, UnknownTerritory.
    """
    found = entry(key) or entry_of_package(key, place) or entry_of_package(key)
    if found is None:
        raise NoSuchEntry
    package = _package_of(found, place)
    authority = _authority_of(found, package, place)
    known_fee = package.legal.fee_minor if package else found.fee_minor
    where = place or (authority.territory if authority else "")
    days = calendar(where) if where else None
    registered_by, answer_by = _days(package, found, days, on) if days else (None, None)
    return ServicePage(
        entry=found,
        package=package,
        authority=authority,
        bring=package.bring if package else (),
        minutes=package.minutes if package else 0,
        term=package.clock("portal").term if package else found.term,
        paper_term=package.clock("counter").term if package else found.term,
        registered_by=registered_by,
        answer_by=answer_by,
        fee_minor=known_fee,
        currency=package.legal.currency if package else found.currency,
        channels=package.channels if package else (),
        address=found.address,
        offices=_offices(authority, package.local.office if package else "", found.office),
        hours=(package.local.hours if package else None) or {},
    )


def _package_of(found: Entry, place: str) -> Package | None:
    if not found.package:
        return None
    try:
        return live(found.package, place)
    except (NoSuchService, ServiceIsRetired):
        return None


def _authority_of(found: Entry, package: Package | None, place: str) -> AuthorityRow | None:
    """The authority that the register names, else the nearest of the package's level for the place."""
    if found.authority:
        return next((row for row in authorities() if row.code == found.authority), None)
    if package is None or not place:
        return None
    rows = authorities_for(place)
    return next((row for row in rows if territory(row.territory).level == package.level), None)


def _offices(authority: AuthorityRow | None, local: str, registered: str) -> tuple[OfficeRow, ...]:
    """The office that the municipality or the register names, else all of the authority."""
    if authority is None:
        return ()
    wanted = [office for office in authority.offices if office.code == (local or registered)]
    return tuple(wanted) or authority.offices


def _days(package: Package | None, found: Entry, days: Calendar, on: date) -> tuple[date | None, date | None]:
    """The last day for the registration, and the last day for the answer when nothing is missing."""
    try:
        if package is None:
            return None, _end(on, found.term, days)
        clock = package.clock("portal")
        registered_by = _end(on, clock.register, days)
        starts = {
            "filed": on,
            "registered": registered_by or on,
            "complete": _complete_by(package, registered_by or on, days),
        }
        return registered_by, _end(starts[clock.start], clock.term, days)
    except DateOutsideCalendar:
        return None, None


def _complete_by(package: Package, registered_by: date, days: Calendar) -> date:
    """The day by which the other authorities have to answer what is asked of them."""
    ends = [_end(registered_by, one.due, days) for one in package.evidence.values()]
    return max((end for end in ends if end), default=registered_by)


def _end(start: date, term: Term | None, days: Calendar) -> date | None:
    if term is None or term.unit is Unit.HOURS:
        return None
    return due_on(start, term, days)
