"""`zemstvo secrets rotate`: new keys in the place of old ones."""

from argparse import Namespace

from zemstvo.site import environment, folder
from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

WRAPPING, SEARCH, JOURNAL, SIGNING = "wrapping", "search", "journal", "signing"


def settle(given: Namespace) -> None:
    """Hold the folder where a running site would go on with the old key."""
    given.hold = None
    if given.name != WRAPPING:
        given.hold = folder.hold_for_serving(environment.read().data)


PAGES = (
    Page(
        name="secrets rotate",
        summary=gettext_noop("put a new key in the place of an old one"),
        text=gettext_noop(
            "wrapping: a new key wraps the keys of all persons, while the site runs; the old one is "
            "dropped an hour later.\n"
            "search: people are found, and sign in, by hashes under a new key; all of them are made anew. "
            "The words of applications come back in the background. The site must be stopped.\n"
            "journal: checkpoints and promises are signed with a new key; the old one stays among the "
            "verifiers, and what it signed stays valid. The site must be stopped.\n"
            "signing: sessions, forms and links of before are no longer valid; everybody signs in again. "
            "The site must be stopped.\n"
            "Copy the folder of secrets to its safe afterwards."
        ),
        does="secret:rotate",
        arguments=(
            option(
                "name",
                metavar="NAME",
                choices=(WRAPPING, SEARCH, JOURNAL, SIGNING),
                meaning=gettext_noop("wrapping, search, journal or signing"),
            ),
        ),
        examples=(("zemstvo secrets rotate wrapping", gettext_noop("When somebody has left who knew it")),),
        environment=("ZEMSTVO_DATA", "ZEMSTVO_SECRETS", "DATABASE_URL", "KEYS_DATABASE_URL"),
        settle=settle,
    ),
)
