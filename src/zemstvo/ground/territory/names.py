"""Names by language: {"ru": "Заречный", "en": "Zarechny"}."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import get_language

from zemstvo.ground.territory.refusals import NamesUnclear

Names = Mapping[str, str]

LONGEST_NAME = 500
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,8})?")


def name_and_language(names: Names, language: str | None = None) -> tuple[str, str]:
    """The name in a language (the active one unless said), and the language it is really in.

    A missing language falls back to the base language of the installation, then to whatever there is;
    the second value is what a page puts into `lang`.
    """
    wanted = language or get_language() or settings.LANGUAGE_CODE
    for candidate in (wanted, wanted.split("-")[0], settings.LANGUAGE_CODE, *sorted(names)):
        if candidate in names:
            return names[candidate], candidate
    return "", wanted


def name_in(names: Names, language: str | None = None) -> str:
    """The name in a language (the active one unless said); see `name_and_language` for the fallback."""
    return name_and_language(names, language)[0]


def clean_names(names: Names) -> dict[str, str]:
    """The names without stray spaces. Refuses with NamesUnclear what is no name."""
    if not names:
        raise NamesUnclear(value="")
    return {language: _clean_name(language, name) for language, name in names.items()}


def _clean_name(language: str, name: object) -> str:
    if not isinstance(name, str) or not _LANGUAGE.fullmatch(str(language)):
        raise NamesUnclear(value=shown(name))
    text = " ".join(name.split())
    if not 0 < len(text) <= LONGEST_NAME or not is_plain(text):
        raise NamesUnclear(value=shown(name))
    return text


def is_plain(text: str) -> bool:
    """Whether a text has only signs that can be read: no NUL, no control signs, no half characters.

    Signs that turn the direction of writing are refused too: they can make a name read as another one.
    """
    return not any(
        unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn") or sign in _TURNING for sign in text
    )


def shown(value: object) -> str:
    """A value as an error message shows it: short, control signs made visible."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(sign if is_plain(sign) else "\N{REPLACEMENT CHARACTER}" for sign in text[:61])
    return text if len(text) <= 60 else text[:60] + "…"


def search_form(text: str) -> str:
    """A text as it is searched: lower case, ё as е, one space between words."""
    return " ".join(text.lower().replace("ё", "е").split())
