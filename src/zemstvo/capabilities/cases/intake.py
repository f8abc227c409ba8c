"""The intake: how an application becomes safe. The one hot path of the house.

`preparing` does everything that needs no transaction, `storing` then makes it durable at one stroke.

Where the applicants are known it takes two statements on PostgreSQL for all who file at the same time: whom
their identifiers name and whether the machines' tokens still work, and one that stores it all.

Acceptance never depends on anything but this database and the key store: no registry, no mail, no PDF.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import IntegrityError

from zemstvo.capabilities.cases.models import Case, IdempotencyKey, WaitingFile
from zemstvo.capabilities.cases.placing import Place, place
from zemstvo.capabilities.cases.preparing import Prepared, demand_mandate, next_number, prepare
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import (
    ApplicantNeeded,
    KeyUnusable,
    KeyUsedOtherwise,
    NumberIsTaken,
)
from zemstvo.capabilities.cases.requests import Application, Receipt, RequestKey
from zemstvo.capabilities.cases.storing import Filing, Row, insert, store
from zemstvo.capabilities.cases.waiting import seal_for, settle, waiting_files
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.promises import promise
from zemstvo.ground.journal.refusals import NoMandate, Refusal
from zemstvo.ground.journal.writing import Line, Stamp, line_of
from zemstvo.ground.people import vault
from zemstvo.ground.people.commands import register_organisation, register_person
from zemstvo.ground.people.identity import Identity, OrganisationIdentity
from zemstvo.ground.people.intake import Answer, Question
from zemstvo.ground.people.powers import TokenPowers
from zemstvo.ground.people.queries import pseudonym_of
from zemstvo.ground.people.recognising import recognised
from zemstvo.ground.people.search import identifying_hashes

LONGEST_KEY = 128
"""Signs of an idempotency key at most."""

TRIES = 3
"""How often a number that turns out to be taken is drawn anew (another process after a restored backup)."""


log = logging.getLogger("zemstvo.cases.intake")


class Overtaken(Exception):
    """Somebody else was quicker, with the person or with a file: the application is prepared anew."""


class NobodyKnown(Exception):
    """The identifiers name nobody yet: the applicant is registered with the application."""


def file(act: Act, application: Application, key: RequestKey | None) -> Receipt:
    """Take an application from the door to the disk. A key that was answered before gets the same answer.

    Where the application names its applicant by identity alone, a known person is found by the identifiers,
    and a new one is registered in the same transaction. Refuses as `prepare` does, and with KeyUsedOtherwise,
    KeyUnusable, NumberDoesNotAgree.
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
        return _store(act, application, at, number, key)
    if application.applicant_identity is None:
        raise ApplicantNeeded
    if application.is_checked:
        with suppress(NobodyKnown):
            return _store(act, application, at, number, key)
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


def _answer_again(act: Act, application: Application, key: RequestKey) -> Receipt | None:
    """The answer that was given to a key, for whoever may file now: the refusal may have come before anybody
    asked that. Refuses with NoMandate, KeyUsedOtherwise.
    """
    demand_mandate(act, application, ())
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
        "is_expected": prepared.row["started_on"] is None,
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
        is_expected=kept["is_expected"],
        promise=promise(Stamp(kept["fact"], bytes.fromhex(kept["leaf_hash"]))),
        is_repeat=is_repeat,
    )


def _store(act: Act, application: Application, at: Place, number: str, key: RequestKey | None) -> Receipt:
    """Make everything ready and store it, with what others file at the same time."""
    kept: dict[str, Any] = {}

    def filing(answer: Answer) -> Filing:
        prepared = prepare(*_with_known_person(act, application, answer), at, number=number)
        line = _line(prepared)
        kept.update(settled(prepared, line.stamp))
        return _rows(prepared, kept, key), line

    store(_question(act, application), filing)
    return receipt_from(kept, is_repeat=False)


def _question(act: Act, application: Application) -> Question:
    """What has to be known of the applicant, where the application names him by identity alone."""
    identity = application.applicant_identity if not application.applicant else None
    token = act.powers.token if isinstance(act.powers, TokenPowers) else ""
    return Question(identifying_hashes(identity) if identity else (), token, act.at)


def _with_known_person(act: Act, application: Application, answer: Answer) -> tuple[Act, Application]:
    """The act with what was seen of the machine's token, and the application with the one person whom its
    identity names. Raises NobodyKnown where it names nobody, or two; refuses with NumberDoesNotAgree.
    """
    if answer.living is not None and isinstance(act.powers, TokenPowers):
        act = replace(act, powers=TokenPowers(act.powers.token, answer.living))
    if application.applicant or application.applicant_identity is None:
        return act, application
    person = recognised(application.applicant_identity, answer.persons)
    if not person or len({known.person for known in answer.persons.values()}) > 1:
        raise NobodyKnown
    return act, replace(application, applicant=person)


def _line(prepared: Prepared) -> Line:
    """The line of the fact of filing, for whoever stores it himself."""
    act, row = prepared.act, prepared.row
    return line_of(
        act,
        prepared.fact,
        territory=act.territory,
        authority=act.authority,
        service=row["service"],
        service_version=row["service_version"],
    )


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
