"""Somebody begins to serve: person, account, office and first mandate at one stroke."""

from __future__ import annotations

from collections.abc import Mapping

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.people.commands.accounts import open_account
from zemstvo.ground.people.commands.mandates import grant_mandate
from zemstvo.ground.people.commands.officials import appoint_official
from zemstvo.ground.people.commands.persons import register_person
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.models import Account


@command
def engage_official(
    act: Act, identity: Identity, *, how: str = "", authority: str, position: Mapping[str, str], role: str
) -> str:
    """Register a person, open the account, appoint, and grant the first mandate; returns the official's id.

    `how` the identity was made sure of (`roles.CHECKS`): the account opens all that is the person's.

    All or nothing. The first sign-in is by a code sent to `identity.email`, which proves the address; who has
    an account already goes on with it. Refuses as the four commands do: NoMandate, AccountExists,
    IdentityUnchecked, AlreadyInOffice, UnknownRole, and those of `identity`.
    """
    person = register_person(act, identity)
    if not Account.objects.filter(person=person).exists():
        open_account(act, identity.email, person=person, how=how)
    official = appoint_official(act, person, authority=authority, position=position)
    grant_mandate(act, official, role=role, authority=authority)
    return official
