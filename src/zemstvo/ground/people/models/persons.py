"""Persons, how they are found, who acts for them, and how they are erased."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

IDENTIFYING = ("snils", "inn", "ogrn", "ogrnip")
"""The kinds of keyed hash that name exactly one person."""


class Person(models.Model):
    """Somebody with whom authorities deal. The primary key is the pseudonym; `sealed` is who it is.

    `version` counts the changes of the identity (a form carries it; stale is refused). `checked_by` says how
    an official or a provider made sure of the identity: a code, empty while nobody did.
    """

    class Kind(models.TextChoices):
        """A natural person (also a sole entrepreneur), or an organisation."""

        NATURAL = "natural"
        ORGANISATION = "organisation"

    pseudonym = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    checked_by = models.CharField(max_length=32, blank=True, default="")
    registered_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_person"


class KeyedHash(models.Model):
    """One thing by which a person is found: a keyed hash of an identifier or the beginning of a name.

    `about` is the number of a matter for words that came from its answers, empty for the identity itself.
    """

    kind = models.CharField(max_length=16)
    hash = models.BinaryField(max_length=16)
    person = models.ForeignKey(Person, models.CASCADE, db_column="person", related_name="hashes")
    about = models.CharField(max_length=48, blank=True, default="")

    class Meta:
        db_table = "people_keyed_hash"
        indexes = [models.Index(fields=["kind", "hash", "person"], name="people_hash_lookup")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "hash"],
                condition=Q(kind__in=IDENTIFYING),
                name="an_identifier_names_one_person",
            )
        ]


class Employment(models.Model):
    """An employee who acts for an organisation, from a day until a day (exclusive).

    `scope` is a list of services, empty for all of them; who `leads` the organisation names its employees.
    """

    id = models.UUIDField(primary_key=True)
    organisation = models.ForeignKey(Person, models.PROTECT, related_name="employments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="employers")
    scope = models.JSONField(default=list)
    leads = models.BooleanField(default=False)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_employment"
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="an_employment_ends_after_it_begins",
            )
        ]


class Representation(models.Model):
    """A person who acts for another: on what ground, in which scope, from a day until a day (exclusive).

    `scope` is a list of services, empty for all of them; `may_read` and `may_act` are apart, for a social
    worker who may help to fill in but not read what was answered before.
    """

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="representatives")
    representative = models.ForeignKey(Person, models.PROTECT, related_name="represented")
    ground = models.CharField(max_length=32)
    scope = models.JSONField(default=list)
    may_read = models.BooleanField(default=True)
    may_act = models.BooleanField(default=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_representation"
        constraints = [
            models.CheckConstraint(
                condition=~Q(person=F("representative")), name="nobody_represents_themselves"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="a_representation_ends_after_it_begins",
            ),
        ]


class DutyToKeep(models.Model):
    """A duty that holds a person's data here: about which matter, by which rule, until which day (exclusive).

    No day means: as long as the matter is open. Written by the commands of the capability that owns the duty.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="duties")
    about = models.CharField(max_length=48)
    basis = models.CharField(max_length=64)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "people_duty_to_keep"
        constraints = [
            models.UniqueConstraint(fields=["person", "about"], name="a_matter_is_kept_by_one_duty")
        ]


class Erasure(models.Model):
    """A person was erased: when that was ordered, and the day on which the last backup of the key is gone."""

    person = models.UUIDField(primary_key=True)
    ordered_at = models.DateTimeField()
    complete_on = models.DateField()

    class Meta:
        db_table = "people_erasure"
