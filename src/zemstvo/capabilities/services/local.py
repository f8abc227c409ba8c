"""Local slots: what a municipality has put into the places that a package leaves open to it.

The base stays the base: the values are laid over its document, and an update of the base keeps them.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from zemstvo.capabilities.services.compiling import compile_package
from zemstvo.capabilities.services.faults import Path, bare, shown
from zemstvo.capabilities.services.package import Local, Package
from zemstvo.capabilities.services.shape import complaints
from zemstvo.capabilities.services.soundness import all_fields, has_type
from zemstvo.capabilities.services.texts import in_all_languages

Values = Mapping[str, Any]
"""office, hours, fee, header, parameters, extra_fields; the schema's `local_values`."""


class LocalFault(ValueError):
    """The first thing in local values that does not fit: where, what stands there, what is expected."""

    def __init__(self, path: Path, value: str, expected: str) -> None:
        super().__init__(f"{value}; {expected}")
        self.path = path
        self.value = value
        self.expected = expected


class SlotNotOpen(LocalFault):
    """The package does not leave this slot open."""


def localised(
    document: Mapping[str, Any], values: Values, *, territory: str = "", revision: int = 0
) -> Package:
    """The package of a document with local values laid over it. Raises LocalFault."""
    check_local(document, values)
    laid = laid_over(document, values)
    languages = document["languages"]
    local = Local(
        territory=territory,
        revision=revision,
        office=values.get("office", ""),
        hours=_text(values.get("hours"), languages[0]),
        header=_text(values.get("header"), languages[0]),
    )
    return compile_package(laid, local=local, report=_raise)


def check_local(document: Mapping[str, Any], values: Values) -> None:
    """Raise LocalFault for the first value that does not fit the package."""
    for path, value, expected in complaints(values, "local_values"):
        raise LocalFault(path, value, expected)
    for slot in values:
        if slot not in document.get("local", ()):
            opened = ", ".join(document.get("local", ())) or "no slot"
            raise SlotNotOpen(
                (slot,), bare("not open"), f"a slot that the package opens ({opened}) is expected"
            )
    for slot in ("hours", "header"):
        for language in values.get(slot, {}) if isinstance(values.get(slot), dict) else ():
            if language not in document["languages"]:
                wanted = f"one of {', '.join(document['languages'])} is expected"
                raise LocalFault((slot, language), bare("no language of this package"), wanted)
    known = {one["id"]: one for one in document.get("parameters", ()) if one.get("local")}
    for name, value in values.get("parameters", {}).items():
        if name not in known:
            wanted = f"one of {', '.join(known)} is expected"
            raise LocalFault(("parameters", name), shown(value), wanted)
        if not has_type(value, known[name]["type"]):
            wanted = f"a value of the type {known[name]['type']} is expected"
            raise LocalFault(("parameters", name), shown(value), wanted)
    _check_extra_fields(document, values)


def _check_extra_fields(document: Mapping[str, Any], values: Values) -> None:
    taken = {field["id"] for _, field in all_fields(document)}
    pages = [page["id"] for page in document["pages"]]
    for place, extra in enumerate(values.get("extra_fields", ())):
        path: Path = ("extra_fields", place)
        fields = [extra["field"], *extra["field"].get("fields", ())]
        if extra["page"] not in pages:
            raise LocalFault((*path, "page"), shown(extra["page"]), f"one of {', '.join(pages)} is expected")
        for field in fields:
            if not field["id"].startswith("local_") or field["id"] in taken:
                wanted = "an id of its own that begins with local_ is expected"
                raise LocalFault((*path, "field", "id"), shown(field["id"]), wanted)
            taken.add(field["id"])
        if "evidence" in extra["field"]:
            raise LocalFault(
                (*path, "field", "evidence"), shown(extra["field"]["evidence"]), "no evidence is expected"
            )


def laid_over(document: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """A copy of the document with the values in it. Raises LocalFault for texts in unknown languages."""
    laid = copy.deepcopy(dict(document))
    if "fee" in values:
        laid["legal"]["fee"] = values["fee"]
    for one in laid.get("parameters", ()):
        one["value"] = values.get("parameters", {}).get(one["id"], one["value"])
    for extra in values.get("extra_fields", ()):
        page = next(page for page in laid["pages"] if page["id"] == extra["page"])
        page["fields"].append(copy.deepcopy(extra["field"]))
    in_all_languages(laid, {}, _raise)
    return laid


def _raise(path: Path, value: str, expected: str) -> None:
    raise LocalFault(path, value, expected)


def _text(text: Any, base: str) -> Any:
    return {base: text} if isinstance(text, str) else text


def fitting_values(document: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """Those of the values that fit a document, slot by slot: a base may have closed a slot or lost a page."""
    fitting: dict[str, Any] = {}
    for slot, value in values.items():
        try:
            localised(document, {slot: value})
        except LocalFault:
            continue
        fitting[slot] = value
    return fitting
