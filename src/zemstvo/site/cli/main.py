"""From the words on the command line to the function that does it, and back to an exit status."""

from __future__ import annotations

import importlib
import os
import sys
import tomllib
from argparse import Namespace
from collections.abc import Callable, Sequence
from pathlib import Path

import django
from django.db import DatabaseError
from django.utils import translation

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.site import environment, folder
from zemstvo.site.cli import (
    backup,
    bench,
    calendar,
    check,
    journal,
    manual,
    packages,
    secret,
    services,
    territory,
    test,
    token,
    town,
    up,
    work,
)
from zemstvo.site.cli.manual import FOUND, MISUSED, Misuse, Page
from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _, choose, chosen_language

PAGES: tuple[Page, ...] = (
    *up.PAGES,
    *work.PAGES,
    *test.PAGES,
    *check.PAGES,
    *token.PAGES,
    *packages.PAGES,
    *services.PAGES,
    *territory.PAGES,
    *calendar.PAGES,
    *journal.PAGES,
    *backup.PAGES,
    *secret.PAGES,
    *town.PAGES,
    *bench.PAGES,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name. Returns its exit status: 0, 1 or 2."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    choose(_value_of("--language", words))
    page = _page_of(words)
    if page is None:
        return _without_command(words)
    given = _arguments(page, words[len(page.name.split()) :])
    try:
        return _does(page, given)(given)
    except CannotBegin as fault:
        return _say(page, str(fault), MISUSED)
    except Refusal as refusal:
        return _say(page, f"{refusal} {refusal.counsel}".strip(), FOUND)
    except DatabaseError as error:
        said = _("the database does not answer as it should: %(why)s") % {"why": str(error).strip()}
        return _say(page, said, MISUSED)
    except KeyboardInterrupt:
        return _say(page, _("stopped"), FOUND)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND


def _arguments(page: Page, words: Sequence[str]) -> Namespace:
    if not page.passes_on:
        return manual.parser_of(page).parse_args(words)
    given, rest = manual.parser_of(page).parse_known_args(words)
    given.rest = [word for word in rest if word != "--"]
    return given


def _page_of(words: Sequence[str]) -> Page | None:
    """The page whose name the first words are; the longest name wins."""
    fitting = [page for page in PAGES if list(words[: len(page.name.split())]) == page.name.split()]
    return max(fitting, key=lambda page: len(page.name), default=None)


def _value_of(name: str, words: Sequence[str]) -> str:
    for word, following in zip(words, [*words[1:], ""], strict=False):
        if word == name:
            return following
        if word.startswith(f"{name}="):
            return word.partition("=")[2]
    return ""


def _does(page: Page, given: Namespace) -> Callable[[Namespace], int]:
    """The function of a page, with the data folder, settings and database at hand if it needs them."""
    if given.data:
        os.environ["ZEMSTVO_DATA"] = str(Path(given.data).expanduser().resolve())
    if page.needs_site:
        _prepare_site(page, given)
    module, _sign, function = page.does.partition(":")
    operation = importlib.import_module(f"zemstvo.site.operations.{module}")
    found: Callable[[Namespace], int] = getattr(operation, function)
    return found


def _prepare_site(page: Page, given: Namespace) -> None:
    os.umask(0o077)  # what stands in the data folder is nobody else's
    data = environment.read().data
    if page.begins:
        folder.prepare(data)
    elif not data.is_dir():
        said = _("there is no data folder %(folder)s; «zemstvo up» makes it, --data DIR names another")
        raise Misuse(said % {"folder": data})
    if page.settle:
        page.settle(given)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zemstvo.site.settings")
    django.setup()
    translation.activate(chosen_language())


def _say(page: Page, said: str, status: int) -> int:
    print(f"zemstvo {page.name}: {said}", file=sys.stderr)
    return status


def _without_command(words: Sequence[str]) -> int:
    """The first page of the manual, asked for or in the place of an unknown command."""
    if not words or words[0] in ("-h", "--help", "help"):
        print(_overview())
        return 0
    if words[0] == "--version":
        print(f"zemstvo {_version()}")
        return 0
    group = [page for page in PAGES if page.name.split()[0] == words[0]]
    if group and (len(words) == 1 or words[1] in ("-h", "--help")):
        print("\n".join(manual.written(page) for page in group))
        return 0 if len(words) > 1 else MISUSED
    said = _("there is no command «%(words)s»; zemstvo --help lists them") % {"words": " ".join(words[:2])}
    print(f"zemstvo: {said}", file=sys.stderr)
    return MISUSED


def _version() -> str:
    project = tomllib.loads((environment.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def _overview() -> str:
    rows = [(page.name, _(page.summary)) for page in PAGES]
    about = _(
        "One installation serves one village council, a city, a region or a federation of them. All state "
        "lives in one folder (--data), and in the databases that DATABASE_URL and KEYS_DATABASE_URL name "
        "if they are set."
    )
    usage = _("zemstvo COMMAND …   (zemstvo COMMAND --help says more)")
    statuses = _("0 all is well; 1 something was found; 2 the command was misused or could not begin.")
    examples = (
        ("./zemstvo up", _("A demo town on this computer")),
        ("./zemstvo up --empty --data /srv/zemstvo", _("A real beginning")),
        ("./zemstvo check", _("Is all well?")),
    )
    return "\n".join(
        [
            manual.heading(
                _("NAME"), ["zemstvo – " + _("an open platform of state and municipal administration")]
            ),
            manual.heading(_("USAGE"), [usage]),
            manual.heading(_("WHAT IT DOES"), [about]),
            manual.heading(_("COMMANDS"), manual.table(rows)),
            manual.heading(_("EXIT STATUS"), [statuses]),
            manual.heading(_("EXAMPLES"), manual.examples(examples)),
            manual.heading(_("ENVIRONMENT"), [_("docs/operations/settings.md lists every setting.")]),
        ]
    )
