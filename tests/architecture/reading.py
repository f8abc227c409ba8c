"""How the architecture tests read the house: its modules, models, facts, commands, texts and tables."""

import ast
import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

from django.apps import apps

import zemstvo
from zemstvo.ground.journal.facts import fact_classes

ROOT = Path(zemstvo.__file__).parents[2]
SOURCE = ROOT / "src" / "zemstvo"


@cache
def python_files():
    """Every Python file of ours, without migrations and tests."""
    found = sorted(SOURCE.rglob("*.py"))
    return [path for path in found if not {"migrations", "tests", "node_modules"} & set(path.parts)]


@cache
def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def module_of(path):
    parts = path.relative_to(ROOT / "src").with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def rooms():
    """The Django applications of ours: the folder of each."""
    return [Path(config.path) for config in apps.get_app_configs() if config.name.startswith("zemstvo.")]


def models():
    return [model for model in apps.get_models() if model.__module__.startswith("zemstvo.")]


@cache
def facts():
    """Every fact class of the house, after each `facts.py` was read; what a test makes up does not count."""
    for path in python_files():
        if path.name == "facts.py" or path.parent.name == "facts":
            importlib.import_module(module_of(path))
    return {kind: cls for kind, cls in fact_classes().items() if _is_of_the_house(cls.__module__)}


def _is_of_the_house(module):
    return module.startswith("zemstvo.") and ".tests." not in module


@cache
def commands():
    """Every command that a room shows at its door, by full name."""
    found = {}
    for room in rooms():
        name = module_of(room / "__init__.py") + ".commands"
        if importlib.util.find_spec(name) is None:
            continue
        door = importlib.import_module(name)
        inner = [module.name for module in pkgutil.walk_packages(getattr(door, "__path__", []), f"{name}.")]
        for module in (door, *map(importlib.import_module, inner)):
            for attribute, value in vars(module).items():
                if getattr(value, "is_command", False) and value.__module__ == module.__name__:
                    found[f"{module.__name__}.{attribute}"] = value
    return found


def words_of(identifier):
    """`CaseFile`, `case_file` and `caseFile` are the same words."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier).lower()
    return tuple(word for word in re.split(r"[^a-zа-яё0-9]+", spaced) if word)


def defined_names(path):
    """The names that a file gives: classes, functions, arguments, variables, fields."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.id if isinstance(node, ast.Name) else node.attr, node.lineno


@cache
def glossary():
    """The rows of GLOSSARY.md: code word, and what not to say instead of it."""
    rows = []
    for line in (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == 5 and cells[0] not in ("code word", "---"):
            unwanted = [phrase.strip() for phrase in cells[4].split(",") if phrase.strip()]
            rows.append((cells[0], unwanted))
    return rows
