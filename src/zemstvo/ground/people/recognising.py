"""Recognising: whom the numbers of an identity name here, where name and birthday go with them.

A number with right check digits can still be mistyped, and then it is another's: the matter would be that
person's, who would read it (docs/decisions/0073). So whoever is found by a number is compared with what was
typed beside it. The refusal says neither whose the number is nor what differs.
"""

from __future__ import annotations

from collections.abc import Mapping

from zemstvo.ground.people import comparing, vault
from zemstvo.ground.people.identity import IDENTITY, AnyIdentity, from_json
from zemstvo.ground.people.intake import Known
from zemstvo.ground.people.refusals import NumberDoesNotAgree


def recognised(typed: AnyIdentity, named: Mapping[str, Known]) -> str:
    """The pseudonym of whom the strongest of the numbers names; empty where none names anybody.

    `named` is what `intake.persons_by` says of them. No statement where the person's key is open in this
    process. Refuses with NumberDoesNotAgree, Erased.
    """
    kind = next((one for one in typed.identifiers if one in named), "")
    if not kind:
        return ""
    known = named[kind]
    registered = from_json(vault.open_sealed(known.person, known.sealed, purpose=IDENTITY))
    if not comparing.agree(typed, registered):
        raise NumberDoesNotAgree(typed, kind)
    return known.person
