"""Preparing an application: everything about it that needs no transaction.

The package checks the answers, the clock gives the due day, the answers are sealed, number and tracking code
are drawn. What is prepared can be refused no more but for its key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from zemstvo.capabilities.cases import numbering
from zemstvo.capabilities.cases.applicant import applicant_as_asked, identity_of
from zemstvo.capabilities.cases.facts import CaseFiled
from zemstvo.capabilities.cases.matter import limit_of
from zemstvo.capabilities.cases.models import Case, CaseFile, WaitingFile
from zemstvo.capabilities.cases.placing import Place, spoken
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import AnswersInvalid, ChannelNotOffered, NotForThisApplicant
from zemstvo.capabilities.cases.requests import Application
from zemstvo.capabilities.cases.rules.attachments import faults_of_files, named_files
from zemstvo.capabilities.cases.rules.codes import code_hash, new_code
from zemstvo.capabilities.cases.rules.numbers import case_number
from zemstvo.capabilities.cases.rules.workflow import stage_of
from zemstvo.capabilities.cases.storing import blank
from zemstvo.capabilities.cases.waiting import own_files
from zemstvo.capabilities.services.package import Circumstances, Field, FieldType, Package
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import vault
from zemstvo.ground.people.powers import TokenPowers
from zemstvo.ground.territory.queries import AuthorityRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An application that is ready to be stored: nothing about it can be refused any more but its key."""

    act: Act
    row: Mapping[str, Any]
    """The columns of the case, by the names of the model."""
    fact: CaseFiled
    tracking_code: str
    files: Mapping[str, str] = field(default_factory=dict)
    """The fields that the files answer, by the ids of the files."""

    @property
    def case(self) -> Case:
        """The case as a model, for whoever stores it through the ORM."""
        return Case(**self.row)


def prepare(
    act: Act,
    application: Application,
    at: Place,
    *,
    number: str,
    of: tuple[str, ...] = (),
    draft: str | None = None,
    files: Sequence[CaseFile | WaitingFile] = (),
) -> Prepared:
    """Check, count and seal an application under its number. Writes nothing.

    `of` names what besides the applicant gives the right to file (the draft whose code is held), `files` are
    those that the answers may name: of the draft, or uploaded by the machine before. Refuses with
    ChannelNotOffered, NotForThisApplicant, AnswersInvalid, NoMandate, and with the refusals of territory and
    calendar.
    """
    package = at.package
    act = _at_authority(act, application, at.authority)
    demand_mandate(act, application, of)
    today = act.today
    answers, named = _sound_answers(act, application, package, files, today)

    read = at.clock_of_filing(act.channel.value, today)
    code = new_code()
    others = application.representative != application.applicant
    fact = CaseFiled(
        case=number,
        applicant=application.applicant,
        representative=application.representative or None if others else None,
        draft=draft,
        state=package.first_state.id,
        filed_on=read.filed_on,
        register_by=read.register_by,
        due_on=read.due_on,
        identity=application.identity,
        consents=_consents(package, answers, application.consents),
        files=len(files) if draft else len(named),
    )
    row = blank(Case) | {
        **_where_and_how(act, application, at, today),
        **_as_filed(fact, act),
        "started_on": read.started_on,
        "tracking_hash": code_hash(code),
        "answers": vault.seal(application.applicant, answers, purpose=Purpose.CASE_ANSWERS),
    }
    return Prepared(
        act=act, row=row, fact=fact, tracking_code=code, files={file: field.id for field, file in named}
    )


def _sound_answers(
    act: Act,
    application: Application,
    package: Package,
    files: Sequence[CaseFile | WaitingFile],
    today: date,
) -> tuple[Mapping[str, Any], list[tuple[Field, str]]]:
    """The answers in their normal form, once channel, applicant, answers and files are what they must be.

    Besides the files that they name, each with its field.
    """
    if act.channel.value not in package.channels:
        raise ChannelNotOffered(channel=act.channel.value)
    known = _circumstances(act, application, today)
    if known.applicant["kind"] not in package.audience:
        raise NotForThisApplicant
    checked = package.check_answers(application.answers, known)
    named = named_files(package, checked.answers)
    if errors := (*checked.errors, *faults_of_files(named, own_files(files))):
        raise AnswersInvalid(errors=errors)
    return checked.answers, named


def _where_and_how(act: Act, application: Application, at: Place, today: date) -> dict[str, Any]:
    """The columns that say which service it is, at which authority, and how it came."""
    package = at.package
    return {
        "service": package.service,
        "service_version": package.version,
        "local_territory": package.local.territory,
        "local_revision": package.local.revision,
        "territory": application.territory,
        "authority": act.authority,
        "state": package.first_state.id,
        "stage": stage_of(package.first_state, is_registered=False),
        "is_open": True,
        "limit_on": limit_of(package.first_state, today, at.calendar),
        "language": spoken(package, application.language),
    }


def _as_filed(fact: CaseFiled, act: Act) -> dict[str, Any]:
    """The columns that the act and the fact of filing say."""
    return {
        "number": fact.case,
        "applicant": fact.applicant,
        "representative": fact.representative,
        "identity": fact.identity.value,
        "channel": act.channel.value,
        "entry": act.entry.value,
        "intermediary": act.intermediary,
        "token": act.actor if isinstance(act.powers, TokenPowers) else "",
        "filed_at": act.at,
        "filed_on": fact.filed_on,
        "register_by": fact.register_by,
        "due_on": fact.due_on,
        "act_by": fact.register_by or fact.due_on or fact.filed_on,
    }


def _at_authority(act: Act, application: Application, authority: AuthorityRow) -> Act:
    """The act at the responsible authority, on behalf of the applicant where another one acts."""
    return replace(
        act,
        territory=application.territory,
        authority=authority.code,
        zone=authority.zone,
        behalf_of=act.behalf_of or ("" if act.actor == application.applicant else application.applicant),
    )


def demand_mandate(act: Act, application: Application, of: tuple[str, ...]) -> None:
    """One's own application, or that of somebody whom one represents; else an official's right to file."""
    whose = (application.applicant, f"service:{application.service}", *of)
    if not act.may("case.own.submit", act.territory, authority=act.authority, of=whose):
        act.must("case.file", act.territory, authority=act.authority)


def _circumstances(act: Act, application: Application, today: date) -> Circumstances:
    """What conditions may ask besides the answers; who applies is looked up where the face did not say."""
    identity = application.applicant_identity or identity_of(act, application.applicant)
    return Circumstances(
        today=today,
        filed_on=today,
        channel=act.channel.value,
        applicant=applicant_as_asked(identity),
    )


def _consents(package: Package, answers: Mapping[str, Any], given: Sequence[str]) -> tuple[str, ...]:
    """What the applicant consented to: the declarations that were confirmed, and what was given besides."""
    confirmed = [one.id for one in package.fields_of(FieldType.DECLARATION) if answers.get(one.id)]
    return tuple(dict.fromkeys([*confirmed, *given]))


def next_number(act: Act, at: Place) -> str:
    """A number for a case of the authority. Taken outside the transaction, it costs nearly nothing."""
    year = act.at.astimezone(ZoneInfo(at.authority.zone)).year
    return case_number(at.authority.prefix, year, numbering.next_serial(at.authority.code, year))
