"""Who applies, under the names that packages use.

Nobody looks here: it is for what the house itself reckons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.identity import AnyIdentity, Identity


def identity_of(act: Act, person: str) -> AnyIdentity:
    """Who a person is, for what the installation itself writes or reckons. Raises Erased."""
    return people.identity(house_act(at=act.at, zone=act.zone), person)


def identities_of(act: Act, persons: Sequence[str]) -> dict[str, AnyIdentity]:
    """Who these persons are, as `identity_of`; without those who were erased. One query."""
    return people.identities(house_act(at=act.at, zone=act.zone), persons)


def applicant_as_asked(identity: AnyIdentity) -> dict[str, Any]:
    """An identity under the names that packages use."""
    if isinstance(identity, Identity):
        return {
            "kind": "person",
            "name": identity.name,
            "family_name": identity.family_name,
            "given_name": identity.given_name,
            "patronymic": identity.patronymic,
            "born_on": identity.born_on.isoformat() if identity.born_on else "",
            "snils": identity.snils,
            "inn": identity.inn,
        }
    return {"kind": "organisation", "name": identity.name, "inn": identity.inn, "ogrn": identity.ogrn}
