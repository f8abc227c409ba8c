"""Names of authorities and places for codes that other rooms hand over."""

from __future__ import annotations

from collections.abc import Iterable

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import queries as people
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.names import name_in
from zemstvo.ground.territory.refusals import UnknownAuthority


def authority_name(code: str) -> str:
    """The name of an authority in the active language; its code where it is not known any more."""
    if not code:
        return ""
    try:
        return name_in(territories.authority(code).names)
    except UnknownAuthority:
        return code


def authority_zone(code: str) -> str:
    """The time zone in which an authority counts its days; empty where it is not known."""
    try:
        return territories.authority(code).zone
    except UnknownAuthority:
        return ""


def person_names(act: Act, pseudonyms: Iterable[str]) -> dict[str, str]:
    """The names of those for whom one acts, by pseudonym; whoever may not be read is left out."""
    wanted = set(pseudonyms)
    return {one: name for one, name in people.principal_names(act).items() if one in wanted} if wanted else {}
