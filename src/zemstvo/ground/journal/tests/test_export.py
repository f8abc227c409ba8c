"""The journal leaves the house: OCEL 2.0 as JSON and SQLite, CSV; whole or not at all, and as a stream."""

import csv
import json
import sqlite3
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime

import jsonschema_rs
import pytest
from django.db import transaction

from zemstvo.ground.journal import export, sealing, streams
from zemstvo.ground.journal.tests.facts_of_zarechny import ANNA, VERA, mend_fence, mended, paint_fence, vera
from zemstvo.ground.journal.writing import line_of, write_lines

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _list_of(required: list[str], **properties) -> dict:
    return {
        "type": "array",
        "items": {"type": "object", "properties": properties, "required": required},
    }


TEXT = {"type": "string"}
MOMENT = {"type": "string", "format": "date-time"}
TYPES = _list_of(
    ["name", "attributes"], name=TEXT, attributes=_list_of(["name", "type"], name=TEXT, type=TEXT)
)
RELATIONS = _list_of(["objectId", "qualifier"], objectId=TEXT, qualifier=TEXT)
OCEL_SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "properties": {
        "eventTypes": TYPES,
        "objectTypes": TYPES,
        "events": _list_of(
            ["id", "type", "time"],
            id=TEXT,
            type=TEXT,
            time=MOMENT,
            attributes=_list_of(["name", "value"], name=TEXT, value=TEXT),
            relationships=RELATIONS,
        ),
        "objects": _list_of(
            ["id", "type"],
            id=TEXT,
            type=TEXT,
            relationships=RELATIONS,
            attributes=_list_of(["name", "value", "time"], name=TEXT, value=TEXT, time=MOMENT),
        ),
    },
    "required": ["eventTypes", "objectTypes", "events", "objects"],
}
"""The schema of the OCEL 2.0 specification, section 8.2."""


@pytest.fixture
def stamps():
    made = [
        mend_fence(
            vera(),
            "F-1",
            planks=3,
            is_painted=True,
            seen_at=datetime(2026, 11, 23, 8, tzinfo=UTC),
            helpers=(VERA, ANNA),
            neighbours=("F-2", "F-2", "Ж-3"),
        ),
        paint_fence(vera(), "F-2"),
    ]
    sealing.seal_all()
    paint_fence(vera(), "F-9")  # not sealed, so not exported
    return made


def test_the_json_is_valid_ocel(stamps, tmp_path):
    assert export.export_ocel_json(tmp_path / "log.json") == 2

    log = json.loads((tmp_path / "log.json").read_text())
    jsonschema_rs.validator_for(OCEL_SCHEMA, validate_formats=True).validate(log)


def test_the_json_tells_events_objects_and_their_types(stamps, tmp_path):
    export.export_ocel_json(tmp_path / "log.json")
    log = json.loads((tmp_path / "log.json").read_text())

    mending, painting = log["events"]
    assert (mending["id"], mending["type"], mending["time"]) == (
        stamps[0].fact,
        "fence.mended",
        "2026-11-23T09:30:00.000000Z",
    )
    assert mending["relationships"] == [
        {"objectId": "fence:F-1", "qualifier": "fence"},
        {"objectId": "fence:F-2", "qualifier": "neighbour"},
        {"objectId": "fence:Ж-3", "qualifier": "neighbour"},
    ]
    told = {one["name"]: one["value"] for one in mending["attributes"]}
    assert (told["planks"], told["is_painted"], told["mended_on"]) == ("3", "true", "2026-11-23")
    assert (told["actor"], told["channel"], told["helpers"]) == (VERA, "counter", json.dumps([VERA, ANNA]))
    assert "mandate" not in told
    assert painting["type"] == "fence.painted"
    types = {one["name"]: {a["name"]: a["type"] for a in one["attributes"]} for one in log["eventTypes"]}
    assert types["fence.mended"]["planks"] == "integer"
    assert types["fence.mended"]["is_painted"] == "boolean"
    assert types["fence.mended"]["seen_at"] == types["fence.painted"]["recorded_at"] == "time"
    assert {one["name"] for one in log["objectTypes"]} == {one["type"] for one in log["objects"]} == {"fence"}
    objects = [one["id"] for one in log["objects"]]
    assert len(objects) == len(set(objects))
    assert {relation["objectId"] for event in log["events"] for relation in event["relationships"]} <= set(
        objects
    )


