"""What the first start of an installation was, the demo or an empty beginning; kept in the data folder."""

from __future__ import annotations

from pathlib import Path

_NAME = "beginning"


def beginning(data: Path) -> str:
    """`demo`, `empty`, or nothing as long as the first start has not been completed."""
    try:
        return (data / _NAME).read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def remember_beginning(data: Path, *, is_demo: bool) -> None:
    """Keep what this installation is; called when its first start is complete."""
    (data / _NAME).write_text("demo\n" if is_demo else "empty\n", encoding="utf-8")


def is_demo(data: Path) -> bool:
    """Whether this installation is a demo."""
    return beginning(data) == "demo"
