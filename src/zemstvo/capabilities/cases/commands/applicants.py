"""Who applies by a draft that was begun without an account: named in it, or an account takes it over."""

from __future__ import annotations

from dataclasses import replace

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.commands.drafts import forget_key, open_draft
from zemstvo.capabilities.cases.drafting import Drafting, draft_row
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.models import Draft
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import ApplicantIsKnown, NotForThisApplicant, OrganisationApplies
from zemstvo.capabilities.cases.requests import OpenedDraft
from zemstvo.capabilities.cases.rules.codes import code_hash, new_code
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.refusals import NoMandate, Stale
from zemstvo.ground.people import files as store
from zemstvo.ground.people import vault
from zemstvo.ground.people.finding import is_id
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity, as_json
from zemstvo.ground.people.queries import pseudonym_of


@command
def name_applicant(
    act: Act,
    draft: str,
    identity: AnyIdentity,
    *,
    check: IdentityCheck = IdentityCheck.NONE,
    version: int,
) -> int:
    """Say who applies, and how that was made sure of; returns the row version.

    It is sealed with the draft and goes with it: a person is registered only when the application is sent.
    Refuses with ApplicantIsKnown (the draft of an account), NotForThisApplicant, Stale, NotFound,
    DraftIsSubmitted, NoMandate, with the refusals of `people.identity`, and, where it was checked, with
    NumberDoesNotAgree: what nobody checked is compared with nobody, or a visitor could try out numbers.
    """
    drafting = Drafting.take(act, draft, version)
    row = drafting.row
    if not row.is_anonymous:
        raise ApplicantIsKnown
    shape = "person" if isinstance(identity, Identity) else "organisation"
    if shape not in drafting.package.audience:
        raise NotForThisApplicant

    if check is not IdentityCheck.NONE:
        pseudonym_of(identity)
    sealed = as_json(identity.checked())
    row.applicant = vault.seal(str(row.owner), sealed, purpose=Purpose.DRAFT_APPLICANT)
    row.identity = check.value
    drafting.keep(drafting.answers)
    drafting.record(facts.DraftApplicantNamed(draft=draft, shape=shape, identity=check))
    return row.row_version


def adopt_draft(act: Act, draft: str) -> None:
    """Make a draft that was begun without an account the own draft of who acts.

    The act is that of somebody signed in who holds the code (`people.queries.act_of_code`). Not a command
    itself: the files are sealed anew outside any transaction, then `take_over` does the rest at one stroke.
    Its code opens it no longer. Harmless where it is theirs already (two pages at once). Refuses with
    OrganisationApplies, NotForThisApplicant, NotFound, DraftIsSubmitted, NoMandate.
    """
    if _is_own(act, draft_row(draft)):
        return
    drafting = Drafting.read(act, draft)
    row = drafting.row
    if not row.is_anonymous:
        return
    _demand_person(drafting)
    moved = {str(file.id): store.hand_over(file.stored_as, to=act.actor) for file in row.files.all()}
    try:
        take_over(act, draft, moved)
    except NoMandate:
        if not _is_own(act, draft_row(draft)):
            raise


@command
def take_over(act: Act, draft: str, moved: dict[str, str]) -> None:
    """Seal a draft anew under the key of who acts. Called by `adopt_draft`.

    The version stays: nothing changed that a form shows.
    """
    drafting = Drafting.take(act, draft, None)
    row, before = drafting.row, str(drafting.row.owner)
    if not (is_id(act.actor) and row.is_anonymous) or act.mandate:
        raise NoMandate(right="draft.own", territory=row.territory)
    _demand_person(drafting)
    answers = drafting.answers
    for file in row.files.all():
        if str(file.id) not in moved:
            raise Stale
        name = vault.open_sealed(before, bytes(file.name), purpose=Purpose.FILE_NAME)
        store.keep(moved[str(file.id)], act.actor, size_bytes=file.size_bytes, at=act.at)
        store.release(file.stored_as)
        file.stored_as, file.owner = moved[str(file.id)], act.actor
        file.name = vault.seal(act.actor, name, purpose=Purpose.FILE_NAME)
        file.save()

    forget_key(row)
    row.owner, row.is_anonymous, row.applicant = act.actor, False, b""
    row.answers = vault.seal(act.actor, answers, purpose=Purpose.DRAFT_ANSWERS)
    row.resume_hash = code_hash(new_code())
    row.save()
    drafting.record(facts.DraftAdopted(draft=draft))


def _is_own(act: Act, row: Draft) -> bool:
    """Whether the draft is that of the account of who acts."""
    return not row.is_anonymous and str(row.owner) == act.actor


def _demand_person(drafting: Drafting) -> None:
    """Refuse where the account's person cannot take the place of the applicant."""
    if isinstance(drafting.applicant, OrganisationIdentity):
        raise OrganisationApplies
    if "person" not in drafting.package.audience:
        raise NotForThisApplicant


@command
def open_draft_for(
    act: Act,
    identity: AnyIdentity,
    *,
    check: IdentityCheck,
    service: str,
    territory: str,
    language: str = "ru",
) -> OpenedDraft:
    """Begin an application for whoever stands at the counter, calls or wrote: who applies is named at once.

    Refuses as `open_draft` and `name_applicant`; then no draft is left.
    """
    opened = open_draft(act, service=service, territory=territory, language=language)
    version = name_applicant(act, opened.id, identity, check=check, version=opened.version)
    return replace(opened, version=version)
