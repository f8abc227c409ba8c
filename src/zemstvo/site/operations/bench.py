"""The benches stand beside the program, in bench/; each is a module that takes its own arguments."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace

from zemstvo.site.environment import ROOT


def intake(given: Namespace) -> int:
    """Applications a second."""
    return _run("intake", given)


def pages(given: Namespace) -> int:
    """The weight of pages."""
    return _run("pages", given)


def _run(name: str, given: Namespace) -> int:
    return subprocess.run([sys.executable, "-m", f"bench.{name}", *given.rest], cwd=ROOT).returncode
