"""Segments: the sealed journal as Parquet files, for whoever counts on it without asking the database.

    segments/
      manifest.json                              what is valid; renamed into place, so readers see old or new
      zemstvo%2F0f3a…/day=2026-11-23/000000000000-000000065535.parquet
      snapshots/territories/2026-11-23.parquet

A segment is named by its log and its range of leaves, so that receiving one twice is harmless, and lies in
the folder of the day (UTC) on which its leaves were sealed. Each run adds the new leaves; those of an hour
that is over are merged into one file, and those of a day that is over likewise. A row holds the canonical
text of the fact beside its columns: a receiver can hash it, and a segment proves itself against its leaf
hashes before the manifest names it.

The manifest also carries dated snapshots of what the counting needs besides (territories, calendars, rates):
the caller gives their rows, and one is written when it differs from the last of its name.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from hashlib import file_digest
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from zemstvo.ground.journal import parquet, streams
from zemstvo.ground.journal.files import whole_file
from zemstvo.ground.journal.keys import verifiers
from zemstvo.ground.journal.notes import read_checkpoint
from zemstvo.ground.journal.streams import Progress, no_progress

FORMAT = "zemstvo-segments/1"
LARGEST = 1 << 18
"""Leaves that are written to one file at once; merged files may be larger."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file: the leaves from `start` to before `end`, sealed on `day`, and in `hour` (-1: several)."""

    file: str
    day: str
    hour: int
    start: int
    end: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DatedSnapshot:
    """What something other than the journal was on a day."""

    name: str
    on: str
    file: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is valid in the folder. `checkpoint` signs the `size` leaves that the segments hold."""

    format: str = FORMAT
    log: str = ""
    size: int = 0
    checkpoint: str = ""
    written_at: str = ""
    segments: tuple[Segment, ...] = ()
    snapshots: tuple[DatedSnapshot, ...] = ()
    superseded: tuple[str, ...] = ()
    """Files that readers of the manifest before this one may still be reading; the next run removes them."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Leaves that one checkpoint sealed."""

    start: int
    end: int
    at: datetime
    note: str = field(repr=False)


def segments_folder() -> Path:
    """Where this installation keeps its segments."""
    return Path(settings.DATA) / "segments"


