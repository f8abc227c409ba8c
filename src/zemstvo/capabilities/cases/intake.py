"""The intake: how an application becomes safe. The one hot path of the house.

`prepare` does everything that needs no transaction: the package checks the answers, the clock gives the due
day, the answers are sealed, number and tracking code are drawn. `store` then makes it durable at one stroke.

**Hand-written SQL.** This is the one place where a command does not go through the ORM (issue 2, 7.1; the
ORM alone stands at 0.4 of a bare INSERT, reference/speed.md). The rows are those of `models.Case`,
`models.IdempotencyKey` and of `journal.writing.write_lines`; a test files the same application through the
models and compares the rows. On PostgreSQL it is one statement, which is its own transaction; on SQLite the
same INSERTs one after the other in one transaction. In somebody's transaction (a draft that is submitted)
the same statements join it.

Acceptance never depends on anything but this database and the key store: no registry, no mail, no PDF.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

import psycopg
from django.db import IntegrityError, connection, transaction
from django.db.models import BooleanField, CharField, Field, Model, PositiveIntegerField

from zemstvo.capabilities.cases import numbering
from zemstvo.capabilities.cases.applicant import applicant_as_asked, identity_of
from zemstvo.capabilities.cases.facts import CaseFiled
from zemstvo.capabilities.cases.matter import limit_of, record, terms_of
from zemstvo.capabilities.cases.models import Case, IdempotencyKey
from zemstvo.capabilities.cases.placing import Place, place
from zemstvo.capabilities.cases.refusals import (
    AnswersInvalid,
    ApplicantNeeded,
    ChannelNotOffered,
    KeyUnusable,
    KeyUsedOtherwise,
    NumberIsTaken,
)
from zemstvo.capabilities.cases.requests import Application, Receipt, RequestKey
from zemstvo.capabilities.cases.rules import clock
from zemstvo.capabilities.cases.rules.clock import Event, Happening
from zemstvo.capabilities.cases.rules.codes import code_hash, new_code
from zemstvo.capabilities.cases.rules.numbers import case_number
from zemstvo.capabilities.cases.rules.workflow import stage_of
from zemstvo.capabilities.services.package import Circumstances, FieldType, Package
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.promises import promise
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.journal.writing import Line, Stamp, facts_sql, line_of, write_lines
from zemstvo.ground.people import vault
from zemstvo.ground.people.commands import register_organisation, register_person
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity
from zemstvo.ground.people.intake import persons_by
from zemstvo.ground.people.powers import TokenPowers
from zemstvo.ground.people.search import identifying_hashes
from zemstvo.ground.territory.queries import AuthorityRow

ANSWERS = "case answers"
"""The purpose under which the answers of a case are sealed."""

KEPT_ANSWER = "idempotency"
"""The purpose under which the answer to an idempotency key is sealed."""

LONGEST_KEY = 128
"""Signs of an idempotency key at most."""

TRIES = 3
"""How often a number that turns out to be taken is drawn anew (another process after a restored backup)."""


log = logging.getLogger("zemstvo.cases.intake")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An application that is ready to be stored: nothing about it can be refused any more but its key."""

    act: Act
    case: Case
    fact: CaseFiled
    tracking_code: str


