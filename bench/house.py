"""A house under measurement: `zemstvo up` in a folder of its own, with a token, and put away afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from zemstvo.site.suite import needs, postgres

CLI = [sys.executable, "-m", "zemstvo.site.cli"]
READY_SECONDS = 120


@dataclass(slots=True)
class House:
    """A running site: where it answers, its data, its environment, and the token of a machine."""

    data: Path
    environment: dict[str, str]
    port: int = 0
    token: str = ""
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start it and wait until it answers. Raises RuntimeError with the end of its log."""
        log = (self.data / "bench.log").open("a+")
        self.process = subprocess.Popen(
            [*CLI, "up", "--port", str(self.port), "--data", str(self.data)],
            stdout=log,
            stderr=subprocess.STDOUT,
            env=self.environment,
            text=True,
            start_new_session=True,
        )
        began = log.tell()
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            text = (self.data / "bench.log").read_text()[began:]
            if found := re.search(r"^ready http://[^:]+:(\d+)", text, re.MULTILINE):
                self.port = int(found[1])
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError("the site did not start: " + (self.data / "bench.log").read_text()[-2000:])

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, or with SIGKILL kill it and everything it started, at once."""
        if self.process is None:
            return
        if how is signal.SIGKILL:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.send_signal(how)
        self.process.wait(30)
        self.process = None

    @contextmanager
    def resting(self) -> Iterator[None]:
        """While this lasts nothing of the site runs: what is measured then has the machine for itself."""
        if self.process is None:
            yield
            return
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command line of this house."""
        return subprocess.run(
            [*CLI, *words, "--data", str(self.data)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """The answer of the main database to a question."""
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url) as connection:
                return list(connection.execute(statement).fetchall())
        with sqlite3.connect(self.data / "zemstvo.sqlite3", timeout=30) as plain:
            return list(plain.execute(statement).fetchall())


@contextmanager
def house(database: str) -> Iterator[House]:
    """A house on `sqlite` or `postgresql` (a cluster of its own, with PostgreSQL's defaults)."""
    folder = Path(tempfile.mkdtemp(prefix="zemstvo-bench-"))
    environment = {name: value for name, value in os.environ.items() if not name.endswith("DATABASE_URL")}
    environment |= {"ZEMSTVO_LOG_LEVEL": "warning"}
    try:
        if database == "sqlite":
            with _standing(House(folder, environment)) as made:
                yield made
            return
        programs = needs.postgresql()
        if not programs:
            raise RuntimeError("PostgreSQL is not installed here")
        with (
            postgres.cluster(Path(programs), is_durable=True) as server,
            _standing(House(folder, environment | server.environment)) as made,
        ):
            yield made
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _standing(made: House) -> Iterator[House]:
    try:
        made.start()
        told = made.run("token", "create", "--name", "bench", "--scope", "applications:write")
        found = re.search(r"zemstvo_[\w-]+", told.stdout)
        if found is None:
            raise RuntimeError(f"no token was made: {told.stdout}{told.stderr}")
        made.token = found[0]
        yield made
    finally:
        made.stop()


def example(made: House, service: str) -> dict[str, object]:
    """The ready request body of a service, as `packages example` prints it."""
    body: dict[str, object] = json.loads(made.run("packages", "example", service).stdout)
    return body
