"""The forms of sign-in, allauth's but for one thing: a typed address goes on in its keyed form."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.account.fields import EmailField
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from django.http import HttpRequest

from zemstvo.ground.people import addresses
from zemstvo.ground.people.models import Account

log = logging.getLogger("zemstvo.signin")


class AddressField(EmailField):  # type: ignore[misc]
    """Takes an address, checks it, and gives its keyed form; the address waits in the session."""

    def clean(self, value: Any) -> str:
        address: str = super().clean(value)
        return addresses.remember(context.request, address)


class PasswordSignIn(forms.LoginForm):  # type: ignore[misc]
    """Sign in by address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField(label=self.fields["login"].label)
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        """Keep the password, which allauth drops where an account is opened without one."""


class AskForCode(forms.RequestLoginCodeForm):  # type: ignore[misc]
    """Ask for a code by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()


class ConfirmCode(forms.ConfirmLoginCodeForm):  # type: ignore[misc]
    """Type the code from the letter."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except forms.forms.ValidationError:
            log.warning("wrong code")
            raise
        return code


class ConfirmApp(AuthenticateForm):  # type: ignore[misc]
    """Type the code that the app shows, or a recovery code."""

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()
        except forms.forms.ValidationError:
            log.warning("wrong code of the app", extra={"fields": {"account": self.user.pk}})
            raise
        return code


class ForgottenPassword(forms.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()


class AnotherAddress(forms.AddEmailForm):  # type: ignore[misc]
    """Give another address for one's account; it takes the old one's place once it is confirmed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()


class OpenAccount(forms.SignupForm):  # type: ignore[misc]
    """Open an account: an address is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = AddressField()

    def save(self, request: HttpRequest) -> Account:
        """The command makes the account, its person and its address in allauth's table."""
        adapter = get_adapter()
        account: Account = adapter.save_user(request, adapter.new_user(request), self)
        return account
