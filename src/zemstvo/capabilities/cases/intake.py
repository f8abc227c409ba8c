"""The intake: how an application becomes safe. The one hot path of the house.

`prepare` does everything that needs no transaction: the package checks the answers, the clock gives the due
day, the answers are sealed, number and tracking code are drawn. `store` then makes it durable at one stroke.

Where the applicant is known it takes three statements on PostgreSQL: whether the machine's token still
works, whom the identifiers name, and one that stores it all (`storing`, the one hand-written statement of
this room).

Acceptance never depends on anything but this database and the key store: no registry, no mail, no PDF.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError

from zemstvo.capabilities.cases import numbering
from zemstvo.capabilities.cases.applicant import applicant_as_asked, identity_of
from zemstvo.capabilities.cases.facts import CaseFiled
from zemstvo.capabilities.cases.matter import limit_of
from zemstvo.capabilities.cases.models import Case, CaseFile, IdempotencyKey, WaitingFile
from zemstvo.capabilities.cases.placing import Place, place, spoken
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import (
    AnswersInvalid,
    ApplicantNeeded,
    ChannelNotOffered,
    KeyUnusable,
    KeyUsedOtherwise,
    NotForThisApplicant,
    NumberIsTaken,
)
from zemstvo.capabilities.cases.requests import Application, Receipt, RequestKey
from zemstvo.capabilities.cases.rules.attachments import faults_of_files, named_files
from zemstvo.capabilities.cases.rules.codes import code_hash, new_code
from zemstvo.capabilities.cases.rules.numbers import case_number
from zemstvo.capabilities.cases.rules.workflow import stage_of
from zemstvo.capabilities.cases.storing import Row, blank, insert, store
from zemstvo.capabilities.cases.waiting import own_files, seal_for, settle, waiting_files
from zemstvo.capabilities.services.package import Circumstances, FieldType, Package
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.promises import promise
from zemstvo.ground.journal.refusals import NoMandate, Refusal
from zemstvo.ground.journal.writing import Stamp, line_of
from zemstvo.ground.people import vault
from zemstvo.ground.people.commands import register_organisation, register_person
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity
from zemstvo.ground.people.intake import persons_and_token, persons_by
from zemstvo.ground.people.powers import TokenPowers
from zemstvo.ground.people.queries import pseudonym_of
from zemstvo.ground.people.search import identifying_hashes
from zemstvo.ground.territory.queries import AuthorityRow

LONGEST_KEY = 128
"""Signs of an idempotency key at most."""

TRIES = 3
"""How often a number that turns out to be taken is drawn anew (another process after a restored backup)."""


log = logging.getLogger("zemstvo.cases.intake")


class Overtaken(Exception):
    """Somebody else was quicker, with the person or with a file: the application is prepared anew."""


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
    _demand_mandate(act, application, of)
    if act.channel.value not in package.channels:
        raise ChannelNotOffered(channel=act.channel.value)
    known = _circumstances(act, application)
    if known.applicant["kind"] not in package.audience:
        raise NotForThisApplicant
    checked = package.check_answers(application.answers, known)
    named = named_files(package.fields, checked.answers)
    if errors := (*checked.errors, *faults_of_files(named, own_files(files))):
        raise AnswersInvalid(errors=errors)

    read = at.clock_of_filing(act.channel.value, act.today)
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
        consents=_consents(package, checked.answers, application.consents),
        files=len(files) if draft else len(named),
    )
    row = blank(Case) | {
        **_where_and_how(act, application, at),
        **_as_filed(fact, act),
        "tracking_hash": code_hash(code),
        "answers": vault.seal(application.applicant, checked.answers, purpose=Purpose.CASE_ANSWERS),
    }
    return Prepared(
        act=act, row=row, fact=fact, tracking_code=code, files={file: field.id for field, file in named}
    )


def _where_and_how(act: Act, application: Application, at: Place) -> dict[str, Any]:
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
        "limit_on": limit_of(package.first_state, act.today, at.calendar),
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


def file(act: Act, application: Application, key: RequestKey | None) -> Receipt:
    """Take an application from the door to the disk. A key that was answered before gets the same answer.

    Where the application names its applicant by identity alone, a known person is found by the identifiers,
    and a new one is registered in the same transaction. Refuses as `prepare` does, and with KeyUsedOtherwise,
    KeyUnusable.
    """
    if key is not None and not (0 < len(key.key) <= LONGEST_KEY and key.key.isprintable()):
        raise KeyUnusable(most=LONGEST_KEY)
    for _ in range(TRIES):
        try:
            return _filed(act, application, key)
        except NoMandate:
            raise  # a token that was revoked gets no answer at all, not even the one it had
        except Refusal:
            if key is not None and (receipt := _answer_again(act, application, key)) is not None:
                return receipt
            raise
        except (IntegrityError, Overtaken) as error:
            if key is not None and (receipt := answer_to(key)) is not None:
                return receipt
            log.warning("an application was not stored at the first try: %s", error)
    raise NumberIsTaken


def _filed(act: Act, application: Application, key: RequestKey | None) -> Receipt:
    at = place(application.service, application.territory, application.authority)
    if application.applicant_identity is not None:
        application = replace(application, applicant_identity=application.applicant_identity.checked())
    number = next_number(act, at)
    if files := waiting_files(act, at.package, application.answers):
        return receipt_from(_file_with_files(act, application, at, number, key, files), is_repeat=False)
    if application.applicant:
        return _store(prepare(act, application, at, number=number), key)
    if application.applicant_identity is None:
        raise ApplicantNeeded
    act, known = _known_person(act, application.applicant_identity) if application.is_checked else (act, "")
    if known:
        return _store(prepare(act, replace(application, applicant=known), at, number=number), key)
    return receipt_from(_file_of_new_person(act, application, at, number, key), is_repeat=False)


def _file_with_files(
    act: Act,
    application: Application,
    at: Place,
    number: str,
    key: RequestKey | None,
    files: Sequence[WaitingFile],
) -> dict[str, Any]:
    """Seal the uploaded files for the applicant, outside any transaction, then store all at one stroke."""
    identity = application.applicant_identity
    if not application.applicant and identity is None:
        raise ApplicantNeeded
    named = identity if application.is_checked else None
    known = application.applicant or (pseudonym_of(named) if named else "")
    person = known or vault.new_pseudonym()
    prepared = prepare(act, replace(application, applicant=person), at, number=number, files=files)
    moved = seal_for(person, (file for file in files if str(file.id) in prepared.files))
    return _store_with_files(act, application, prepared, moved, key)


@command
def _store_with_files(
    act: Act,
    application: Application,
    prepared: Prepared,
    moved: Mapping[str, str],
    key: RequestKey | None,
) -> dict[str, Any]:
    """Store a case with the files that waited for it; returns what the receipt is made of."""
    person = str(prepared.row["applicant"])
    if not application.applicant and _registered(act, application, pseudonym=person) != person:
        raise Overtaken  # registered a moment ago by somebody else: the files are sealed for another
    answer = settled(prepared, _recorded(prepared))
    insert(_rows(prepared, answer, key))
    case = Case.objects.get(number=prepared.fact.case)
    if not settle(case, prepared.files, moved, at=act.at):
        raise Overtaken
    return answer


def _registered(act: Act, application: Application, *, pseudonym: str = "") -> str:
    """The pseudonym of whom the application names, who is registered where nobody knew the person."""
    identity, apart = application.applicant_identity, not application.is_checked
    if isinstance(identity, OrganisationIdentity):
        return register_organisation(act, identity, pseudonym=pseudonym, apart=apart)
    return register_person(act, identity or Identity(), pseudonym=pseudonym, apart=apart)


@command
def _file_of_new_person(
    act: Act, application: Application, at: Place, number: str, key: RequestKey | None
) -> dict[str, Any]:
    """Register the applicant and store the application, or neither; returns what the receipt is made of."""
    person = _registered(act, application)
    prepared = prepare(act, replace(application, applicant=person), at, number=number)
    answer = settled(prepared, _recorded(prepared))
    insert(_rows(prepared, answer, key))
    return answer


def _recorded(prepared: Prepared) -> Stamp:
    """Leave the fact of filing with the running command."""
    service, version = prepared.row["service"], prepared.row["service_version"]
    return prepared.act.record(prepared.fact, service=service, service_version=version)


def _known_person(act: Act, identity: AnyIdentity) -> tuple[Act, str]:
    """The one person whom the identifiers name; empty where they name nobody, or two.

    One statement, which tells of a machine's token besides: the act comes back with what was seen of it.
    """
    hashes = identifying_hashes(identity)
    if hashes and isinstance(act.powers, TokenPowers):
        persons, seen = persons_and_token(hashes, act.powers.token, act.at)
        act = replace(act, powers=replace(act.powers, seen=seen))
    else:
        persons = persons_by(hashes)
    named = set(persons.values())
    return act, named.pop() if len(named) == 1 else ""


def _answer_again(act: Act, application: Application, key: RequestKey) -> Receipt | None:
    """The answer that was given to a key, for whoever may file now: the refusal may have come before anybody
    asked that. Refuses with NoMandate, KeyUsedOtherwise.
    """
    _demand_mandate(act, application, ())
    return answer_to(key)


def answer_to(key: RequestKey) -> Receipt | None:
    """The answer that was given to a key, None where there was none.

    One query. Refuses with KeyUsedOtherwise.
    """
    row = IdempotencyKey.objects.filter(token=key.token, key=key.key).first()
    if row is None:
        return None
    if not hmac.compare_digest(bytes(row.body_hash), key.body_hash):
        raise KeyUsedOtherwise
    kept = vault.open_sealed(str(row.applicant), bytes(row.answer), purpose=Purpose.KEPT_ANSWER)
    return receipt_from(kept, is_repeat=True)


def settled(prepared: Prepared, stamp: Stamp) -> dict[str, Any]:
    """What is sealed of an answer, so that it can be given again: all of the receipt but the promise's
    signature.
    """
    fact = prepared.fact
    return {
        "number": fact.case,
        "tracking_code": prepared.tracking_code,
        "state": fact.state,
        "due_on": fact.due_on.isoformat() if fact.due_on else None,
        "fact": stamp.fact,
        "leaf_hash": stamp.leaf_hash.hex(),
    }


def receipt_from(kept: Mapping[str, Any], *, is_repeat: bool) -> Receipt:
    """The receipt of what was settled; the promise is signed now, and is the same each time."""
    return Receipt(
        number=kept["number"],
        tracking_code=kept["tracking_code"],
        state=kept["state"],
        due_on=date.fromisoformat(kept["due_on"]) if kept["due_on"] else None,
        promise=promise(Stamp(kept["fact"], bytes.fromhex(kept["leaf_hash"]))),
        is_repeat=is_repeat,
    )


def _store(prepared: Prepared, key: RequestKey | None) -> Receipt:
    act, row = prepared.act, prepared.row
    line = line_of(
        act,
        prepared.fact,
        territory=act.territory,
        authority=act.authority,
        service=row["service"],
        service_version=row["service_version"],
    )
    answer = settled(prepared, line.stamp)
    rows = _rows(prepared, answer, key)
    store(rows, line)
    return receipt_from(answer, is_repeat=False)


def _rows(prepared: Prepared, answer: Mapping[str, Any], key: RequestKey | None) -> list[Row]:
    """The rows beside the journal's: the case, and the answer that is kept for a key."""
    rows: list[Row] = [(Case, prepared.row)]
    if key is not None:
        applicant = str(prepared.row["applicant"])
        kept = {
            "token": key.token,
            "key": key.key,
            "body_hash": key.body_hash,
            "applicant": applicant,
            "answer": vault.seal(applicant, answer, purpose=Purpose.KEPT_ANSWER),
            "stored_at": prepared.act.at,
        }
        rows.append((IdempotencyKey, kept))
    return rows


