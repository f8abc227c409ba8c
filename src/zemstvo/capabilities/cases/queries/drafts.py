"""Drafts as their owners see them, and what earlier cases can spare them from typing again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from zemstvo.capabilities.cases.drafting import (
    Drafting,
    circumstances_of,
    demand_own,
    draft_row,
    is_own,
    named_applicant,
    next_page,
)
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.letters import answers_of
from zemstvo.capabilities.cases.matter import Packages, package_of, whose
from zemstvo.capabilities.cases.models import Case, CaseFile, Draft
from zemstvo.capabilities.cases.placing import responsible
from zemstvo.capabilities.cases.queries.parts import (
    AnsweredPage,
    FileRow,
    answered_pages,
    file_row,
    file_rows,
)
from zemstvo.capabilities.services.package import AnswerError, Circumstances, FieldType
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import queries as people
from zemstvo.ground.people import vault
from zemstvo.ground.people.identity import AnyIdentity

MOST = 50


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in the person's list."""

    id: str
    service: str
    service_title: str
    saved_at: datetime
    expires_on: date
    pages_done: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCard:
    """A draft as it is filled in.

    `page` is the page to go on with (empty: check the answers). `faults` are what still has to be corrected
    before it can be submitted, over all pages. `submitted_as` is the case that it became.
    """

    id: str
    version: int
    service: str
    service_version: int
    service_title: str
    territory: str
    language: str
    channel: str
    entry: str
    is_anonymous: bool
    owner: str
    """The pseudonym of a person with an account; empty for a draft that only its code opens."""
    applicant: AnyIdentity | None
    """Who was named as the applicant of a draft without an account."""
    identity: IdentityCheck
    """How that was made sure of."""
    known: Circumstances
    """What conditions may look at besides the answers."""
    page: str
    pages_done: tuple[str, ...]
    shown_pages: tuple[str, ...]
    answers: Mapping[str, Any]
    pages: tuple[AnsweredPage, ...]
    files: tuple[FileRow, ...]
    faults: tuple[AnswerError, ...]
    not_eligible_for: tuple[tuple[str, str], ...]
    saved_at: datetime
    expires_on: date
    submitted_as: str


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """A file of an earlier case that may be used again: which, for which question, from which case."""

    file: FileRow
    case: str
    filed_at: datetime


def draft(act: Act, id: str) -> DraftCard:
    """A draft to go on with. Four statements. Refuses with NotFound, NoMandate. Raises Erased."""
    row = draft_row(id)
    demand_own(act, row)
    drafting = Drafting(act, row)
    package = drafting.package
    answers = {} if row.submitted_as else drafting.answers
    known = circumstances_of(act, row)
    done = tuple(row.pages_done)
    shown = tuple(page.id for page in package.shown_pages(answers, known))
    failed = package.eligibility(answers, known).reasons if answers else ()
    return DraftCard(
        id=str(row.id),
        version=row.row_version,
        service=row.service,
        service_version=row.service_version,
        service_title=package.text(package.title),
        territory=row.territory,
        language=row.language,
        channel=row.channel,
        entry=row.entry,
        is_anonymous=row.is_anonymous,
        owner="" if row.is_anonymous else str(row.owner),
        applicant=None if row.submitted_as else named_applicant(row),
        identity=IdentityCheck(row.identity),
        known=known,
        page=next((page for page in shown if page not in done), ""),
        pages_done=done,
        shown_pages=shown,
        answers=answers,
        pages=answered_pages(package, answers, known),
        files=() if row.submitted_as else file_rows(row),
        faults=() if row.submitted_as else package.check_answers(answers, known).errors,
        not_eligible_for=tuple((code, package.text(package.reasons[code].text)) for code in failed),
        saved_at=row.saved_at,
        expires_on=row.expires_on,
        submitted_as=row.submitted_as,
    )


def page_after(act: Act, id: str, page: str) -> str:
    """The page of a draft that comes after this one; empty: check the answers. Costs as `draft`."""
    row = draft_row(id)
    demand_own(act, row)
    drafting = Drafting(act, row)
    return next_page(drafting.package, page, drafting.answers, circumstances_of(act, row))


