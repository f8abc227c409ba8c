"""A real site for tests: `zemstvo up` in a process of its own, on the engine that this run tests."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from django.conf import settings

ZEMSTVO = [sys.executable, "-m", "zemstvo.site.cli"]
IS_EMBEDDED = settings.ENVIRONMENT.is_embedded
PATIENCE = 90


def run(*words, data, **environment):
    """A command to its end: status, standard output, standard error."""
    return subprocess.run(
        [*ZEMSTVO, *words, "--data", str(data), "--language", "en"],
        env={**clean_environment(), **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


def clean_environment():
    """Without the settings of this test run; the rest (PATH, certificates) stays."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ZEMSTVO_", "DATABASE_URL", "KEYS_", "EMAIL_", "DJANGO_"))
    }


@contextmanager
def fresh_databases():
    """The variables that name two empty databases: none on SQLite, two new ones on PostgreSQL."""
    if IS_EMBEDDED:
        yield {}
        return
    known = settings.ENVIRONMENT.database
    names = [f"up_{kind}_{uuid4().hex[:10]}" for kind in ("main", "keys")]
    server = f"postgresql://{known.user}:{known.password}@{known.host}:{known.port or 5432}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": f"{server}/{names[0]}", "KEYS_DATABASE_URL": f"{server}/{names[1]}"}
        finally:
            for name in names:
                connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


class Site:
    """A site that was started; `up` returns when it answers."""

    def __init__(self, data: Path, *words: str, **environment: str) -> None:
        self.data = data
        self.said = data.parent / f"{data.name}.out"
        self.logged = data.parent / f"{data.name}.err"
        command = [*ZEMSTVO, "up", "--port", "0", "--data", str(data), "--language", "en", *words]
        began = time.monotonic()
        with self.said.open("w") as out, self.logged.open("w") as err:
            self.process = subprocess.Popen(
                command, stdout=out, stderr=err, env={**clean_environment(), **environment}
            )
        self.address = self._wait()
        self.seconds = time.monotonic() - began

    def _wait(self) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := re.search(r"^ready (http\S+)$", self.said.read_text(), re.M):
                return found[1]
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"the site did not start: {self.logged.read_text()[-3000:]}")

    def ask(self, path, *, body=None, **headers):
        """Status, headers and text of an answer; 0 where nobody answers."""
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        payload = None if body is None else json.dumps(body).encode()
        if payload is not None:
            headers |= {"Content-Type": "application/json"}
        request = urllib.request.Request(self.address + path, payload, {"Accept-Language": "en", **headers})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()
        except OSError:
            return 0, {}, ""

    def ask_until(self, path, status, seconds=60):
        """Ask again and again until this status comes; returns the answer."""
        end = time.monotonic() + seconds
        while (answer := self.ask(path))[0] != status and time.monotonic() < end:
            time.sleep(0.2)
        return answer

    @property
    def is_alive(self):
        """Whether its main process runs."""
        return self.process.poll() is None

    @property
    def children(self):
        """The processes that it started."""
        found = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True)
        return [int(line) for line in found.stdout.split()]

    def stop(self, sign=signal.SIGTERM):
        """Send a signal; status and how long it took to end."""
        began = time.monotonic()
        self.process.send_signal(sign)
        status = self.process.wait(timeout=PATIENCE)
        return status, time.monotonic() - began
