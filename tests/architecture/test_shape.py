"""Rooms have one shape."""

import ast

from architecture.reading import ROOT, SOURCE, commands, python_files, tree_of


def test_no_model_overrides_save():
    overriding = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files()
        if path.name == "models.py" or "models" in path.parent.parts[-1:]
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete")
    ]

    assert overriding == []


def test_every_module_says_what_it_is():
    assert [
        str(path.relative_to(ROOT)) for path in python_files() if not ast.get_docstring(tree_of(path))
    ] == []


def test_every_room_says_what_it_is_and_what_it_is_not():
    fronts = [*SOURCE.glob("capabilities/*/__init__.py"), *SOURCE.glob("ground/*/__init__.py")]
    rooms = [path for path in fronts if path.parent.name != "tests"]
    silent = [path.parent.name for path in rooms if len(ast.get_docstring(tree_of(path)) or "") < 120]

    assert silent == []


def test_faces_know_only_the_doors_of_the_rooms_below():
    allowed = {"commands", "queries", "refusals", "facts"}
    inside = []
    for path in python_files():
        if "faces" not in path.parts:
            continue
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith((".models", ".rules")):
                inside.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.module}")

    assert allowed and inside == []


def test_every_command_is_documented():
    assert [name for name, command in commands().items() if not command.__doc__] == []
