"""How values are written in a letter, in the language that is active: days, money, choices, yes and no."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zemstvo.capabilities.services.parts import Field, FieldType
from zemstvo.capabilities.services.wording import wording

_NBSP = "\u00a0"


def day(value: str) -> str:
    """A day YYYY-MM-DD: «23 ноября 2026 г.», "23 November 2026"."""
    if not value:
        return ""
    # Translators: how a day is written in a letter, in Django's date format.
    return formats.date_format(date.fromisoformat(value), pgettext("day in a letter", "j F Y")).replace(
        " ", _NBSP
    )


def month(value: str) -> str:
    """A month YYYY-MM: «ноябрь 2026 г.», "November 2026"."""
    if not value:
        return ""
    # Translators: how a month is written in a letter, in Django's date format.
    form = pgettext("month in a letter", "F Y")
    return formats.date_format(date.fromisoformat(f"{value}-01"), form).replace(" ", _NBSP)


def money(minor: int, currency: str) -> str:
    """An amount in minor units: «2 450,00 руб.», "2,450.00 RUB"."""
    whole, part = divmod(abs(minor), 100)
    grouped = f"{whole:,}".replace(",", formats.get_format("THOUSAND_SEPARATOR"))
    amount = f"{grouped}{formats.get_format('DECIMAL_SEPARATOR')}{part:02d}"
    name = _("RUB") if currency == "RUB" else currency
    return f"{'−' if minor < 0 else ''}{amount}{_NBSP}{name}"


def number(value: int) -> str:
    """A whole number in groups of three."""
    return f"{value:,}".replace("-", "−").replace(",", formats.get_format("THOUSAND_SEPARATOR"))


def yes_no(value: bool) -> str:
    """Yes or no."""
    return _("yes") if value else _("no")


def answer(field: Field, value: Any, language: str, base: str) -> str:
    """The answer of a field as people write it; "" for what is unanswered."""
    match field.type:
        case FieldType.MONEY:
            return money(value, field.currency)
        case FieldType.NUMBER:
            unit = wording(field.unit, language, base).text
            return f"{number(value)}{_NBSP}{unit}" if unit else number(value)
        case FieldType.DATE:
            return day(value)
        case FieldType.MONTH:
            return month(value)
        case FieldType.YES_NO | FieldType.DECLARATION:
            return yes_no(value)
        case FieldType.CHOICE:
            option = field.option(value)
            return wording(option.label, language, base).text if option else ""
        case FieldType.CHOICES:
            labels = [
                wording(option.label, language, base).text for option in field.options if option.id in value
            ]
            return ", ".join(labels)
        case FieldType.PERSON | FieldType.ORGANISATION | FieldType.ADDRESS:
            return block(value)
        case FieldType.FILE | FieldType.REPEAT:
            return number(len(value))
    return str(value)


def block(value: Mapping[str, str]) -> str:
    """A block in one line: the name of a person or organisation, the postcode and text of an address."""
    names = ("postcode", "text") if "text" in value else ("name", "family_name", "given_name", "patronymic")
    return (", " if "text" in value else " ").join(value[name] for name in names if value.get(name))


def part(name: str, value: str) -> str:
    """A part of a block."""
    return day(value) if name == "born_on" else value


def value(kind: str, found: Any, currency: str) -> str:
    """A calculated value or parameter of a type."""
    match kind:
        case "money":
            return money(found, currency)
        case "number":
            return number(found)
        case "date":
            return day(found)
        case "yes_no":
            return yes_no(found)
    return str(found)
