"""An official makes sure who applied, where nobody had."""

from __future__ import annotations

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.matter import take
from zemstvo.capabilities.cases.refusals import ApplicantIsChecked
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.people.commands import join_person


@command
def confirm_applicant(
    act: Act, number: str, *, how: IdentityCheck, same_person: bool = False, version: int
) -> int:
    """Say how the applicant was made sure of; returns the row version.

    Until then the applicant is kept apart, whatever numbers were typed. Now they count: whoever is registered
    under them sees the case from now on (`people.commands.join_person`), and sees who joined it. `how` is
    PASSPORT or KNOWN; `same_person`: she says so although name, birthday or numbers differ from those of whom
    the numbers name. Refuses with ApplicantIsChecked, Stale, NotFound, NoMandate, and as `join_person`.
    """
    matter = take(act, number, version)
    matter.must("case.accept")
    matter.demand_fresh()
    case = matter.case
    if case.identity != IdentityCheck.NONE:
        raise ApplicantIsChecked(number=number)

    join_person(matter.act, str(case.applicant), how=how.value, same_person=same_person)
    case.identity = how.value
    matter.record(facts.CaseApplicantConfirmed(case=number, identity=how))
    return matter.keep()
