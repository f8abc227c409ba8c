"""What is done apart: mail that says no more than that there is news, and the recount of many clocks."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from zemstvo.capabilities.cases.commands.terms import recount_case
from zemstvo.capabilities.cases.models import Case, Notice
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import queries as people
from zemstvo.ground.territory import queries as territories


@task()
def mail_notice(notice: str) -> bool:
    """Send the mail of a notice, where its person has an address; whether it was sent.

    May happen twice where a worker is killed while sending: both mails then carry the same Message-ID. The
    mail holds the number of the case and nothing about the person or the matter.
    """
    row = Notice.objects.filter(pk=uuid.UUID(notice)).first()
    if row is None:
        return False
    address = _address(str(row.person))
    if not address:
        return False
    language = Case.objects.filter(number=row.case_number).values_list("language", flat=True).first()
    with translation.override(language or settings.LANGUAGE_CODE):
        message = _message(row, address)
    return message.send() == 1


@task()
def recount_cases(territory: str) -> int:
    """Read anew the clocks of all open cases of a territory and of those in it; returns how many changed.

    May happen twice: what is right already is left alone.
    """
    act = house_act(at=datetime.now(UTC))
    rows = Case.objects.filter(is_open=True).order_by("id").values_list("number", "territory")
    changed = 0
    for number, place in rows.iterator(chunk_size=1000):
        if territories.is_within(place, territory):
            try:
                recount_case(act, number)
            except Refusal:
                continue
            changed += 1
    return changed


def _message(row: Notice, address: str) -> EmailMessage:
    host = urlsplit(settings.SITE_ORIGIN).hostname or "localhost"
    subject = _("News in case %(number)s") % {"number": row.case_number}
    if row.asks:
        subject = _("Something is wanted of you in case %(number)s") % {"number": row.case_number}
    body = _(
        "There is news in your case %(number)s.\n\n"
        "Read it here: %(origin)s\n"
        "Sign in, or open “Follow a case” with your tracking code.\n\n"
        "This mail says no more on purpose: others may read mail on its way."
    ) % {"number": row.case_number, "origin": settings.SITE_ORIGIN}
    headers = {"Message-ID": f"<{row.id}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=[address], headers=headers)


def _address(person: str) -> str:
    """The address of a person; empty where there is none, or the person was erased."""
    try:
        return people.identity(house_act(at=datetime.now(UTC)), person).email
    except Refusal:
        return ""
