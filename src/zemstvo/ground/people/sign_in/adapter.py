"""How allauth opens accounts, sends letters and says where to go; and the log of sign-in."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from zemstvo.ground.people import addresses, commands, queries
from zemstvo.ground.people.middleware import DESK
from zemstvo.ground.people.models import Account

log = logging.getLogger("zemstvo.signin")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are opened by a command; letters go to the address behind the keyed form."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Account:
        address = addresses.typed(request, form.cleaned_data["email"])
        account = commands.open_account(queries.visitor_act(datetime.now(UTC)), address)
        log.info("account opened", extra={"fields": {"account": account}})
        return Account.objects.get(pk=account)

    def render_mail(self, template_prefix: str, email: Any, context: Any, headers: Any = None) -> Any:
        letter = super().render_mail(template_prefix, email, context, headers)
        letter.to = [found for one in letter.to if (found := addresses.of_form(self.request, one))]
        return letter

    def confirm_email(self, request: HttpRequest, email_address: Any) -> bool:
        confirmed: bool = super().confirm_email(request, email_address)
        if confirmed:
            account = Account.objects.get(pk=email_address.user_id)
            addresses.settle(request, account)
            log.info("address confirmed", extra={"fields": {"account": account.pk}})
        return confirmed

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        log.info("signed in", extra={"fields": {"account": user.pk}})

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody goes who has a new password, and stays signed in: where signing in leads."""
        return self.get_login_redirect_url(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where somebody goes who was on the way to no page: officials to the desk, others to the start."""
        account = request.user
        if isinstance(account, Account) and queries.mandates_of_account(account, datetime.now(UTC)):
            return DESK
        return str(super().get_login_redirect_url(request))

    def logout(self, request: HttpRequest) -> None:
        log.info("signed out", extra={"fields": {"account": request.user.pk}})
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            log.warning("too many attempts")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        log.warning("wrong password")

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        log.warning("closed account", extra={"fields": {"account": user.pk}})
        answer: HttpResponse = super().respond_user_inactive(request, user)
        return answer
