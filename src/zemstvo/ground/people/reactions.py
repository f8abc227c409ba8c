"""What follows a fact about a person: the name becomes findable, and nobody gets an account unawares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.reacting import message_id, reaction
from zemstvo.ground.people.facts import AccountJoined, AccountOpened, PersonChanged, PersonRegistered
from zemstvo.ground.people.queries.persons import opened
from zemstvo.ground.people.search import index_person
from zemstvo.ground.people.tasks import mail_account


@reaction("people.names", PersonRegistered, PersonChanged)
def make_findable(act: Act, fact: Mapping[str, Any]) -> None:
    """Make the person findable by names, birthday and contacts, unless the person was erased meanwhile.

    Registering itself hashes nothing but identifiers, so that it stays cheap while a campaign is on.
    """
    person = fact["payload"]["person"]
    identity = opened([person]).get(person)
    if identity is not None:
        index_person(person, identity)


@reaction("people.accounts", AccountOpened, AccountJoined)
def warn(act: Act, fact: Mapping[str, Any]) -> None:
    """Write to a person for whom an official opened or joined an account, at the address known before."""
    if fact["payload"]["how"]:
        mail_account.enqueue(fact["payload"]["person"], message_id(fact["id"], "people.accounts"))
