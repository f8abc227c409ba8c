"""Who looked at whose data. Looks are no commands and leave no fact; the person sees them."""

from __future__ import annotations

from django.db import models


class Look(models.Model):
    """An official opened personal data: under which mandate, for what purpose, about which matter."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    mandate = models.CharField(max_length=36, blank=True, default="")
    authority = models.CharField(max_length=64, blank=True, default="")
    purpose = models.CharField(max_length=64)
    about = models.CharField(max_length=48, blank=True, default="")

    class Meta:
        db_table = "people_look"


class LookAt(models.Model):
    """One person whom a look showed; no foreign key, for a draft may belong to a bare pseudonym."""

    look = models.ForeignKey(Look, models.CASCADE, related_name="persons")
    person = models.UUIDField()

    class Meta:
        db_table = "people_look_at"
        indexes = [models.Index(fields=["person", "look"], name="people_look_of_person")]
        constraints = [models.UniqueConstraint(fields=["look", "person"], name="a_look_shows_a_person_once")]
