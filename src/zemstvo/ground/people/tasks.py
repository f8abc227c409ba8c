"""What is done apart: the mail to a person in whose name an official opened or joined an account."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from zemstvo.ground.people import addresses
from zemstvo.ground.people.models import Account
from zemstvo.ground.people.queries.persons import opened


@task()
def mail_account(person: str, message: str) -> bool:
    """Tell a person at the address that was known before the account; whether a mail was sent.

    Where the account has that very address there is nobody else to warn. May happen twice where a worker is
    killed while sending: both mails then carry the same Message-ID, made of `message`.
    """
    identity = opened([person]).get(person)
    account = Account.objects.filter(person=person).first()
    if identity is None or not identity.email or account is None:
        return False
    if addresses.of_account(account) == identity.email:
        return False
    host = urlsplit(settings.SITE_ORIGIN).hostname or "localhost"
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("An official opened or joined an account for you")
        body = _(
            "An official opened an account at %(origin)s in your name, or joined one to your data, under "
            "another e-mail address than this.\n\nIf that was not you, call the authority at once: whoever "
            "signs in there sees your matters. The journal says who did it."
        ) % {"origin": settings.SITE_ORIGIN}
    headers = {"Message-ID": f"<{message}@{host}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject=subject, body=body, to=[identity.email], headers=headers).send() == 1
