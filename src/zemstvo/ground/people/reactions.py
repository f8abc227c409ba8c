"""What follows a fact about a person: the name becomes findable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.reacting import reaction
from zemstvo.ground.people.facts import PersonChanged, PersonRegistered
from zemstvo.ground.people.queries.persons import opened
from zemstvo.ground.people.search import index_person


@reaction("people.names", PersonRegistered, PersonChanged)
def make_findable(act: Act, fact: Mapping[str, Any]) -> None:
    """Make the person findable by names, birthday and contacts, unless the person was erased meanwhile.

    Registering itself hashes nothing but identifiers, so that it stays cheap while a campaign is on.
    """
    person = fact["payload"]["person"]
    identity = opened([person]).get(person)
    if identity is not None:
        index_person(person, identity)
