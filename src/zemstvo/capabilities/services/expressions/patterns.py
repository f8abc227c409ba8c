"""Bounds on regular expressions: Rust's, so linear in the text; short, and small when compiled.

The engine of the library and of the answer validator is the same (Rust `regex`): no backtracking, no
look-around, no back-references. What is left is the size of the compiled automaton, `(a{1000}){1000}`.
"""

from __future__ import annotations

from functools import lru_cache

import jsonschema_rs

MAX_PATTERN = 200
_SIZE = 256 * 1024
"""Bytes that a compiled expression may take; `^[А-Яа-яЁё -]{1,100}$` takes some 20 000."""

OPTIONS = jsonschema_rs.RegexOptions(size_limit=_SIZE, dfa_size_limit=4 * _SIZE)
"""The same bounds for validators of answers."""


@lru_cache(maxsize=1024)
def pattern_fault(pattern: str) -> str:
    """What is expected of a regular expression that cannot be taken, or "" if it can."""
    if not pattern or len(pattern) > MAX_PATTERN:
        return f"1 to {MAX_PATTERN} characters"
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=OPTIONS)
    except (jsonschema_rs.ValidationError, ValueError):
        return "a small regular expression of Rust's syntax, without look-around and back-references"
    return ""
