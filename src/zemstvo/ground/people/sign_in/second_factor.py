"""The second factor: codes of an app (TOTP), whose secrets are stored sealed for the installation."""

from __future__ import annotations

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings

from zemstvo.ground.people import addresses, vault
from zemstvo.ground.people.models import Account

PURPOSE = "second-factor"


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Seals the secrets of apps, and names the account in the app by its address."""

    def encrypt(self, text: str) -> str:
        return b64encode(vault.seal_for_house(text.encode(), purpose=PURPOSE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return vault.open_for_house(b64decode(encrypted_text), purpose=PURPOSE).decode()

    def get_totp_label(self, user: Account) -> str:
        return addresses.of_account(user)


def is_strong(account: Account) -> bool:
    """Whether an official may work with this account: a second factor, or the demo. One query."""
    if account.demo and settings.DEMO:
        return True
    factors = Authenticator.objects.filter(user=account.pk, type=Authenticator.Type.TOTP)
    return bool(factors.exists())
