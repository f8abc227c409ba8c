"""What hangs on a case while it is worked on: messages, requests for evidence, the letter."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from zemstvo.capabilities.cases.models.case import Case
from zemstvo.capabilities.cases.models.draft import CaseFile


class Side(models.TextChoices):
    """Who speaks."""

    APPLICANT = "applicant"
    AUTHORITY = "authority"


class Message(models.Model):
    """Words between the applicant and the authority, sealed under the applicant's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=10, choices=Side.choices)
    author = models.CharField(max_length=64)
    body = models.BinaryField()
    asks = models.BooleanField(default=False)
    sent_at = models.DateTimeField()

    class Meta:
        db_table = "cases_message"
        indexes = [models.Index(fields=["case", "sent_at"], name="messages_of_a_case")]


class EvidenceState(models.TextChoices):
    """What became of a request for evidence."""

    OPEN = "open"
    RECEIVED = "received"
    ABSENT = "absent"
    BROUGHT = "brought"
    OVERDUE = "overdue"
    CANCELLED = "cancelled"


class EvidenceRequest(models.Model):
    """A question to another authority about this case, with its own clock.

    Once it is overdue the applicant may bring the paper; the case does not stop for it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    evidence = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=EvidenceState.choices, default=EvidenceState.OPEN)
    fallback = models.CharField(max_length=16, default="")
    requested_at = models.DateTimeField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answer = models.BinaryField(default=b"")
    file = models.ForeignKey(CaseFile, null=True, on_delete=models.PROTECT)

    class Meta:
        db_table = "cases_evidence_request"
        indexes = [
            models.Index(fields=["due_on"], name="evidence_that_is_awaited", condition=Q(state="open"))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "evidence"],
                condition=Q(state="open"),
                name="a_piece_of_evidence_is_awaited_once",
            )
        ]


class Letter(models.Model):
    """The text of a decision before it is signed: prefilled from the package, edited by an official."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="letters")
    document = models.CharField(max_length=64)
    content = models.BinaryField()
    row_version = models.PositiveIntegerField(default=1)
    edited_by = models.CharField(max_length=64)
    edited_at = models.DateTimeField()

    class Meta:
        db_table = "cases_letter"
        constraints = [
            models.UniqueConstraint(fields=["case", "document"], name="a_case_has_one_letter_a_document")
        ]
