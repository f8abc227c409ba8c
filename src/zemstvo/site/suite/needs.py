"""Programs that the tests need besides Python packages: found, installed through apt, or named."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _, gettext_noop

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Missing(CannotBegin):
    """Something that the tests need is not there and cannot be installed from here."""


@dataclass(frozen=True, slots=True)
class Need:
    """A program, where it was found ("" if it was not), its Debian package, and what it is for."""

    package: str
    find: Callable[[], str]
    purpose: str


def chromium() -> str:
    """The browser."""
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), "")


def postgresql() -> str:
    """The folder of PostgreSQL's programs: the newest under /usr/lib/postgresql, or the one on the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _version(path.parent.name))
    with_server = [folder for folder in folders if (folder / "initdb").exists()]
    if with_server:
        return str(with_server[-1])
    on_path = shutil.which("initdb")
    return str(Path(on_path).resolve().parent) if on_path else ""


def _version(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split(".") if part.isdigit())


NEEDS = (
    Need("chromium", chromium, gettext_noop("the pages in a browser")),
    Need("postgresql", postgresql, gettext_noop("every test of a database, a second time")),
    Need("gettext", lambda: shutil.which("msgfmt") or "", gettext_noop("the completeness of translations")),
)


def meet(needs: tuple[Need, ...], say: Callable[[str], None]) -> None:
    """Install what is missing if that can be done from here. Raises Missing, which names what is."""
    missing = [need for need in needs if not need.find()]
    if missing and os.geteuid() == 0 and is_debian() and shutil.which("apt-get"):
        _install([need.package for need in missing], say)
        missing = [need for need in needs if not need.find()]
    if missing:
        listed = "\n".join(f"  {need.package}: {_(need.purpose)}" for need in missing)
        packages = " ".join(need.package for need in missing)
        said = _(
            "the tests need programs that are not here:\n%(listed)s\nOn Debian: apt install %(packages)s"
        )
        raise Missing(said % {"listed": listed, "packages": packages})


def is_debian() -> bool:
    """Whether this is Debian, Ubuntu or a descendant of theirs."""
    try:
        told = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False
    names = [
        line.partition("=")[2].strip('"')
        for line in told.splitlines()
        if line.startswith(("ID=", "ID_LIKE="))
    ]
    return any(word in {"debian", "ubuntu"} for name in names for word in name.split())


def _install(packages: list[str], say: Callable[[str], None]) -> None:
    say(_("installing through apt: %(packages)s") % {"packages": " ".join(packages)})
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL).returncode != 0:
            say(_("«%(command)s» failed") % {"command": " ".join(command)})
            return
