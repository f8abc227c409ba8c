"""The authorities' whole registers of services, as they were imported."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class RegisteredService(models.Model):
    """A service of an authority, with or without a package. `struck_on` is the day from which it is no
    longer offered.

    `titles` and `summaries` are texts by language, `term` is of the form 10wd or empty, `fee_minor` null
    where the register says nothing. What is electronic is so by the register's own word (`is_electronic`);
    whether it is can be seen from its package.
    """

    authority = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    titles = models.JSONField(default=dict)
    summaries = models.JSONField(default=dict)
    life_events = models.JSONField(default=list)
    audience = models.JSONField(default=list)
    is_electronic = models.BooleanField(default=False)
    term = models.CharField(max_length=8, blank=True, default="")
    fee_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    office = models.CharField(max_length=64, blank=True, default="")
    package = models.CharField(max_length=40, blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    struck_on = models.DateField(null=True)

    class Meta:
        db_table = "services_registered_service"
        constraints = [
            models.UniqueConstraint(fields=["authority", "code"], name="an_authority_gives_a_code_once"),
            models.CheckConstraint(
                condition=Q(fee_minor__isnull=True) | Q(fee_minor__gte=0), name="a_fee_is_not_negative"
            ),
        ]


class CatalogueEdition(models.Model):
    """One random token that changes with every import: what was built in memory holds while it stands."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    token = models.UUIDField()

    class Meta:
        db_table = "services_catalogue_edition"
