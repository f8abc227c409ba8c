"""Words of titles and questions: taken apart, stemmed, and read as if the keyboard had been switched.

Russian and English words are stemmed by Snowball («субсидия» and «субсидии» become «субсид»); words of other
languages are kept as they are.
"""

from __future__ import annotations

import re
import threading
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)

LONGEST_QUESTION = 200
"""Characters of a question that are read."""

_EMPTY = """
    и в во на по с со к ко о об от до из за для при у не или а но что как где когда это мне мой моя мои
    нужно надо хочу можно получить получение оформить оформление подать
    сделать предоставление выдача услуга услуги
    the a an of to for in on at by and or with from how get i my want need apply service
"""
EMPTY_WORDS = frozenset(_EMPTY.split())
"""Words that stand in every other title or question, and so say nothing."""


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, ё as е."""
    return _WORD.findall(text.lower().replace("ё", "е"))


def telling(words: list[str]) -> list[str]:
    """The words that say something; all of them where none does."""
    found = [word for word in words if word not in EMPTY_WORDS]
    return found or words


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word in lower case."""
    with _stemming:  # a stemmer holds its word inside, so two threads would mix theirs
        stemmer = _russian if "а" <= word[:1] <= "я" else _english
        return str(stemmer.stemWord(word))


def on_the_other_keyboard(text: str) -> str:
    """The text that the same keys give on the other keyboard: «ce,cblbz» → «субсидия»."""
    lower = text.lower()
    is_cyrillic = any("а" <= sign <= "я" or sign == "ё" for sign in lower)
    return lower.translate(_TO_LATIN if is_cyrillic else _TO_CYRILLIC)


_stemming = threading.Lock()
_russian = snowballstemmer.stemmer("russian")
_english = snowballstemmer.stemmer("english")
