"""Every write is a command: it names its act, asks for a right, and says when it refuses."""

import ast
import importlib
import inspect
from functools import cache

import pytest
from architecture.reading import ROOT, commands, module_of, python_files, rooms, tree_of


@cache
def functions():
    """All functions of ours by name: (module, node)."""
    found = {}
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append((module_of(path), node))
    return found


def asks_for_a_right(node, seen):
    """Whether the function, or one that it calls, asks `act.must` or `act.may`."""
    for inner in ast.walk(node):
        if not isinstance(inner, ast.Call):
            continue
        called = inner.func
        if isinstance(called, ast.Attribute) and called.attr in ("must", "may"):
            return True
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        for module, function in functions().get(name, []):
            if (module, name) not in seen:
                seen.add((module, name))
                if asks_for_a_right(function, seen):
                    return True
    return False


@pytest.fixture(params=sorted(commands()), ids=lambda name: name.removeprefix("zemstvo."))
def command(request):
    return request.param


def test_it_asks_for_a_right_so_that_a_stranger_is_refused(command):
    module, _dot, name = command.rpartition(".")
    (node,) = [node for where, node in functions()[name] if where == module]

    assert asks_for_a_right(node, set())


def test_it_names_its_act_first_and_says_what_it_does(command):
    found = commands()[command]

    assert next(iter(inspect.signature(found).parameters)) == "act"
    assert found.__doc__


def doors():
    names = [module_of(room / "__init__.py") + ".commands" for room in rooms()]
    return [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]


def offered(door):
    """What a door names, or all that a room of one file shows."""
    shown = getattr(door, "__all__", [name for name in vars(door) if not name.startswith("_")])
    found = [getattr(door, name) for name in shown]
    return [one for one in found if inspect.isfunction(one) and one.__module__.startswith(door.__name__)]


@pytest.mark.parametrize("door", doors(), ids=lambda door: door.__name__.removeprefix("zemstvo."))
def test_what_a_room_offers_as_commands_are_commands(door):
    """Or functions that take an act and call one: what may not be in a transaction is done there."""
    plain = [
        one.__name__
        for one in offered(door)
        if not hasattr(one, "is_command") and next(iter(inspect.signature(one).parameters), "") != "act"
    ]

    assert offered(door) and plain == []


def test_tests_name_every_command():
    """A command that no test names is a promise that nobody keeps."""
    folders = (ROOT / "src", ROOT / "tests")
    files = (path for folder in folders for path in folder.rglob("test_*.py"))
    told = "".join(path.read_text(encoding="utf-8") for path in files)
    unnamed = {one.__name__ for door in doors() for one in offered(door) if one.__name__ not in told}

    assert unnamed == set()
