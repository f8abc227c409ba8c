"""Who acts for whom: representation of natural persons, employment by organisations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import facts, models, roles
from zemstvo.ground.people.commands.days import demand_order, demand_still_open
from zemstvo.ground.people.commands.persons import person_rows
from zemstvo.ground.people.finding import found
from zemstvo.ground.people.refusals import NotAnOrganisation, OwnMandate, RepresentsItself, UnknownCode


@command
def represent(
    act: Act,
    *,
    person: str,
    representative: str,
    ground: str,
    services: Sequence[str] = (),
    may_read: bool = True,
    may_act: bool = True,
    from_on: date | None = None,
    until_on: date | None = None,
) -> str:
    """Let a person act for another, on a ground of `roles.GROUNDS`, for some services or for all.

    A person may name the own attorney; every other ground is recorded by an official who saw the paper.
    An official makes nobody's representative of himself or herself (OwnMandate). Returns the representation's
    id. `until_on` is exclusive.
    """
    person_rows(person, representative)
    _demand_may_name(act, person, representative, ground)
    begins = from_on or act.today
    demand_order(begins, until_on)

    row = models.Representation.objects.create(
        id=uuid7(),
        person_id=person,
        representative_id=representative,
        ground=ground,
        scope=sorted(set(services)),
        may_read=may_read,
        may_act=may_act,
        from_on=begins,
        until_on=until_on,
    )
    act.record(_begun(row))
    return str(row.pk)


def _demand_may_name(act: Act, person: str, representative: str, ground: str) -> None:
    """Refuse what nobody may record: oneself for oneself, an official's own advantage, an unknown ground."""
    if ground == "attorney" and not act.mandate:
        act.must("person.own.represent", of=(person,))
    else:
        act.must("representation.change")
    if person == representative:
        raise RepresentsItself()
    if act.mandate and act.actor == representative:
        raise OwnMandate()
    if ground not in roles.GROUNDS:
        raise UnknownCode(code=ground, known=", ".join(roles.GROUNDS))


def _begun(row: models.Representation) -> facts.RepresentationBegun:
    return facts.RepresentationBegun(
        representation=str(row.pk),
        person=str(row.person_id),
        representative=str(row.representative_id),
        ground=row.ground,
        from_on=row.from_on,
        until_on=row.until_on,
    )


@command
def end_representation(act: Act, representation: str) -> None:
    """End a representation today. Either side may, and an official. Refuses with AlreadyEnded."""
    row = found(models.Representation.objects.select_for_update(), representation)
    sides = (str(row.person_id), str(row.representative_id))
    if not act.may("person.own.represent", of=sides):
        act.must("representation.change")
    demand_still_open(row.until_on, act.today)

    row.until_on = max(row.from_on, act.today)
    row.save(update_fields=["until_on"])
    act.record(
        facts.RepresentationEnded(
            representation=representation, person=sides[0], representative=sides[1], until_on=row.until_on
        )
    )


@command
def employ(
    act: Act,
    *,
    organisation: str,
    person: str,
    services: Sequence[str] = (),
    leads: bool = False,
    from_on: date | None = None,
    until_on: date | None = None,
) -> str:
    """Let an employee act for an organisation, for some services or for all.

    Whoever `leads` it is recorded by an official who saw the extract, and names the other employees alone.
    Returns the employment's id. `until_on` is exclusive. Refuses with NotAnOrganisation.
    """
    row, _person = person_rows(organisation, person)
    if leads or not act.may("person.own.employ", of=(organisation,)):
        act.must("representation.change")
    if act.mandate and act.actor == person:
        raise OwnMandate()
    if row.kind != models.Person.Kind.ORGANISATION:
        raise NotAnOrganisation()
    begins = from_on or act.today
    demand_order(begins, until_on)

    employment = models.Employment.objects.create(
        id=uuid7(),
        organisation_id=organisation,
        person_id=person,
        scope=sorted(set(services)),
        leads=leads,
        from_on=begins,
        until_on=until_on,
    )
    act.record(_employed(employment))
    return str(employment.pk)


def _employed(row: models.Employment) -> facts.EmploymentBegun:
    return facts.EmploymentBegun(
        employment=str(row.pk),
        organisation=str(row.organisation_id),
        person=str(row.person_id),
        from_on=row.from_on,
        until_on=row.until_on,
    )


@command
def end_employment(act: Act, employment: str) -> None:
    """From today on the employee no longer acts for the organisation. Refuses with AlreadyEnded."""
    row = found(models.Employment.objects.select_for_update(), employment)
    organisation, person = str(row.organisation_id), str(row.person_id)
    if not act.may("person.own.employ", of=(organisation,)):
        act.must("representation.change")
    demand_still_open(row.until_on, act.today)

    row.until_on = max(row.from_on, act.today)
    row.save(update_fields=["until_on"])
    act.record(
        facts.EmploymentEnded(
            employment=employment, organisation=organisation, person=person, until_on=row.until_on
        )
    )
