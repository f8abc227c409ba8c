"""Words of a text by their stems, so that «дома» finds «дом». Snowball, Russian and English."""

from __future__ import annotations

import re
from threading import local

import snowballstemmer

_WORD = re.compile(r"[0-9a-zа-яё]{2,40}")
_own = local()


def stems(text: str) -> list[str]:
    """The stems of the words of a text, each once, in order; Cyrillic words as Russian, Latin as English."""
    return list(dict.fromkeys(_stem(word) for word in _WORD.findall(text.lower().replace("ё", "е"))))


def _stem(word: str) -> str:
    if not hasattr(_own, "russian"):  # the stemmers keep a state while they work, so each thread has its own
        _own.russian = snowballstemmer.stemmer("russian")
        _own.english = snowballstemmer.stemmer("english")
    stemmer = _own.russian if word[0] > "z" else _own.english
    stem: str = stemmer.stemWord(word)
    return stem
