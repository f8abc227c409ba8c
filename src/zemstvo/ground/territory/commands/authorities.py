"""Authorities, and the territories that they act for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.territory import facts
from zemstvo.ground.territory.commands.periods import standing_territory
from zemstvo.ground.territory.editions import turn_edition
from zemstvo.ground.territory.models import ActsFor, Authority, Office
from zemstvo.ground.territory.names import Names, clean_names
from zemstvo.ground.territory.refusals import (
    ActsAlready,
    AuthorityIsClosed,
    AuthorityStands,
    DayTooEarly,
    DoesNotAct,
    PrefixUnclear,
    UnknownAuthority,
)
from zemstvo.ground.territory.rules.schemes import PLAIN, may_be_code
from zemstvo.ground.territory.zones import clean_zone

_PREFIX = re.compile(r"[0-9A-ZА-Я]{2,12}")


@command
def create_authority(
    act: Act,
    code: str,
    *,
    names: Names,
    territory: str,
    prefix: str = "",
    zone: str = "",
    acts_for: Sequence[str] | None = None,
) -> str:
    """Enter an authority that is at home in a territory, and acts for it unless `acts_for` names others.

    `code` has Latin letters, digits, dots and hyphens. `prefix` begins the numbers that it gives (two to
    twelve capital letters and digits; from the code unless said). Returns the code.

    Refuses with UnknownTerritory, TerritoryIsClosed, CodeUnclear, AuthorityStands, PrefixUnclear,
    NamesUnclear, UnknownZone, ActsAlready (a territory named twice).
    """
    turn_edition()
    act.must("authority.change", territory)
    home = standing_territory(territory)
    code = PLAIN.typed(code).code
    if Authority.objects.filter(code=code).exists():
        raise AuthorityStands(code=code)
    Authority.objects.create(
        code=code,
        territory=home,
        names=clean_names(names),
        prefix=_clean_prefix(prefix or _prefix_from(code)),
        zone=clean_zone(zone),
        valid_from=act.today,
    )
    act.record(
        facts.AuthorityCreated(authority=code, territory=territory), authority=code, territory=territory
    )
    for place in [territory] if acts_for is None else acts_for:
        place_authority(act, code, territory=place)
    return code


@command
def rename_authority(act: Act, code: str, *, names: Names, version: int | None = None) -> None:
    """Give an authority another name. `version` is what the form showed: Stale if it has changed since.

    Refuses with UnknownAuthority, AuthorityIsClosed, NamesUnclear.
    """
    turn_edition()
    row = authority_to_change(act, code)
    if version is not None and version != row.version:
        raise Stale
    row.names, row.version = clean_names(names), row.version + 1
    row.save(update_fields=["names", "version"])
    act.record(facts.AuthorityRenamed(authority=code), authority=code, territory=row.territory_id)


@command
def place_authority(act: Act, code: str, *, territory: str, valid_from: date | None = None) -> None:
    """Let an authority act for a territory and all in it, from `act.today` unless said.

    Refuses with UnknownAuthority, AuthorityIsClosed, UnknownTerritory, TerritoryIsClosed, ActsAlready.
    """
    turn_edition()
    authority_to_change(act, code)
    act.must("authority.change", territory)
    standing_territory(territory)
    if ActsFor.objects.filter(authority=code, territory=territory, valid_until=None).exists():
        raise ActsAlready(authority=code, territory=territory)
    day = valid_from or act.today
    ActsFor.objects.create(authority_id=code, territory_id=territory, valid_from=day)
    act.record(
        facts.AuthorityPlaced(authority=code, territory=territory, from_=day),
        authority=code,
        territory=territory,
    )


@command
def withdraw_authority(act: Act, code: str, *, territory: str, valid_until: date | None = None) -> None:
    """An authority no longer acts for a territory, from `act.today` unless said.

    Refuses with UnknownAuthority, AuthorityIsClosed, DoesNotAct.
    """
    turn_edition()
    authority_to_change(act, code)
    periods = ActsFor.objects.filter(authority=code, territory=territory, valid_until=None)
    if not (may_be_code(territory) and periods.exists()):
        raise DoesNotAct(authority=code, territory=territory[:60])
    day = valid_until or act.today
    periods.update(valid_until=day)
    act.record(
        facts.AuthorityWithdrawn(authority=code, territory=territory, from_=day),
        authority=code,
        territory=territory,
    )


@command
def close_authority(act: Act, code: str, *, valid_until: date | None = None) -> None:
    """End an authority with its offices, from `act.today` unless said.

    It acts for nothing from then on; its cases stay readable under its name. Refuses with UnknownAuthority,
    AuthorityIsClosed, DayTooEarly.
    """
    turn_edition()
    row = authority_to_change(act, code)
    day = valid_until or act.today
    if day < row.valid_from:
        raise DayTooEarly(day=day, from_=row.valid_from)
    row.valid_until, row.version = day, row.version + 1
    row.save(update_fields=["valid_until", "version"])
    ActsFor.objects.filter(authority=code, valid_until=None).update(valid_until=day)
    Office.objects.filter(authority=code, closed_on=None).update(closed_on=day)
    act.record(facts.AuthorityClosed(authority=code, from_=day), authority=code, territory=row.territory_id)


def authority_to_change(act: Act, code: str) -> Authority:
    """The authority, after the mandate was asked for it. Refuses with UnknownAuthority, AuthorityIsClosed."""
    row = Authority.objects.filter(code=code).first() if may_be_code(code) else None
    act.must("authority.change", row.territory_id if row else "", authority=code)
    if row is None:
        raise UnknownAuthority(code=code[:60])
    if row.valid_until is not None:
        raise AuthorityIsClosed(code=code, closed_on=row.valid_until)
    return row


def _prefix_from(code: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", code.upper())[:12]


def _clean_prefix(prefix: str) -> str:
    if not _PREFIX.fullmatch(prefix) or Authority.objects.filter(prefix=prefix).exists():
        raise PrefixUnclear(value=prefix[:60])
    return prefix