def drafts(act: Act) -> list[DraftRow]:
    """The person's own drafts and those begun for others, the last saved first. Two statements.

    Refuses a stranger with NoMandate.
    """
    act.must("draft.own", of=[act.actor])
    owners = [act.actor, *(one.pseudonym for one in people.principals(act) if one.may_act)]
    rows = Draft.objects.filter(owner__in=owners, is_anonymous=False, submitted_as="").order_by("-saved_at")
    packages = Packages()
    found: list[DraftRow] = []
    for row in rows.defer("answers").iterator():
        if len(found) == MOST:
            break
        if not is_own(act, row):
            continue  # begun by others, or for a service beyond the scope of the representation
        package = packages.of(row)
        found.append(
            DraftRow(
                str(row.id),
                row.service,
                package.text(package.title),
                row.saved_at,
                row.expires_on,
                len(row.pages_done),
                len(package.pages),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class CounterDraft:
    """A draft that an official began for somebody and has not filed yet; `applicant` is a name or empty."""

    id: str
    service_title: str
    applicant: str
    channel: str
    saved_at: datetime
    expires_on: date


def counter_drafts(act: Act) -> list[CounterDraft]:
    """The drafts that this official began at the counter of this authority, the last saved first.

    One statement and one key for each. Refuses with NoMandate who files for nobody.
    """
    act.must("case.file", act.territory, authority=act.authority)
    rows = Draft.objects.filter(opened_by=act.actor, is_anonymous=True, submitted_as="")
    packages = Packages()
    found: list[CounterDraft] = []
    for row in rows.defer("answers").order_by("-saved_at").iterator():
        if len(found) == MOST:
            break
        package = packages.of(row)
        if not act.may("case.file", row.territory, authority=responsible(package, row.territory).code):
            continue
        applicant = named_applicant(row)
        found.append(
            CounterDraft(
                str(row.id),
                package.text(package.title),
                applicant.name if applicant else "",
                row.channel,
                row.saved_at,
                row.expires_on,
            )
        )
    return found


def earlier_answers(act: Act, service: str, *, person: str = "") -> dict[str, Any]:
    """What the person answered the last time, by field id, to be offered again; files are offered apart.

    Of this service where there is an earlier case, else of the person's last case of any service whose fields
    have the same ids. Two statements. Empty for a visitor; refuses for another's answers with NoMandate.
    """
    owner = person or act.behalf_of or act.actor
    if len(owner) != 36:
        return {}
    act.must("case.own.read", of=(owner, f"service:{service}"))
    rows = Case.objects.filter(applicant=owner).order_by("-filed_at")
    last = rows.filter(service=service).first() or rows.first()
    if last is None or not act.may("case.own.read", of=whose(last)):
        return {}
    try:
        answers = answers_of(last)
    except vault.Erased:
        return {}
    fields = package_of(last).fields
    again = (FieldType.FILE, FieldType.DECLARATION)
    return {
        name: value for name, value in answers.items() if name in fields and fields[name].type not in again
    }


def earlier_files(act: Act, service: str, *, person: str = "") -> list[EarlierFile]:
    """The files of the person's earlier cases, the newest first, to be used again in an application.

    Those of other services only where who acts may read them too. One statement, for a representative one
    more for each service. Refuses for another's files with NoMandate.
    """
    owner = person or act.behalf_of or act.actor
    if len(owner) != 36:
        return []
    act.must("case.own.read", of=(owner, f"service:{service}"))
    rows = CaseFile.objects.filter(case__applicant=owner, owner=owner).select_related("case")
    found = [(row, row.case) for row in rows.order_by("-added_at", "id")[:MOST] if row.case is not None]
    readable = {
        one
        for one in {case.service for _row, case in found}
        if act.may("case.own.read", of=(owner, f"service:{one}"))
    }
    return [
        EarlierFile(file_row(row), case.number, case.filed_at)
        for row, case in found
        if case.service in readable
    ]
