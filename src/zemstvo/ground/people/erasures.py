"""Erasures that survive a restore: what was erased stays erased, whatever came back from a backup.

An erasure is remembered in the main database (Erasure), in the key store (Tombstone) and in the file
DATA/erasures, one line each. `replay_erasures` takes all three together and finishes or repeats each of them
everywhere; a restore calls it before it serves. The file holds pseudonyms and days only; keep a copy of it
elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from zemstvo.ground.people import models, search, vault

KEYS_BACKUP_DAYS = 30
"""How long a backup of the key store is kept at most (DESIGN §2); then an erasure is complete."""


def strip_person(row: models.Person, at: datetime) -> None:
    """Take from a person's row, and from what hangs on it, all that says who it is."""
    row.sealed, row.erased_at, row.checked_by = b"", at, ""
    row.save(update_fields=["sealed", "erased_at", "checked_by"])
    models.Account.objects.filter(person=row.pk).delete()
    models.StoredFile.objects.filter(person=row.pk).delete()


def bury(person: str, on: date) -> None:
    """Destroy the key and write the tombstones. May be done twice."""
    _write_line(person, on)
    models.Tombstone.objects.get_or_create(person=person, defaults={"erased_on": on})
    vault.destroy_key(person)


def remembered() -> dict[str, date]:
    """All erasures that any of the three stores remembers: pseudonym → day. Three queries in all."""
    found = dict(_lines())
    found |= {str(person): on for person, on in models.Tombstone.objects.values_list("person", "erased_on")}
    ordered = models.Erasure.objects.values_list("person", "ordered_at")
    return found | {str(person): at.date() for person, at in ordered}


def replay_erasures(extra: Iterable[str] = ()) -> int:
    """Repeat every remembered erasure, and those in lines given besides; returns how many had come back.

    Called before a restored installation serves, and by upkeep. Writes no fact: the fact of the erasure was
    written when it was ordered, and where a restored journal lacks it, the promise of the erasure still
    stands. One that fails stops no other; at the end it is raised, so that no restore serves without it and
    upkeep logs it, which tries again.
    """
    known = remembered() | dict(_parsed(extra))
    alive = _alive(known)
    failed = [error for person in alive if (error := _fault_of(person, known[person]))]
    for person in known.keys() - set(alive) - dict(_lines()).keys():
        _write_line(person, known[person])
    if failed:
        raise ExceptionGroup("erasures that could not be repeated", failed)
    return len(alive)


def _repeat(person: str, on: date) -> None:
    ordered_at = datetime.combine(on, time(), UTC)
    with transaction.atomic():
        row = models.Person.objects.select_for_update().filter(pk=person).first()
        if row is not None and row.erased_at is None:
            strip_person(row, ordered_at)
        search.forget_person(person)
        models.Erasure.objects.get_or_create(
            person=person,
            defaults={"ordered_at": ordered_at, "complete_on": on + timedelta(days=KEYS_BACKUP_DAYS)},
        )
    bury(person, on)


def _fault_of(person: str, on: date) -> Exception | None:
    """Repeat one erasure; what went wrong with it, so that it stops no other."""
    try:
        _repeat(person, on)
    except (DatabaseError, OSError) as error:
        return error
    return None


def _alive(known: dict[str, date]) -> list[str]:
    found: set[str] = set()
    persons = sorted(known)
    for start in range(0, len(persons), 500):
        some = persons[start : start + 500]
        with_key = models.WrappedKey.objects.filter(person__in=some).values_list("person", flat=True)
        unstripped = models.Person.objects.filter(pk__in=some, erased_at__isnull=True).values_list(
            "pk", flat=True
        )
        hashed = models.KeyedHash.objects.filter(person_id__in=some).values_list("person", flat=True)
        found |= {str(one) for rows in (with_key, unstripped, hashed) for one in rows}
    return sorted(found)


def _path() -> Path:
    return Path(settings.DATA) / "erasures"


def _lines() -> Iterable[tuple[str, date]]:
    path = _path()
    return _parsed(path.read_text().splitlines()) if path.exists() else ()


def _parsed(lines: Iterable[str]) -> Iterable[tuple[str, date]]:
    for line in lines:
        person, _space, on = line.strip().partition(" ")
        if person:
            yield person, date.fromisoformat(on)


def _write_line(person: str, on: date) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, f"{person} {on.isoformat()}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
