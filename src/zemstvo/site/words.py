"""The words of the command line, in the language of the one who calls it.

The command line speaks before Django is set up (a wrong setting has to be named in words, too), so it
reads the same .mo file through the standard library. `--language` comes first, then LC_ALL, LC_MESSAGES
and LANG; English is the language of the source.
"""

from __future__ import annotations

import gettext as library
import os
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "locale"
_chosen: library.NullTranslations = library.NullTranslations()
_language = "en"


def language_of(environ: Mapping[str, str]) -> str:
    """The language that the locale of the terminal asks for; `en` where it says nothing that we have."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            code = value.split(".")[0].split("_")[0].lower()
            return code if (_FOLDER / code).is_dir() else "en"
    return "en"


def choose(language: str = "") -> str:
    """Speak this language from now on; without one, that of the terminal. Returns the language spoken.

    argparse asks the standard library for its words, under the domain and language that are set here.
    """
    global _chosen, _language
    _language = language = language or language_of(os.environ)
    os.environ["LANGUAGE"] = language
    library.bindtextdomain("django", _FOLDER)
    library.textdomain("django")
    _chosen = library.translation("django", _FOLDER, languages=[language], fallback=True)
    return language


def chosen_language() -> str:
    """The language that is spoken now."""
    return _language


def gettext_noop(message: str) -> str:
    """Mark a message for the translators; it is translated where it is shown."""
    return message


def _(message: str) -> str:
    """The message in the chosen language."""
    return _chosen.gettext(message) if message else ""


def ngettext(one: str, many: str, number: int) -> str:
    """The form of the message that goes with the number."""
    return _chosen.ngettext(one, many, number)


OF_ARGPARSE = (
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("expected one argument"),
    gettext_noop("expected at least one argument"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
    gettext_noop("not allowed with argument %s"),
    gettext_noop("one of the arguments %s is required"),
)
"""The sentences of argparse, listed so that they are translated with ours."""
