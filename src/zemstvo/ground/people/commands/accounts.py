"""Accounts: opened, joined to a person whose document was seen; the link of the first administrator."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from secrets import token_urlsafe

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zemstvo.ground.journal.acts import Act, HousePowers, command
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import addresses, facts, models, vault
from zemstvo.ground.people.commands.impartial import demand_impartial, tell
from zemstvo.ground.people.commands.mandates import grant_mandate
from zemstvo.ground.people.commands.officials import appoint_official
from zemstvo.ground.people.commands.persons import check_identity, person_row, register_person
from zemstvo.ground.people.commands.tokens import hash_of_secret
from zemstvo.ground.people.finding import in_force
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.refusals import (
    AccountExists,
    AccountInOffice,
    LinkHasEnded,
    WeakPassword,
)

INVITATION_HOURS = 24
ADMINISTRATOR = {"ru": "администратор системы", "en": "system administrator"}


@command
def open_account(
    act: Act, email: str, *, person: str = "", how: str = "", password: str = "", demo: bool = False
) -> int:
    """Open an account under an e-mail address; returns its key. Without a person, a new one is registered.

    For a person who is registered already only those open an account who may (`account.open`); an official
    says `how` the identity was made sure of (`roles.CHECKS`), opens none for himself or herself, and the
    person sees it among the looks. Without a password one signs in by a code sent to the address. Addresses
    of the demo count as confirmed.

    Refuses with AccountExists, NotAnAddress, WeakPassword, OwnAccount, IdentityUnchecked.
    """
    address = Identity(email=email).checked().email
    if person:
        act.must("account.open")
        person_row(person)
        demand_impartial(act, person, how)
        tell(act, person)
    else:
        person = register_person(act, Identity(email=address))
    keyed = addresses.keyed(address)
    if (
        models.Account.objects.filter(email=keyed).exists()
        or models.Account.objects.filter(person=person).exists()
    ):
        raise AccountExists()

    account = models.Account(
        email=keyed,
        sealed_email=vault.seal(person, address, purpose=addresses.SEALED_FOR),
        person=person,
        demo=demo,
    )
    if password:
        _demand_strength(password, is_demo=demo)
        account.set_password(password)
    else:
        account.set_unusable_password()
    account.save()
    EmailAddress.objects.create(user=account, email=keyed, primary=True, verified=demo)
    act.record(facts.AccountOpened(person=person, how=how or None))
    return int(account.pk)


@command
def join_account(act: Act, *, email: str, person: str, how: str = "") -> None:
    """Join an account to a person whose document was seen, who was registered before opening it.

    An official says `how` the identity was made sure of (`roles.CHECKS`), and joins nothing of his or her
    own. What was done under the account's former pseudonym stays there and stays within reach: the person
    represents it, and sees among the looks who joined them. Refuses with NotFound where no account has the
    address, with AccountExists where the person has one, with AccountInOffice, OwnAccount, IdentityUnchecked.
    """
    account = models.Account.objects.select_for_update().filter(email=addresses.keyed(email)).first()
    if account is None:
        raise NotFound()
    person_row(person)
    act.must("person.change")
    former = str(account.person)
    for side in (person, former):
        demand_impartial(act, side, how)
    if models.Account.objects.filter(person=person).exists():
        raise AccountExists()
    if models.Official.objects.filter(in_force(act.today), person_id=former).exists():
        raise AccountInOffice()

    if how:
        check_identity(act, person, how=how)
    tell(act, person, former)
    address = vault.open_sealed(former, bytes(account.sealed_email), purpose=addresses.SEALED_FOR)
    account.person = person
    account.sealed_email = vault.seal(person, address, purpose=addresses.SEALED_FOR)
    account.save(update_fields=["person", "sealed_email"])
    models.Representation.objects.create(
        id=uuid7(),
        person_id=former,
        representative_id=person,
        ground="same-person",
        from_on=act.today,
    )
    act.record(facts.AccountJoined(person=person, left=former, how=how or None))


@command
def invite_administrator(act: Act) -> str:
    """Make the secret of the first administrator's link: it works once, for 24 hours. Earlier ones end."""
    act.must("official.change")
    secret = token_urlsafe(32)
    expires_at = act.at + timedelta(hours=INVITATION_HOURS)
    models.Invitation.objects.filter(used_at__isnull=True).delete()
    models.Invitation.objects.create(hash=hash_of_secret(secret), made_at=act.at, expires_at=expires_at)
    act.record(facts.InvitationMade(ends_on=act.day_of(expires_at)))
    return secret


@command
def accept_invitation(act: Act, secret: str, *, identity: Identity, password: str) -> str:
    """Become the first administrator by the one-time link; returns the pseudonym.

    The account's address (`identity.email`) counts as confirmed: who holds the link runs the installation.
    The mandate covers the whole installation; it works once a second factor is set up.

    Refuses with LinkHasEnded, AccountExists, WeakPassword, and the refusals of `identity`.
    """
    invitation = models.Invitation.objects.select_for_update().filter(hash=hash_of_secret(secret)).first()
    if invitation is None or invitation.used_at is not None or invitation.expires_at <= act.at:
        raise LinkHasEnded()

    house = replace(act, powers=HousePowers())
    person = register_person(house, identity)
    open_account(house, identity.email, person=person, password=password)
    EmailAddress.objects.filter(email=addresses.keyed(identity.email)).update(verified=True)
    official = appoint_official(house, person, authority="", position=ADMINISTRATOR)
    grant_mandate(house, official, role="administrator")
    invitation.used_at = act.at
    invitation.save(update_fields=["used_at"])
    act.record(facts.InvitationUsed(person=person))
    return person


def _demand_strength(password: str, *, is_demo: bool) -> None:
    try:
        if not is_demo:
            validate_password(password)
    except ValidationError as error:
        raise WeakPassword(why=" ".join(error.messages)) from None
