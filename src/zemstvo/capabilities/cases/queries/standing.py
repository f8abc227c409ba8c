"""Where a case stands, for machines: no personal data, and a look of its own where the case is not theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from zemstvo.capabilities.cases.matter import Matter, at_place, whose
from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.queries.own import wanted_of
from zemstvo.capabilities.cases.rules.numbers import is_case_number, tidy_number
from zemstvo.capabilities.documents import queries as documents
from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people.looks import Look
from zemstvo.ground.people.refusals import LookNotRecorded


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStanding:
    """Where a case stands. `wanted` are sentences about what is wanted of the applicant; documents are signed
    ones."""

    number: str
    service: str
    service_version: int
    territory: str
    authority: str
    state: str
    stage: str
    outcome: str
    status: str
    filed_at: datetime
    due_on: date | None
    is_open: bool
    wanted: tuple[str, ...]
    documents: tuple[documents.Card, ...]


def case_standing(act: Act, number: str, look: Look | None = None) -> CaseStanding:
    """Where a case stands, for whoever filed it; for others of its place (`case.read`) with a recorded look.

    Some eight statements. Refuses with LookNotRecorded, and with NotFound whoever may not know of the case.
    """
    case = _readable(act, number)
    if not act.may("case.own.read", of=whose(case)):
        if look is None:
            raise LookNotRecorded
        look.demand(act, [str(case.applicant)])
    matter = Matter(at_place(act, case.territory, case.authority), case)
    cards = documents.documents_of(house_act(at=act.at), case.number)
    return CaseStanding(
        number=case.number,
        service=case.service,
        service_version=case.service_version,
        territory=case.territory,
        authority=case.authority,
        state=case.state,
        stage=case.stage,
        outcome=case.outcome,
        status=matter.package.text(matter.state.status),
        filed_at=case.filed_at,
        due_on=case.due_on,
        is_open=case.is_open,
        wanted=tuple(one.sentence for one in wanted_of(matter)),
        documents=tuple(card for card in cards if card.signed_at),
    )


def applicant_of_standing(act: Act, number: str) -> str:
    """Whose case it is, so that the look can be recorded first. Refuses with NotFound as `case_standing`."""
    return str(_readable(act, number).applicant)


def _readable(act: Act, number: str) -> Case:
    tidy = tidy_number(number)
    case = Case.objects.filter(number=tidy).first() if is_case_number(tidy) else None
    if case is None:
        raise NotFound
    is_own = act.may("case.own.read", of=whose(case))
    if not (is_own or act.may("case.read", case.territory, authority=case.authority)):
        raise NotFound
    return case