def write_segments(
    folder: Path | None = None,
    *,
    at: datetime | None = None,
    snapshots: Mapping[str, Iterable[Mapping[str, Any]]] | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Write what was sealed since the last run, merge what is over, and publish the new manifest.

    `at` is the moment from which hours and days are over; `snapshots` are rows by name, dated by `at`. Runs
    one at a time: a second one waits for the first.
    """
    folder = folder or segments_folder()
    at = at or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        old = read_manifest(folder)
        with streams.snapshot():
            new = _appended(folder, old, at, progress or no_progress)
        new = _merged(folder, new, at)
        new = _with_snapshots(folder, new, snapshots or {}, at)
        return _published(folder, old, new, at)


def read_manifest(folder: Path | None = None) -> Manifest:
    """The manifest that is valid now; an empty one before the first run."""
    path = (folder or segments_folder()) / "manifest.json"
    if not path.exists():
        return Manifest()
    told = json.loads(path.read_text(encoding="utf-8"))
    return Manifest(
        **{
            **told,
            "segments": tuple(Segment(**one) for one in told["segments"]),
            "snapshots": tuple(DatedSnapshot(**one) for one in told["snapshots"]),
            "superseded": tuple(told["superseded"]),
        }
    )


def _appended(folder: Path, old: Manifest, at: datetime, progress: Progress) -> Manifest:
    """The manifest with the leaves that were sealed since; from the first leaf if the log is another now."""
    trusted = verifiers()
    log = trusted[-1].origin
    if old.log not in ("", log):
        old = Manifest(snapshots=old.snapshots)
    sealed, start = [], old.size
    for size, note in streams.checkpoints(old.size, 2**62):
        sealed.append(Sealed(start, size, read_checkpoint(note, trusted).signed_at, note))
        start = size
    if not sealed:
        return replace(old, log=log)
    written = []
    for part in _parts(sealed, at):
        written.append(_write(folder, log, part))
        progress(part[-1].end - old.size, start - old.size)
    return replace(old, log=log, size=start, checkpoint=sealed[-1].note, segments=(*old.segments, *written))


def _parts(sealed: Iterable[Sealed], at: datetime) -> Iterator[list[Sealed]]:
    """What goes into one file: leaves of one day if that is over, of one hour else, and not too many."""
    part: list[Sealed] = []
    for one in sealed:
        if part and (_period(one.at, at) != _period(part[0].at, at) or one.end - part[0].start > LARGEST):
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def _period(moment: datetime, now: datetime) -> tuple[str, int]:
    day = moment.astimezone(UTC).date()
    return day.isoformat(), -1 if day < now.astimezone(UTC).date() else moment.astimezone(UTC).hour


def _write(folder: Path, log: str, part: Sequence[Sealed]) -> Segment:
    start, end = part[0].start, part[-1].end
    times = iter(part)
    current = next(times)

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal current
        for index, seq, hash_, body in streams.sealed_bodies(start, end):
            while index >= current.end:
                current = next(times)
            yield {
                "leaf_index": index,
                "seq": seq,
                "leaf_hash": bytes(hash_).hex(),
                "sealed_at": current.at.isoformat(),
                "body": body.decode(),
            }

    day = part[0].at.astimezone(UTC).date().isoformat()
    hours = {one.at.astimezone(UTC).hour for one in part}
    name = _name(log, day, start, end)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as draft:
        parquet.write_leaves(draft, rows(), expected=end - start)
    return _segment(folder, name, day, hours, start, end)


def _merged(folder: Path, manifest: Manifest, at: datetime) -> Manifest:
    """The manifest with the files of each hour and each day that is over made into one."""
    kept: list[Segment] = []
    superseded: list[str] = list(manifest.superseded)
    today, hour = _period(at, at)
    for (day, _hour), group in groupby(
        manifest.segments, key=lambda one: (one.day, -1 if one.day < today else one.hour)
    ):
        files = list(group)
        is_over = day < today or _hour < hour
        if len(files) == 1 or not is_over:
            kept += files
            continue
        name = _name(manifest.log, day, files[0].start, files[-1].end)
        with whole_file(folder / name) as draft:
            parquet.merge(draft, [folder / one.file for one in files])
        hours = {one.hour for one in files}
        kept.append(_segment(folder, name, day, hours, files[0].start, files[-1].end))
        superseded += [one.file for one in files]
    return replace(manifest, segments=tuple(kept), superseded=tuple(superseded))


def _with_snapshots(
    folder: Path, manifest: Manifest, given: Mapping[str, Iterable[Mapping[str, Any]]], at: datetime
) -> Manifest:
    snapshots = list(manifest.snapshots)
    for name, rows in given.items():
        on = at.astimezone(UTC).date().isoformat()
        file = f"snapshots/{quote(name, safe='')}/{on}.parquet"
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        with whole_file(folder / file) as draft:
            count = parquet.write_rows(draft, rows)
        made = DatedSnapshot(name, on, file, count, *_size_and_hash(folder / file))
        last = next((one for one in reversed(snapshots) if one.name == name), None)
        if last is not None and last.sha256 == made.sha256 and last.on != on:
            (folder / file).unlink()
            continue
        snapshots = [one for one in snapshots if (one.name, one.on) != (name, on)]
        snapshots.append(made)
    return replace(manifest, snapshots=tuple(snapshots))


def _published(folder: Path, old: Manifest, new: Manifest, at: datetime) -> Manifest:
    """Put the manifest in place, then remove what even readers of the one before do not need any more."""
    superseded = tuple(name for name in new.superseded if name not in old.superseded)
    if old.log and old.log != new.log:
        superseded += tuple(one.file for one in old.segments)
    new = replace(new, written_at=at.isoformat(), superseded=superseded)
    with whole_file(folder / "manifest.json") as draft:
        draft.write_text(json.dumps(asdict(new), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name in old.superseded:
        (folder / name).unlink(missing_ok=True)
    return new


def _name(log: str, day: str, start: int, end: int) -> str:
    return f"{quote(log, safe='')}/day={day}/{start:012d}-{end - 1:012d}.parquet"


def _segment(folder: Path, name: str, day: str, hours: set[int], start: int, end: int) -> Segment:
    hour = hours.pop() if len(hours) == 1 else -1
    return Segment(name, day, hour, start, end, *_size_and_hash(folder / name))


def _size_and_hash(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        return path.stat().st_size, file_digest(file, "sha256").hexdigest()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One run at a time, over all processes of the machine."""
    handle = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
