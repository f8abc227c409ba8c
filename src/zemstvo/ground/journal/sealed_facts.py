"""Comparing facts with the leaves that seal them: by their text, and by the id under which they stand.

First the quick way, which only says whether a block is honest; where it is not, the slow way, which says what
is wrong in it. Almost always the quick way is all that runs, and it is what makes a verification fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from zemstvo.ground.journal import streams
from zemstvo.ground.journal import wrong_places as words
from zemstvo.ground.journal.wrong_places import named

LeafRow = tuple[int, int, bytes]
"""Index, seq and hash of a leaf."""

Found = Iterator[tuple[int, str]]
"""Wrong places: the leaf at which a walk meets each, and the words."""

Disagreement = Callable[[int, int, bytes], str]
"""Tells of a leaf (index, seq) and the text of its fact which of the two was changed."""


def wrong_facts(leaves: Sequence[LeafRow], disagreement: Disagreement) -> Found:
    """The first leaves, if any, whose fact was changed, stands under another id, or is missing."""
    if not leaves or _are_honest(leaves):
        return
    sealed = {seq: (index, hash_) for index, seq, hash_ in leaves}
    changed: dict[int, tuple[int, bytes]] = {}
    misplaced: dict[int, str] = {}
    for rows in streams.facts(min(sealed), max(sealed)):
        for seq, fact_id, body in rows:
            leaf = sealed.pop(seq, None)
            if leaf is None:
                continue  # a fact of another block, or one that waits
            if sha256(b"\x00" + body).digest() != leaf[1]:
                changed[leaf[0]] = (seq, body)
            wrong = wrong_id(seq, fact_id, body)
            if wrong:
                misplaced[leaf[0]] = wrong
    if changed:
        index = min(changed)
        yield index, disagreement(index, *changed[index])
    if misplaced:
        yield min(misplaced.items())
    if sealed:
        index, seq = min((index, seq) for seq, (index, _hash) in sealed.items())
        yield index, named(words.FACT_MISSING, index=index, seq=seq)


def wrong_id(seq: int, fact_id: str | bytes | None, body: bytes) -> str:
    """The words for a fact that does not stand under the id that its text tells; nothing if it does."""
    found = fact_id.hex() if isinstance(fact_id, bytes) else fact_id
    told = _told_id(body).replace(b"-", b"").decode(errors="replace")
    return "" if told == found else named(words.WRONG_ID, seq=seq, found=found, told=told)


def _are_honest(leaves: Sequence[LeafRow]) -> bool:
    sealed = {seq: hash_ for _index, seq, hash_ in leaves}
    met = 0
    for rows in streams.facts(min(sealed), max(sealed)):
        seqs, ids, bodies = zip(*rows, strict=True)
        wanted = [sealed.get(seq) for seq in seqs]
        found = [sha256(b"\x00" + body).digest() for body in bodies]
        if found != wanted and any(
            one is not None and one != other for one, other in zip(wanted, found, strict=True)
        ):
            return False
        if not _stand_under_their_ids(ids, bodies):
            return False
        met += len(wanted) - wanted.count(None)
    return met == len(leaves)


def _stand_under_their_ids(ids: Sequence[str | bytes | None], bodies: Sequence[bytes]) -> bool:
    told = b"".join([_told_id(body) for body in bodies]).replace(b"-", b"").decode(errors="replace")
    if isinstance(ids[0], bytes):
        return told == b"".join(ids).hex()  # type: ignore[arg-type]
    return all(isinstance(one, str) and len(one) == 32 for one in ids) and told == "".join(ids)  # type: ignore[arg-type]


def _told_id(body: bytes) -> bytes:
    """The id that a fact's own text tells: it stands behind the first `","id":"`.

    No text before it can hold these signs: JSON escapes its quotes.
    """
    at = body.find(b'","id":"') + 8
    return body[at : at + 36]
