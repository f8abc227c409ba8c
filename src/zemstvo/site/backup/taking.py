"""Taking a backup while the site runs.

The order makes it consistent: files first, for what a command names was written before; then the database;
then the keys, so that everybody in the database has a key; then the files that came meanwhile.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from zemstvo.ground.journal import keys
from zemstvo.ground.journal.queries import latest_checkpoint
from zemstvo.ground.people.models import WrappedKey
from zemstvo.site.backup import archive, dumps
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.words import _

KEYS_SUFFIX = ".keys"
LOOSE = ("erasures", "journal.verifiers", "beginning", "bundled.json")
"""Single files of the data folder that belong into a backup."""
FOLDERS = ("files", "segments")

Sized = Callable[[int, int], None]
"""Progress: bytes done, bytes in all."""


def take(path: Path, progress: Sized) -> tuple[Path, Path]:
    """Write both files of a backup; returns their paths. Raises DumpFault, and Misuse where one is there."""
    keys_path = path.with_name(path.name + KEYS_SUFFIX)
    for taken in (path, keys_path):
        if taken.exists():
            raise Misuse(_("%(file)s is there already; a backup never writes over another") % {"file": taken})
    if not path.parent.is_dir():
        raise Misuse(_("there is no folder %(folder)s") % {"folder": path.parent})
    facts = {
        "id": uuid4().hex,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": connections["default"].vendor,
        "origin": keys.signer().origin,
    }
    counted = _Counted(progress)
    with (
        tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".backup-") as folder,
        archive.written(path, counted) as whole,
    ):
        _write_whole(whole, Path(folder), facts)
        _write_keys(keys_path, Path(folder), facts, counted)
    return path, keys_path


def _write_whole(whole: archive.Writer, folder: Path, facts: dict[str, str]) -> None:
    for name, path in _files():
        whole.add(name, path)
    checkpoint = latest_checkpoint()
    dumps.copy("default", folder / "database")
    whole.add("database", folder / "database")
    for name, path in _files():
        if not whole.has(name):
            whole.add(name, path)
    for name in LOOSE:
        whole.add(f"loose/{name}", settings.DATA / name)
    whole.finish(
        {
            **facts,
            "sealed": checkpoint.size if checkpoint else 0,
            "migrations": sorted(_migrations("default")),
        }
    )


def _write_keys(path: Path, folder: Path, facts: dict[str, str], counted: archive.Progress) -> None:
    generations = sorted(WrappedKey.objects.values_list("generation", flat=True).distinct())
    dumps.copy("keys", folder / "keys")
    with archive.written(path, counted) as store:
        store.add("keys", folder / "keys")
        store.finish({**facts, "generations": generations, "migrations": sorted(_migrations("keys"))})


def _files() -> Iterator[tuple[str, Path]]:
    """Every file that stands, by its name in the backup. What is being written (or was, when the site was
    killed) begins with a dot, or lies in a folder that does.
    """
    for folder in FOLDERS:
        root = settings.DATA / folder
        for path in sorted(root.rglob("*")) if root.is_dir() else ():
            name = path.relative_to(root)
            is_passing = any(part.startswith(".") for part in name.parts) or path.suffix in (".part", ".tmp")
            if path.is_file() and not is_passing:
                yield f"{folder}/{name}", path


def _migrations(alias: str) -> list[str]:
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return [f"{app}.{name}" for app, name in applied]


class _Counted:
    """Bytes done, told with the bytes that are on the disk now as the whole."""

    def __init__(self, progress: Sized) -> None:
        self._done = 0
        self._progress = progress
        self._total = sum(path.stat().st_size for _name, path in _files()) + _database_bytes()

    def __call__(self, size: int) -> None:
        self._done += size
        self._progress(self._done, max(self._total, self._done))


def _database_bytes() -> int:
    names = [
        connection.settings_dict["NAME"] for connection in connections.all() if connection.vendor == "sqlite"
    ]
    return sum(Path(name).stat().st_size for name in names if Path(name).exists())
