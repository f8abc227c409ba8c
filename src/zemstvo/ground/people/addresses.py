"""E-mail addresses of accounts: allauth works with a keyed form of them, the address itself is sealed.

What allauth stores (accounts, addresses, sessions) would else keep a personal value in clear for as long as
any backup of the main database lives, far beyond the day on which an erasure promises to be complete
(docs/decisions/0033). The forms of `sign_in.forms` turn what was typed into its keyed form, the adapter turns
it back where a letter is sent. Between two pages of one sign-in the typed address waits in the session,
sealed for the installation.
"""

from __future__ import annotations

from base64 import b64decode, b64encode

from django.http import HttpRequest

from zemstvo.ground.people import search, vault
from zemstvo.ground.people.models import Account

DOMAIN = "keyed.invalid"
"""A domain that can never receive mail (RFC 2606): a keyed form that slips out goes nowhere."""

SEALED_FOR = "account"
"""The purpose under which an account's address is sealed."""

WAITING = "typed_address"
"""The key of the session under which the typed address waits, with its keyed form."""


def keyed(address: str) -> str:
    """The form of an address that is stored and looked up: 32 hexadecimal digits at no real domain."""
    bare = address.strip().lower()
    return bare if is_keyed(bare) else f"{search.hash_of('account', bare).hex()}@{DOMAIN}"


def is_keyed(address: str) -> bool:
    """Whether it is a keyed form already."""
    return address.endswith(f"@{DOMAIN}")


def remember(request: HttpRequest, address: str) -> str:
    """Let the typed address wait in the session; returns its keyed form."""
    sealed = vault.seal_for_house(address.encode(), purpose=WAITING)
    request.session[WAITING] = [keyed(address), b64encode(sealed).decode()]
    return keyed(address)


def typed(request: HttpRequest, form: str) -> str:
    """The address that was typed in this session and has this keyed form, or an empty text."""
    waiting = request.session.get(WAITING)
    if not waiting or waiting[0] != form:
        return ""
    return vault.open_for_house(b64decode(waiting[1]), purpose=WAITING).decode()


def of_account(account: Account) -> str:
    """The address of an account. One query where the key is not open. Raises Erased."""
    address: str = vault.open_sealed(str(account.person), bytes(account.sealed_email), purpose=SEALED_FOR)
    return address


def of_form(request: HttpRequest, form: str) -> str:
    """The address behind a keyed form: typed in this session, or that of the account; else an empty text."""
    found = typed(request, form)
    if found:
        return found
    account = Account.objects.filter(email=form).first()
    return of_account(account) if account is not None else ""


def settle(request: HttpRequest, account: Account) -> None:
    """Seal the address that an account now has, after it was changed and confirmed in this session."""
    address = typed(request, account.email)
    if address:
        account.sealed_email = vault.seal(str(account.person), address, purpose=SEALED_FOR)
        account.save(update_fields=["sealed_email"])


def shown(account: Account) -> str:
    """How an account is called on its own pages: by its address."""
    return of_account(account)
