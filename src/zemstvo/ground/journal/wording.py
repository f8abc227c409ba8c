"""Days and moments inside sentences: of facts, of refusals, of whatever says something to a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext


def day(on: date) -> str:
    """A day in the active language: «24 ноября 2026 г.», "24 November 2026"."""
    return _day(date(on.year, on.month, on.day), get_language())


@lru_cache(maxsize=4_000)
def _day(on: date, _language: str | None) -> str:
    """The words of a day in the active language, written once."""
    # Translators: how a day is written inside a sentence, in Django's date format.
    return date_format(on, pgettext("day in a sentence", "j F Y"))


def moment(at: datetime) -> str:
    """An instant in the active language and time zone: "24 November 2026, 14:05"."""
    return f"{day(localtime(at).date())}, {localtime(at):%H:%M}"


def said(sentence: object, facts: Mapping[str, Any]) -> str:
    """A sentence with its facts, days and instants in words; «г.» at its end is its full stop, too."""
    told = str(sentence) % {name: _worded(value) for name, value in facts.items()}
    return _TWO_STOPS.sub(".", told)


_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


def _worded(value: Any) -> Any:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value
