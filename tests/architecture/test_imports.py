"""Imports go down only, stand at the top of a file, and influence goes upward as facts."""

import ast
import subprocess
import sys

import pytest
from architecture.reading import ROOT, SOURCE, python_files, tree_of

UNTELLING = {"core", "common", "utils", "helpers", "lib"}


def test_imports_go_down_only():
    ended = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_nothing_is_imported_inside_a_function():
    inside = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]

    assert inside == []


def test_nobody_listens_to_the_signals_of_django():
    listening = [
        str(path.relative_to(ROOT))
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(("signals", "django.dispatch"))
    ]

    assert listening == []


@pytest.mark.parametrize("kind", ["*.py", "*/"])
def test_no_room_is_called_by_a_word_that_says_nothing(kind):
    named = [str(path.relative_to(ROOT)) for path in SOURCE.rglob(kind) if path.stem in UNTELLING]

    assert [path for path in named if "node_modules" not in path] == []
