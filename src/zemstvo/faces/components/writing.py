"""How dates, moments, money, terms and sizes are written for people, in the active language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NBSP = "\u00a0"
SIGNS = {"RUB": "₽", "EUR": "€", "USD": "$", "KZT": "₸", "BYN": "Br"}
_DAY = re.compile(r"\b(\d{1,2}) (\w+) (\d{4})( г\.)?")
_TERM = re.compile(r"(\d+)(wd|d|h|m|y)")


def day_in_words(value: date) -> str:
    """A day: «3 декабря 2026» / "3 December 2026"; the spaces do not break."""
    return _day_in_words(date(value.year, value.month, value.day), get_language())


@lru_cache(maxsize=4_000)
def _day_in_words(value: date, _language: str | None) -> str:
    """The words of a day in the active language; a list has hundreds of days, and most of them twice."""
    return formats.date_format(value, "j E Y").replace(" ", NBSP)


def with_whole_days(sentence: str) -> str:
    """A sentence whose days do not break: no «г.» stands alone on a line of a telephone."""
    return _DAY.sub(lambda found: found[0].replace(" ", NBSP), sentence)


def moment_in_words(value: datetime, zone: str = "") -> str:
    """An instant in the zone of the authority: the day, then hours and minutes."""
    local = value.astimezone(ZoneInfo(zone or "UTC"))
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def money_in_words(minor: int, currency: str = "RUB") -> str:
    """An amount in minor units (kopecks): «1 234,50 ₽»; whole amounts without the hundredths."""
    sign = SIGNS.get(currency, currency)
    whole, part = divmod(abs(minor), 100)
    grouped = f"{whole:,}".replace(",", NBSP)
    minus = "−" if minor < 0 else ""
    fraction = f"{formats.get_format('DECIMAL_SEPARATOR')}{part:02d}" if part else ""
    return f"{minus}{grouped}{fraction}{NBSP}{sign}"


def term_in_words(term: str) -> str:
    """A term as packages write it (`10wd`, `5d`, `1m`, `48h`, `2y`) in words: «10 рабочих дней»."""
    found = _TERM.fullmatch(str(term).split(" ")[0])
    if not found:
        return str(term)
    count, unit = int(found[1]), found[2]
    words = {
        "wd": ngettext("%(count)d working day", "%(count)d working days", count),
        "d": ngettext("%(count)d day", "%(count)d days", count),
        "h": ngettext("%(count)d hour", "%(count)d hours", count),
        "m": ngettext("%(count)d month", "%(count)d months", count),
        "y": ngettext("%(count)d year", "%(count)d years", count),
    }
    return (words[unit] % {"count": count}).replace(" ", NBSP, 1)


def days_left_in_words(due_on: date, today: date) -> str:
    """How far a day is: «осталось 3 дня», «сегодня», «просрочено на 2 дня» (calendar days)."""
    days = (due_on - today).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("%(count)d day left", "%(count)d days left", days) % {"count": days}
    return ngettext("%(count)d day late", "%(count)d days late", -days) % {"count": -days}


def snils_in_words(digits: str) -> str:
    """The eleven digits of a SNILS as they stand on the card: «112-233-445 95»; anything else as it is."""
    if len(digits) != 11:
        return digits
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:9]}{NBSP}{digits[9:]}"


def size_in_words(octets: int) -> str:
    """The size of a file: kB and MB of 1000."""
    if octets < 1_000_000:
        words = _("%(count)d kB") % {"count": max(1, round(octets / 1000))}
    else:
        words = _("%(count)s MB") % {"count": formats.number_format(octets / 1_000_000, 1)}
    return words.replace(" ", NBSP)


def hours_in_words(week: Mapping[str, Sequence[str]]) -> list[str]:
    """Opening hours as lines: «пн–чт 09:00–13:00, 14:00–18:00»; equal days in a row are one line.

    `week` is as `territory.rules.Hours.as_week` writes it; days without hours are closed and not named.
    """
    lines: list[tuple[int, int, str]] = []
    for number, weekday in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun")):
        text = ", ".join(span.replace("-", "–") for span in week.get(weekday, ()))
        if not text:
            continue
        if lines and lines[-1][1] == number - 1 and lines[-1][2] == text:
            lines[-1] = (lines[-1][0], number, text)
        else:
            lines.append((number, number, text))
    return [f"{_days_in_words(first, last)} {text}" for first, last, text in lines]


def _days_in_words(first: int, last: int) -> str:
    begins, ends = str(WEEKDAYS_ABBR[first]).lower(), str(WEEKDAYS_ABBR[last]).lower()
    return begins if first == last else f"{begins}–{ends}"
