"""Questions about authorities and their offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from django.db.models import Q

from zemstvo.ground.territory.editions import edition
from zemstvo.ground.territory.models import ActsFor, Authority, Office
from zemstvo.ground.territory.names import Names, name_in
from zemstvo.ground.territory.queries.places import lineage, territory, within
from zemstvo.ground.territory.refusals import UnknownAuthority
from zemstvo.ground.territory.rules import Hours
from zemstvo.ground.territory.rules.schemes import may_be_code


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An open office. `address` is by language; `line` is how good its line is: none, bad, weak, good."""

    authority: str
    code: str
    names: Names
    address: Names
    phone: str
    email: str
    hours: Hours
    line: str
    version: int

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return name_in(self.names)


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """An authority. `acts_for` are the territories for which it acts now, `zone` is never empty."""

    code: str
    names: Names
    territory: str
    prefix: str
    zone: str
    acts_for: tuple[str, ...]
    offices: tuple[OfficeRow, ...]
    version: int
    valid_from: date
    valid_until: date | None

    @property
    def name(self) -> str:
        """Its name in the active language."""
        return name_in(self.names)


def authority(code: str) -> AuthorityRow:
    """The authority, also a closed one. Refuses with UnknownAuthority. One statement warm, four cold."""
    return _authority(edition(), code)


def authorities(*, territory: str = "", closed: bool = False) -> list[AuthorityRow]:
    """The authorities, or those at home in this territory or in one that lies in it, by code.

    Four statements and a `territory` for each home; with `closed` also the closed ones.
    """
    rows = Authority.objects.order_by("code")
    if not closed:
        rows = rows.filter(valid_until=None)
    here = set(within({row.territory_id for row in rows}, territory)) if territory else set()
    return _authority_rows(row for row in rows if not territory or row.territory_id in here)


def authorities_for(territory: str, on: date | None = None) -> list[AuthorityRow]:
    """The open authorities that act for a territory or for one that it lies in, the nearest first.

    One statement warm, five cold.
    """
    return list(_authorities_for(edition(), territory, on))


def offices(authority: str) -> list[OfficeRow]:
    """The open offices of an authority, by code. Refuses with UnknownAuthority. Costs as `authority`."""
    return list(_authority(edition(), authority).offices)


@lru_cache(maxsize=2_000)
def _authority(_edition: str, code: str) -> AuthorityRow:
    row = Authority.objects.filter(code=code).first() if may_be_code(code) else None
    if row is None:
        raise UnknownAuthority(code=code[:60])
    return _authority_rows([row])[0]


@lru_cache(maxsize=5_000)
def _authorities_for(_edition: str, code: str, on: date | None) -> tuple[AuthorityRow, ...]:
    above = lineage(code, on)
    acting = ActsFor.objects.filter(territory__in=above).filter(_in_force(on))
    nearness: dict[str, int] = {}
    for row in acting:
        place = above.index(row.territory_id)
        nearness[row.authority_id] = min(place, nearness.get(row.authority_id, place))
    rows = Authority.objects.filter(code__in=nearness, valid_until=None)
    return tuple(_authority_rows(sorted(rows, key=lambda row: (nearness[row.code], row.code))))


def _in_force(on: date | None) -> Q:
    if on is None:
        return Q(valid_until=None)
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on))


def _authority_rows(rows: Iterable[Authority]) -> list[AuthorityRow]:
    rows = list(rows)
    codes = [row.code for row in rows]
    acts_for: dict[str, list[str]] = defaultdict(list)
    acting = ActsFor.objects.filter(authority__in=codes, valid_until=None).order_by("territory_id")
    for authority_code, territory_code in acting.values_list("authority_id", "territory_id"):
        acts_for[authority_code].append(territory_code)
    houses: dict[str, list[OfficeRow]] = defaultdict(list)
    for office in Office.objects.filter(authority__in=codes, closed_on=None).order_by("code"):
        houses[office.authority_id].append(_office_row(office))
    return [
        AuthorityRow(
            code=row.code,
            names=MappingProxyType(row.names),
            territory=row.territory_id,
            prefix=row.prefix,
            zone=row.zone or territory(row.territory_id).zone,
            acts_for=tuple(acts_for[row.code]),
            offices=tuple(houses[row.code]),
            version=row.version,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in rows
    ]


def _office_row(row: Office) -> OfficeRow:
    return OfficeRow(
        authority=row.authority_id,
        code=row.code,
        names=MappingProxyType(row.names),
        address=MappingProxyType(row.address),
        phone=row.phone,
        email=row.email,
        hours=Hours.parse(row.hours),
        line=row.line,
        version=row.version,
    )
