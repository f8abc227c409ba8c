"""One database copied, examined and put back: SQLite by its backup API, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connections

from zemstvo.site.faults import CannotBegin
from zemstvo.site.suite.needs import postgresql
from zemstvo.site.words import _


class DumpFault(CannotBegin):
    """A database could not be copied or put back; the text has the words of its own programs."""


def copy(alias: str, target: Path) -> None:
    """A consistent copy of a database, while others write. Nobody waits for it."""
    if connections[alias].vendor == "postgresql":
        _program("pg_dump", alias, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
        return
    source = sqlite3.connect(f"file:{connections[alias].settings_dict['NAME']}?mode=ro", uri=True)
    copied = sqlite3.connect(target)
    try:
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE")
    finally:
        copied.close()
        source.close()
    target.chmod(0o600)


def fault_in(alias: str, copied: Path) -> str:
    """What is wrong with a copy, or nothing."""
    if connections[alias].vendor == "postgresql":
        ended = subprocess.run(  # noqa: S603 - our own words
            [program("pg_restore"), "--list", str(copied)], capture_output=True, text=True
        )
        return ended.stderr.strip()
    try:
        opened = sqlite3.connect(f"file:{copied}?mode=ro", uri=True)
        try:
            found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
        finally:
            opened.close()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else str(found)


def is_empty(alias: str) -> bool:
    """Whether the place of a database holds nothing yet."""
    connection = connections[alias]
    if connection.vendor == "sqlite":
        return not Path(connection.settings_dict["NAME"]).exists()
    return not connection.introspection.table_names()


def put(alias: str, copied: Path) -> None:
    """Put a copy in the place of a database, as a whole or not at all."""
    connections[alias].close()
    if connections[alias].vendor == "postgresql":
        _program(
            "pg_restore", alias, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(copied)
        )
        return
    place = Path(connections[alias].settings_dict["NAME"])
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    shutil.move(copied, place)


def keep_aside(alias: str, folder: Path) -> None:
    """Move what stands in the place of a database into a folder (PostgreSQL: a dump of it)."""
    connections[alias].close()
    if connections[alias].vendor == "postgresql":
        copy(alias, folder / f"{alias}.dump")
        return
    place = Path(connections[alias].settings_dict["NAME"])
    for path in place.parent.glob(f"{place.name}*"):
        if path.name in (place.name, f"{place.name}-wal", f"{place.name}-shm"):
            shutil.move(path, folder / path.name)


def bring_back(alias: str, folder: Path) -> None:
    """The way back from `keep_aside`, when what came after it failed."""
    connections[alias].close()
    if connections[alias].vendor == "postgresql":
        put(alias, folder / f"{alias}.dump")
        return
    place = Path(connections[alias].settings_dict["NAME"])
    for path in folder.glob(f"{place.name}*"):
        shutil.move(path, place.parent / path.name)


def program(name: str) -> str:
    """A program of PostgreSQL: the newest installed, or the one on the PATH."""
    folder = postgresql()
    found = str(Path(folder) / name) if folder and (Path(folder) / name).exists() else shutil.which(name)
    if not found:
        said = _(
            "%(program)s is needed for PostgreSQL and is not here (Debian: apt install postgresql-client)"
        )
        raise DumpFault(said % {"program": name})
    return found


def _program(name: str, alias: str, *words: str) -> None:
    known = connections[alias].settings_dict
    places = {
        "PGHOST": known["HOST"],
        "PGPORT": known["PORT"],
        "PGUSER": known["USER"],
        "PGDATABASE": known["NAME"],
    }
    environment = {
        **os.environ,
        "PGPASSWORD": known["PASSWORD"] or "",
        **{k: v for k, v in places.items() if v},
    }
    target = ["--dbname", known["NAME"]] if name == "pg_restore" else []
    command = [program(name), "--no-password", *target, *words]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True)  # noqa: S603 - our own words
    if ended.returncode != 0:
        said = _("%(program)s failed: %(why)s")
        raise DumpFault(said % {"program": name, "why": ended.stderr.strip()[-800:]})
