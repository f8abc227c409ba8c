"""The tables of the journal. The database itself refuses to change or delete what stands in them."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """A fact as it was written: its order, its public id, and its canonical text, which is all of it."""

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, editable=False)
    body = models.TextField()

    class Meta:
        db_table = "journal_fact"


class Touch(models.Model):
    """An index from a thing (a case, a document) to the facts about it; derived from their bodies."""

    type = models.CharField(max_length=24)
    object = models.CharField(max_length=64)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "journal_touch"
        indexes = [models.Index(fields=["type", "object", "seq"], name="journal_touch_of_object")]


class Unsealed(models.Model):
    """Facts that wait for the sealer."""

    seq = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "journal_unsealed"


class Leaf(models.Model):
    """A leaf of the Merkle tree: its position, the fact it seals, and its hash (RFC 6962)."""

    index = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_leaf"


class Node(models.Model):
    """The root of a full subtree of 2^level leaves that starts at leaf index * 2^level; level ≥ 1."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_node"
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="a_node_stands_once")]


class Checkpoint(models.Model):
    """A signed head of the tree in the C2SP checkpoint format; `note` is the signed text itself."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        db_table = "journal_checkpoint"
