"""Addresses in templates: `{{ email|address_shown }}` is what the visitor typed, or the own address."""

from __future__ import annotations

from allauth.core import context
from django import template

from zemstvo.ground.people import addresses
from zemstvo.ground.people.models import Account

register = template.Library()


@register.filter
def address_shown(form: str) -> str:
    """The address behind a keyed form, where it is the visitor's own: typed just now, or the account's.

    Empty for any other, so that a page tells nobody whose account it is.
    """
    request = context.request
    if found := addresses.typed(request, form):
        return found
    account = request.user
    if isinstance(account, Account) and account.email == form:
        return addresses.of_account(account)
    return ""
