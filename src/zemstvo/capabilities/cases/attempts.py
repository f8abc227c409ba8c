"""Guessing codes is limited: after MOST wrong codes in WINDOW from one place nothing is looked up there.

A place is whatever the face says it is (usually the network address); only its keyed hash is kept. Like
sign-in this is no command: a wrong guess is nobody's act in anybody's matter. A right code costs one read,
a wrong one a write.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings

from zemstvo.capabilities.cases.models import FailedAttempt
from zemstvo.capabilities.cases.refusals import TooManyAttempts

MOST = 10
WINDOW = timedelta(minutes=15)


def allow_attempt(asker: str, at: datetime) -> None:
    """Refuse with TooManyAttempts where too many wrong codes came from there lately."""
    if FailedAttempt.objects.filter(asker=_hash(asker), at__gt=at - WINDOW).count() >= MOST:
        raise TooManyAttempts(minutes=int(WINDOW.total_seconds() // 60))


def count_failure(asker: str, at: datetime) -> None:
    """Remember that a wrong code came from there."""
    FailedAttempt.objects.create(asker=_hash(asker), at=at)


def sweep(at: datetime, *, most: int) -> int:
    """Forget what is older than the window, at most so many; returns how many."""
    over = FailedAttempt.objects.filter(at__lte=at - WINDOW).order_by("at", "pk")
    return FailedAttempt.objects.filter(pk__in=over.values("pk")[:most]).delete()[0]


def _hash(asker: str) -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"asker:" + asker.encode(), sha256).digest()
