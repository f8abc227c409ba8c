"""Questions about the tokens of machines; the secret is nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import models


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as administrators see it."""

    id: str
    name: str
    scopes: tuple[str, ...]
    authority: str
    territory: str
    intermediary: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def tokens(act: Act, *, territory: str = "", authority: str = "") -> list[TokenRow]:
    """All tokens of a place, or of the whole installation, the latest first. One query."""
    act.must("token.change", territory, authority=authority)
    rows = models.ApiToken.objects.order_by("-created_at")
    if territory or authority:
        rows = rows.filter(territory=territory, authority=authority)
    return [
        TokenRow(
            str(row.pk),
            row.name,
            tuple(row.scopes),
            row.authority,
            row.territory,
            row.intermediary,
            row.created_at,
            row.expires_at,
            row.revoked_at,
        )
        for row in rows
    ]
