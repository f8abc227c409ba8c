"""The words of the command line, in the language of the one who calls it.

The command line speaks before Django is set up (a wrong setting has to be named in words, too), so it
reads the same .mo file through the standard library. `--language` comes first, then LC_ALL, LC_MESSAGES
and LANG; English is the language of the source.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from pathlib import Path

_FOLDER = Path(__file__).parent / "locale"
_chosen: gettext.NullTranslations = gettext.NullTranslations()


def language_of(environ: Mapping[str, str]) -> str:
    """The language that the locale of the terminal asks for; `en` where it says nothing that we have."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            code = value.split(".")[0].split("_")[0].lower()
            return code if (_FOLDER / code).is_dir() else "en"
    return "en"


def choose(language: str = "") -> str:
    """Speak this language from now on; without one, that of the terminal. Returns the language spoken."""
    global _chosen
    language = language or language_of(os.environ)
    _chosen = gettext.translation("django", _FOLDER, languages=[language], fallback=True)
    return language


def _(message: str) -> str:
    """The message in the chosen language."""
    return _chosen.gettext(message)


def counted(one: str, many: str, number: int) -> str:
    """The form that goes with the number, with `%(number)s` filled in."""
    return _chosen.ngettext(one, many, number) % {"number": number}
