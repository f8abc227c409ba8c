"""The folder of a package: service.yaml, translations, examples; a document that knows its lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from zemstvo.capabilities.services.faults import Fault, Path, bare, dotted, shown
from zemstvo.capabilities.services.reading import Document, read_file
from zemstvo.capabilities.services.shape import complaints
from zemstvo.capabilities.services.texts import in_all_languages, missing

MOST_FILES = 300
_TEXTS = re.compile(r"texts\.([a-z]{2,3}(?:-[A-Z]{2})?)\.yaml")
_KNOWN = re.compile(r"service\.yaml|texts\..*\.yaml|examples|README(\..*)?\.md|\..*")


@dataclass(slots=True)
class Folder:
    """A package as read. `document` is None where its shape is not right; `faults` say why.

    `document` has every text by language and all examples, inline ones first.
    """

    path: FilePath
    name: str
    document: dict[str, Any] | None = None
    faults: list[Fault] = field(default_factory=list)
    _sources: list[tuple[Path, Document]] = field(default_factory=list)

    def report(self, path: Path, value: str, expected: str, *, warning: bool = False) -> None:
        """Add a fault at a path of the document; it is found in the file that the path comes from."""
        prefix, source = next(
            (prefix, source) for prefix, source in reversed(self._sources) if path[: len(prefix)] == prefix
        )
        inner = path[len(prefix) :]
        place = source.position(inner)
        self.faults.append(
            Fault(place.file, place.line, place.column, dotted(inner), value, expected, warning)
        )

    @property
    def is_sound(self) -> bool:
        """Whether nothing but warnings was found so far."""
        return self.document is not None and not any(not fault.warning for fault in self.faults)


def read_folder(path: FilePath) -> Folder:
    """Read a package from its folder. Never raises for what stands in it."""
    folder = Folder(path, path.name)
    files = sorted(_files(path)) if path.is_dir() and not path.is_symlink() else []
    if path / "service.yaml" not in files:
        folder.faults.append(
            Fault(str(path), 0, 0, "", "", "the folder of a package, with a service.yaml in it, is expected")
        )
        return folder
    if len(files) > MOST_FILES:
        folder.faults.append(Fault(str(path), 0, 0, "", "", f"at most {MOST_FILES} files are expected"))
        return folder
    service = _service(folder, path / "service.yaml")
    translations = _translations(folder, files, service)
    examples = _examples(folder, files)
    if service is None or any(not fault.warning for fault in folder.faults):
        return folder
    folder.document = _joined(folder, service, translations, examples)
    return folder


def _files(path: FilePath) -> Iterator[FilePath]:
    yield from path.iterdir()
    examples = path / "examples"
    if examples.is_dir() and not examples.is_symlink():
        yield from examples.iterdir()


def _service(folder: Folder, path: FilePath) -> Document | None:
    source = read_file(path, str(path))
    folder._sources.append(((), source))
    folder.faults.extend(source.faults)
    if source.value is None:
        return None
    if not isinstance(source.value, dict):
        folder.report((), shown(source.value), "a mapping is expected")
        return None
    for where, value, expected in complaints(source.value):
        folder.report(where, value, expected)
    if source.value.get("service") not in (folder.path.resolve().name, None):
        folder.report(
            ("service",),
            shown(source.value["service"]),
            f"the name of its folder, {folder.path.resolve().name}, is expected",
        )
    return source


def _translations(folder: Folder, files: list[FilePath], service: Document | None) -> dict[str, Document]:
    languages = service.value.get("languages") if service else None
    found: dict[str, Document] = {}
    for path in files:
        if path.parent != folder.path or not path.name.startswith("texts."):
            if path.parent == folder.path and not _KNOWN.fullmatch(path.name):
                expected = "service.yaml, texts.<language>.yaml, examples/ and README.md alone are expected"
                folder.faults.append(Fault(str(path), 0, 0, "", "", expected))
            continue
        named = _TEXTS.fullmatch(path.name)
        if named is None or (isinstance(languages, list) and named[1] not in languages):
            expected = "texts.<language>.yaml of a language of the package is expected"
            folder.faults.append(Fault(str(path), 0, 0, "", "", expected))
            continue
        source = read_file(path, str(path))
        folder.faults.extend(source.faults)
        if isinstance(source.value, dict):
            found[named[1]] = source
        elif source.value is not None:
            folder.faults.append(Fault(str(path), 1, 1, "", shown(source.value), "a mapping is expected"))
    return found


def _examples(folder: Folder, files: list[FilePath]) -> list[Document]:
    found = []
    for path in files:
        if path.parent.name != "examples" or path.parent == folder.path or path.name.startswith("."):
            continue
        source = read_file(path, str(path))
        folder.faults.extend(source.faults)
        if source.value is None:
            continue
        for where, value, expected in complaints(source.value, "example"):
            source.fault(where, value, expected)
            folder.faults.append(source.faults[-1])
        found.append(source)
    return found


def _joined(
    folder: Folder, service: Document, translations: dict[str, Document], examples: list[Document]
) -> dict[str, Any]:
    document: dict[str, Any] = service.value
    together = list(document.get("examples", ()))
    for example in examples:
        folder._sources.append((("examples", len(together)), example))
        together.append(example.value)
    document["examples"] = together
    before = {language: len(source.faults) for language, source in translations.items()}
    in_all_languages(document, translations, folder.report)
    for language, source in translations.items():
        folder.faults.extend(source.faults[before[language] :])
    for path, languages in missing(document):
        if path[0] != "examples":
            folder.report(
                path, bare(f"without {', '.join(languages)}"), "a translation is expected", warning=True
            )
    return document
