"""Persons and organisations: registered once, known by their identifiers, changed and checked."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import comparing, facts, intake, models, roles, search, vault
from zemstvo.ground.people.commands.impartial import demand_impartial, tell
from zemstvo.ground.people.finding import found
from zemstvo.ground.people.identifiers import NAMES
from zemstvo.ground.people.identity import (
    IDENTITY,
    AnyIdentity,
    Identity,
    OrganisationIdentity,
    as_json,
    from_json,
)
from zemstvo.ground.people.recognising import recognised
from zemstvo.ground.people.refusals import AccountNamesAnother, IdentifierIsTaken, PersonDiffers, UnknownCode


@command
def register_person(act: Act, identity: Identity, *, pseudonym: str = "", apart: bool = False) -> str:
    """The pseudonym of this natural person: of one known by the same identifier, else a new one, or the one
    that is given (`vault.new_pseudonym`), for which something was sealed already.

    Somebody known keeps the identity that stands here, whatever was typed now: who registers proves nothing.
    `apart` is for an identity that nobody checked: it is a person of its own, whom no identifier names, until
    `join_person` (docs/decisions/0073). Where two identifiers name two persons, the stronger (SNILS, then
    INN) decides, and the fact says that it is doubtful. An identity without identifiers is always a new
    person. Costs two or three statements; names are made findable afterwards, by a reaction.

    Refuses with NumberDoesNotAgree where name or birthday are not those of whom the number names, and with
    the refusals of `identity` and `identifiers`.
    """
    act.must("person.register")
    return _registered(act, identity.checked(), models.Person.Kind.NATURAL, pseudonym, apart)


@command
def register_organisation(
    act: Act, identity: OrganisationIdentity, *, pseudonym: str = "", apart: bool = False
) -> str:
    """The pseudonym of this organisation, known by OGRN, then INN; as `register_person`."""
    act.must("person.register")
    return _registered(act, identity.checked(), models.Person.Kind.ORGANISATION, pseudonym, apart)


@command
def change_identity(act: Act, person: str, identity: AnyIdentity, *, version: int | None = None) -> None:
    """Put another identity in the place of the one that stands here.

    A person may change the own data, but identifiers that nobody checked do not make the person findable by
    them: otherwise anybody could take the place of another by typing the other's number. An official's change
    does.

    Refuses with Stale where `version` is not the current one, with IdentifierIsTaken where a number names
    another.
    """
    row = person_row(person)
    is_own = act.actor == person and act.may("person.own.change", of=(person,))
    if not is_own:
        act.must("person.change")
    if version is not None and version != row.version:
        raise Stale()
    before = _identity_of(row)
    after = identity.checked()
    changed = sorted(_differences(before, after))

    if not is_own:
        _name_by(person, after)
    elif {"snils", "inn", "ogrn", "ogrnip"} & set(changed):
        row.checked_by = ""
    row.sealed = vault.seal(person, as_json(after), purpose=IDENTITY)
    row.version += 1
    row.save(update_fields=["sealed", "version", "checked_by"])
    act.record(facts.PersonChanged(person=person, fields=tuple(changed)))


@command
def check_identity(act: Act, person: str, *, how: str) -> None:
    """Say how the identity was made sure of (`roles.CHECKS`). Its identifiers now name this person.

    Refuses with IdentifierIsTaken where one of them names another: then the account is joined instead.
    """
    row = person_row(person)
    act.must("person.change")
    if how not in roles.CHECKS:
        raise UnknownCode(code=how, known=", ".join(roles.CHECKS))

    _name_by(person, _identity_of(row))
    row.checked_by = how
    row.save(update_fields=["checked_by"])
    act.record(facts.PersonChecked(person=person, how=how))


@command
def join_person(act: Act, left: str, *, how: str, same_person: bool = False) -> str:
    """Say how a person was made sure of who was kept apart; returns the pseudonym that answers from now on.

    Where its numbers name nobody else, they name it. Where they name a person already, that one represents
    it, and both see who joined them. Anybody can type anybody's number, so name and birthday have to agree,
    and all numbers have to name the same one; else refuses with PersonDiffers until the official says that it
    is the `same_person`, which enters the journal. Refuses with AccountNamesAnother where the one kept apart
    signs in with an account, OwnAccount, IdentityUnchecked, NotFound.
    """
    row = person_row(left)
    act.must("person.change")
    demand_impartial(act, left, how)
    typed = _identity_of(row)
    hashes = search.identifying_hashes(typed)
    named = {kind: known.person for kind, known in intake.persons_by(hashes).items()}
    person = next((named[kind] for kind, _hash in hashes if kind in named), left)
    if person == left:
        check_identity(act, left, how=how)
        return left
    demand_impartial(act, person, how)
    if models.Account.objects.filter(person=left).exists():
        raise AccountNamesAnother()
    differing = comparing.differing(typed, _identity_of(found(models.Person.objects.all(), person)))
    if set(named.values()) != {person}:
        differing += (comparing.NUMBERS,)
    if differing and not same_person:
        raise PersonDiffers(differing=comparing.in_words(differing))
    row.checked_by = how
    row.save(update_fields=["checked_by"])
    models.Representation.objects.create(
        id=uuid7(), person_id=left, representative_id=person, ground="same-person", from_on=act.today
    )
    tell(act, left, person)
    act.record(facts.PersonJoined(person=person, left=left, how=how, differing=differing))
    return person


def person_row(person: str) -> models.Person:
    """The locked row of a person. Refuses with NotFound, or with Erased."""
    row = found(models.Person.objects.select_for_update(), person)
    if row.erased_at is not None:
        raise vault.Erased(person=person)
    return row


def person_rows(*persons: str) -> list[models.Person]:
    """The locked rows of several persons, locked in the order of their pseudonyms. Refuses as one."""
    locked = {person: person_row(person) for person in sorted(set(persons))}
    return [locked[person] for person in persons]


def _identity_of(row: models.Person) -> AnyIdentity:
    return from_json(vault.open_sealed(str(row.pseudonym), bytes(row.sealed), purpose=IDENTITY))


def _registered(
    act: Act, identity: AnyIdentity, kind: models.Person.Kind, pseudonym: str, apart: bool
) -> str:
    hashes = [] if apart else search.identifying_hashes(identity)
    known = _recognised(act, identity, hashes)
    if known:
        return known
    person = pseudonym or vault.new_pseudonym()
    sealed = vault.seal(person, as_json(identity), purpose=IDENTITY)
    if not intake.insert_person(person, kind=kind.value, sealed=sealed, at=act.at, hashes=hashes):
        return _recognised(act, identity, hashes)  # another process registered the same person a moment ago
    known_by = tuple(one for one, _hash in hashes)
    act.record(facts.PersonRegistered(person=person, shape=kind.value, known_by=known_by))
    return person


def _recognised(act: Act, identity: AnyIdentity, hashes: list[intake.Hash]) -> str:
    named = intake.persons_by(hashes)
    person = recognised(identity, named)
    if person:
        kind = next(kind for kind, _hash in hashes if kind in named)
        doubtful = len({known.person for known in named.values()}) > 1
        act.record(facts.PersonRecognised(person=person, known_by=kind, doubtful=doubtful))
    return person


def _name_by(person: str, identity: AnyIdentity) -> None:
    models.KeyedHash.objects.filter(person_id=person, kind__in=models.IDENTIFYING).delete()
    for kind, hashed in search.identifying_hashes(identity):
        try:
            with transaction.atomic():
                models.KeyedHash.objects.create(kind=kind, hash=hashed, person_id=person)
        except IntegrityError:
            raise IdentifierIsTaken(kind=NAMES[kind]) from None


def _differences(before: AnyIdentity, after: AnyIdentity) -> set[str]:
    old, new = as_json(before), as_json(after)
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
