"""Export of the sealed journal: OCEL 2.0 as JSON and as SQLite (ocel-standard.org), and CSV.

An event is a fact, an object is a thing that facts touch (its id is `type:id`, because OCEL wants ids that
are unique over all types), a qualifier is the role in which the thing was touched. Everything streams: memory
does not grow with the journal.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from zemstvo.ground.journal.files import whole_file
from zemstvo.ground.journal.streams import Progress, all_sealed, no_progress, snapshot, touched

ENVELOPE = (
    "actor", "behalf_of", "mandate", "channel", "entry", "interaction", "intermediary", "authority",
    "territory", "service", "service_version", "recorded_at",
)  # fmt: skip
"""What an event tells besides its payload."""

CSV_COLUMNS = ("leaf", "id", "kind", "occurred_at", *ENVELOPE, "objects", "payload")

NEVER_CHANGED = "1970-01-01T00:00:00Z"
"""The time at which OCEL puts what an object was from the beginning."""


def export_ocel_json(path: Path, progress: Progress | None = None) -> int:
    """Write the journal as OCEL 2.0 JSON; returns the number of events."""
    types = Types()
    count = 0
    with snapshot(), whole_file(path) as draft, draft.open("w", encoding="utf-8") as file:
        file.write('{"events":[')
        for _leaf, told in all_sealed(progress or no_progress):
            _item(file, count, _event(told, types))
            count += 1
        file.write('\n],"objects":[')
        for place, (type_, object_) in enumerate(touched()):
            types.objects.setdefault(type_, {})
            _item(file, place, {"id": f"{type_}:{object_}", "type": type_})
        file.write(f'\n],"eventTypes":{_declared(types.events)},"objectTypes":{_declared(types.objects)}}}\n')
    return count


def export_ocel_sqlite(path: Path, progress: Progress | None = None) -> int:
    """Write the journal as an OCEL 2.0 SQLite file; returns the number of events."""
    with snapshot(), whole_file(path) as draft, closing(sqlite3.connect(draft)) as file:
        file.executescript(_OCEL_TABLES)
        tables = _Tables(file)
        for type_, object_ in touched():
            tables.add_object(type_, f"{type_}:{object_}")
        count = 0
        for _leaf, told in all_sealed(progress or no_progress):
            tables.add_event(told)
            count += 1
        file.commit()
    return count


def export_csv(path: Path, progress: Progress | None = None) -> int:
    """Write the journal as CSV, one fact a row, objects as `role=type:id` and the payload as JSON."""
    count = 0
    with snapshot(), whole_file(path) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(CSV_COLUMNS)
        for leaf, told in all_sealed(progress or no_progress):
            objects = ";".join(f"{role}={object_}" for object_, role in _relations(told))
            payload = json.dumps(told["payload"], ensure_ascii=False)
            envelope = ["" if told[name] is None else told[name] for name in ENVELOPE]
            rows.writerow([leaf, told["id"], told["kind"], told["occurred_at"], *envelope, objects, payload])
            count += 1
    return count


@dataclass(slots=True)
class Types:
    """The types that were met, with the attributes of each and the OCEL type of each attribute."""

    events: dict[str, dict[str, str]] = field(default_factory=dict)
    objects: dict[str, dict[str, str]] = field(default_factory=dict)


def attributes(told: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Name, OCEL type and value (as text, which is what OCEL's schema wants) of what an event tells."""
    for name in ENVELOPE:
        if told[name] not in (None, ""):
            yield name, _ocel_type(told[name]), _ocel_value(told[name])
    for name, value in told["payload"].items():
        if value is not None:
            yield (f"payload_{name}" if name in ENVELOPE else name), _ocel_type(value), _ocel_value(value)


