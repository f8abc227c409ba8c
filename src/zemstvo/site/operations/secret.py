"""New keys in the place of old ones."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from django.conf import settings

from zemstvo.ground.journal import keys, reacting
from zemstvo.ground.people import vault
from zemstvo.ground.people.rekeying import rotate_search_key
from zemstvo.site import databases
from zemstvo.site.cli import secret
from zemstvo.site.progress import step
from zemstvo.site.secret_files import secret_text
from zemstvo.site.words import _, ngettext

_WORDS_OF_APPLICATIONS = "cases.search"
"""The reaction that makes applications findable by their words, whose hashes go with the old key."""


def rotate(given: Namespace) -> int:
    """Make the new key and say what follows from it."""
    databases.require_current()
    print(_ROTATIONS[given.name]())
    if given.hold:
        given.hold.release()
    return 0


def _wrapping() -> str:
    with step(_("wrapping the keys of persons anew")):
        count = vault.rotate_wrapping_key()
    said = ngettext("%(count)s key was wrapped anew", "%(count)s keys were wrapped anew", count)
    return said % {"count": count}


def _search() -> str:
    with step(_("making the hashes by which people are found anew")):
        count = rotate_search_key()
        reacting.follow_anew(_WORDS_OF_APPLICATIONS)
    said = ngettext(
        "%(count)s person is found by a new key", "%(count)s persons are found by a new key", count
    )
    return said % {"count": count}


def _journal() -> str:
    said = _("the journal is signed by %(verifier)s from now on")
    return said % {"verifier": keys.rotate_key().verifier}


def _signing() -> str:
    (settings.SECRETS / "signing").unlink(missing_ok=True)
    secret_text(settings.SECRETS, "signing")
    return _("everybody signs in again at the next start")


_ROTATIONS: dict[str, Callable[[], str]] = {
    secret.WRAPPING: _wrapping,
    secret.SEARCH: _search,
    secret.JOURNAL: _journal,
    secret.SIGNING: _signing,
}