def prepare(
    act: Act,
    application: Application,
    at: Place,
    *,
    number: str,
    of: tuple[str, ...] = (),
    draft: str | None = None,
    files: int = 0,
) -> Prepared:
    """Check, count and seal an application under its number. Writes nothing.

    `of` names what besides the applicant gives the right to file (the draft whose code is held). Refuses with
    ChannelNotOffered, AnswersInvalid, NoMandate, and with the refusals of territory and calendar.
    """
    package = at.package
    act = _at_authority(act, application, at.authority)
    _demand_mandate(act, application, of)
    if act.channel.value not in package.channels:
        raise ChannelNotOffered(channel=act.channel.value)
    checked = package.check_answers(application.answers, _circumstances(act, application))
    if not checked.is_sound:
        raise AnswersInvalid(errors=checked.errors)

    filed = [Event(Happening.FILED, act.today)]
    read = clock.reading(filed, terms_of(package, act.channel.value), at.calendar)
    first = package.first_state
    code = new_code()
    representative = application.representative if application.representative != application.applicant else ""
    case = Case(
        number=number,
        tracking_hash=code_hash(code),
        service=package.service,
        service_version=package.version,
        local_territory=package.local.territory,
        local_revision=package.local.revision,
        territory=application.territory,
        authority=act.authority,
        state=first.id,
        stage=stage_of(first, is_registered=False),
        is_open=True,
        channel=act.channel.value,
        entry=act.entry.value,
        intermediary=act.intermediary,
        language=application.language,
        identity=application.identity.value,
        applicant=application.applicant,
        representative=representative or None,
        token=act.actor if isinstance(act.powers, TokenPowers) else "",
        answers=vault.seal(application.applicant, checked.answers, purpose=ANSWERS),
        filed_at=act.at,
        filed_on=read.filed_on,
        register_by=read.register_by,
        due_on=read.due_on,
        limit_on=limit_of(first, act.today, at.calendar),
        act_by=read.register_by or read.due_on or read.filed_on,
    )
    fact = CaseFiled(
        case=case.number,
        applicant=application.applicant,
        representative=representative or None,
        draft=draft,
        state=first.id,
        filed_on=read.filed_on,
        register_by=read.register_by,
        due_on=read.due_on,
        identity=application.identity,
        consents=_consents(package, checked.answers, application.consents),
        files=files,
    )
    return Prepared(act=act, case=case, fact=fact, tracking_code=code)


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
        except Refusal:
            if key is not None and (receipt := answer_to(key)) is not None:
                return receipt
            raise
        except IntegrityError as error:
            if key is not None and (receipt := answer_to(key)) is not None:
                return receipt
            log.warning("an application was not stored at the first try: %s", error)
    raise NumberIsTaken


def _filed(act: Act, application: Application, key: RequestKey | None) -> Receipt:
    at = place(application.service, application.territory, application.authority)
    number = next_number(act, at)
    if application.applicant:
        return _store(prepare(act, application, at, number=number), key)
    if application.applicant_identity is None:
        raise ApplicantNeeded
    known = _known_person(application.applicant_identity)
    if known:
        return _store(prepare(act, replace(application, applicant=known), at, number=number), key)
    return receipt_from(_file_of_new_person(act, application, at, number, key), is_repeat=False)


@command
def _file_of_new_person(
    act: Act, application: Application, at: Place, number: str, key: RequestKey | None
) -> dict[str, Any]:
    """Register the applicant and store the application, or neither; returns what the receipt is made of."""
    identity = application.applicant_identity
    if isinstance(identity, OrganisationIdentity):
        person = register_organisation(act, identity)
    else:
        person = register_person(act, identity or Identity())
    prepared = prepare(act, replace(application, applicant=person), at, number=number)
    answer = settled(prepared, record(prepared.act, prepared.case, prepared.fact))
    rows = [prepared.case, *([_kept(prepared, answer, key)] if key else [])]
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute(_insert(type(row), 0), _values(row, 0))
    return answer


def _known_person(identity: AnyIdentity) -> str:
    """The one person whom the identifiers name; empty where they name nobody, or two. One statement."""
    named = set(persons_by(identifying_hashes(identity.checked())).values())
    return named.pop() if len(named) == 1 else ""


def answer_to(key: RequestKey) -> Receipt | None:
    """The answer that was given to a key, None where there was none.

    One query. Refuses with KeyUsedOtherwise.
    """
    row = IdempotencyKey.objects.filter(token=key.token, key=key.key).first()
    if row is None:
        return None
    if not hmac.compare_digest(bytes(row.body_hash), key.body_hash):
        raise KeyUsedOtherwise
    kept = vault.open_sealed(str(row.applicant), bytes(row.answer), purpose=KEPT_ANSWER)
    return receipt_from(kept, is_repeat=True)


