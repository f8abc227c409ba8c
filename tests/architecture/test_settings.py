"""Every setting is read in one place, and documented."""

import ast
import re

from architecture.reading import ROOT, python_files, tree_of

from zemstvo.site.environment import VARIABLES

PAGE = ROOT / "docs" / "operations" / "settings.md"


def documented():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    return {re.match(r"\| `(\w+)`", row)[1]: row for row in rows}


def test_every_setting_is_documented_and_nothing_else_is():
    assert set(documented()) == {variable.name for variable in VARIABLES}


def test_the_page_says_what_holds_without_a_setting():
    empty = [name for name, row in documented().items() if len(row.strip("| ").split("|")) != 3]

    assert empty == []


def test_the_environment_is_read_in_one_place():
    """Rooms take their settings from Django's; only the site and its doors read the environment."""
    reading = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files()
        if "site" not in path.parts
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]

    assert reading == []
