"""Bringing a backup back: examined first, put in place as a whole, and made honest before it serves.

Honest means: whoever was erased since is erased again, numbers of cases that were given out since are not
given again, and a journal that is shorter than what was already published goes on under a new origin, for a
log must never sign two histories.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.loader import MigrationLoader

from zemstvo.capabilities.cases import numbering
from zemstvo.ground.journal import keys
from zemstvo.ground.journal.models import Checkpoint
from zemstvo.ground.journal.notes import WrongNote, read_checkpoint, split_notes
from zemstvo.ground.people import erasures, files, vault
from zemstvo.site import databases
from zemstvo.site.backup import archive, dumps
from zemstvo.site.backup.taking import FOLDERS, KEYS_SUFFIX, LOOSE
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.words import _

_DATABASES = {"default": "database", "keys": "keys"}


class BackupFault(Misuse):
    """The backup does not belong here; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: `kept_aside` is the folder of what was there before, None where nothing was."""

    made_at: str
    erased_again: int
    is_new_log: bool
    missing_files: int
    kept_aside: Path | None


def restore(path: Path, *, replace: bool, published: str, progress: archive.Progress) -> Restored:
    """Bring a backup back. `published` is the text of checkpoints kept elsewhere.

    Raises ArchiveFault, BackupFault, DumpFault, DatabaseFault; then what was there before stands as it was.
    """
    _demand_secrets()
    occupied = [alias for alias in _DATABASES if not dumps.is_empty(alias)]
    if occupied and not replace:
        said = _("%(folder)s holds an installation already; --replace puts the backup in its place")
        raise BackupFault(said % {"folder": settings.DATA})
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as folder:
        staged = Path(folder)
        manifest = _examined(path, staged, progress)
        highest = _highest_published(published) if published else _highest_here(occupied)
        buried = _lines(settings.DATA / "erasures")
        kept_aside = _put_in_place(staged, is_occupied=bool(occupied))
    databases.bring_up_to_date()
    vault.forget()
    numbering.leave_gap()
    erased = erasures.replay_erasures(buried)
    is_new = highest is None or highest > manifest["sealed"]
    if is_new:
        keys.open_new_log()
    return Restored(manifest["made_at"], erased, is_new, len(files.missing()), kept_aside)


# Before anything is touched


def _demand_secrets() -> None:
    wanted = ["wrapping.key", "search.key", *([] if settings.JOURNAL_KEY else ["journal.key"])]
    missing = [name for name in wanted if not (settings.SECRETS / name).exists()]
    if missing:
        said = _(
            "the installation's secrets are not in %(folder)s (%(names)s); a backup cannot be read "
            "without them"
        )
        raise BackupFault(said % {"folder": settings.SECRETS, "names": ", ".join(missing)})


def _examined(path: Path, staged: Path, progress: archive.Progress) -> dict[str, Any]:
    keys_path = path.with_name(path.name + KEYS_SUFFIX)
    for needed in (path, keys_path):
        if not needed.is_file():
            raise BackupFault(_("there is no file %(file)s; a backup is two files") % {"file": needed})
    whole = archive.unpacked(path, staged / "whole", progress)
    store = archive.unpacked(keys_path, staged / "store", progress)
    (staged / "store" / "keys").rename(staged / "whole" / "keys")
    if whole["id"] != store["id"]:
        said = _("%(file)s and %(keys)s are of different backups")
        raise BackupFault(said % {"file": path.name, "keys": keys_path.name})
    if whole["engine"] != connections["default"].vendor:
        said = _("the backup is of %(engine)s; it can be restored there only")
        raise BackupFault(said % {"engine": whole["engine"]})
    _demand_ours(whole, store)
    _demand_known(whole["migrations"])
    for alias, name in _DATABASES.items():
        if fault := dumps.fault_in(alias, staged / "whole" / name):
            raise BackupFault(_("the database in the backup is damaged: %(why)s") % {"why": fault})
    return whole


def _demand_ours(whole: dict[str, Any], store: dict[str, Any]) -> None:
    """The secrets that are here must be those under which the backup was made."""
    stem = keys.signer().origin.partition("~")[0]
    if whole["origin"].partition("~")[0] != stem:
        said = _("the backup is of another installation (%(theirs)s; the secrets here are of %(ours)s)")
        raise BackupFault(said % {"theirs": whole["origin"], "ours": stem})
    if set(store["generations"]) - vault.known_generations():
        raise BackupFault(_("the wrapping key of this backup is not among the secrets here"))


def _demand_known(migrations: list[str]) -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    ours = {config.label for config in apps.get_app_configs()}
    known = {f"{app}.{name}" for app, name in loader.disk_migrations or ()}
    strange = [name for name in migrations if name.partition(".")[0] in ours and name not in known]
    if strange:
        said = _("the backup was made by a newer version (it has %(migration)s); update the program")
        raise BackupFault(said % {"migration": strange[0]})


def _highest_published(text: str) -> int:
    """The size of the largest checkpoint in a text that was kept elsewhere."""
    try:
        return max(read_checkpoint(note, keys.verifiers()).size for note in split_notes(text))
    except (WrongNote, ValueError) as error:
        raise BackupFault(_("the file of checkpoints cannot be read: %(why)s") % {"why": error}) from error


def _highest_here(occupied: list[str]) -> int | None:
    """The size of the newest checkpoint of the installation that is replaced; None where nobody knows."""
    if "default" not in occupied:
        return None
    try:
        return Checkpoint.objects.order_by("-size").values_list("size", flat=True).first() or 0
    except DatabaseError:
        return None


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="ascii").splitlines()
    except OSError:
        return []


# The one moment in which things change


def _put_in_place(staged: Path, *, is_occupied: bool) -> Path | None:
    """Put the staged files and databases in place; if one of them fails, everything goes back."""
    aside = settings.DATA / f"replaced-{datetime.now(UTC):%Y%m%d-%H%M%S}" if is_occupied else None
    verifiers = _lines(settings.DATA / "journal.verifiers")
    with _kept_aside(aside):
        for alias, name in _DATABASES.items():
            dumps.put(alias, staged / "whole" / name)
        for folder in FOLDERS:
            if (staged / "whole" / folder).is_dir():
                shutil.rmtree(settings.DATA / folder, ignore_errors=True)
                shutil.move(staged / "whole" / folder, settings.DATA / folder)
        for name in LOOSE:
            if (staged / "whole" / "loose" / name).is_file():
                shutil.move(staged / "whole" / "loose" / name, settings.DATA / name)
    known = _lines(settings.DATA / "journal.verifiers")
    merged = list(dict.fromkeys([*known, *verifiers]))
    (settings.DATA / "journal.verifiers").write_text(
        "".join(f"{line}\n" for line in merged), encoding="ascii"
    )
    return aside


@contextmanager
def _kept_aside(aside: Path | None) -> Iterator[None]:
    if aside is None:
        yield
        return
    aside.mkdir(mode=0o700)
    for alias in _DATABASES:
        dumps.keep_aside(alias, aside)
    moved = [name for name in (*FOLDERS, *LOOSE) if (settings.DATA / name).exists()]
    for name in moved:
        shutil.move(settings.DATA / name, aside / name)
    try:
        yield
    except BaseException:
        for name in moved:
            place = settings.DATA / name
            shutil.rmtree(place, ignore_errors=True) if place.is_dir() else place.unlink(missing_ok=True)
            shutil.move(aside / name, place)
        for alias in _DATABASES:
            dumps.bring_back(alias, aside)
        shutil.rmtree(aside, ignore_errors=True)
        raise
