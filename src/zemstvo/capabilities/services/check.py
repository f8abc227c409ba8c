"""Checking packages: every fault with file, line, value and expectation; every example played.

Neither a database nor a setting is asked, so a package can be checked anywhere, before it is published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from django.utils import translation

from zemstvo.capabilities.services.compiling import compile_package
from zemstvo.capabilities.services.examples import play
from zemstvo.capabilities.services.faults import Fault, Path, bare
from zemstvo.capabilities.services.folder import Folder, read_folder
from zemstvo.capabilities.services.lineage import check_lineage
from zemstvo.capabilities.services.local import LocalFault, localised
from zemstvo.capabilities.services.package import Package
from zemstvo.capabilities.services.soundness import check_soundness
from zemstvo.ground.journal.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Checked:
    """A package after its check; `document` and `package` are None where there is a fault."""

    read: Folder
    faults: tuple[Fault, ...]
    document: dict[str, Any] | None = None
    package: Package | None = None

    @property
    def is_sound(self) -> bool:
        """Whether there are warnings at most."""
        return self.package is not None

    def honours(self, earlier: Mapping[str, Any]) -> list[Fault]:
        """The faults against the document of the version before it, whose ids the package must honour."""
        if self.document is None:
            return []
        before = len(self.read.faults)
        check_lineage(self.document, earlier, self.read.report)
        return self.read.faults[before:]


def package_folders(path: FilePath) -> list[FilePath]:
    """The path itself if it is a package (or nothing else), else the packages in it, in order of name."""
    if (path / "service.yaml").exists() or not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.is_dir() and not one.name.startswith("."))
    return found or [path]


def check_package(path: FilePath | str) -> Checked:
    """Check one package: reading, schema, soundness, expressions, letters, examples."""
    folder = read_folder(FilePath(path))
    package = None
    if folder.document is not None:
        with translation.override("en"):
            package = _compiled(folder)
    faults = tuple(sorted(set(folder.faults)))
    if package is None or any(not fault.warning for fault in faults):
        return Checked(folder, faults)
    return Checked(folder, faults, folder.document, package)


def _compiled(folder: Folder) -> Package | None:
    assert folder.document is not None
    check_soundness(folder.document, folder.report)
    package = compile_package(folder.document, report=folder.report)
    if not folder.is_sound:
        return None
    _write_without_answers(folder, package)
    for place, example in enumerate(folder.document["examples"]):
        _play(folder, package, place, example)
    return package


def _write_without_answers(folder: Folder, package: Package) -> None:
    """Reckon and write with nothing answered: a draft and a half-filled form get that far too."""
    try:
        package.calculate({})
        package.eligibility({})
        for template in package.templates:
            for language in package.languages:
                package.letter(template, {}, language=language)
    except Refusal as refusal:
        folder.report(
            (), bare("not to be reckoned"), f"a package that copes with no answers is expected ({refusal})"
        )


def _play(folder: Folder, package: Package, place: int, example: dict[str, Any]) -> None:
    def report(path: Path, value: str, expected: str) -> None:
        folder.report(("examples", place, *path), value, expected)

    if "local" in example:
        assert folder.document is not None
        try:
            package = localised(folder.document, example["local"], territory=example.get("territory", ""))
        except LocalFault as fault:
            report(("local", *fault.path), fault.value, fault.expected)
            return
    play(package, example, report)
