"""`zemstvo test`: the whole suite."""

from zemstvo.site.cli.manual import Page, option
from zemstvo.site.words import gettext_noop

PAGES = (
    Page(
        name="test",
        summary=gettext_noop("run the whole test suite, on SQLite and on PostgreSQL"),
        text=gettext_noop(
            "Runs every test on SQLite, then those that touch a database on a PostgreSQL of its own, "
            "which it starts on a free port and throws away.\n"
            "What is missing (Chromium, PostgreSQL, gettext) is installed through apt if you are root on "
            "Debian or Ubuntu; otherwise it is named and nothing is run. All other arguments go to "
            "pytest."
        ),
        does="test:run",
        arguments=(
            option(
                "--sqlite-only",
                action="store_true",
                meaning=gettext_noop("leave PostgreSQL out, for a quick look while writing"),
            ),
        ),
        examples=(
            ("zemstvo test", gettext_noop("Everything")),
            (
                "zemstvo test -- -k return_case -x",
                gettext_noop("The tests of one command, up to the first failure"),
            ),
        ),
        statuses=(
            gettext_noop("all tests passed"),
            gettext_noop("a test failed"),
            gettext_noop("something that the tests need is missing; the message names it"),
        ),
        environment=("ZEMSTVO_DATA",),
        needs_site=False,
        passes_on=True,
    ),
)
