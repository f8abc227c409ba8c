"""What a page says of a service before the start: bring only this, so many minutes, answer by this day, so
much, or there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from zemstvo.capabilities.services.expecting import awaited_terms, expected_answer
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
from zemstvo.ground.territory.rules import Calendar, Term, due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage:
    """A service, as people want to know it before they begin. Texts by language.

    `answer_by` is the day by which the answer comes at the latest if one applies electronically on the day
    asked and nothing is missing; None where no term or no calendar is known, and where no place is named.
    The term of the law starts with `start` (filed, registered, complete); where that is not the application
    itself, the answer `is_expected`: the same day and the same word as in the clock of the case.
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
    start: str
    fee_minor: int | None
    currency: str
    channels: tuple[str, ...]
    address: str
    offices: tuple[OfficeRow, ...]
    hours: Names

    @property
    def is_expected(self) -> bool:
        """Whether the day of the answer is none by law yet."""
        return self.start != "filed"


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
        start=package.clock("portal").start if package else "filed",
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
    """The last day for the registration, and that of the answer, which the clock of a case will show."""
    try:
        if package is None:
            return None, due_on(on, found.term.in_days(), days) if found.term else None
        clock = package.clock("portal")
        registered_by = due_on(on, clock.register.in_days(), days)
        since = on if clock.start == "filed" else registered_by
        awaited = awaited_terms(package, clock.start)
        return registered_by, expected_answer(since, clock.term, awaited, days).due_on
    except DateOutsideCalendar:
        return None, None
