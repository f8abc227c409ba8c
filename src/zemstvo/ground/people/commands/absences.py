"""Absences of officials, and the deputies who act under their mandates meanwhile."""

from __future__ import annotations

from datetime import date

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import facts, models
from zemstvo.ground.people.commands.days import demand_order, demand_still_open
from zemstvo.ground.people.commands.mandates import mandate_row
from zemstvo.ground.people.commands.officials import official_row
from zemstvo.ground.people.finding import found
from zemstvo.ground.people.refusals import MandateHasEnded, NotInOffice, OwnDeputy


@command
def record_absence(act: Act, official: str, *, from_on: date, until_on: date) -> str:
    """Record days on which an official does not work; `until_on` is the day of return. Returns the id."""
    row = official_row(official)
    act.must("absence.change", authority=row.authority)
    demand_order(from_on, until_on)

    absence = models.Absence.objects.create(id=uuid7(), official=row, from_on=from_on, until_on=until_on)
    act.record(
        facts.AbsenceRecorded(absence=str(absence.pk), official=official, from_on=from_on, until_on=until_on),
        authority=row.authority,
    )
    return str(absence.pk)


@command
def end_absence(act: Act, absence: str) -> None:
    """The official is back today, or does not leave at all. Refuses with AlreadyEnded."""
    row = found(models.Absence.objects.select_for_update().select_related("official"), absence)
    act.must("absence.change", authority=row.official.authority)
    demand_still_open(row.until_on, act.today)

    official, authority = str(row.official_id), row.official.authority
    if row.from_on >= act.today:
        row.delete()
    else:
        row.until_on = act.today
        row.save(update_fields=["until_on"])
    act.record(
        facts.AbsenceEnded(absence=absence, official=official, until_on=act.today), authority=authority
    )


@command
def name_deputy(
    act: Act, mandate: str, *, official: str, from_on: date | None = None, until_on: date | None = None
) -> str:
    """Let a colleague act under a mandate on the days on which its holder is absent; returns the deputy's id.

    Refuses with OwnDeputy, NotInOffice, MandateHasEnded.
    """
    row = mandate_row(mandate)
    colleague = official_row(official)
    act.must("deputy.change", row.territory, authority=row.authority)
    if colleague.person_id == row.official.person_id:
        raise OwnDeputy()
    if row.revoked_at is not None:
        raise MandateHasEnded(ended_on=act.day_of(row.revoked_at))
    begins = from_on or act.today
    demand_order(begins, until_on)
    if colleague.until_on is not None and colleague.until_on <= begins:
        raise NotInOffice(on=begins)

    deputy = models.Deputy.objects.create(
        id=uuid7(), mandate=row, official=colleague, from_on=begins, until_on=until_on
    )
    act.record(
        facts.DeputyNamed(
            deputy=str(deputy.pk), under=mandate, official=official, from_on=begins, until_on=until_on
        ),
        authority=row.authority,
        territory=row.territory,
    )
    return str(deputy.pk)


@command
def end_deputy(act: Act, deputy: str) -> None:
    """From today on the colleague no longer stands in. Refuses with AlreadyEnded."""
    row = found(models.Deputy.objects.select_for_update().select_related("mandate"), deputy)
    act.must("deputy.change", row.mandate.territory, authority=row.mandate.authority)
    demand_still_open(row.until_on, act.today)

    row.until_on = max(row.from_on, act.today)
    row.save(update_fields=["until_on"])
    act.record(
        facts.DeputyEnded(
            deputy=deputy, under=str(row.mandate_id), official=str(row.official_id), until_on=row.until_on
        ),
        authority=row.mandate.authority,
        territory=row.mandate.territory,
    )
