"""Tokens of machines."""

from __future__ import annotations

from argparse import Namespace

from zemstvo.ground.people.commands import create_token
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.operations import house
from zemstvo.site.progress import say
from zemstvo.site.words import _


def create(given: Namespace) -> int:
    """Make a token and print its secret: the only line on standard output."""
    scopes = [scope.strip() for one in given.scopes or () for scope in one.split(",") if scope.strip()]
    if not scopes:
        raise Misuse(_("--scopes is missing: a token that may do nothing is of no use"))
    token = create_token(
        house.act(),
        name=given.name,
        scopes=scopes,
        authority=given.authority,
        territory=given.territory,
        intermediary=given.intermediary,
    )
    say(_("The token is shown only this once:"))
    print(token.secret)
    return 0
