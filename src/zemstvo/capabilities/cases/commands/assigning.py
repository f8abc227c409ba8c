"""Who works on a case."""

from __future__ import annotations

import time

from django.db.models import Count

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.matter import take
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.refusals import OfficialNotHere
from zemstvo.ground.journal.acts import Act, command, house_act
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.queries import MandateRow
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
    return matter.keep()


@command
def assign_first(act: Act, number: str, official: str) -> None:
    """Give a new case that nobody has to an official. Done by the house: it makes nobody's form stale.

    One statement. Refuses with OfficialNotHere where somebody has the case by now, or it has ended.
    """
    act.must("case.assign", act.territory, authority=act.authority)
    unassigned = Case.objects.filter(
        number=number, authority=act.authority, is_open=True, assigned_to__isnull=True
    )
    if not unassigned.update(assigned_to=official):
        raise OfficialNotHere(authority=act.authority)
    act.record(facts.CaseAssigned(case=number, official=official))


def deciders(act: Act, authority: str) -> list[str]:
    """Who may decide cases of an authority today, oldest mandates first. One statement."""
    return list(dict.fromkeys(row.person for row in _mandates(act, authority)))


def first_hands(act: Act, authority: str) -> list[str]:
    """Who gets new cases: the clerks who are not away today, else the heads. Two statements."""
    house = house_act(at=act.at, zone=act.zone)
    today = house.today
    away = {one.official for one in people.absences(house, authority=authority) if one.from_on <= today}
    present = [row for row in _mandates(act, authority) if row.official not in away]
    clerks = [row for row in present if "case.sign" not in ROLES[row.role]]
    return list(dict.fromkeys(row.person for row in clerks or present))


def _mandates(act: Act, authority: str) -> list[MandateRow]:
    house = house_act(at=act.at, zone=act.zone)
    rows = people.mandates(house, authority=authority)
    return [row for row in rows if "case.decide" in ROLES.get(row.role, ())]


class Loads:
    """Who of an authority has how many open cases: counted once in KEPT_SECONDS, then kept up by hand.

    New cases come by the thousand and go out one by one; to count all open cases for each would cost more the
    more there are.
    """

    KEPT_SECONDS = 5.0

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, dict[str, int]]] = {}

    def least_busy(self, act: Act, authority: str) -> str:
        """The present official with the fewest open cases, who gets one more now; empty where nobody is
        there.
        """
        until, loads = self._known.get(authority, (0.0, {}))
        if until < time.monotonic():
            loads = self._counted(act, authority)
            self._known[authority] = (time.monotonic() + self.KEPT_SECONDS, loads)
        if not loads:
            return ""
        chosen = min(loads, key=lambda official: loads[official])
        loads[chosen] += 1
        return chosen

    def forget(self) -> None:
        """Count anew at the next case."""
        self._known.clear()

    def _counted(self, act: Act, authority: str) -> dict[str, int]:
        officials = first_hands(act, authority)
        rows = Case.objects.filter(authority=authority, is_open=True, assigned_to__in=officials)
        counted = rows.order_by().values_list("assigned_to").annotate(Count("id"))
        return dict.fromkeys(officials, 0) | {str(official): count for official, count in counted}


loads = Loads()
