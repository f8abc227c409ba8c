"""Officials: appointed to an authority, dismissed from it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import facts, models
from zemstvo.ground.people.commands.days import demand_still_open
from zemstvo.ground.people.commands.persons import person_row
from zemstvo.ground.people.finding import found
from zemstvo.ground.people.refusals import AlreadyInOffice
from zemstvo.ground.territory import queries as territories


@command
def appoint_official(
    act: Act, person: str, *, authority: str, position: Mapping[str, str], from_on: date | None = None
) -> str:
    """Take a person into the service of an authority; `position` is the title by language. Returns the id.

    Without an authority the official serves the installation as a whole, as its first administrator does.
    Refuses with AlreadyInOffice while the person serves there, with UnknownAuthority.
    """
    person_row(person)
    act.must("official.change", authority=authority)
    if authority:
        territories.authority(authority)
    if models.Official.objects.filter(person_id=person, authority=authority, until_on__isnull=True).exists():
        raise AlreadyInOffice(authority=authority)

    begins = from_on or act.today
    row = models.Official.objects.create(
        id=uuid7(), person_id=person, authority=authority, position=dict(position), from_on=begins
    )
    act.record(
        facts.OfficialAppointed(
            official=str(row.pk), person=person, at_authority=authority or None, from_on=begins
        ),
        authority=authority,
    )
    return str(row.pk)


@command
def dismiss_official(act: Act, official: str) -> None:
    """End an official's service today; every mandate from it ends with it. Refuses with AlreadyEnded."""
    row = official_row(official)
    act.must("official.change", authority=row.authority)
    demand_still_open(row.until_on, act.today)

    row.until_on = max(row.from_on, act.today)
    row.save(update_fields=["until_on"])
    act.record(
        facts.OfficialDismissed(
            official=official,
            person=str(row.person_id),
            at_authority=row.authority or None,
            until_on=row.until_on,
        ),
        authority=row.authority,
    )


def official_row(official: str) -> models.Official:
    """The locked row of an official. Refuses with NotFound."""
    return found(models.Official.objects.select_for_update(), official)
