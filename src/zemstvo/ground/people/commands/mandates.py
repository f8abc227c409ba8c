"""Mandates: what an official may do, granted and revoked."""

from __future__ import annotations

from datetime import date

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import facts, models, roles
from zemstvo.ground.people.commands.days import demand_order
from zemstvo.ground.people.commands.officials import official_row
from zemstvo.ground.people.finding import found
from zemstvo.ground.people.refusals import MandateHasEnded, NotInOffice, OwnMandate, UnknownRole
from zemstvo.ground.territory import queries as territories


@command
def grant_mandate(
    act: Act,
    official: str,
    *,
    role: str,
    authority: str = "",
    territory: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> str:
    """Give an official a role, at an authority, in a territory with all below it; returns the mandate's id.

    Without a territory it holds wherever the authority acts; without an authority, at every authority of the
    territory (so with administrators); without either, over the whole installation, which only the
    installation itself and its own administrators grant. `until_on` is exclusive.

    Refuses with UnknownRole, NotInOffice, OwnMandate, UnknownAuthority, UnknownTerritory.
    """
    row = official_row(official)
    act.must("mandate.change", territory, authority=authority)
    _demand_place(authority, territory)
    if act.actor == str(row.person_id):
        raise OwnMandate()
    if role not in roles.ROLES:
        raise UnknownRole(role=role, known=", ".join(sorted(roles.ROLES)))
    begins = from_on or act.today
    demand_order(begins, until_on)
    if row.until_on is not None and row.until_on <= begins:
        raise NotInOffice(on=begins)

    mandate = models.Mandate.objects.create(
        id=uuid7(),
        official=row,
        role=role,
        authority=authority,
        territory=territory,
        from_on=begins,
        until_on=until_on,
    )
    act.record(_granted(mandate), authority=authority, territory=territory)
    return str(mandate.pk)


@command
def revoke_mandate(act: Act, mandate: str) -> None:
    """End a mandate at once: the very next act under it is refused. Refuses with MandateHasEnded."""
    row = mandate_row(mandate)
    act.must("mandate.change", row.territory, authority=row.authority)
    if row.revoked_at is not None:
        raise MandateHasEnded(ended_on=act.day_of(row.revoked_at))

    row.revoked_at = act.at
    row.save(update_fields=["revoked_at"])
    act.record(
        facts.MandateRevoked(given=mandate, official=str(row.official_id), role=row.role),
        authority=row.authority,
        territory=row.territory,
    )


def _granted(mandate: models.Mandate) -> facts.MandateGranted:
    return facts.MandateGranted(
        given=str(mandate.pk),
        official=str(mandate.official_id),
        role=mandate.role,
        at_authority=mandate.authority or None,
        in_territory=mandate.territory or None,
        from_on=mandate.from_on,
        until_on=mandate.until_on,
    )


def _demand_place(authority: str, territory: str) -> None:
    if authority:
        territories.authority(authority)
    if territory:
        territories.territory(territory)


def mandate_row(mandate: str) -> models.Mandate:
    """The locked row of a mandate. Refuses with NotFound."""
    return found(models.Mandate.objects.select_for_update(), mandate)
