"""Who works on a case."""

from __future__ import annotations

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.matter import Matter, take
from zemstvo.capabilities.cases.refusals import OfficialNotHere
from zemstvo.ground.journal.acts import Act, command, house_act
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.roles import ROLES


@command
def assign_case(act: Act, number: str, official: str, *, version: int | None = None) -> int:
    """Give a case to an official (a person's pseudonym) with a mandate at its authority.

    Returns the row version. Refuses with OfficialNotHere, Stale, CaseIsDecided, CaseIsClosed.
    """
    matter = take(act, number, version)
    matter.must("case.assign")
    matter.demand_open()
    if official not in deciders(matter.act, matter.case.authority):
        raise OfficialNotHere(authority=matter.case.authority)

    matter.case.assigned_to = official
    matter.record(facts.CaseAssigned(case=number, official=official))
    return _kept_quietly(matter) if version is None else matter.keep()


def deciders(act: Act, authority: str, *, present: bool = False) -> list[str]:
    """Who may decide cases of an authority today, clerks before heads, oldest mandates first.

    `present`: without those who are away today, unless all are. One statement, two for the present ones.
    """
    house = house_act(at=act.at, zone=act.zone)
    rows = [
        row for row in people.mandates(house, authority=authority) if "case.decide" in ROLES.get(row.role, ())
    ]
    rows.sort(key=lambda row: "case.sign" in ROLES[row.role])
    if present:
        away = {
            one.official for one in people.absences(house, authority=authority) if one.from_on <= house.today
        }
        rows = [row for row in rows if row.official not in away] or rows
    return list(dict.fromkeys(row.person for row in rows))


def _kept_quietly(matter: Matter) -> int:
    """Save without a new version: the clock's own assignment makes nobody's form stale."""
    matter.case.save(update_fields=["assigned_to"])
    return matter.case.row_version
