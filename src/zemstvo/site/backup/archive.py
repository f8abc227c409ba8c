"""The form of a backup: a compressed tar whose last member, the manifest, has the hash of every other.

The first member says that it is one of ours; a file that ends before its manifest is truncated; a member
whose hash is another was changed. Nothing of an archive is used before all of it has been examined.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _

_MARK, _MANIFEST = "zemstvo-backup", "manifest.json"
_FORMAT = b"1\n"
_PART = r"[^/\\.\x00-\x1f][^/\\\x00-\x1f]*"
_NAME = re.compile(rf"{_PART}(/{_PART})*")
"""What a member may be called: nothing that could leave the folder into which it is unpacked."""
_CHUNK = 1024 * 1024

Progress = Callable[[int], None]
"""Called with the bytes done since the last call."""


class ArchiveFault(CannotBegin):
    """The file is no backup of ours, or is truncated, or was changed; nothing of it was used."""


class Writer:
    """An archive that is being written. Members are hashed on their way in."""

    def __init__(self, tar: tarfile.TarFile, progress: Progress) -> None:
        self._tar = tar
        self._progress = progress
        self._hashes: dict[str, str] = {}

    def add(self, name: str, path: Path) -> None:
        """Add a file. One that has gone meanwhile is left out: nothing names it any more."""
        try:
            with path.open("rb") as file:
                self._add(name, file, os.fstat(file.fileno()).st_size)
        except FileNotFoundError:
            return

    def add_bytes(self, name: str, content: bytes) -> None:
        """Add bytes."""
        self._add(name, io.BytesIO(content), len(content))

    def has(self, name: str) -> bool:
        """Whether a member of this name was added."""
        return name in self._hashes

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the manifest: what the archive is (`facts`), and the hash of every member."""
        text = json.dumps({**facts, "members": self._hashes}, ensure_ascii=False, indent=1)
        self._add(_MANIFEST, io.BytesIO(text.encode()), len(text.encode()))

    def _add(self, name: str, source: IO[bytes], size: int) -> None:
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r} could not be restored; a plain relative name is expected")
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        hashing = _Hashing(source, self._progress)
        self._tar.addfile(member, hashing)
        self._hashes[name] = hashing.digest.hexdigest()


class _Hashing:
    """A reader that hashes what goes through it."""

    def __init__(self, source: IO[bytes], progress: Progress) -> None:
        self._source = source
        self._progress = progress
        self.digest = sha256()

    def read(self, size: int = -1) -> bytes:
        part = self._source.read(size)
        self.digest.update(part)
        self._progress(len(part))
        return part


@contextmanager
def written(path: Path, progress: Progress) -> Iterator[Writer]:
    """An archive at this path: whole, durable, for nobody else to read, or not there at all."""
    draft = path.with_name(f"{path.name}.part")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT) as tar:
                writer = Writer(tar, progress)
                writer.add_bytes(_MARK, _FORMAT)
                yield writer
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def unpacked(path: Path, folder: Path, progress: Progress) -> dict[str, Any]:
    """Unpack an archive into a folder and return its manifest. After an ArchiveFault drop the folder."""
    hashes: dict[str, str] = {}
    manifest: dict[str, Any] = {}
    try:
        with gzip.open(path) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None or not _NAME.fullmatch(member.name):
                    raise _fault(_("%(file)s is not a backup of ours"), path)
                if member.name == _MANIFEST:
                    manifest = json.loads(content.read())
                    continue
                hashes[member.name] = _store(content, folder / member.name, progress)
                if len(hashes) == 1 and (member.name != _MARK or (folder / _MARK).read_bytes() != _FORMAT):
                    raise _fault(_("%(file)s is not a backup of ours, or of another format"), path)
            while plain.read(_CHUNK):
                pass  # to the very end, where the checksum of the whole stands
    except (EOFError, zlib.error) as error:
        raise _fault(_("%(file)s is truncated or damaged"), path) from error
    except (tarfile.TarError, gzip.BadGzipFile, ValueError, FileExistsError) as error:
        said = _("%(file)s is truncated or damaged") if hashes else _("%(file)s is not a backup of ours")
        raise _fault(said, path) from error
    if not isinstance(manifest.get("members"), dict):
        raise _fault(_("%(file)s is truncated: its end is missing"), path)
    changed = sorted(name for name, digest in manifest["members"].items() if hashes.get(name) != digest)
    if changed or set(hashes) - set(manifest["members"]):
        raise _fault(
            _("%(file)s was changed: %(member)s is not what the backup wrote"), path, member=changed[:1]
        )
    return manifest


def _store(content: IO[bytes], place: Path, progress: Progress) -> str:
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest = sha256()
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while part := content.read(_CHUNK):
            digest.update(part)
            file.write(part)
            progress(len(part))
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _fault(said: str, path: Path, member: list[str] | None = None) -> ArchiveFault:
    return ArchiveFault(said % {"file": path, "member": ", ".join(member or ["?"])})
