"""The offices in which an authority receives people."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.territory import facts
from zemstvo.ground.territory.commands.authorities import authority_to_change
from zemstvo.ground.territory.editions import turn_edition
from zemstvo.ground.territory.models import Office
from zemstvo.ground.territory.names import Names, clean_names, shown
from zemstvo.ground.territory.refusals import NamesUnclear, OfficeStands, OfficeUnclear, UnknownOffice
from zemstvo.ground.territory.rules import Hours
from zemstvo.ground.territory.rules.schemes import PLAIN, may_be_code
from zemstvo.ground.territory.words import OFFICE_FIELDS

Week = Mapping[str, Sequence[str]]
_PHONE = re.compile(r"[0-9+(][0-9 ()+,.;доб-]{2,39}")


@command
def create_office(
    act: Act,
    authority: str,
    code: str,
    *,
    names: Names,
    address: Names | None = None,
    phone: str = "",
    email: str = "",
    hours: Week | None = None,
    line: str = Office.Line.GOOD,
) -> str:
    """Enter an office of an authority; returns its code, which is unique within the authority.

    `address` is by language, `hours` as `rules.Hours.parse` reads them, `line` how good its line to the
    internet is (none, bad, weak, good).

    Refuses with UnknownAuthority, AuthorityIsClosed, CodeUnclear, OfficeStands, NamesUnclear,
    OfficeUnclear, HoursUnclear.
    """
    turn_edition()
    home = authority_to_change(act, authority)
    code = PLAIN.typed(code).code
    if Office.objects.filter(authority=authority, code=code).exists():
        raise OfficeStands(authority=authority, office=code)
    office = Office(authority=home, code=code)
    _fill(office, names=names, address=address or {}, phone=phone, email=email, hours=hours or {}, line=line)
    office.save(force_insert=True)
    fact = facts.OfficeCreated(authority=authority, office=code)
    act.record(fact, authority=authority, territory=home.territory_id)
    return code


@command
def change_office(
    act: Act,
    authority: str,
    code: str,
    *,
    names: Names | None = None,
    address: Names | None = None,
    phone: str | None = None,
    email: str | None = None,
    hours: Week | None = None,
    line: str | None = None,
    version: int | None = None,
) -> None:
    """Change what is given of an office. `version` is what the form showed: Stale if it has changed since.

    Refuses with UnknownAuthority, AuthorityIsClosed, UnknownOffice, NamesUnclear, OfficeUnclear,
    HoursUnclear.
    """
    turn_edition()
    home = authority_to_change(act, authority)
    office = _open_office(authority, code)
    if version is not None and version != office.version:
        raise Stale
    given: dict[str, Any] = {
        "names": names,
        "address": address,
        "phone": phone,
        "email": email,
        "hours": hours,
        "line": line,
    }
    before = {name: getattr(office, name) for name in given}
    _fill(office, **{name: before[name] if value is None else value for name, value in given.items()})
    changed = tuple(sorted(name for name in given if getattr(office, name) != before[name]))
    if changed:
        office.version += 1
        office.save(update_fields=[*changed, "version"])
    act.record(
        facts.OfficeChanged(authority=authority, office=code, fields=changed),
        authority=authority,
        territory=home.territory_id,
    )


@command
def close_office(act: Act, authority: str, code: str) -> None:
    """Close an office from `act.today`. Refuses with UnknownAuthority, AuthorityIsClosed, UnknownOffice."""
    turn_edition()
    home = authority_to_change(act, authority)
    office = _open_office(authority, code)
    office.closed_on, office.version = act.today, office.version + 1
    office.save(update_fields=["closed_on", "version"])
    fact = facts.OfficeClosed(authority=authority, office=code)
    act.record(fact, authority=authority, territory=home.territory_id)


def _open_office(authority: str, code: str) -> Office:
    open_offices = Office.objects.filter(authority=authority, closed_on=None)
    office = open_offices.filter(code=code).first() if may_be_code(code) else None
    if office is None:
        raise UnknownOffice(authority=authority, office=code[:60])
    return office


def _fill(
    office: Office, *, names: Names, address: Names, phone: str, email: str, hours: Week, line: str
) -> None:
    """Put what was given into the row, in its clean form."""
    office.names = clean_names(names)
    try:
        office.address = clean_names(address) if address else {}
    except NamesUnclear as refusal:
        raise OfficeUnclear(field=OFFICE_FIELDS["address"], value=refusal.facts["value"]) from None
    if phone and not _PHONE.fullmatch(phone):
        raise OfficeUnclear(field=OFFICE_FIELDS["phone"], value=shown(phone))
    if email:
        try:
            validate_email(email)
        except ValidationError:
            raise OfficeUnclear(field=OFFICE_FIELDS["email"], value=shown(email)) from None
    if line not in Office.Line.values:
        raise OfficeUnclear(field=OFFICE_FIELDS["line"], value=shown(line))
    office.phone, office.email, office.line = phone, email, line
    office.hours = Hours.parse(hours).as_week()
