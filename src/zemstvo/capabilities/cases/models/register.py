"""What is derived from cases: the register of results, notices to people."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from zemstvo.capabilities.cases.models.case import Case


class ResultEntry(models.Model):
    """A granted result as a record that can be asked: whose it is, and from when until when it holds.

    `valid_until` is exclusive; null means without end.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register = models.CharField(max_length=64)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="results")
    holder = models.UUIDField()
    authority = models.CharField(max_length=64)
    territory = models.CharField(max_length=16)
    document = models.CharField(max_length=64, default="")
    values = models.BinaryField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    revoked_on = models.DateField(null=True)

    class Meta:
        db_table = "cases_result_entry"
        indexes = [
            models.Index(fields=["holder", "register"], name="results_of_a_holder"),
            models.Index(fields=["authority", "register", "-valid_from"], name="results_of_an_authority"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "register"], name="a_case_grants_a_result_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_result_ends_after_it_begins",
            ),
        ]


class Notice(models.Model):
    """A notice to a person in the portal: a code and its dates; the words are made when it is read.

    `id` is the stable id of the message of its fact and addressee, so it is written once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.UUIDField()
    case_number = models.CharField(max_length=32)
    kind = models.CharField(max_length=64)
    particulars = models.JSONField(default=dict)
    asks = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_notice"
        indexes = [models.Index(fields=["person", "-created_at"], name="notices_of_a_person")]