def test_every_attribute_of_an_event_is_declared_by_its_type(stamps, tmp_path):
    export.export_ocel_json(tmp_path / "log.json")
    log = json.loads((tmp_path / "log.json").read_text())

    declared = {one["name"]: {a["name"] for a in one["attributes"]} for one in log["eventTypes"]}
    for event in log["events"]:
        assert {one["name"] for one in event["attributes"]} <= declared[event["type"]]


def test_the_sqlite_file_is_relational_ocel(stamps, tmp_path):
    assert export.export_ocel_sqlite(tmp_path / "log.sqlite") == 2

    with closing(sqlite3.connect(tmp_path / "log.sqlite")) as log:
        assert log.execute("PRAGMA foreign_key_check").fetchall() == []
        assert log.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = {name for (name,) in log.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert tables == {
            "event_map_type", "object_map_type", "event", "object", "event_object", "object_object",
            "event_fencemended", "event_fencepainted", "object_fence",
        }  # fmt: skip
        assert log.execute("SELECT ocel_id, ocel_type FROM event ORDER BY rowid").fetchall() == [
            (stamps[0].fact, "fence.mended"),
            (stamps[1].fact, "fence.painted"),
        ]
        assert dict(log.execute("SELECT ocel_type, ocel_type_map FROM event_map_type")) == {
            "fence.mended": "fencemended",
            "fence.painted": "fencepainted",
        }
        assert log.execute(
            "SELECT ocel_time, planks, is_painted, reason FROM event_fencemended"
        ).fetchall() == [("2026-11-23T09:30:00.000000Z", 3, 1, "R01")]
        assert set(log.execute("SELECT * FROM event_object WHERE ocel_event_id = ?", [stamps[0].fact])) == {
            (stamps[0].fact, "fence:F-1", "fence"),
            (stamps[0].fact, "fence:F-2", "neighbour"),
            (stamps[0].fact, "fence:Ж-3", "neighbour"),
        }
        assert log.execute("SELECT DISTINCT ocel_time, ocel_changed_field FROM object_fence").fetchall() == [
            ("1970-01-01T00:00:00Z", None)
        ]


def test_the_csv_has_one_row_a_fact(stamps, tmp_path):
    assert export.export_csv(tmp_path / "log.csv") == 2

    with (tmp_path / "log.csv").open(newline="") as file:
        mending, painting = csv.DictReader(file)
    assert (mending["leaf"], mending["id"], mending["kind"]) == ("0", stamps[0].fact, "fence.mended")
    assert mending["objects"] == "fence=fence:F-1;neighbour=fence:F-2;neighbour=fence:Ж-3"
    assert json.loads(mending["payload"])["neighbours"] == ["F-2", "F-2", "Ж-3"]
    assert (painting["leaf"], painting["interaction"]) == ("1", "")


@pytest.mark.parametrize("name", ["export_ocel_json", "export_ocel_sqlite", "export_csv"])
def test_an_empty_journal_is_exported_too(tmp_path, name):
    assert getattr(export, name)(tmp_path / "log") == 0
    assert (tmp_path / "log").stat().st_size > 0


@pytest.mark.parametrize("name", ["export_ocel_json", "export_ocel_sqlite", "export_csv"])
def test_an_export_that_breaks_off_leaves_the_old_file(stamps, tmp_path, monkeypatch, name):
    path = tmp_path / "log"
    path.write_text("of yesterday")
    monkeypatch.setattr(export, "_relations", lambda told: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        getattr(export, name)(path)

    assert path.read_text() == "of yesterday"
    assert [one.name for one in tmp_path.iterdir() if "log" in one.name] == ["log"]


@pytest.mark.parametrize("name", ["export_ocel_json", "export_ocel_sqlite", "export_csv"])
def test_memory_does_not_grow_with_the_journal(tmp_path, name, monkeypatch):
    monkeypatch.setattr(streams, "CHUNK", 50)

    def peak() -> int:
        tracemalloc.start()
        getattr(export, name)(tmp_path / "log")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    _write(300)
    once = peak()
    _write(900)

    assert peak() < once * 1.3


def _write(count: int) -> None:
    act = vera()
    lines = [
        line_of(act, mended(f"F-{n}"), territory="", authority="", service="", service_version=0)
        for n in range(count)
    ]
    with transaction.atomic():
        write_lines(lines)
    sealing.seal_all()


def test_progress_is_told(stamps, tmp_path):
    met = []
    export.export_csv(tmp_path / "log.csv", lambda done, of: met.append((done, of)))

    assert met == [(2, 2)]
