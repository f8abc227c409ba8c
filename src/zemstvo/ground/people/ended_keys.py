"""Keys that were made for a draft or an uploaded file alone, and end with it.

The key store is a database of its own, so no transaction holds both: that a key has ended is written with
the end of what it sealed, and the key is destroyed once that is durable. A process that is killed between the
two, or a key store that is away, leaves the key standing; upkeep tries again until it is gone. The key of a
person ends otherwise (`erasures`).
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, transaction

from zemstvo.ground.people import models, vault

BATCH = 500
"""How many are looked at by one statement."""

log = logging.getLogger("zemstvo.people.keys")


def end_key(person: str) -> None:
    """Destroy a key once the running transaction is durable; what fails then is logged and tried again."""
    models.EndedKey.objects.bulk_create([models.EndedKey(person=person)], ignore_conflicts=True)
    transaction.on_commit(lambda: vault.destroy_key(person), robust=True)


def destroy_ended_keys() -> int:
    """Destroy the ended keys that still stand; returns how many did. One that resists stops no other.

    Called by upkeep. Three statements for each batch, one more for each key that stands.
    """
    ended = [str(person) for person in models.EndedKey.objects.order_by("pk").values_list("pk", flat=True)]
    return sum(_destroy(ended[start : start + BATCH]) for start in range(0, len(ended), BATCH))


def _destroy(ended: list[str]) -> int:
    standing = models.WrappedKey.objects.filter(person__in=ended).values_list("person", flat=True)
    wanted = [str(person) for person in standing]
    resisting = [person for person in wanted if not _is_destroyed(person)]
    models.EndedKey.objects.filter(pk__in=set(ended) - set(resisting)).delete()
    return len(wanted) - len(resisting)


def _is_destroyed(person: str) -> bool:
    try:
        vault.destroy_key(person)
    except DatabaseError:
        log.exception("a key that has ended was not destroyed, and will be tried again")
        return False
    return True
