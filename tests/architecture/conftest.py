"""A look at the tail after the tests: beauty is lost in the longest files and functions."""

import ast

from architecture.reading import ROOT, python_files, tree_of

FILE_LINES, FUNCTION_LINES, SHOWN = 400, 40, 10


def pytest_terminal_summary(terminalreporter):
    """Name what has grown long. Not a limit: there a room has usually not been found yet."""
    rows = sorted(_long_files() + _long_functions(), reverse=True)
    if rows:
        terminalreporter.section("the tail")
        for lines, place in rows[:SHOWN]:
            terminalreporter.write_line(f"{lines:5} {place}")
        if len(rows) > SHOWN:
            terminalreporter.write_line(f"      and {len(rows) - SHOWN} more")


def _long_files():
    lengths = [(len(path.read_text(encoding="utf-8").splitlines()), path) for path in python_files()]
    return [(lines, str(path.relative_to(ROOT))) for lines, path in lengths if lines > FILE_LINES]


def _long_functions():
    found = [
        (node.end_lineno - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [row for row in found if row[0] > FUNCTION_LINES]
