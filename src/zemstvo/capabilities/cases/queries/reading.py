"""A case in the hands of a query of officials."""

from __future__ import annotations

from django.db.models import QuerySet

from zemstvo.capabilities.cases.matter import Matter, at_place
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.rules.numbers import is_case_number, tidy_number
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.statements import written_once


def readable(act: Act, number: str) -> Matter:
    """A case that this official may read, unlocked. One statement and those of the right."""
    tidy = tidy_number(number)
    case = next(iter(_numbered(tidy)), None) if is_case_number(tidy) else None
    if case is None:
        act.must("case.read", act.territory, authority=act.authority)
        raise NotFound
    matter = Matter(at_place(act, case.territory, case.authority), case)
    matter.must("case.read")
    return matter


@written_once
def _numbered(number: str) -> QuerySet[Case]:
    return Case.objects.filter(number=number)
