"""The journal as Parquet: each leaf once, in its day's folder, merged when the hour and the day are over."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import duckdb
import pytest

from zemstvo.ground.journal import keys, parquet, sealing, segments
from zemstvo.ground.journal.models import Fact, Leaf
from zemstvo.ground.journal.notes import read_checkpoint
from zemstvo.ground.journal.segments import read_manifest, write_segments
from zemstvo.ground.journal.tests.facts_of_zarechny import mend_fence, paint_fence, vera

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

MORNING = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)


@pytest.fixture
def folder(house):
    return house / "segments"


def mend(count: int, at: datetime) -> None:
    for n in range(count):
        mend_fence(vera(), f"F-{n}")
    sealing.seal_all(at=at)


def read(folder, what: str = "*") -> list[tuple]:
    """The rows of all segments that the manifest names, in the order of their leaves."""
    files = [str(folder / one.file) for one in read_manifest(folder).segments]
    return duckdb.execute(f"SELECT {what} FROM read_parquet(?) ORDER BY leaf_index", [files]).fetchall()


def ranges(folder) -> list[tuple[str, int, int]]:
    return [(one.day, one.start, one.end) for one in read_manifest(folder).segments]


def test_every_sealed_leaf_is_written_once(folder):
    mend(5, MORNING)
    paint_fence(vera(), "F-1")

    manifest = write_segments(at=MORNING)

    assert manifest == read_manifest()
    assert (manifest.log, manifest.size) == (keys.signer().origin, 5)
    leaves = Leaf.objects.order_by("index").values_list("index", "seq", "hash")
    assert read(folder, "leaf_index, seq, leaf_hash") == [(i, seq, bytes(hash_)) for i, seq, hash_ in leaves]


def test_a_row_tells_the_fact_and_carries_its_canonical_text(folder):
    mend(1, MORNING)
    write_segments(at=MORNING)

    (row,) = read(
        folder, "id, kind, occurred_at, sealed_at, channel, authority, objects, payload, body, leaf_hash"
    )

    body = Fact.objects.get().body
    assert (str(row[0]), row[1]) == (str(Fact.objects.get().id), "fence.mended")
    assert (row[2], row[3]) == (datetime(2026, 11, 23, 9, 30), MORNING.replace(tzinfo=None))  # noqa: DTZ001
    assert row[4:6] == ("counter", "zarechny-council")
    assert row[6] == [{"id": "F-0", "role": "fence", "type": "fence"}]
    assert json.loads(row[7])["mended_on"] == "2026-11-23"
    assert row[8] == body
    assert sha256(b"\0" + row[8].encode()).digest() == row[9]


def test_a_segment_is_named_by_log_day_and_leaves(folder):
    mend(3, MORNING)
    (segment,) = write_segments(at=MORNING).segments

    log = keys.signer().origin.replace("/", "%2F")
    assert segment.file == f"{log}/day=2026-11-23/000000000000-000000000002.parquet"
    path = folder / segment.file
    assert (segment.bytes, segment.sha256) == (path.stat().st_size, sha256(path.read_bytes()).hexdigest())


def test_the_manifest_carries_the_checkpoint_of_its_leaves(folder):
    mend(3, MORNING)
    mend(4, MORNING)
    manifest = write_segments(at=MORNING)

    head = read_checkpoint(manifest.checkpoint, keys.verifiers())
    assert head.size == manifest.size == 7
    assert b64decode(manifest.checkpoint.split("\n")[2]) == head.root


def test_a_second_run_writes_only_what_is_new(folder):
    mend(3, MORNING)
    first = write_segments(at=MORNING)
    again = write_segments(at=MORNING)
    mend(2, MORNING + timedelta(minutes=5))
    second = write_segments(at=MORNING + timedelta(minutes=5))

    assert again.segments == first.segments == second.segments[:1]
    assert ranges(folder) == [("2026-11-23", 0, 3), ("2026-11-23", 3, 5)]


def test_an_hour_that_is_over_becomes_one_file(folder):
    for minute in (10, 20, 30):
        at = MORNING.replace(minute=minute)
        mend(2, at)
        write_segments(at=at)
    assert len(read_manifest().segments) == 3

    write_segments(at=MORNING.replace(hour=10, minute=1))

    assert ranges(folder) == [("2026-11-23", 0, 6)]
    assert [row[0] for row in read(folder, "leaf_index")] == list(range(6))


def test_a_day_that_is_over_becomes_one_file(folder):
    for hour in (9, 10, 23):
        at = MORNING.replace(hour=hour)
        mend(2, at)
        write_segments(at=at)
    next_day = MORNING + timedelta(days=1)
    mend(1, next_day)

    write_segments(at=next_day)

    assert ranges(folder) == [("2026-11-23", 0, 6), ("2026-11-24", 6, 7)]
    assert [row[0] for row in read(folder, "leaf_index")] == list(range(7))


def test_a_first_run_over_old_days_writes_a_file_a_day(folder):
    for day in range(3):
        for hour in (1, 12):
            mend(2, MORNING.replace(hour=hour) + timedelta(days=day))

    write_segments(at=MORNING + timedelta(days=9))

    assert ranges(folder) == [("2026-11-23", 0, 4), ("2026-11-24", 4, 8), ("2026-11-25", 8, 12)]


def test_many_leaves_are_written_in_several_files_and_merged_in_order(folder, monkeypatch):
    monkeypatch.setattr(segments, "LARGEST", 4)
    for _ in range(6):
        mend(2, MORNING)
    write_segments(at=MORNING)
    assert ranges(folder) == [("2026-11-23", 0, 4), ("2026-11-23", 4, 8), ("2026-11-23", 8, 12)]

    write_segments(at=MORNING + timedelta(days=1))

    assert ranges(folder) == [("2026-11-23", 0, 12)]
    assert [row[0] for row in read(folder, "leaf_index")] == list(range(12))


def test_a_reader_of_the_old_manifest_still_finds_its_files(folder):
    for minute in (10, 20):
        mend(2, MORNING.replace(minute=minute))
        write_segments(at=MORNING.replace(minute=minute))
    before = read_manifest()

    write_segments(at=MORNING.replace(hour=11))
    assert all((folder / one.file).exists() for one in before.segments)
    write_segments(at=MORNING.replace(hour=12))

    assert not any((folder / one.file).exists() for one in before.segments)
    assert sorted(path.name for path in folder.rglob("*.parquet")) == ["000000000000-000000000003.parquet"]


def test_a_snapshot_is_dated_and_written_only_when_it_changed(folder):
    territories = [{"code": "79701000", "name": "Заречный", "level": 3}]
    mend(1, MORNING)
    write_segments(at=MORNING, snapshots={"territories": territories, "rates": []})
    write_segments(at=MORNING + timedelta(days=1), snapshots={"territories": territories})
    changed = [*territories, {"code": "79702000", "name": "Лесной", "level": 3}]
    manifest = write_segments(at=MORNING + timedelta(days=2), snapshots={"territories": changed})

    assert [(one.name, one.on, one.rows) for one in manifest.snapshots] == [
        ("territories", "2026-11-23", 1),
        ("rates", "2026-11-23", 0),
        ("territories", "2026-11-25", 2),
    ]
    newest = folder / manifest.snapshots[-1].file
    assert duckdb.execute("SELECT name FROM read_parquet(?)", [str(newest)]).fetchall() == [
        ("Заречный",),
        ("Лесной",),
    ]
    assert len(list((folder / "snapshots").rglob("*.parquet"))) == 3


def test_a_run_that_breaks_off_leaves_the_old_manifest(folder, monkeypatch):
    mend(2, MORNING)
    before = write_segments(at=MORNING)
    mend(2, MORNING)
    monkeypatch.setattr(parquet, "write_leaves", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        write_segments(at=MORNING)

    assert read_manifest() == before
    assert len(read(folder, "leaf_index")) == 2


def test_a_file_that_does_not_hold_what_was_written_is_not_published(tmp_path):
    row = {"leaf_index": 0, "seq": 1, "leaf_hash": "00" * 32, "sealed_at": MORNING.isoformat(), "body": "{}"}

    with pytest.raises(parquet.DamagedSegment, match="wrong hashes"):
        parquet.write_leaves(tmp_path / "x.parquet", [row], expected=1)
    with pytest.raises(parquet.DamagedSegment):
        parquet.write_leaves(tmp_path / "x.parquet", [], expected=1)


def test_a_new_log_begins_from_its_first_leaf(folder):
    mend(2, MORNING)
    old = write_segments(at=MORNING)
    keys.open_new_log()
    mend(1, MORNING)

    new = write_segments(at=MORNING)

    assert new.log == f"{old.log}~2"
    assert ranges(folder) == [("2026-11-23", 0, 3)]
    assert old.segments[0].file in new.superseded


def test_before_anything_is_sealed_the_manifest_is_empty(folder):
    manifest = write_segments(at=MORNING)

    assert (manifest.size, manifest.segments, manifest.checkpoint) == (0, (), "")
    assert read_manifest() == manifest
