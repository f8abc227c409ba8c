"""Texts of a package: where the format has them, and how translations join them.

Afterwards every text of a document is a mapping by language, with the base language in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from zemstvo.capabilities.services.faults import Path, bare, shown
from zemstvo.capabilities.services.reading import Document
from zemstvo.capabilities.services.shape import schema

Report = Callable[[Path, str, str], None]
"""Takes a fault: where in the document, what stands there, what is expected."""

_TEXT = "#/$defs/text"


def text_places(document: Mapping[str, Any]) -> Iterator[Path]:
    """The paths of all texts of a document that the schema takes, in the order of the schema."""
    yield from _places(schema(), document, ())


def _places(node: Any, value: Any, path: Path) -> Iterator[Path]:
    if not isinstance(node, dict):
        return
    if node.get("$ref") == _TEXT:
        yield path
        return
    if "$ref" in node:
        yield from _places(_definition(node["$ref"]), value, path)
    for branch in node.get("allOf", ()):
        wanted = branch.get("if", {}).get("properties", {}).get("type", {}).get("const")
        if isinstance(value, dict) and value.get("type") == wanted:
            yield from _places(branch["then"], value, path)
    if isinstance(value, dict):
        properties = node.get("properties", {})
        for key, inner in value.items():
            yield from _places(properties.get(key, node.get("additionalProperties")), inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _places(node.get("items"), inner, (*path, place))


def _definition(reference: str) -> Any:
    return schema()["$defs"][reference.rpartition("/")[2]]


def in_all_languages(document: dict[str, Any], translations: Mapping[str, Document], report: Report) -> None:
    """Make every text of the document a mapping by language, in place, and join the translations.

    Reports what is written twice, in no declared language or not in the base language. A translation file
    that speaks of something that is not there puts the fault into its own document.
    """
    languages = document["languages"]
    base = languages[0]
    by_key: dict[str, Path] = {}
    for path in list(text_places(document)):
        text = _at(document, path)
        texts = {base: text} if isinstance(text, str) else dict(text)
        _put(document, path, texts)
        by_key[_key(document, path)] = path
        for language in texts.keys() - set(languages):
            report(
                (*path, language),
                bare("no language of this package"),
                f"one of {', '.join(languages)} is expected",
            )
    for language, translation in translations.items():
        _join(document, language, translation, by_key)
    for path in by_key.values():
        if base not in _at(document, path):
            report(path, shown(_at(document, path)), f"the text in the base language {base} is expected")


def missing(document: Mapping[str, Any]) -> Iterator[tuple[Path, list[str]]]:
    """The texts that are not there in every language of the package: the path, and what is missing."""
    for path in text_places(document):
        lacking = [language for language in document["languages"] if language not in _at(document, path)]
        if lacking:
            yield path, lacking


def _join(document: dict[str, Any], language: str, translation: Document, by_key: Mapping[str, Path]) -> None:
    for where, text in _leaves(translation.value, ()):
        path = by_key.get(".".join(map(str, where)))
        if path is None:
            translation.fault(where, bare("no text of service.yaml"), "the same ids as there are expected")
        elif not isinstance(text, str) or not text:
            translation.fault(where, shown(text), "a text is expected")
        elif language in _at(document, path):
            translation.fault(where, bare("also in service.yaml"), "each translation once is expected")
        else:
            _at(document, path)[language] = text


def _leaves(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if not isinstance(value, dict):
        yield path, value
        return
    for key, inner in value.items():
        yield from _leaves(inner, (*path, key))


def _key(document: Any, path: Path) -> str:
    """The path by which a translation names a text: ids instead of places, which else count from 1."""
    words, value = [], document
    for step in path:
        value = value[step]
        if isinstance(step, int):
            words.append(str(value["id"]) if isinstance(value, dict) and "id" in value else str(step + 1))
        else:
            words.append(step)
    return ".".join(words)


def _at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def _put(document: Any, path: Path, value: Any) -> None:
    _at(document, path[:-1])[path[-1]] = value
