"""E-mail addresses of accounts: allauth works with a keyed form of them, the address itself is sealed.

What allauth stores (accounts, addresses, sessions) would else keep a personal value in clear for as long as
any backup of the main database lives, far beyond the day on which an erasure promises to be complete.
"""

from __future__ import annotations

from zemstvo.ground.people import search

DOMAIN = "keyed.invalid"
"""A domain that can never receive mail (RFC 2606): a keyed form that slips out goes nowhere."""

SEALED_FOR = "account"
"""The purpose under which an account's address is sealed."""


def keyed(address: str) -> str:
    """The form of an address that is stored and looked up: 32 hexadecimal digits at no real domain."""
    bare = address.strip().lower()
    return bare if is_keyed(bare) else f"{search.hash_of('account', bare).hex()}@{DOMAIN}"


def is_keyed(address: str) -> bool:
    """Whether it is a keyed form already."""
    return address.endswith(f"@{DOMAIN}")
