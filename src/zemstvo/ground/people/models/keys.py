"""The tables of the key store, a database of its own (`keystore.KeyRouter`)."""

from __future__ import annotations

from django.db import models


class WrappedKey(models.Model):
    """The key of one person, wrapped by the installation's key of the named generation.

    The row is made before there is a person: the pool hands out pseudonyms whose keys are already durable.
    """

    person = models.UUIDField(primary_key=True)
    generation = models.CharField(max_length=16, db_index=True)
    wrapped = models.BinaryField(max_length=64)

    class Meta:
        db_table = "people_wrapped_key"


class Tombstone(models.Model):
    """An erasure that the key store itself remembers, for the day on which another database is restored."""

    person = models.UUIDField(primary_key=True)
    erased_on = models.DateField()

    class Meta:
        db_table = "people_tombstone"
