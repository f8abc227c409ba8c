"""Officials, what they may do and where, and who stands in for them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zemstvo.ground.people.models.persons import Person


class Official(models.Model):
    """A person in the service of an authority. The name is sealed with the person; the position is public."""

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="offices")
    authority = models.CharField(max_length=64, blank=True, db_index=True)
    position = models.JSONField(default=dict)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_official"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "authority"],
                condition=Q(until_on__isnull=True),
                name="a_person_serves_an_authority_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="an_office_ends_after_it_begins",
            ),
        ]


class Mandate(models.Model):
    """What an official may do: a role, at an authority, in a territory and below it, from–until.

    An empty authority means every authority of the territory; an empty territory means the whole
    installation.
    """

    id = models.UUIDField(primary_key=True)
    official = models.ForeignKey(Official, models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=32)
    authority = models.CharField(max_length=64, blank=True, default="")
    territory = models.CharField(max_length=64, blank=True, default="")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_mandate"
        indexes = [models.Index(fields=["authority", "role"], name="people_mandate_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="a_mandate_ends_after_it_begins",
            )
        ]


class Absence(models.Model):
    """Days on which an official does not work, until a day (exclusive). Why is nobody's business here."""

    id = models.UUIDField(primary_key=True)
    official = models.ForeignKey(Official, models.PROTECT, related_name="absences")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        db_table = "people_absence"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="an_absence_lasts_a_day_at_least"
            )
        ]


class Deputy(models.Model):
    """A colleague who acts under the mandate of an official on the days on which that official is absent."""

    id = models.UUIDField(primary_key=True)
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="deputies")
    official = models.ForeignKey(Official, models.PROTECT, related_name="deputising")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_deputy"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="a_deputy_ends_after_it_begins",
            )
        ]