def settled(prepared: Prepared, stamp: Stamp) -> dict[str, Any]:
    """What is sealed of an answer, so that it can be given again: all of the receipt but the promise's
    signature.
    """
    case = prepared.case
    return {
        "number": case.number,
        "tracking_code": prepared.tracking_code,
        "state": case.state,
        "due_on": case.due_on.isoformat() if case.due_on else None,
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
    case = prepared.case
    line = line_of(
        prepared.act,
        prepared.fact,
        territory=case.territory,
        authority=case.authority,
        service=case.service,
        service_version=case.service_version,
    )
    answer = settled(prepared, line.stamp)
    rows: list[Model] = [case]
    if key is not None:
        rows.append(_kept(prepared, answer, key))
    if connection.vendor == "postgresql":
        _write_at_once(rows, line)
    else:
        _write_in_turn(rows, line)
    return receipt_from(answer, is_repeat=False)


def _kept(prepared: Prepared, answer: Mapping[str, Any], key: RequestKey) -> IdempotencyKey:
    applicant = str(prepared.case.applicant)
    return IdempotencyKey(
        token=key.token,
        key=key.key,
        body_hash=key.body_hash,
        applicant=applicant,
        answer=vault.seal(applicant, answer, purpose=KEPT_ANSWER),
        stored_at=prepared.act.at,
    )


def _write_at_once(rows: list[Model], line: Line) -> None:
    """All rows in one statement: outside a transaction it is one, and durable when it returns.

    There it goes to the server as a prepared statement, past Django's cursor, which would have PostgreSQL
    parse and plan five INSERTs anew each time.
    """
    ctes, parameters = facts_sql([line])
    for n, row in enumerate(rows[1:], start=1):
        ctes += f", beside{n} AS ({_insert(type(row), n)})"
    for n, row in enumerate(rows):
        parameters.update(_values(row, n))
    statement = f"WITH {ctes} {_insert(type(rows[0]), 0)}"
    if connection.in_atomic_block:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as prepared:
        prepared.execute(statement.encode(), parameters, prepare=True)


def _write_in_turn(rows: list[Model], line: Line) -> None:
    """The same rows where a statement inserts into one table only (SQLite): one transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for row in rows:
                cursor.execute(_insert(type(row), 0), _values(row, 0))
        write_lines([line])


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of a row: its name, the name of its parameter, and how its value is made fit for the
    database.
    """

    name: str
    parameter: str
    attribute: str
    fit: Callable[[Any], Any] | None


@cache
def _columns(model: type[Model], n: int) -> tuple[_Column, ...]:
    """The columns of a model but its own number, as the model declares them."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return tuple(_Column(str(one.column), f"{one.column}{n}", one.attname, _fit(one)) for one in fields)


def _fit(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    if isinstance(field, CharField | PositiveIntegerField | BooleanField):
        return None  # texts, numbers and truth values are what they are in both databases
    return lambda value: field.get_db_prep_save(value, connection)


@cache
def _insert(model: type[Model], n: int) -> str:
    """The INSERT of a row of this model."""
    columns = _columns(model, n)
    names = ", ".join(connection.ops.quote_name(column.name) for column in columns)
    places = ", ".join(f"%({column.parameter})s" for column in columns)
    return f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})"  # noqa: S608 (names of our own)


def _values(row: Model, n: int) -> dict[str, Any]:
    return {
        column.parameter: value if column.fit is None else column.fit(value)
        for column in _columns(type(row), n)
        for value in (getattr(row, column.attribute),)
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
    year = replace(act, zone=at.authority.zone).today.year
    return case_number(at.authority.prefix, year, numbering.next_serial(at.authority.code, year))
