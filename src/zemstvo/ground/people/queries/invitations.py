"""Whether a one-time link still works."""

from __future__ import annotations

from datetime import datetime

from zemstvo.ground.people import models
from zemstvo.ground.people.commands.tokens import hash_of_secret


def invitation_is_open(secret: str, at: datetime) -> bool:
    """Whether the link with this secret can still make the first administrator. One query."""
    open_ones = models.Invitation.objects.filter(used_at__isnull=True, expires_at__gt=at)
    return open_ones.filter(hash=hash_of_secret(secret)).exists()
