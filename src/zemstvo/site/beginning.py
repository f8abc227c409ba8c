"""What an installation began as: the demo, or empty.

It is remembered in the data folder, so that nobody pours a demo into a real installation or mistakes one for
the other.
"""

from __future__ import annotations

from pathlib import Path

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _

DEMO, EMPTY = "demo", "empty"
_NAME = "beginning"


class WrongBeginning(CannotBegin):
    """The data folder holds the other kind of installation than the one that was asked for."""


def found(data: Path) -> str:
    """`demo`, `empty`, or nothing as long as the first start has not been completed."""
    try:
        return (data / _NAME).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def is_demo(data: Path) -> bool:
    """Whether this installation is a demo."""
    return found(data) == DEMO


def wanted(data: Path, *, is_empty: bool) -> str:
    """What this start is to begin with. Raises WrongBeginning where the folder holds a demo already."""
    present = found(data)
    if is_empty and present == DEMO:
        said = _("the data folder %(folder)s holds the demo; --empty needs another one (--data DIR)")
        raise WrongBeginning(said % {"folder": data})
    return present or (EMPTY if is_empty else DEMO)


def wanted_town(data: Path) -> str:
    """The demo, for a command that only it makes sense for. Raises WrongBeginning in a real installation."""
    if found(data) == EMPTY:
        said = _(
            "the data folder %(folder)s holds a real installation; the town needs another one (--data DIR)"
        )
        raise WrongBeginning(said % {"folder": data})
    return DEMO


def remember(data: Path, kind: str) -> None:
    """Keep what this installation is; called when its first start is complete."""
    (data / _NAME).write_text(f"{kind}\n", encoding="utf-8")
