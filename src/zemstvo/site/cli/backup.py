"""`zemstvo backup` and `zemstvo restore`."""

from argparse import Namespace

from zemstvo.site import environment, folder
from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop


def settle(given: Namespace) -> None:
    """Hold the data folder, so that no site serves meanwhile."""
    given.hold = folder.hold_for_serving(environment.read().data)


_FILE = option(
    "file", metavar="FILE", meaning=gettext_noop("the backup; its keys are beside it, in FILE.keys")
)

PAGES = (
    Page(
        name="backup",
        summary=gettext_noop("write a consistent copy of everything, while the site runs"),
        text=gettext_noop(
            "Writes two files: FILE holds the database, the files and the segments; FILE.keys holds the "
            "wrapped keys of persons. Keep FILE as long as you like. Delete FILE.keys after 30 days at "
            "the latest, for as long as it is kept, an erased person is not erased.\n"
            "Neither holds the installation's own secrets (the folder «secrets»): without them a backup "
            "cannot be read. Keep a copy of that folder apart, in a safe."
        ),
        does="backup:backup",
        arguments=(_FILE,),
        examples=(("zemstvo backup /backups/zemstvo-2026-11-23", gettext_noop("Every night")),),
    ),
    Page(
        name="restore",
        summary=gettext_noop("bring a backup back, into an empty data folder"),
        text=gettext_noop(
            "Examines both files first; a broken, truncated or foreign one is refused and nothing is "
            "changed. Persons who were erased after the backup are erased again before the site serves. "
            "If the journal is shorter than a checkpoint that was published, it goes on under a new "
            "origin, so that nobody mistakes the one for the other."
        ),
        does="backup:restore",
        begins=True,
        settle=settle,
        arguments=(
            _FILE,
            option(
                "--checkpoint",
                metavar="FILE",
                meaning=gettext_noop(
                    "the last checkpoint that was published, kept elsewhere: if the backup reaches it, "
                    "the journal goes on under its own origin"
                ),
            ),
            option(
                "--replace",
                action="store_true",
                meaning=gettext_noop("put it in the place of what is there; that is kept beside it"),
            ),
        ),
        examples=(
            ("zemstvo restore /backups/zemstvo-2026-11-23 --data /srv/new", gettext_noop("On a new machine")),
        ),
    ),
)
