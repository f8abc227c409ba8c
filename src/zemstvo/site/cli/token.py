"""`zemstvo token create`: let a machine in."""

from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="token create",
        summary=gettext_noop("make a token with which another system may call the API"),
        text=gettext_noop(
            "Prints the token once; only its hash is kept, so it cannot be shown again. The journal names "
            "the token as the one who acted."
        ),
        does="token:create",
        arguments=(
            option(
                "--name",
                metavar="NAME",
                required=True,
                meaning=gettext_noop(
                    "whose token it is, for the list of tokens: Latin letters, digits, - and _"
                ),
            ),
            option(
                "--scope",
                metavar="SCOPE",
                action="append",
                dest="scopes",
                meaning=gettext_noop(
                    "what it may do: applications:write (file applications with their files, and follow "
                    "them), cases:read (see where the cases of its authority or territory stand); may be "
                    "given several times"
                ),
            ),
            option(
                "--scopes",
                metavar="LIST",
                action="append",
                dest="scopes",
                meaning=gettext_noop("the same, with commas between them"),
            ),
            option(
                "--territory",
                metavar="CODE",
                default="",
                meaning=gettext_noop("the territory within which it may act, if not everywhere"),
            ),
            option(
                "--intermediary",
                metavar="CODE",
                default="",
                meaning=gettext_noop("the portal or centre in whose name it hands applications in"),
            ),
            option(
                "--authority",
                metavar="CODE",
                default="",
                meaning=gettext_noop("the authority for which it acts, if it acts for one"),
            ),
        ),
        examples=(
            (
                "zemstvo token create --name mfc-71 --scopes applications:write",
                gettext_noop("A one-stop centre that hands in applications"),
            ),
        ),
    ),
)
