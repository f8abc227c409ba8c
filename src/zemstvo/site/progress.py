"""What a long command shows while it works: a bar on a terminal, lines in a log, nothing where figures go."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

T = TypeVar("T")
_console = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """A line about what is being done, on standard error."""
    print(text, file=sys.stderr, flush=True)


def faults(place: object, found: Sequence[object]) -> int:
    """Every fault of a file, on standard output; returns the exit status of having found something."""
    for fault in found:
        print(f"{place}, {fault}")
    return 1


@contextmanager
def step(text: str) -> Iterator[None]:
    """Something that takes a while: shown while it goes on, and how long it took."""
    began = time.monotonic()
    if _console.is_terminal:
        with _console.status(text):
            yield
    else:
        yield
    say(f"{text} ({time.monotonic() - began:.1f} s)")


@contextmanager
def bar(text: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told, now and then, how many are done and how many there are in all."""
    with _progress() as shown:
        task = shown.add_task(text, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def counted(text: str, things: Iterable[T], total: int | None = None) -> Iterator[T]:
    """Go through things under a bar that says how many are done and how long the rest will take."""
    with _progress() as shown:
        yield from shown.track(things, total=total, description=text)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=_console, transient=True, disable=not _console.is_terminal)
