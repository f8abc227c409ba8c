"""Filing: an application becomes a case. Store first: nothing but our own database can stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from zemstvo.capabilities.cases import intake
from zemstvo.capabilities.cases.applicant import identity_of
from zemstvo.capabilities.cases.commands.drafts import forget_key
from zemstvo.capabilities.cases.drafting import Drafting, demand_own, draft_row
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.matter import record
from zemstvo.capabilities.cases.models import Case, CaseFile, Draft
from zemstvo.capabilities.cases.placing import place
from zemstvo.capabilities.cases.preparing import Prepared, next_number, prepare
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import ApplicantNeeded, DraftIsSubmitted
from zemstvo.capabilities.cases.requests import Application, Receipt, RequestKey
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.people import files as store
from zemstvo.ground.people import vault
from zemstvo.ground.people.commands import register_organisation, register_person
from zemstvo.ground.people.identity import AnyIdentity, OrganisationIdentity
from zemstvo.ground.people.queries import pseudonym_of


def file_application(act: Act, application: Application, *, key: RequestKey | None = None) -> Receipt:
    """File an application that a machine sends or an official types. When it returns, it is safe.

    The act says through which channel it came and who put it in; `application.identity` how the applicant was
    made sure of. With a `key` a repeat gets the same answer, a concurrent twin waits for it. This is the hot
    path: it goes through `intake`, whose one statement is the transaction of this command.

    Refuses with AnswersInvalid, ChannelNotOffered, ServiceNotOffered, NoSuchService, ServiceIsRetired,
    KeyUsedOtherwise, NoMandate, and with the refusals of territory and calendar. Raises Erased.
    """
    return intake.file(act, application, key)


file_application.is_command = True  # type: ignore[attr-defined]


def submit_draft(
    act: Act,
    draft: str,
    *,
    version: int,
    applicant: str = "",
    representative: str = "",
    identity: IdentityCheck | None = None,
    consents: Sequence[str] = (),
) -> Receipt:
    """Submit a draft: it becomes a case of the applicant, by default of the draft's owner, else of whom it
    names.

    Not a command itself: files of a draft without an account are sealed anew for the applicant outside any
    transaction, then `file_draft` does the rest at one stroke; whom the draft names is registered in the same
    transaction, or not at all. `identity` is by default what the draft says. A form that is posted twice gets
    the same receipt.

    Refuses as `file_application`, and with ApplicantNeeded, Stale, NotFound.
    """
    try:
        prepared, moved, named = _prepared(act, draft, applicant, representative, identity, consents)
        answer = file_draft(prepared.act, draft, prepared, moved, named, version=version)
    except DraftIsSubmitted:
        return _receipt_again(draft_row(draft))
    return intake.receipt_from(answer, is_repeat=False)


def _prepared(
    act: Act,
    draft: str,
    applicant: str,
    representative: str,
    identity: IdentityCheck | None,
    consents: Sequence[str],
) -> tuple[Prepared, dict[str, str], AnyIdentity | None]:
    """The case that a draft becomes, the names under which its files are stored from then on, and whom it
    names as its applicant.
    """
    drafting = Drafting.read(act, draft)
    row = drafting.row
    check = identity or IdentityCheck(row.identity)
    named, known = _applicant(drafting, applicant, is_checked=check is not IdentityCheck.NONE)
    person = known or vault.new_pseudonym()
    application = Application(
        service=row.service,
        territory=row.territory,
        applicant=person,
        answers=drafting.answers,
        representative=representative or _representative(act, person),
        language=row.language,
        identity=check,
        consents=consents,
        applicant_identity=identity_of(act, known) if known else named,
    )
    at = replace(place(row.service, row.territory), package=drafting.package)
    filing = replace(act, channel=Channel(row.channel), entry=_entry(act, row))
    prepared = prepare(
        filing,
        application,
        at,
        number=next_number(filing, at),
        of=(draft,),
        draft=draft,
        files=list(row.files.all()),
    )
    moved = {str(file.id): _sealed_for(person, file) for file in row.files.all()}
    return prepared, moved, named


def _applicant(drafting: Drafting, applicant: str, *, is_checked: bool) -> tuple[AnyIdentity | None, str]:
    """Whom the draft names, where nobody else is said to apply, and the pseudonym, where one is known.

    Whose identity nobody checked is not looked for among the persons. Refuses with ApplicantNeeded.
    """
    row = drafting.row
    if person := applicant or ("" if row.is_anonymous else str(row.owner)):
        return None, person
    named = drafting.applicant
    if named is None:
        raise ApplicantNeeded
    return named, pseudonym_of(named) if is_checked else ""


@command
def file_draft(
    act: Act,
    draft: str,
    prepared: Prepared,
    moved: dict[str, str],
    named: AnyIdentity | None = None,
    *,
    version: int,
) -> dict[str, Any]:
    """Store a draft as a case, with its files, and register whom it names.

    Called by `submit_draft`; returns what its receipt is made of.
    """
    row = draft_row(draft, lock=True)
    demand_own(act, row)
    if row.submitted_as:
        raise DraftIsSubmitted(number=row.submitted_as)
    if version != row.row_version:
        raise Stale
    case = prepared.case
    apart = prepared.fact.identity is IdentityCheck.NONE
    if named and _registered(act, named, as_=str(case.applicant), apart=apart) != str(case.applicant):
        raise Stale  # somebody registered the same person a moment ago: the files are sealed for another
    case.save(force_insert=True)
    for file in row.files.all():
        _hand_over(act, case, file, moved)
    answer = intake.settled(prepared, record(act, case, prepared.fact))

    forget_key(row)
    row.owner, row.submitted_as = case.applicant, case.number
    row.answers = vault.seal(str(case.applicant), answer, purpose=Purpose.DRAFT_RECEIPT)
    row.applicant = b""
    row.row_version += 1
    row.save()
    return answer


def _registered(act: Act, identity: AnyIdentity, *, as_: str, apart: bool) -> str:
    """The pseudonym of whom the identity names; a new person, or one kept apart, gets the one given."""
    if isinstance(identity, OrganisationIdentity):
        return register_organisation(act, identity, pseudonym=as_, apart=apart)
    return register_person(act, identity, pseudonym=as_, apart=apart)


def _receipt_again(row: Draft) -> Receipt:
    kept: dict[str, Any] = vault.open_sealed(
        str(row.owner), bytes(row.answers), purpose=Purpose.DRAFT_RECEIPT
    )
    return intake.receipt_from(kept, is_repeat=True)


def _entry(act: Act, row: Draft) -> Entry:
    """Who put it in: as the draft was opened; an official's act says it anew (assisted, or transcribed)."""
    return act.entry if act.entry is not Entry.NONE else Entry(row.entry)


def _representative(act: Act, applicant: str) -> str:
    """Who acts for the applicant: the person who acts, where that is another one and no official."""
    is_person = len(act.actor) == 36 and not act.mandate
    return act.actor if is_person and act.actor != applicant else ""


def _sealed_for(person: str, file: CaseFile) -> str:
    """The stored name of a file once it is the applicant's: sealed anew where the draft had a key of its
    own.
    """
    return file.stored_as if str(file.owner) == person else store.hand_over(file.stored_as, to=person)


def _hand_over(act: Act, case: Case, file: CaseFile, moved: dict[str, str]) -> None:
    """Give a file of the draft to the case. Refuses with Stale where it came after the files were sealed."""
    applicant, name = str(case.applicant), moved.get(str(file.id))
    if name is None:
        raise Stale
    if name != file.stored_as:
        said = vault.open_sealed(str(file.owner), bytes(file.name), purpose=Purpose.FILE_NAME)
        store.keep(name, applicant, size_bytes=file.size_bytes, at=act.at)
        store.release(file.stored_as)
        file.name = vault.seal(applicant, said, purpose=Purpose.FILE_NAME)
    file.case, file.draft, file.stored_as, file.owner = case, None, name, case.applicant
    file.save()
