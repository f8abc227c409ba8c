"""All that may enter the journal from the room of territory: codes, days and counts, never a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.facts import Code, Fact, Touches
from zemstvo.ground.territory.rules import DayKind, Level

Territory = Annotated[Code, Touches("territory")]
Authority = Annotated[Code, Touches("authority")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryCreated(Fact):
    """A territory was entered by hand."""

    kind = "territory.created"
    sentence = _("The territory %(territory)s was created, from %(from_)s.")

    territory: Territory
    level: Level
    parent: Code | None
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryRenamed(Fact):
    """A territory bears another name from a day; the names stand in the room, not here."""

    kind = "territory.renamed"
    sentence = _("The territory %(territory)s has another name from %(from_)s.")

    territory: Territory
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryMoved(Fact):
    """A territory became a part of another one."""

    kind = "territory.moved"
    sentence = _("The territory %(territory)s belongs to %(parent)s from %(from_)s.")

    territory: Territory
    parent: Annotated[Code, Touches("territory", "parent")]
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryZoneChanged(Fact):
    """A territory lives by another time zone."""

    kind = "territory.zone_changed"
    sentence = _("The territory %(territory)s lives by the time zone %(zone)s.")

    territory: Territory
    zone: Code | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryClosed(Fact):
    """A territory ended; others may have taken its place."""

    kind = "territory.closed"
    sentence = _("The territory %(territory)s was closed from %(from_)s.")

    territory: Territory
    from_: date
    successors: tuple[Annotated[Code, Touches("territory", "successor")], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TerritoryListImported(Fact):
    """An official list of territories was read: one fact for all its lines."""

    kind = "territory_list.imported"
    sentence = _(
        "A list of territories as of %(from_)s was imported: %(added)s added, %(renamed)s renamed, "
        "%(moved)s moved, %(closed)s closed, %(unchanged)s unchanged, %(corrected)s check digits corrected."
    )

    root: Annotated[Code, Touches("territory", "root")]
    scheme: Code
    digest: Code
    from_: date
    lines: int
    headings: int
    added: int
    renamed: int
    moved: int
    closed: int
    reopened: int
    reclassified: int
    kept: int
    unchanged: int
    corrected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityCreated(Fact):
    """An authority was entered."""

    kind = "authority.created"
    sentence = _("The authority %(authority)s was created in the territory %(territory)s.")

    authority: Authority
    territory: Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityRenamed(Fact):
    """An authority bears another name."""

    kind = "authority.renamed"
    sentence = _("The authority %(authority)s has another name.")

    authority: Authority


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityPlaced(Fact):
    """An authority acts for a territory, and for all territories in it, from a day."""

    kind = "authority.placed"
    sentence = _("The authority %(authority)s acts for the territory %(territory)s from %(from_)s.")

    authority: Authority
    territory: Territory
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityWithdrawn(Fact):
    """An authority no longer acts for a territory."""

    kind = "authority.withdrawn"
    sentence = _("The authority %(authority)s no longer acts for the territory %(territory)s from %(from_)s.")

    authority: Authority
    territory: Territory
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorityClosed(Fact):
    """An authority ended."""

    kind = "authority.closed"
    sentence = _("The authority %(authority)s was closed from %(from_)s.")

    authority: Authority
    from_: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeCreated(Fact):
    """An authority opened an office."""

    kind = "office.created"
    sentence = _("The authority %(authority)s has the office %(office)s.")

    authority: Authority
    office: Annotated[Code, Touches("office")]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeChanged(Fact):
    """The address, the telephone, the hours or the line of an office changed; `fields` says which."""

    kind = "office.changed"
    sentence = _("The office %(office)s of the authority %(authority)s changed.")

    authority: Authority
    office: Annotated[Code, Touches("office")]
    fields: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeClosed(Fact):
    """An office receives nobody any more."""

    kind = "office.closed"
    sentence = _("The office %(office)s of the authority %(authority)s was closed.")

    authority: Authority
    office: Annotated[Code, Touches("office")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarImported(Fact):
    """The working calendar of whole years was read: one fact for all its days."""

    kind = "calendar.imported"
    sentence = _(
        "The working calendar of %(territory)s for %(first_year)s–%(last_year)s was imported: %(added)s days "
        "added, %(changed)s changed, %(removed)s removed."
    )

    territory: Territory
    digest: Code
    first_year: int
    last_year: int
    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayDeclared(Fact):
    """A territory declared a day of its own, over the calendar that it lives by."""

    kind = "holiday.declared"
    sentence = _("The territory %(territory)s declared a day of its own: %(day)s.")

    territory: Territory
    day: date
    day_kind: DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayRevoked(Fact):
    """A territory took back a day that it had declared."""

    kind = "holiday.revoked"
    sentence = _("The territory %(territory)s revoked the day %(day)s.")

    territory: Territory
    day: date
