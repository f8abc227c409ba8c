"""What the clock does for documents: the seal is there before anybody signs, and renewed before it ends."""

from __future__ import annotations

from datetime import datetime

from zemstvo.capabilities.documents.seal_keys import installation_seal


def run(at: datetime) -> None:
    """Make or renew the seal of the installation where that is due, so that no transaction waits for keys.

    Writes no table and leaves no fact: what the seal has signed, the journal tells. Some two seconds once.
    """
    installation_seal(at=at)
