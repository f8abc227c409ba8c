"""Telling of a failure without its message, which may hold personal values."""

from __future__ import annotations

import traceback


def where(error: BaseException) -> str:
    """The class of an error and the line at which it arose."""
    frames = traceback.extract_tb(error.__traceback__)[-1:]
    place = "".join(f" at {frame.filename.rpartition('zemstvo/')[2]}:{frame.lineno}" for frame in frames)
    return f"{class_path(error)}{place}"


def stack(error: BaseException) -> str:
    """The calls that led to an error, with its class."""
    return "".join(traceback.format_tb(error.__traceback__)) + class_path(error)


def class_path(error: BaseException) -> str:
    """The full name of the class of an error."""
    return f"{type(error).__module__}.{type(error).__qualname__}"
