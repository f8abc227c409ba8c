"""The whole suite: on SQLite everything, on PostgreSQL what touches a database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from zemstvo.site.environment import ROOT
from zemstvo.site.progress import say
from zemstvo.site.suite import needs, postgres
from zemstvo.site.words import _

_NO_TESTS = 5
"""pytest's status when nothing was selected: no fault when arguments chose tests without a database."""


def run(given: Namespace) -> int:
    """Run pytest on SQLite and, if all passed, on PostgreSQL. The last line is pytest's own."""
    needs.meet(needs.NEEDS[:1] + needs.NEEDS[2:] if given.sqlite_only else needs.NEEDS, say)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that PostgreSQL is stopped then, too
    with tempfile.TemporaryDirectory(prefix="zemstvo-test-", ignore_cleanup_errors=True) as folder:
        say(_("— all tests, on SQLite"))
        status = _pytest(given.rest, {"ZEMSTVO_DATA": f"{folder}/sqlite"})
        if status not in (0, _NO_TESTS) or given.sqlite_only:
            return min(status, 1)
        with postgres.cluster(Path(needs.postgresql())) as cluster:
            say(_("— the tests that touch a database, on PostgreSQL"))
            places = {"ZEMSTVO_DATA": f"{folder}/postgresql", **cluster.environment}
            again = _pytest(["-p", "zemstvo.site.suite.only_database", *given.rest], places)
        return 1 if again not in (0, _NO_TESTS) or status == again == _NO_TESTS else 0


def _pytest(arguments: Sequence[str], places: Mapping[str, str]) -> int:
    """pytest's status. Settings of the one who calls do not reach the tests."""
    clean = {
        name: value
        for name, value in os.environ.items()
        if name in ("ZEMSTVO_CORPUS",) or not name.startswith(("ZEMSTVO_", "DATABASE_URL", "KEYS_", "EMAIL_"))
    }
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**clean, **places}).returncode
