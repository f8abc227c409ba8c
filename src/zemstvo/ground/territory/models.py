"""The tables of territory. Periods run from a day until a day, which is exclusive; open ones have no end."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from zemstvo.ground.territory.rules import DayKind, Level

CODE_LENGTH = 64


class Territory(models.Model):
    """A place with a code that is never used for another one."""

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    scheme = models.CharField(max_length=16)
    level = models.CharField(max_length=16, choices=[(level.value, level.name) for level in Level])
    kind = models.CharField(max_length=32, blank=True)
    zone = models.CharField(max_length=48, blank=True)
    """The IANA time zone; empty: the one of the territory above."""
    check_digit = models.PositiveSmallIntegerField(null=True)
    check_digit_printed = models.PositiveSmallIntegerField(null=True)
    """The wrong check digit that the official list printed, where it did."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    successors = models.JSONField(default=list)

    class Meta:
        db_table = "territory_territory"
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_territory_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="a_territory_has_a_known_level"
            ),
        ]


class TerritoryName(models.Model):
    """How a territory is called, from a day until a day."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="name_periods")
    names = models.JSONField()
    search = models.TextField()
    """All its names, in the form in which they are searched (`names.search_form`), a line each."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "territory_name"
        constraints = [
            models.UniqueConstraint(fields=["territory", "valid_from"], name="a_name_begins_once_a_day"),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(valid_until__isnull=True),
                name="a_territory_has_one_name_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_name_ends_after_it_begins",
            ),
        ]


class Border(models.Model):
    """How far a territory reaches, from a day until a day: whose part it is, and its outline where known."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="borders")
    parent = models.ForeignKey(Territory, on_delete=models.PROTECT, null=True, related_name="parts")
    outline = models.JSONField(null=True)
    """A GeoJSON geometry (RFC 7946)."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "territory_border"
        constraints = [
            models.UniqueConstraint(fields=["territory", "valid_from"], name="a_border_begins_once_a_day"),
            models.UniqueConstraint(
                fields=["territory"],
                condition=Q(valid_until__isnull=True),
                name="a_territory_has_one_border_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="a_border_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("territory")),
                name="a_territory_is_no_part_of_itself",
            ),
        ]


class Authority(models.Model):
    """A body that acts for territories: an administration, a ministry, a department of one."""

    code = models.CharField(primary_key=True, max_length=CODE_LENGTH)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    """Where it is at home; what it acts for stands in ActsFor."""
    names = models.JSONField()
    prefix = models.CharField(max_length=12, unique=True)
    """The beginning of the numbers that it gives to cases and documents."""
    zone = models.CharField(max_length=48, blank=True)
    """The IANA time zone; empty: the one of its territory."""
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "territory_authority"


class ActsFor(models.Model):
    """An authority acts for a territory and all territories in it, from a day until a day."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="acts_for")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        db_table = "territory_acts_for"
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "territory"],
                condition=Q(valid_until__isnull=True),
                name="an_authority_acts_once_for_a_territory",
            ),
        ]


class Office(models.Model):
    """A place where an authority receives people."""

    class Line(models.TextChoices):
        """How good the office's line to the internet is."""

        NONE = "none"
        BAD = "bad"
        WEAK = "weak"
        GOOD = "good"

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="offices")
    code = models.CharField(max_length=CODE_LENGTH)
    names = models.JSONField()
    address = models.JSONField(default=dict)
    """The address by language."""
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    hours = models.JSONField(default=dict)
    """As `rules.Hours.parse` reads it."""
    line = models.CharField(max_length=8, choices=Line.choices, default=Line.GOOD)
    closed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        db_table = "territory_office"
        constraints = [
            models.UniqueConstraint(fields=["authority", "code"], name="an_office_has_its_own_code"),
        ]


class CalendarYear(models.Model):
    """A year whose whole working calendar a territory has."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    weekend = models.CharField(max_length=6, default="56")
    """The weekdays of the weekend, Monday is 0."""

    class Meta:
        db_table = "territory_calendar_year"
        constraints = [
            models.UniqueConstraint(fields=["territory", "year"], name="a_territory_has_a_year_once"),
        ]


class CalendarDay(models.Model):
    """A day that is not what its weekday says, or that has a name."""

    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.name) for kind in DayKind])
    names = models.JSONField(default=dict)
    moved_from = models.DateField(null=True)
    source = models.CharField(max_length=300, blank=True)
    """The law or the decree that says so."""
    declared = models.BooleanField(default=False)
    """Declared by the territory over the calendar that it lives by, not a part of an imported year."""

    class Meta:
        db_table = "territory_calendar_day"
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "day", "declared"], name="a_territory_has_a_day_once"
            ),
        ]


class Edition(models.Model):
    """The one row that every command of this room turns: its lock, and the key of every cached answer."""

    room = models.CharField(primary_key=True, max_length=16)
    token = models.UUIDField()

    class Meta:
        db_table = "territory_edition"
