"""What a new version owes to the one before it: ids keep their meaning, none comes back as another thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zemstvo.capabilities.services.faults import bare, shown
from zemstvo.capabilities.services.soundness import all_fields, ids_by_kind
from zemstvo.capabilities.services.texts import Report


def check_lineage(document: Mapping[str, Any], earlier: Mapping[str, Any], report: Report) -> None:
    """Report ids that vanish without being retired, forgotten retired ones, fields of another type."""
    retired = document.get("retired", {})
    living, before = ids_by_kind(document), ids_by_kind(earlier)
    for kind, ids in before.items():
        known = living[kind] | set(retired.get(kind, ()))
        for id in sorted((ids | set(earlier.get("retired", {}).get(kind, ()))) - known):
            wanted = f"{id}, of an earlier version and not in this one, is expected in retired.{kind}"
            report(("retired", kind), bare(f"without {id}"), wanted)
    types = {field["id"]: field["type"] for _, field in all_fields(earlier)}
    for path, field in all_fields(document):
        if types.get(field["id"], field["type"]) != field["type"]:
            wanted = (
                f"the type {types[field['id']]} of version {earlier['version']}, or another id, is expected"
            )
            report((*path, "type"), shown(field["type"]), wanted)
