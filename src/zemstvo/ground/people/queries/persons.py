"""Questions about persons: who they are (for a recorded look), who they act for, who matches a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import intake, models, search, vault
from zemstvo.ground.people.finding import found, in_force, is_id
from zemstvo.ground.people.identity import IDENTITY, AnyIdentity, Identity, OrganisationIdentity, from_json
from zemstvo.ground.people.looks import Look
from zemstvo.ground.people.recognising import recognised
from zemstvo.ground.people.refusals import LookNotRecorded
from zemstvo.ground.statements import batches, written_once

MATCHES = 50


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What is known of a person without looking at who it is."""

    pseudonym: str
    kind: str
    version: int
    checked_by: str
    registered_at: datetime
    is_erased: bool


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody for whom a person acts: on what ground, for which services (empty: all), and how far."""

    pseudonym: str
    ground: str
    services: tuple[str, ...]
    may_read: bool
    may_act: bool
    leads: bool = False


def person(pseudonym: str) -> PersonRow:
    """What is known of a person without looking. One query. Refuses with NotFound."""
    row = found(models.Person.objects.all(), pseudonym)
    return PersonRow(
        str(row.pk), row.kind, row.version, row.checked_by, row.registered_at, row.erased_at is not None
    )


def person_by(kind: str, value: str) -> str:
    """The pseudonym that an identifier names (kind: snils, inn, ogrn, ogrnip), or an empty text. One query.

    Refuses a wrong identifier with the refusals of `identifiers`.
    """
    digits = search.normal_identifier(kind, value)
    rows = models.KeyedHash.objects.filter(kind=kind, hash=search.hash_of(kind, digits))
    named = rows.values_list("person", flat=True).first()
    return str(named) if named else ""


def pseudonym_of(identity: AnyIdentity) -> str:
    """Whom `register_person` would recognise in an identity: the strongest identifier decides. One query.

    Empty for somebody new. Refuses as `register_person`, with NumberDoesNotAgree too.
    """
    typed = identity.checked()
    return recognised(typed, intake.persons_by(search.identifying_hashes(typed)))


def matching_persons(act: Act, text: str) -> list[str]:
    """Pseudonyms of persons whom all words of a text fit: an identifier, an address, names, a birthday.

    At most 50; names nobody, so it needs no look. The face records the look at this list, then asks
    `identities`. One query. Refuses a stranger.
    """
    act.must("person.find")
    wanted = search.hashes_of_query(text)
    if not wanted:
        return []
    fits = Q()
    for kind, hashed in wanted:
        fits |= Q(kind=kind, hash=hashed)
    rows = models.KeyedHash.objects.filter(fits, about="").values("person")
    matched = rows.annotate(words=Count("hash", distinct=True)).filter(words=len(set(wanted)))
    return [str(row["person"]) for row in matched.order_by("person")[:MATCHES]]


def identity(act: Act, pseudonym: str, look: Look | None = None, *, service: str = "") -> AnyIdentity:
    """Who a person is, for a look that covers the person, or the person, a representative, or the house.

    A `service` lets in whoever represents the person in it alone. Two queries (the row, the key), one where
    the key is open. Refuses with LookNotRecorded, NotFound, Erased.
    """
    known = identities(act, [pseudonym], look, service=service)
    if pseudonym not in known:
        person(pseudonym)
        raise vault.Erased(person=pseudonym)
    return known[pseudonym]


def identities(
    act: Act, pseudonyms: Sequence[str], look: Look | None = None, *, service: str = ""
) -> dict[str, AnyIdentity]:
    """Who these persons are, by pseudonym; those who were erased or are unknown are left out.

    Two queries, however many. Refuses with LookNotRecorded.
    """
    if look is not None:
        act.must("person.read")
        look.demand(act, pseudonyms)
    elif not all(act.may("person.own.read", of=(one, f"service:{service}")) for one in pseudonyms):
        raise LookNotRecorded()
    return opened(pseudonyms)


def own_identity(act: Act) -> AnyIdentity:
    """Who the one who acts is. Two queries at most."""
    return identity(act, act.actor)


def principals(act: Act) -> list[Principal]:
    """For whom the one who acts may act or read today: persons, then organisations. Two queries."""
    today = in_force(act.today)
    persons = models.Representation.objects.filter(today, representative__pseudonym=act.actor).order_by("id")
    firms = models.Employment.objects.filter(today, person_id=act.actor).order_by("id")
    return [
        Principal(str(row.person_id), row.ground, tuple(row.scope), row.may_read, row.may_act)
        for row in persons
    ] + [
        Principal(str(row.organisation_id), "employee", tuple(row.scope), True, True, row.leads)
        for row in firms
    ]


def principal_names(act: Act) -> dict[str, str]:
    """The names of those for whom the one who acts may act or read today, by pseudonym. Four queries.

    Also of those who are represented in some services only: a name is needed to choose for whom to act.
    """
    known = opened(one.pseudonym for one in principals(act))
    return {pseudonym: identity.name for pseudonym, identity in known.items()}


def name_of_principal(act: Act, pseudonym: str) -> AnyIdentity:
    """The name, and nothing else, of whom the one who acts represents today. Four queries.

    Refuses with LookNotRecorded who represents nobody of this pseudonym, with Erased.
    """
    if pseudonym not in {one.pseudonym for one in principals(act)}:
        raise LookNotRecorded()
    known = opened([pseudonym]).get(pseudonym)
    if known is None:
        raise vault.Erased(person=pseudonym)
    if isinstance(known, OrganisationIdentity):
        return OrganisationIdentity(name=known.name)
    return Identity(family_name=known.family_name, given_name=known.given_name, patronymic=known.patronymic)


def opened(pseudonyms: Iterable[str]) -> dict[str, AnyIdentity]:
    """The identities, without any question of rights: for this room alone. One statement for sixty-four."""
    wanted = [one for one in dict.fromkeys(pseudonyms) if is_id(one)]
    sealed = {str(pseudonym): found for group in batches(wanted) for pseudonym, found in _sealed(*group)}
    vault.prefetch(sealed)
    known = {}
    for one in filter(sealed.__contains__, wanted):
        with suppress(vault.Erased):  # its key is gone, and the row does not say so yet
            known[one] = from_json(vault.open_sealed(one, bytes(sealed[one]), purpose=IDENTITY))
    return known


@written_once
def _sealed(*persons: str) -> QuerySet[models.Person, tuple[UUID, bytes | memoryview]]:
    rows = models.Person.objects.filter(pk__in=persons, erased_at__isnull=True)
    return rows.values_list("pk", "sealed")
