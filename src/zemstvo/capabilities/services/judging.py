"""What one answer must be, by the type of its field: normalised, or a complaint that says what to do.

The shape (`answer_schema`) is known to be right here. Pure: the day that `today` means is passed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from zemstvo.capabilities.services.parts import Field, FieldType
from zemstvo.ground.journal import wording
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import identifiers

OLDEST = date(1850, 1, 1)
"""Nobody who applies, and nothing that they have, is asked for by an earlier day of birth."""

_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,188}\.[^@\s.,;<>\"]{2,63}")
_PHONE = re.compile(r"\+?[0-9]{5,15}")
_PARTING = re.compile(r"[\s()\-–.]+")


class Complaint(Exception):
    """What is wrong with an answer. `code` is one of those of AnswerError, `part` the part of a block."""

    def __init__(self, code: str, message: str, part: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.part = part


def is_blank(value: Any) -> bool:
    """Whether nothing was answered: no value, an empty text or list, a block of empty parts."""
    kind = type(value)
    if kind is str:
        return not value or value.isspace()
    if kind is dict:
        return all(is_blank(part) for part in value.values())
    return value is None or value == []


def judged(field: Field, value: Any, today: date | None) -> Any:
    """The normal form of an answer that is not blank. Raises Complaint."""
    judge = _BY_TYPE.get(field.type)
    return judge(field, value, today) if judge else value


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip())


def _amount(field: Field, value: Any, today: date | None) -> int:
    # JSON Schema takes 5.0 for a whole number; near money we do not.
    if type(value) is not int:
        raise Complaint("type", _("Enter a whole number."))
    return value


def _day(field: Field, value: str, today: date | None) -> str:
    day = _existing_day(value)
    least, greatest = _bound(field.min, today), _bound(field.max, today)
    if least and day < least:
        raise Complaint("range", wording.said(_("The day cannot be earlier than %(day)s."), {"day": least}))
    if greatest and day > greatest:
        raise Complaint("range", wording.said(_("The day cannot be later than %(day)s."), {"day": greatest}))
    return value


def _bound(bound: int | str | None, today: date | None) -> date | None:
    if bound == "today":
        return today
    return date.fromisoformat(bound) if isinstance(bound, str) else None


def _existing_day(value: str, part: str = "") -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise Complaint("invalid", _("There is no such day."), part) from None


def _choices(field: Field, value: list[str], today: date | None) -> list[str]:
    if isinstance(field.min, int) and len(value) < field.min:
        raise Complaint("range", _("Choose at least %(count)s.") % {"count": field.min})
    if isinstance(field.max, int) and len(value) > field.max:
        raise Complaint("range", _("Choose at most %(count)s.") % {"count": field.max})
    return value


def _email(field: Field, value: str, today: date | None) -> str:
    if not _EMAIL.fullmatch(value.strip()):
        raise Complaint("invalid", _("Enter an e-mail address like anna@example.org."))
    return value.strip()


def _phone(field: Field, value: str, today: date | None) -> str:
    bare = _PARTING.sub("", value)
    if not _PHONE.fullmatch(bare):
        raise Complaint("invalid", _("Enter a telephone number like +7 912 345-67-89."))
    return bare


def _declaration(field: Field, value: bool, today: date | None) -> bool:
    if field.required and not value:
        raise Complaint("required", _("Confirm this to go on."))
    return value


def _block(field: Field, value: Mapping[str, str], today: date | None) -> dict[str, str]:
    known: dict[str, str] = {}
    for part in field.parts:
        text = _tidy(value.get(part, ""))
        if text:
            known[part] = _PARTS[part](text, today) if part in _PARTS else text
        elif part not in field.optional:
            raise Complaint("required", _("Fill this in."), part)
    return known


def _born_on(text: str, today: date | None) -> str:
    day = _existing_day(text, "born_on")
    if day < OLDEST or (today and day > today):
        raise Complaint("range", _("Nobody who applies was born on that day."), "born_on")
    return text


def _identifier(part: str, check: Callable[[str], str]) -> Callable[[str, date | None], str]:
    def judge(text: str, today: date | None) -> str:
        try:
            return check(text)
        except Refusal as refusal:
            raise Complaint("check-digit", f"{refusal} {refusal.counsel}", part) from None

    return judge


def _ogrn(text: str) -> str:
    digits = sum(sign.isdigit() for sign in text)
    return identifiers.ogrnip(text) if digits == 15 else identifiers.ogrn(text)


def _digits(
    part: str, lengths: tuple[int, ...], message: Callable[[], str]
) -> Callable[[str, date | None], str]:
    def judge(text: str, today: date | None) -> str:
        if not text.isascii() or not text.isdigit() or len(text) not in lengths:
            raise Complaint("invalid", message(), part)
        return text

    return judge


_PARTS: Mapping[str, Callable[[str, date | None], str]] = {
    "born_on": _born_on,
    "snils": _identifier("snils", identifiers.snils),
    "inn": _identifier("inn", identifiers.inn),
    "ogrn": _identifier("ogrn", _ogrn),
    "postcode": _digits("postcode", (6,), lambda: _("A postcode has six digits.")),
    "oktmo": _digits("oktmo", (8, 11), lambda: _("An OKTMO code has 8 or 11 digits.")),
}

_BY_TYPE: Mapping[FieldType, Callable[[Field, Any, date | None], Any]] = {
    FieldType.TEXT: lambda field, value, today: _tidy(value),
    FieldType.LONG_TEXT: lambda field, value, today: _tidy(value),
    FieldType.NUMBER: _amount,
    FieldType.MONEY: _amount,
    FieldType.DATE: _day,
    FieldType.CHOICES: _choices,
    FieldType.EMAIL: _email,
    FieldType.PHONE: _phone,
    FieldType.DECLARATION: _declaration,
    FieldType.PERSON: _block,
    FieldType.ORGANISATION: _block,
    FieldType.ADDRESS: _block,
}


def judged_applicant(applicant: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with the identifiers of an applicant, by part: (part, message)."""
    found = []
    for part, check in _PARTS.items():
        if part in applicant:
            try:
                check(applicant[part], None)
            except Complaint as complaint:
                found.append((part, complaint.message))
    return found
