"""Drafts, and the files of drafts and cases."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from zemstvo.capabilities.cases.models.case import Case


class Draft(models.Model):
    """An application that is still being filled in.

    `owner` is the pseudonym under whose key the answers are sealed: the person's own with an account,
    else one made for this draft alone. Once submitted, `submitted_as` is the number of the case, and
    `answers` holds the receipt instead, so that a form posted twice gets the same answer. `applicant` is who
    applies, sealed as the answers are, where no account says it; `identity` how that was made sure of.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resume_hash = models.BinaryField(max_length=32, unique=True)
    owner = models.UUIDField()
    is_anonymous = models.BooleanField()
    opened_by = models.CharField(max_length=64)
    service = models.CharField(max_length=64)
    service_version = models.PositiveIntegerField()
    local_territory = models.CharField(max_length=16, default="")
    local_revision = models.PositiveIntegerField(default=0)
    territory = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    entry = models.CharField(max_length=16)
    language = models.CharField(max_length=8)
    answers = models.BinaryField()
    applicant = models.BinaryField(default=b"")
    identity = models.CharField(max_length=16, default="none")
    page = models.CharField(max_length=64, default="")
    pages_done = models.JSONField(default=list)
    opened_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    expires_on = models.DateField(db_index=True)
    submitted_as = models.CharField(max_length=32, default="")
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "cases_draft"
        indexes = [
            models.Index(fields=["owner", "-saved_at"], name="drafts_of_an_owner"),
            models.Index(fields=["opened_by", "-saved_at"], name="drafts_begun_by_somebody"),
        ]


class CaseFile(models.Model):
    """A file that belongs to a draft or to a case; its content lies in people.files."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="files")
    draft = models.ForeignKey(Draft, null=True, on_delete=models.PROTECT, related_name="files")
    owner = models.UUIDField()
    field = models.CharField(max_length=64)
    name = models.BinaryField()
    media_type = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=32, unique=True)
    scan = models.CharField(max_length=16, default="unscanned")
    added_at = models.DateTimeField()

    class Meta:
        db_table = "cases_file"
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, draft__isnull=True)
                | Q(case__isnull=True, draft__isnull=False),
                name="a_file_belongs_to_a_case_or_a_draft",
            )
        ]


class WaitingFile(models.Model):
    """A file that a machine uploaded and that no application has named yet.

    `token` is the machine, `owner` the pseudonym of a key made for this file alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=36)
    owner = models.UUIDField()
    name = models.BinaryField()
    media_type = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=32, unique=True)
    scan = models.CharField(max_length=16, default="unscanned")
    added_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_waiting_file"
        indexes = [models.Index(fields=["token"], name="waiting_files_of_a_token")]


class FailedAttempt(models.Model):
    """A code that was guessed wrongly: by whom (a hash of where it came from) and when."""

    asker = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_failed_attempt"
        indexes = [models.Index(fields=["asker", "at"], name="failed_attempts_of_an_asker")]
