"""Sealed files: which names on the disk are in use, and whose they are."""

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
