"""The web server: granian in front of Django, in several processes, and beside them a worker.

Each web process begins in `zemstvo.site.web`.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Callable
from threading import Event, Thread

from django.conf import settings
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

_STOP_SECONDS = 8


def serve(host: str, port: int, *, workers: int, threads: int, ready: Callable[[], None]) -> None:
    """Answer on this address until SIGINT or SIGTERM; `ready` is called once, when the first answer came.

    Raises SystemExit with a status other than 0 when the workers end again and again by themselves.
    """
    connections.close_all()  # a forked process may not share them
    server = Granian(
        "zemstvo.site.web:start",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        backlog=1024,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_STOP_SECONDS,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    )
    worker = WorkerProcess()

    def begin() -> None:
        worker.start()  # after the first answer: it takes a second of what starting takes
        ready()

    server.on_startup(Thread(target=_call_when_ready, args=(host, port, begin), daemon=True).start)
    server.on_shutdown(worker.stop)
    server.serve()


def _call_when_ready(host: str, port: int, ready: Callable[[], None]) -> None:
    """Ask until somebody answers; a host that stands for all addresses is asked on this computer."""
    asked = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not listened on
    while True:  # from a daemon thread, which ends with the process
        time.sleep(0.1)
        connection = http.client.HTTPConnection(asked, port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            if connection.getresponse().status == http.client.OK:
                ready()
                return
        except OSError:
            continue
        finally:
            connection.close()


class WorkerProcess:
    """The background work in a process of its own, started again if it ends by itself."""

    def __init__(self) -> None:
        self._stop = Event()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and a thread that starts it again."""
        Thread(target=self._keep, name="keep worker", daemon=True).start()

    def stop(self) -> None:
        """Ask it to stop, and wait for it."""
        self._stop.set()
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _keep(self) -> None:
        while not self._stop.is_set():
            command = [sys.executable, "-m", "zemstvo.site.cli", "work", "--with", str(os.getpid())]
            self._process = subprocess.Popen(command)  # noqa: S603 - our own module
            self._process.wait()
            self._stop.wait(1.0)
