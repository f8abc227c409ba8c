"""The words of this room on the screen: levels, kinds of places, kinds of days, lines, weekdays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zemstvo.ground.territory.models import Office
from zemstvo.ground.territory.rules import DayKind, Level

LEVELS: Mapping[str, Any] = {
    Level.FEDERATION: _("federation"),
    Level.REGION: _("region"),
    Level.MUNICIPALITY: _("municipality"),
    Level.SETTLEMENT: _("settlement"),
}

KINDS: Mapping[str, Any] = {
    "federation": _("federation"),
    "region": _("region of the federation"),
    "municipal_district": _("municipal district"),
    "municipal_okrug": _("municipal okrug"),
    "urban_okrug": _("urban okrug"),
    "intracity_area": _("municipality of a federal city"),
    "intracity_district": _("district of a city"),
    "urban_settlement": _("urban settlement"),
    "rural_settlement": _("rural settlement"),
    "inter_settlement": _("territory between settlements"),
    "city": _("city"),
    "urban_locality": _("settlement of urban type"),
    "rural_locality": _("village"),
    "other": _("municipality"),
}

DAY_KINDS: Mapping[str, Any] = {
    DayKind.WORKING: _("working day"),
    DayKind.SHORT: _("short working day"),
    DayKind.DAY_OFF: _("day off"),
    DayKind.HOLIDAY: _("holiday"),
    DayKind.MOVED: _("moved day off"),
    DayKind.DECREED: _("non-working day by decree"),
}

LINES: Mapping[str, Any] = {
    Office.Line.NONE: _("no line"),
    Office.Line.BAD: _("bad line"),
    Office.Line.WEAK: _("weak line"),
    Office.Line.GOOD: _("good line"),
}

OFFICE_FIELDS: Mapping[str, Any] = {
    "address": _("address"),
    "phone": _("telephone"),
    "email": _("e-mail address"),
    "line": pgettext_lazy("of an office to the internet", "line"),
}

WEEKDAYS: Mapping[str, Any] = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}


def word_for(words: Mapping[str, Any], code: str) -> str:
    """The word for a code in the active language; the code itself where the house has no word for it."""
    return str(words.get(code, code))
