"""Tokens of machines: created with scopes, shown once, kept as a hash, revoked at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe

from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import facts, models, roles
from zemstvo.ground.people.finding import found
from zemstvo.ground.people.refusals import AlreadyEnded, TokenNameIsTaken, UnknownScope

PREFIX = "zemstvo_"
"""How every secret begins, so that scanners of repositories find one that was left there."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token just made: its public id, and its secret, which is shown this once and kept nowhere."""

    id: str
    secret: str = field(repr=False)


@command
def create_token(
    act: Act,
    *,
    name: str,
    scopes: Sequence[str],
    authority: str = "",
    territory: str = "",
    intermediary: str = "",
    expires_at: datetime | None = None,
) -> NewToken:
    """Make a token for a machine: scopes of `roles.SCOPES`, at an authority or in a territory, or everywhere.

    `intermediary` is the code of the portal or centre in whose name it files. The name is for administrators.
    Refuses with UnknownScope, TokenNameIsTaken.
    """
    act.must("token.change", territory, authority=authority)
    for scope in scopes:
        if scope not in roles.SCOPES:
            raise UnknownScope(scope=scope, known=", ".join(sorted(roles.SCOPES)))
    if not scopes:
        raise UnknownScope(scope="", known=", ".join(sorted(roles.SCOPES)))
    if models.ApiToken.objects.filter(name=name, revoked_at__isnull=True).exists():
        raise TokenNameIsTaken(name=name)

    secret = PREFIX + token_urlsafe(32)
    row = models.ApiToken.objects.create(
        id=uuid7(),
        name=name,
        hash=hash_of_secret(secret),
        scopes=sorted(set(scopes)),
        authority=authority,
        territory=territory,
        intermediary=intermediary,
        created_at=act.at,
        expires_at=expires_at,
    )
    act.record(
        facts.TokenCreated(token=str(row.pk), scopes=tuple(row.scopes)),
        authority=authority,
        territory=territory,
    )
    return NewToken(str(row.pk), secret)


@command
def revoke_token(act: Act, token: str) -> None:
    """The token works no longer, from the next request on. Refuses with AlreadyEnded."""
    row = found(models.ApiToken.objects.select_for_update(), token)
    act.must("token.change", row.territory, authority=row.authority)
    if row.revoked_at is not None:
        raise AlreadyEnded(ended_on=act.day_of(row.revoked_at))

    row.revoked_at = act.at
    row.save(update_fields=["revoked_at"])
    act.record(facts.TokenRevoked(token=token), authority=row.authority, territory=row.territory)


def hash_of_secret(secret: str) -> bytes:
    """What is kept of a secret. It has 256 random bits, so a plain hash is enough."""
    return sha256(secret.encode()).digest()
