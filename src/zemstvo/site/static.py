"""Static files: collected once for each state of the sources, fingerprinted and compressed ahead."""

from __future__ import annotations

import os
import shutil
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

_STATE = ".collected"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Fingerprinted names where the files were collected, plain ones where they were not (in tests)."""

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The fingerprinted name, or the plain one while there is no manifest."""
        if not self.hashed_files:
            return name
        found: str = super().stored_name(name)
        return found


def collect() -> bool:
    """Collect the static files unless nothing changed since the last time. Returns whether there was work."""
    state = _state_of_sources()
    root = Path(settings.STATIC_ROOT)
    if _read(root / _STATE) == state:
        return False
    fresh = root.with_name(f"{root.name}.{os.getpid()}.fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    _collect_into(fresh)
    (fresh / _STATE).write_text(state, encoding="ascii")
    shutil.rmtree(root, ignore_errors=True)
    fresh.rename(root)
    return True


def _collect_into(folder: Path) -> None:
    kept = settings.STATIC_ROOT
    settings.STATIC_ROOT = folder
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    finally:
        settings.STATIC_ROOT = kept


def _state_of_sources() -> str:
    """A digest of names, sizes and times of all source files: cheap, and different after any change."""
    digest = sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: str(found[0])):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