_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def _ocel_type(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "time" if isinstance(value, str) and _MOMENT.fullmatch(value) else "string"


def _ocel_value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _relations(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The objects of an event with their qualifiers, each pair once."""
    return list(dict.fromkeys((f"{one['type']}:{one['id']}", one["role"]) for one in told["objects"]))


def _event(told: Mapping[str, Any], types: Types) -> dict[str, Any]:
    known = types.events.setdefault(told["kind"], {})
    values = []
    for name, type_, value in attributes(told):
        known.setdefault(name, type_)
        values.append({"name": name, "value": value})
    return {
        "id": told["id"],
        "type": told["kind"],
        "time": told["occurred_at"],
        "attributes": values,
        "relationships": [{"objectId": id_, "qualifier": role} for id_, role in _relations(told)],
    }


def _item(file: TextIO, place: int, value: Mapping[str, Any]) -> None:
    file.write((",\n" if place else "\n") + json.dumps(value, ensure_ascii=False))


def _declared(types: Mapping[str, Mapping[str, str]]) -> str:
    declared = [
        {"name": kind, "attributes": [{"name": name, "type": type_} for name, type_ in sorted(known.items())]}
        for kind, known in sorted(types.items())
    ]
    return json.dumps(declared, ensure_ascii=False)


_OCEL_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE event (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT, FOREIGN KEY (ocel_type) REFERENCES event_map_type (ocel_type)
);
CREATE TABLE object (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT, FOREIGN KEY (ocel_type) REFERENCES object_map_type (ocel_type)
);
CREATE TABLE event_object (
    ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT,
    PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier),
    FOREIGN KEY (ocel_event_id) REFERENCES event (ocel_id),
    FOREIGN KEY (ocel_object_id) REFERENCES object (ocel_id)
);
CREATE TABLE object_object (
    ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT,
    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier),
    FOREIGN KEY (ocel_source_id) REFERENCES object (ocel_id),
    FOREIGN KEY (ocel_target_id) REFERENCES object (ocel_id)
);
"""

_EVENT_COLUMNS = "ocel_id TEXT PRIMARY KEY, ocel_time TIMESTAMP"
_OBJECT_COLUMNS = "ocel_id TEXT PRIMARY KEY, ocel_time TIMESTAMP, ocel_changed_field TEXT"
_SQLITE_TYPES = {"boolean": "BOOLEAN", "integer": "INTEGER", "time": "TIMESTAMP", "string": "TEXT"}


class _Tables:
    """The tables of an OCEL file: one for each type of event and object, made when the type is first met."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file
        self._names: dict[tuple[str, str], str] = {}
        self._columns: dict[str, set[str]] = {}

    def add_object(self, type_: str, id_: str) -> None:
        table = self._table("object", type_)
        self._file.execute("INSERT INTO object VALUES (?, ?)", (id_, type_))
        self._file.execute(f'INSERT INTO "{table}" (ocel_id, ocel_time) VALUES (?, ?)', (id_, NEVER_CHANGED))  # noqa: S608

    def add_event(self, told: Mapping[str, Any]) -> None:
        table = self._table("event", told["kind"])
        values = {"ocel_id": told["id"], "ocel_time": told["occurred_at"]}
        for name, type_, value in attributes(told):
            if name not in self._columns[table]:
                self._file.execute(f'ALTER TABLE "{table}" ADD COLUMN "{name}" {_SQLITE_TYPES[type_]}')
                self._columns[table].add(name)
            values[name] = {"true": "1", "false": "0"}[value] if type_ == "boolean" else value
        names = ", ".join(f'"{name}"' for name in values)
        places = ", ".join("?" * len(values))
        self._file.execute("INSERT INTO event VALUES (?, ?)", (told["id"], told["kind"]))
        self._file.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', tuple(values.values()))  # noqa: S608
        self._file.executemany(
            "INSERT INTO event_object VALUES (?, ?, ?)",
            [(told["id"], object_, role) for object_, role in _relations(told)],
        )

    def _table(self, what: str, type_: str) -> str:
        """The table of a type, named as others name them: `case.returned` is `event_casereturned`."""
        if (what, type_) not in self._names:
            short = re.sub(r"[^0-9A-Za-z]", "", type_)
            while f"{what}_{short}" in self._columns:
                short += "x"
            table = f"{what}_{short}"
            columns = _EVENT_COLUMNS if what == "event" else _OBJECT_COLUMNS
            self._file.execute(f"INSERT INTO {what}_map_type VALUES (?, ?)", (type_, short))  # noqa: S608
            self._file.execute(
                f'CREATE TABLE "{table}" ({columns}, FOREIGN KEY (ocel_id) REFERENCES {what} (ocel_id))'
            )
            self._names[what, type_] = table
            self._columns[table] = set()
        return self._names[what, type_]
