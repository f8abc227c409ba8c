"""What the tools say of the whole house."""

import subprocess
import sys

from architecture.reading import ROOT


def said_by(*command):
    ended = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    return ended.stdout + ended.stderr if ended.returncode else ""


def test_ruff_finds_nothing():
    assert said_by("ruff", "check", "--quiet", ".") == ""


def test_mypy_finds_nothing():
    assert said_by("mypy", "--no-error-summary") == ""
