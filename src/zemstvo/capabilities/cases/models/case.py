"""The case: its current row. Its history is the journal."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Stage(models.TextChoices):
    """Where every case stands, whatever its package calls its states."""

    FILED = "filed"
    WORK = "work"
    WAITING = "waiting"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether the authority still owes an answer."""
        return self in (Stage.FILED, Stage.WORK, Stage.WAITING)


class Case(models.Model):
    """One person's matter before one authority under one version of one package.

    `state` is the package's word, `stage` ours. `due_on` is the day of the answer as the clock reads now: the
    legal one once its term has started, before that one that `is_expected`. `act_by` is the day by which the
    next thing has to be done (registering, answering, the end of waiting): lists are ordered by it.
    `stands_for` says why the clock stands (rules.clock.StandsFor, empty where it runs), `limit_on` the first
    day on which the limit of the state has passed. `token` is the machine that filed it, empty for people.
    """

    number = models.CharField(max_length=32)
    tracking_hash = models.BinaryField(max_length=32, unique=True)
    service = models.CharField(max_length=64)
    service_version = models.PositiveIntegerField()
    local_territory = models.CharField(max_length=16, default="")
    local_revision = models.PositiveIntegerField(default=0)
    territory = models.CharField(max_length=16)
    authority = models.CharField(max_length=64)

    state = models.CharField(max_length=64)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    is_open = models.BooleanField()
    outcome = models.CharField(max_length=64, default="")

    channel = models.CharField(max_length=16)
    entry = models.CharField(max_length=16)
    intermediary = models.CharField(max_length=64, default="")
    language = models.CharField(max_length=8)
    identity = models.CharField(max_length=16, default="none")
    applicant = models.UUIDField()
    representative = models.UUIDField(null=True)
    token = models.CharField(max_length=36, default="")
    answers = models.BinaryField()
    decision = models.BinaryField(default=b"")

    filed_at = models.DateTimeField()
    filed_on = models.DateField()
    register_by = models.DateField(null=True)
    registered_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    stands_for = models.CharField(max_length=12, default="")
    stands_until = models.DateField(null=True)
    limit_on = models.DateField(null=True)
    act_by = models.DateField()
    decided_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)

    assigned_to = models.UUIDField(null=True)
    row_version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(
                fields=["authority", "act_by", "number"],
                name="cases_open_by_legal_deadline",
                condition=Q(is_open=True),
            ),
            models.Index(fields=["applicant", "-filed_at"], name="cases_of_an_applicant"),
            models.Index(
                fields=["stands_until"], name="cases_that_stand", condition=Q(stands_until__isnull=False)
            ),
            models.Index(fields=["limit_on"], name="cases_with_a_limit", condition=Q(limit_on__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="a_number_names_one_case"),
            models.CheckConstraint(
                condition=Q(is_open=True, stage__in=["filed", "work", "waiting"])
                | Q(is_open=False, stage__in=["decided", "closed", "withdrawn"]),
                name="a_case_is_open_until_it_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(representative__isnull=True) | ~Q(representative=F("applicant")),
                name="nobody_represents_himself",
            ),
        ]

    @property
    def is_expected(self) -> bool:
        """Whether the day of the answer is none by law yet: its term has not started."""
        return self.started_on is None


class NumberSeries(models.Model):
    """The next free serial of an authority in a year; taken in blocks, so a series may have gaps."""

    authority = models.CharField(max_length=64)
    year = models.PositiveSmallIntegerField()
    next = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "cases_number_series"
        constraints = [
            models.UniqueConstraint(fields=["authority", "year"], name="an_authority_has_one_series_a_year")
        ]


class IdempotencyKey(models.Model):
    """The answer that a machine got for a key: the same key with the same body gets it again for 7 days.

    `answer` is sealed under the applicant's key, because it holds a tracking code.
    """

    token = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    body_hash = models.BinaryField(max_length=32)
    applicant = models.UUIDField()
    answer = models.BinaryField()
    stored_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cases_idempotency_key"
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="a_token_uses_a_key_once")]
