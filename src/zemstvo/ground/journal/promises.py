"""Promises: what an answer carries until the proof can follow.

A person who was told "accepted" gets, signed by the log's key, which fact was written, the hash of its leaf,
and by when it will be sealed. If the journal then holds no such leaf, the person can prove that it lied. In
the spirit of the signed certificate timestamps of RFC 6962 §3.2.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from zemstvo.ground.journal.keys import signer
from zemstvo.ground.journal.notes import SIGNATURE, Verifier, WrongNote, strict_base64
from zemstvo.ground.journal.writing import Stamp

SEALED_WITHIN = timedelta(hours=24)
"""How long the sealer may take at most. It takes about a second; a day is there for a broken machine."""


def promise(stamp: Stamp) -> dict[str, str]:
    """The signed promise for a fact that was committed: call it after the command, never inside.

    `log` (the origin), `fact`, `leaf_hash` and `signature` (base64), `sealed_by` (UTC). The same stamp always
    gives the same promise: the time counts from the millisecond in the fact's id.
    """
    key = signer()
    recorded_at = int(stamp.fact[:8] + stamp.fact[9:13], 16) // 1000
    made = {
        "log": key.origin,
        "fact": stamp.fact,
        "leaf_hash": b64encode(stamp.leaf_hash).decode(),
        "sealed_by": _sealed_by(recorded_at),
    }
    return {**made, "signature": key.sign(promised_text(made))}


@lru_cache(maxsize=8)
def _sealed_by(recorded_at: int) -> str:
    """By when a fact of this second of the epoch is sealed, as a promise says it."""
    return (datetime.fromtimestamp(recorded_at, UTC) + SEALED_WITHIN).strftime("%Y-%m-%dT%H:%M:%SZ")


def promised_text(made: Mapping[str, str]) -> str:
    """The text that the log signs: five lines, the first of which no checkpoint begins with."""
    return "zemstvo.promise/v1\n" + "".join(
        f"{made[line]}\n" for line in ("log", "fact", "leaf_hash", "sealed_by")
    )


def check_promise(made: Mapping[str, str], verifiers: Iterable[Verifier]) -> None:
    """Raises WrongNote unless one of the logs that are trusted signed this promise."""
    signature = strict_base64(made["signature"])
    try:
        text = promised_text(made).encode()
    except UnicodeEncodeError:
        raise WrongNote(_("a line of this promise is no text")) from None
    for verifier in verifiers:
        if verifier.origin == made["log"] and verifier.key_id(SIGNATURE) == signature[:4]:
            verifier.verify(signature[4:], text)
            return
    raise WrongNote(_("no trusted log signed this promise"))
