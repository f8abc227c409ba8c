"""Static files: collected once for each state of the sources, fingerprinted and compressed ahead."""

from __future__ import annotations

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
    """Collect the static files unless nothing changed since the last time. Returns whether there was work.

    Interrupted half way it begins anew at the next start: the state is written last.
    """
    kept = Path(settings.STATIC_ROOT) / _STATE
    state = _state_of_sources()
    if _read(kept) == state:
        return False
    kept.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    kept.write_text(state, encoding="ascii")
    return True


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