def _at_authority(act: Act, application: Application, authority: AuthorityRow) -> Act:
    """The act at the responsible authority, on behalf of the applicant where another one acts."""
    return replace(
        act,
        territory=application.territory,
        authority=authority.code,
        zone=authority.zone,
        behalf_of=act.behalf_of or ("" if act.actor == application.applicant else application.applicant),
    )


def _demand_mandate(act: Act, application: Application, of: tuple[str, ...]) -> None:
    """One's own application, or that of somebody whom one represents; else an official's right to file."""
    whose = (application.applicant, f"service:{application.service}", *of)
    if not act.may("case.own.submit", act.territory, authority=act.authority, of=whose):
        act.must("case.file", act.territory, authority=act.authority)


def _circumstances(act: Act, application: Application) -> Circumstances:
    """What conditions may ask besides the answers; who applies is looked up where the face did not say."""
    identity = application.applicant_identity or identity_of(act, application.applicant)
    return Circumstances(
        today=act.today,
        filed_on=act.today,
        channel=act.channel.value,
        applicant=applicant_as_asked(identity),
    )


def _consents(package: Package, answers: Mapping[str, Any], given: Sequence[str]) -> tuple[str, ...]:
    """What the applicant consented to: the declarations that were confirmed, and what was given besides."""
    confirmed = [
        field.id
        for field in package.fields.values()
        if field.type is FieldType.DECLARATION and answers.get(field.id)
    ]
    return tuple(dict.fromkeys([*confirmed, *given]))


def next_number(act: Act, at: Place) -> str:
    """A number for a case of the authority. Taken outside the transaction, it costs nearly nothing."""
    year = act.at.astimezone(ZoneInfo(at.authority.zone)).year
    return case_number(at.authority.prefix, year, numbering.next_serial(at.authority.code, year))
