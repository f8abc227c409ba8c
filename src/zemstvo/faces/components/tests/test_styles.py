"""The compiled styles are those of their source, light, and under our own names."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import brotli
import pytest

STYLES = Path(__file__).parents[1] / "styles"
COMPILED = Path(__file__).parents[1] / "static" / "components"
FIRST_VISIT_STYLES = 8_000


def digest(paths: list[Path]) -> str:
    found = sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def test_the_compiled_styles_are_those_of_their_source():
    known = json.loads((STYLES / "compiled.json").read_text(encoding="utf-8"))
    sources = [*sorted(STYLES.glob("*.scss")), STYLES / "build.mjs", STYLES / "package-lock.json"]

    assert known == {
        "sources": digest(sources),
        "zemstvo": digest([COMPILED / "zemstvo.css"]),
        "desk": digest([COMPILED / "desk.css"]),
    }


def test_the_styles_of_citizens_pages_are_light():
    assert len(brotli.compress((COMPILED / "zemstvo.css").read_bytes())) <= FIRST_VISIT_STYLES


@pytest.mark.parametrize("name", ["zemstvo.css", "desk.css"])
def test_nothing_of_the_styles_names_gov_uk_or_loads_anything(name):
    text = (COMPILED / name).read_text(encoding="utf-8").lower()

    assert "govuk" not in text and "gds transport" not in text
    assert "url(" not in text and "@import" not in text and "@font-face" not in text
