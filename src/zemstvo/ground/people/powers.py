"""Powers: what the one who acts may do, asked of the database within the command's own transaction.

An official's mandate, an applicant's representations, a machine's token and the number that a code opens are
four kinds of power; a visitor without any of them has a fifth, which is little. A revoked mandate is found at
once, because nothing is remembered from one question to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import intake, models, roles
from zemstvo.ground.people.finding import in_force, is_id
from zemstvo.ground.people.mandates import MandateRow, mandate_in_force
from zemstvo.ground.territory import queries as territories


@dataclass(frozen=True, slots=True)
class OfficialPowers:
    """The powers of an official under one mandate, her own or that of an absent colleague.

    One query for the mandate. What a mandate covers: `covers`. A page asks a dozen rights for what it shows,
    all at one instant: outside a transaction, where nothing is written, the mandate is looked up once for
    each instant, and not at all where the powers were made `knowing` it. A command asks the database each
    time.
    """

    person: str
    mandate: str
    _looked_up: dict[datetime, MandateRow | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def knowing(cls, person: str, mandate: MandateRow, at: datetime) -> OfficialPowers:
        """The powers under a mandate that was found to be in force at this instant."""
        return cls(person, mandate.id, {at: mandate})

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        mandate = self._in_force(act)
        if mandate is None or right not in roles.ROLES.get(mandate.role, frozenset()):
            return False
        return covers(mandate.authority, mandate.territory, right, territory=territory, authority=authority)

    def _in_force(self, act: Act) -> MandateRow | None:
        if connection.in_atomic_block:
            return mandate_in_force(self.mandate, self.person, act.today)
        if act.at not in self._looked_up:
            self._looked_up.clear()
            self._looked_up[act.at] = mandate_in_force(self.mandate, self.person, act.today)
        return self._looked_up[act.at]


@dataclass(frozen=True, slots=True)
class PersonPowers:
    """The powers of a person with an account: over his own matters and those of whom he represents.

    `of` names whose matter it is. Where a representation holds for some services only, `of` carries the
    service as `service:<id>`; without it such a representation does not count. One query, none for one's own
    matters.
    """

    person: str

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        if right in roles.VISITOR:
            return True
        if right in roles.APPLICANT_ONLY:
            return self.person in of
        if right in roles.LEADER:
            return leads(self.person, of, on=act.today)
        if right not in roles.APPLICANT_READS | roles.APPLICANT_ACTS:
            return False
        return self.person in of or represents(
            self.person, of, on=act.today, acting=right in roles.APPLICANT_ACTS
        )


@dataclass(frozen=True, slots=True)
class CodePowers:
    """The powers of whoever holds the code of one case or draft: over that number, and as a visitor."""

    number: str

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        return right in roles.VISITOR or (right in roles.CODE_HOLDER and self.number in of)


@dataclass(frozen=True, slots=True)
class VisitorPowers:
    """The powers of anybody at the portal without an account."""

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        return right in roles.VISITOR


@dataclass(frozen=True, slots=True)
class TokenPowers:
    """The powers of a machine: its scopes, at its place; over cases of persons, those that it filed.

    A right over somebody's own case needs the token's id in `of` (who filed it); submitting needs nothing,
    for there is no case yet. Reading the cases of others needs a place of its own. One query; none where the
    intake has `seen` the token in the statement just before.
    """

    token: str
    seen: intake.Living | None = None

    def allow(self, act: Act, right: str, *, territory: str, authority: str, of: Sequence[str]) -> bool:
        living = self.seen or intake.living_token(self.token, act.at)
        if living is None:
            return False
        scopes, own_authority, own_territory = living
        if not any(right in roles.SCOPES.get(scope, frozenset()) for scope in scopes):
            return False
        if right.startswith("case.own.") and right != "case.own.submit":
            return self.token in of
        if right == "case.read" and not (own_authority or own_territory):
            return False
        if right == "case.own.submit" and not (own_authority or own_territory):
            return True
        return covers(own_authority, own_territory, right, territory=territory, authority=authority)


def covers(own_authority: str, own_territory: str, right: str, *, territory: str, authority: str) -> bool:
    """Whether a mandate over its own authority and territory covers the place asked for.

    Without a territory of its own it covers wherever its authority acts, without an authority every
    authority of its territory, without either the whole installation. Asked without any place, only rights
    that belong to none are held. No statement where the territories are warm.
    """
    if not (own_authority or own_territory):
        return True
    if not (territory or authority):
        return right in roles.ANYWHERE
    if authority and not _covers_authority(own_authority, own_territory, authority):
        return False
    return not territory or _covers_territory(own_authority, own_territory, territory, bool(authority))


def _covers_authority(own_authority: str, own_territory: str, authority: str) -> bool:
    if own_authority:
        return authority == own_authority
    return territories.is_within(territories.authority(authority).territory, own_territory)


def _covers_territory(own_authority: str, own_territory: str, territory: str, is_own_authority: bool) -> bool:
    if own_territory:
        return territories.is_within(territory, own_territory)
    if is_own_authority:
        return True
    return any(territories.is_within(territory, one) for one in territories.authority(own_authority).acts_for)


def represents(person: str, of: Sequence[str], *, on: date, acting: bool) -> bool:
    """Whether this person may read, or act, for somebody named in `of`, by representation or employment."""
    pseudonyms = [one for one in of if is_id(one)]
    if not pseudonyms:
        return False
    services = {one.removeprefix("service:") for one in of if one.startswith("service:")}
    may = {"may_act": True} if acting else {"may_read": True}
    scopes = models.Representation.objects.filter(
        in_force(on), representative__pseudonym=person, person_id__in=pseudonyms, **may
    ).values_list("scope", flat=True)
    employed = models.Employment.objects.filter(
        in_force(on), person_id=person, organisation__pseudonym__in=pseudonyms
    ).values_list("scope", flat=True)
    return any(not scope or services & set(scope) for scope in scopes.union(employed, all=True))


def leads(person: str, of: Sequence[str], *, on: date) -> bool:
    """Whether this person leads an organisation named in `of`."""
    firms = [one for one in of if is_id(one)]
    leading = models.Employment.objects.filter(in_force(on), leads=True, person_id=person)
    return leading.filter(organisation__pseudonym__in=firms).exists()
