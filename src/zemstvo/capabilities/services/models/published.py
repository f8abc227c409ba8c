"""Published versions, which of them is live, and what municipalities have put into the local slots.

Versions and local values only grow: a trigger of the database refuses every UPDATE (`triggers`). The text
of a document is kept as it was digested, not as the database would reorder it.
"""

from __future__ import annotations

from django.db import models


class ServiceVersion(models.Model):
    """One published version of a service: its canonical document, and the SHA-256 (hex) of it."""

    service = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    document = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        db_table = "services_version"
        constraints = [
            models.UniqueConstraint(fields=["service", "version"], name="a_version_is_published_once")
        ]


class LiveVersion(models.Model):
    """The version for new cases. A retired service has none but keeps the row, with the day it retired."""

    service = models.CharField(max_length=40, primary_key=True)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    retired_on = models.DateField(null=True)

    class Meta:
        db_table = "services_live_version"


class LocalValues(models.Model):
    """What a territory has put into the local slots of a service; each change is a new revision, from 1."""

    service = models.CharField(max_length=40)
    territory = models.CharField(max_length=11)
    revision = models.PositiveIntegerField()
    values = models.TextField()
    set_at = models.DateTimeField()

    class Meta:
        db_table = "services_local_values"
        constraints = [
            models.UniqueConstraint(
                fields=["service", "territory", "revision"], name="a_revision_of_local_values_stands_once"
            )
        ]
