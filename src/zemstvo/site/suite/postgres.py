"""A PostgreSQL of the tests' own: made in a temporary folder, on a free port, thrown away at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _

_SETTINGS = {"listen_addresses": "127.0.0.1", "max_connections": "200", "log_min_messages": "fatal"}
_CARELESS = {"fsync": "off", "full_page_writes": "off"}
"""For tests, whose data are thrown away: a power cut may take them. A bench measures with the defaults."""


class WouldNotStart(CannotBegin):
    """PostgreSQL could not be made or started; the text has its own words."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `control` is pg_ctl with what it needs to know."""

    port: int
    control: tuple[object, ...]
    start: tuple[object, ...]

    def stop(self) -> None:
        """Stop it at once, as a machine that lost its power."""
        _run(_owner(), *self.control, "-m", "immediate", "stop")

    def resume(self) -> None:
        """Start it again, on the same port."""
        _run(_owner(), *self.control, *self.start)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that make the site use it."""
        address = f"postgresql://zemstvo@127.0.0.1:{self.port}"
        return {"DATABASE_URL": f"{address}/zemstvo", "KEYS_DATABASE_URL": f"{address}/keys"}


@contextmanager
def cluster(programs: Path, *, is_durable: bool = False) -> Iterator[Cluster]:
    """A running cluster with the databases `zemstvo` and `keys`. Raises WouldNotStart."""
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="zemstvo-postgresql-"))
    try:
        if owner:
            os.chown(folder, pwd.getpwnam(owner).pw_uid, pwd.getpwnam(owner).pw_gid)
        port = _free_port()
        text = ("-E", "UTF8", "--locale=C.UTF-8")
        _run(owner, programs / "initdb", "-D", folder / "data", "-U", "zemstvo", "-A", "trust", "-N", *text)
        chosen = _SETTINGS if is_durable else _SETTINGS | _CARELESS
        options = " ".join(f"-c {name}={value}" for name, value in chosen.items())
        options += f" -c port={port} -c unix_socket_directories={folder}"
        control = (programs / "pg_ctl", "-D", folder / "data", "-w", "-s")
        made = Cluster(port, control, ("-l", folder / "log", "-o", options, "start"))
        made.resume()
        try:
            for name in ("zemstvo", "keys"):
                _run(owner, programs / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "zemstvo", name)
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> str:
    """PostgreSQL refuses to run as root: then as `postgres`, or as `nobody`."""
    if os.geteuid() != 0:
        return ""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(owner: str, *command: object) -> None:
    words = [str(word) for word in command]
    as_owner = {"user": owner, "group": pwd.getpwnam(owner).pw_gid, "extra_groups": []} if owner else {}
    ended = subprocess.run(words, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, text=True, **as_owner)  # type: ignore[call-overload]  # fmt: skip
    if ended.returncode != 0:
        said = _("PostgreSQL would not start for the tests (%(command)s): %(why)s")
        raise WouldNotStart(said % {"command": Path(words[0]).name, "why": ended.stderr.strip()[-800:]})
