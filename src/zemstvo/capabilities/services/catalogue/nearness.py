"""How near two words are: three-letter pieces to find candidates, an edit distance to judge them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def slips_forgiven(length: int) -> int:
    """How many slips of the keyboard a word of a length may have: none up to three letters, three in a long
    one.
    """
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 12 else 3


def slips(one: str, other: str, most: int) -> int | None:
    """How many slips lie between two words (a letter left out, added, changed, or two swapped); None above
    `most`.

    Optimal string alignment, a band of `2 * most + 1` wide: some ten microseconds.
    """
    if abs(len(one) - len(other)) > most:
        return None
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        row = [i] + [most + 1] * len(other)
        for j in range(max(1, i - most), min(len(other), i + most) + 1):
            right = other[j - 1]
            row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                row[j] = min(row[j], before[j - 2] + 1)
        if min(row) > most:
            return None
        before, last = last, row
    return last[-1] if last[-1] <= most else None


class Vocabulary:
    """Words by their three-letter pieces, to find those that a misspelt word may have meant."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(words)
        self._by_piece: dict[str, set[str]] = defaultdict(set)
        for word in self.words:
            for piece in _pieces(word):
                self._by_piece[piece].add(word)

    def near(self, word: str) -> dict[str, int]:
        """The words that are at most the forgiven number of slips away, with that number; itself with 0."""
        if word in self.words:
            return {word: 0}
        most = slips_forgiven(len(word))
        if not most:
            return {}
        shared: dict[str, int] = defaultdict(int)
        pieces = _pieces(word)
        for piece in pieces:
            for candidate in self._by_piece.get(piece, ()):
                shared[candidate] += 1
        # Each slip spoils three pieces at most, one more when two letters are swapped.
        enough = max(1, len(pieces) - 4 * most)
        found = {
            candidate: slips(word, candidate, most) for candidate, count in shared.items() if count >= enough
        }
        return {candidate: count for candidate, count in found.items() if count is not None}

    def beginning_with(self, start: str, *, most: int = 50) -> list[str]:
        """Words that begin so, the shortest first: for what is still being typed."""
        pieces = _pieces(start)[:-1]
        candidates = self._by_piece.get(pieces[1], set()) if len(pieces) > 1 else self.words
        return sorted(
            (word for word in candidates if word.startswith(start)), key=lambda word: (len(word), word)
        )[:most]


def _pieces(word: str) -> list[str]:
    padded = f"\u2402{word}\u2403"
    return [padded[at : at + 3] for at in range(len(padded) - 2)]
