"""The words that a document's sheet adds to its text, in the document's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zemstvo.capabilities.documents.pdf import Sheet
from zemstvo.capabilities.documents.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class SealMark:
    """What the mark of the installation's seal says: when the head decided, and by which certificate it is
    sealed.
    """

    signed_at: datetime
    zone: str
    owner: str
    serial: str
    valid_from: date
    valid_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisites:
    """What an issued document has besides its text."""

    number: str
    registered_on: date
    code: str
    address: str


def sheet_of(text: Text, language: str, requisites: Requisites, seals: Iterable[SealMark]) -> Sheet:
    """The sheet of an issued document."""
    with translation.override(language):
        number = _("No. %(number)s") % {"number": requisites.number}
        subject = {"title": text.title, "number": requisites.number, "date": day(requisites.registered_on)}
        return Sheet(
            language=language,
            subject=_("%(title)s, No. %(number)s of %(date)s") % subject,
            text=text,
            on=requisites.registered_on,
            date=day(requisites.registered_on),
            number=number,
            check=(
                _("Check this document: scan the QR code, or open"),
                requisites.address,
                _("Code of the document: %(code)s") % {"code": requisites.code},
            ),
            address=requisites.address,
            marks=tuple(_seal_lines(seal) for seal in seals),
            labels=_labels(),
        )


def draft_sheet(text: Text, language: str, *, on: date) -> Sheet:
    """The sheet of a letter that has no number yet: marked as a draft on every page."""
    with translation.override(language):
        return Sheet(
            language=language,
            subject=_("%(title)s (draft)") % {"title": text.title},
            text=text,
            on=on,
            date=_("Draft of %(date)s") % {"date": day(on)},
            number=pgettext("document", "not registered"),
            labels=_labels(),
            is_draft=True,
        )


def day(on: date) -> str:
    """A day in words, in the active language."""
    return date_format(on, pgettext("document", "j F Y"))


def moment(at: datetime, zone: str) -> str:
    """A moment in words, in the active language and the given time zone."""
    return date_format(at.astimezone(ZoneInfo(zone)), pgettext("document", "j F Y, H:i"))


def _labels() -> dict[str, str]:
    return {
        "label": pgettext("document", "What"),
        "value": pgettext("document", "Value"),
        "enclosures": _("Enclosed:"),
        "attachment": _("The data of this document, for machines"),
        "qr": _("QR code with the address at which this document is checked"),
        "draft": pgettext("document", "DRAFT"),
        "author": pgettext("document", "Authority"),
    }


def _seal_lines(seal: SealMark) -> tuple[str, ...]:
    certificate = {
        "serial": seal.serial,
        "from": day(seal.valid_from),
        "until": day(seal.valid_until),
        "owner": seal.owner,
        "at": moment(seal.signed_at, seal.zone),
    }
    return (
        _("Signed electronically"),
        _("%(owner)s, %(at)s") % certificate,
        _("Seal of the installation, certificate %(serial)s") % certificate,
        _("valid from %(from)s until %(until)s") % certificate,
        _("This is not a qualified electronic signature."),
    )
