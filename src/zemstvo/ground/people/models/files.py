"""Sealed files: which names on the disk are in use, and whose they are; keys that are to be destroyed."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """A sealed file that a committed command has named. What lies on the disk without one is an orphan.

    `size_bytes` is the size of the content, not of what lies on the disk. No foreign key to Person: a draft
    without an account seals its files under a pseudonym that is no person yet.
    """

    name = models.CharField(max_length=32, primary_key=True)
    person = models.UUIDField(db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField()

    class Meta:
        db_table = "people_stored_file"


class EndedKey(models.Model):
    """A key that was made for a draft or a file alone and has ended: until upkeep has seen that it is gone.

    It stands here, not in the key store, so that it is written in the transaction which ends the key.
    """

    person = models.UUIDField(primary_key=True)

    class Meta:
        db_table = "people_ended_key"
