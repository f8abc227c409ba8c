"""The tables of the journal. The database itself refuses to change or delete what stands in the first four.

No row holds a byte that is not proved: every column of a fact, a leaf, a node and a checkpoint either is
hashed or follows from what is hashed, so that `verification` finds one changed byte anywhere.
"""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """A fact as it was written: its order, its public id, and its canonical text, which is all of it."""

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, editable=False)
    body = models.TextField()

    class Meta:
        db_table = "journal_fact"


class Leaf(models.Model):
    """A leaf of the Merkle tree: its position, the fact it seals, and its hash (RFC 6962)."""

    index = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(unique=True)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_leaf"


class Node(models.Model):
    """The root of a full subtree of 2^level leaves that starts at leaf index * 2^level.

    Stored are the levels 4, 8, 12, … (`tree.STRIDE`); what lies between is hashed again when it is needed.
    """

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_node"


class Checkpoint(models.Model):
    """A signed head of the tree: its size, and the signed note (C2SP tlog-checkpoint) that says the rest."""

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()

    class Meta:
        db_table = "journal_checkpoint"


class Unsealed(models.Model):
    """Facts that wait for the sealer, with the leaf hash that the writer of the fact promised."""

    seq = models.BigIntegerField(primary_key=True)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "journal_unsealed"


class Touch(models.Model):
    """An index from a thing (a case, a document) to the facts about it; derived from their bodies."""

    pk = models.CompositePrimaryKey("type", "object", "seq")
    type = models.CharField(max_length=24)
    object = models.CharField(max_length=64)
    seq = models.BigIntegerField()

    class Meta:
        db_table = "journal_touch"


class Reader(models.Model):
    """How far a reaction has read the leaves, and what stopped it, if something did."""

    name = models.CharField(primary_key=True, max_length=100)
    next_leaf = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "journal_reader"


class Lease(models.Model):
    """The right of one worker to run one task until a moment; after it, another worker takes the task up."""

    task = models.UUIDField(primary_key=True)
    worker = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        db_table = "journal_lease"
