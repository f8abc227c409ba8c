"""A manual page: what a command is called, takes, does and answers; and how it is printed.

The parser and the help of a command are made from the same page, so that they cannot say different things.
"""

from __future__ import annotations

import argparse
import shutil
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _, gettext_noop

MISUSED = 2
"""The exit status of a command that could not begin: wrong arguments, settings or surroundings."""

FOUND = 1
"""The exit status of a command that did its work and found something, or could not finish it."""


class Misuse(CannotBegin):
    """The command was called in a way or at a place that makes no sense."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: its names as argparse takes them, what it means, and how it is read."""

    names: tuple[str, ...]
    meaning: str
    takes: dict[str, Any] = field(default_factory=dict)
    is_passed_on: bool = False
    """Whether the command passes it on to another program, unread."""

    @property
    def label(self) -> str:
        """As the manual shows it: `--port N`, `FILE…`."""
        sign = self.takes.get("metavar", "")
        many = "…" if self.takes.get("nargs") in ("+", "*", argparse.REMAINDER) else ""
        if not self.names[0].startswith("-"):
            return f"{sign or self.names[0].upper()}{many}"
        return f"{', '.join(self.names)} {sign}{many}".rstrip()

    @property
    def in_usage(self) -> str:
        """As the usage line shows it."""
        if self.names[0].startswith("-"):
            named = f"{self.names[0]} {self.takes.get('metavar', '')}".strip()
            return named if self.takes.get("required") else f"[{named}]"
        return f"[{self.label}]" if self.takes.get("nargs") in ("*", "?") else self.label


def option(*names: str, meaning: str, passed_on: bool = False, **takes: Any) -> Argument:
    """An argument of a manual page; `takes` are the keywords of argparse."""
    return Argument(names, meaning, takes, passed_on)


@dataclass(frozen=True, slots=True)
class Page:
    """The manual page of one command. All texts are English, marked for translation, shown translated.

    `does` names the function that does it, as `module:function` below `zemstvo.site.operations`; it takes the
    parsed arguments and returns the exit status. `statuses` says what 0, 1 and 2 mean where it is not usual.
    `needs_site` is false for a command that runs without settings and database; `begins` is true for one that
    may make the data folder; `passes_on` for one that takes unknown arguments as `rest`. `settle` is
    called before the settings are read: it turns arguments into variables of the environment.
    """

    name: str
    summary: str
    text: str
    does: str
    arguments: tuple[Argument, ...] = ()
    examples: tuple[tuple[str, str], ...] = ()
    environment: tuple[str, ...] = ("ZEMSTVO_DATA", "DATABASE_URL", "KEYS_DATABASE_URL")
    statuses: tuple[str, str, str] = (
        gettext_noop("all is well"),
        gettext_noop("something was found, or the work could not be finished; the message says what"),
        gettext_noop("the command was misused or could not begin; nothing was changed"),
    )
    needs_site: bool = True
    begins: bool = False
    passes_on: bool = False
    settle: Callable[[argparse.Namespace], None] | None = None


DATA = option(
    "--data",
    metavar="DIR",
    meaning=gettext_noop("the folder with everything that must be kept (instead of ZEMSTVO_DATA)"),
)
LANGUAGE = option(
    "--language",
    metavar="CODE",
    meaning=gettext_noop("the language of messages, ru or en (otherwise that of the terminal)"),
)
HELP = option("-h", "--help", meaning=gettext_noop("show this page"))
JSON = option(
    "--json",
    action="store_true",
    meaning=gettext_noop("print figures as JSON, for machines, to standard output"),
)
COMMON = (DATA, LANGUAGE)


class Parser(argparse.ArgumentParser):
    """An argparse parser that shows a manual page, and ends a misuse with the usage and status 2."""

    def __init__(self, prog: str, manual: Callable[[], str], usage_line: str) -> None:
        super().__init__(prog=prog, add_help=False, allow_abbrev=False)
        self.manual = manual
        self.usage_line = usage_line
        self.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)

    def format_help(self) -> str:
        """The manual page."""
        return self.manual()

    def error(self, message: str) -> NoReturn:
        """Say what was wrong, how the command is used, and where more is said."""
        usage, hint = _("Usage: %(line)s"), _("%(command)s --help says more.")
        lines = [f"{self.prog}: {message}", usage % {"line": self.usage_line}, hint % {"command": self.prog}]
        self.exit(MISUSED, "\n".join([*lines, ""]))


def parser_of(page: Page) -> Parser:
    """The parser that a manual page describes."""
    parser = Parser(prog=f"zemstvo {page.name}", manual=lambda: written(page), usage_line=usage_of(page))
    read_here = [argument for argument in page.arguments if not argument.is_passed_on]
    for argument in (*read_here, *COMMON):
        parser.add_argument(*argument.names, **argument.takes)
    return parser


def usage_of(page: Page) -> str:
    """The line that shows all arguments."""
    return " ".join(["zemstvo", page.name, *(argument.in_usage for argument in page.arguments)])


def written(page: Page) -> str:
    """The manual page as the terminal shows it."""
    arguments = [(one.label, _(one.meaning)) for one in (*page.arguments, *COMMON, HELP)]
    statuses = [(str(number), _(meaning)) for number, meaning in enumerate(page.statuses)]
    parts = [
        heading(_("NAME"), [f"zemstvo {page.name} – {_(page.summary)}"]),
        heading(_("USAGE"), [usage_of(page)]),
        heading(_("WHAT IT DOES"), _(page.text).split("\n")),
        heading(_("ARGUMENTS"), table(arguments)),
        heading(_("EXIT STATUS"), table(statuses)),
    ]
    if page.examples:
        parts.append(heading(_("EXAMPLES"), examples(page.examples)))
    if page.environment:
        more = _("docs/operations/settings.md says what each means.")
        parts.append(heading(_("ENVIRONMENT"), [", ".join(page.environment), more]))
    return "\n".join(parts)


def width() -> int:
    """The columns of the terminal, between what can be read and what can be followed."""
    return max(60, min(100, shutil.get_terminal_size().columns))


def heading(title: str, paragraphs: Sequence[str]) -> str:
    """A part of the page: its title, and its paragraphs indented and wrapped."""
    wrapped = [
        textwrap.fill(
            text, width(), initial_indent="    ", subsequent_indent=_indent_of(text), break_long_words=False
        )
        if text
        else ""
        for text in paragraphs
    ]
    return "\n".join([title, *wrapped, ""])


def _indent_of(text: str) -> str:
    """Further lines stand below the text of the first: a table's second column, or the margin."""
    first, gap, _rest = text.partition("   ")
    column = len(text) - len(text[len(first) + len(gap) :].lstrip()) if gap else 0
    return " " * (4 + column)


def table(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Two columns; the first is as wide as its longest entry, at most 24 signs."""
    column = min(24, max(len(first) for first, _second in rows)) + 3
    return [
        f"{first:<{column}}{second}" if len(first) < column else f"{first}   {second}"
        for first, second in rows
    ]


def examples(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Each example: what it is for, and the line to type below it."""
    lines: list[str] = []
    for line, meaning in rows:
        lines += [f"{_(meaning)}:", f"    {line}", ""]
    return lines[:-1]
