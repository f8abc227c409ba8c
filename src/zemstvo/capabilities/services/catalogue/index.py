"""Searching a few thousand titles in memory: stems, beginnings of words, forgiving spelling, the wrong
keyboard.

A question of two or three words takes some milliseconds; building the index for a thousand services a tenth
of a second.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import log
from typing import Generic, TypeVar

from zemstvo.capabilities.services.catalogue.nearness import Vocabulary
from zemstvo.capabilities.services.catalogue.words import (
    LONGEST_QUESTION,
    on_the_other_keyboard,
    stem,
    telling,
    words_of,
)

K = TypeVar("K", bound=Hashable)

SHORTEST_BEGINNING = 3
"""Letters after which the beginning of a word is looked for."""


@dataclass(frozen=True, slots=True)
class Found(Generic[K]):
    """What a question has found: the keys, the best first, and the words as they were understood where not
    as typed.
    """

    keys: tuple[K, ...]
    understood: str = ""


class TitleIndex(Generic[K]):
    """Texts by key, each with its weight: the title weighs more than the summary."""

    def __init__(self, texts: Iterable[tuple[K, Iterable[tuple[str, float]]]]) -> None:
        self._weights: dict[str, dict[K, float]] = defaultdict(dict)
        self._words_of_stem: dict[str, set[str]] = defaultdict(set)
        words: set[str] = set()
        keys = 0
        for key, parts in texts:
            keys += 1
            for text, weight in parts:
                for word in telling(words_of(text)):
                    words.add(word)
                    root = stem(word)
                    self._words_of_stem[root].add(word)
                    held = self._weights[root]
                    held[key] = max(held.get(key, 0.0), weight)
        self._count = max(keys, 1)
        self._words = Vocabulary(words)
        self._stems = Vocabulary(self._weights)

    def find(self, question: str, *, most: int = 20) -> Found[K]:
        """The keys that answer a question, the best first: all its words, then as many of them as possible.

        A word that is not there is read on the other keyboard, then as a slip of the keyboard.
        """
        words = telling(words_of(question[:LONGEST_QUESTION]))[:8]
        if not words:
            return Found(())
        readings = [self._reading(word) for word in words]
        if not all(readings):
            switched = telling(words_of(on_the_other_keyboard(question[:LONGEST_QUESTION])))[:8]
            other = [self._reading(word) for word in switched]
            if sum(map(bool, other)) > sum(map(bool, readings)):
                words, readings = switched, other
        ranked = self._ranked(readings)
        understood = self._understood(words, readings, question)
        return Found(tuple(key for key, _rank in ranked[:most]), understood if ranked else "")

    def _reading(self, word: str) -> Mapping[str, float]:
        """The stems that a word may mean, each with how surely: 1 for the word itself."""
        root = stem(word)
        if root in self._weights:
            return {root: 1.0}
        if len(word) >= SHORTEST_BEGINNING and (begun := self._words.beginning_with(word)):
            return {stem(one): 0.8 for one in begun}
        near = {stem(one): 0.7 / slips for one, slips in self._words.near(word).items() if slips}
        near |= {
            one: 0.6 / slips for one, slips in self._stems.near(root).items() if slips and one not in near
        }
        return near

    def _ranked(self, readings: Iterable[Mapping[str, float]]) -> list[tuple[K, tuple[int, float]]]:
        matched: dict[K, int] = defaultdict(int)
        score: dict[K, float] = defaultdict(float)
        for reading in readings:
            best: dict[K, float] = {}
            for root, sureness in reading.items():
                holders = self._weights[root]
                rarity = log(1 + self._count / len(holders))
                for key, weight in holders.items():
                    best[key] = max(best.get(key, 0.0), weight * sureness * rarity)
            for key, value in best.items():
                matched[key] += 1
                score[key] += value
        ranks = {key: (matched[key], score[key]) for key in matched}
        return sorted(ranks.items(), key=lambda one: (-one[1][0], -one[1][1], str(one[0])))

    def _understood(self, words: list[str], readings: list[Mapping[str, float]], question: str) -> str:
        """The question as it was read, where a word was not taken as typed."""
        typed = set(words_of(question[:LONGEST_QUESTION]))
        said, is_changed = [], False
        for word, reading in zip(words, readings, strict=True):
            if not reading:
                continue
            root = max(reading, key=lambda one: reading[one])
            is_begun = any(one.startswith(word) for one in self._words_of_stem[root])
            if root == stem(word) or (word in typed and is_begun):
                said.append(word)
                is_changed = is_changed or word not in typed
            else:
                said.append(min(self._words_of_stem[root], key=lambda one: (abs(len(one) - len(word)), one)))
                is_changed = True
        return " ".join(said) if is_changed else ""
