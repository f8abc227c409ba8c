"""Files that answers name: each must be there for this very application, and fit the field that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zemstvo.capabilities.cases.rules.files import MEDIA_TYPES
from zemstvo.capabilities.services.package import AnswerError, Field, FieldType, Package


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file that an application may name; `field` is what it was attached to, None where it waits."""

    field: str | None
    media_type: str
    size_bytes: int


def named_files(package: Package, answers: Mapping[str, Any]) -> list[tuple[Field, str]]:
    """The files that answers name, each with its field, in the order of the questions."""
    return [
        (field, one)
        for field in package.fields_of(FieldType.FILE)
        if isinstance(listed := answers.get(field.id), list)
        for one in listed
        if isinstance(one, str)
    ]


def faults_of_files(named: list[tuple[Field, str]], own: Mapping[str, OwnFile]) -> tuple[AnswerError, ...]:
    """What is wrong with the files that answers name: foreign, unknown, named twice, or not what is asked."""
    seen: set[str] = set()
    faults = []
    for field, file in named:
        message = _("This file is named twice.") if file in seen else _fault(field, own.get(file))
        if message:
            faults.append(AnswerError(field.id, message, code="file"))
        seen.add(file)
    return tuple(faults)


def _fault(field: Field, file: OwnFile | None) -> str:
    if file is None or file.field not in (None, field.id):
        return _("There is no such file for this application. Upload it first; it can be used once.")
    if file.media_type not in {MEDIA_TYPES[kind] for kind in field.accept}:
        accepted = ", ".join(kind.upper() for kind in field.accept)
        return _("This file is not one of: %(allowed)s.") % {"allowed": accepted}
    if file.size_bytes > field.max_bytes:
        return _("This file is larger than %(most_mb)s MB.") % {
            "most_mb": f"{field.max_bytes / 1_000_000:.1f}"
        }
    return ""
