"""The house acts: commands that an operator gives on the command line are acts of the installation itself."""

from __future__ import annotations

from pathlib import Path

from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.site import databases
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.words import _


def act() -> Act:
    """An act of the installation, now. Raises DatabaseFault where the database is not ready for one."""
    databases.require_current()
    return house_act()


def readable(name: str) -> Path:
    """A file that the operator named. Raises Misuse where it is not there or cannot be read."""
    path = Path(name).expanduser()
    try:
        with path.open("rb"):
            return path
    except OSError as error:
        said = _("%(file)s cannot be read: %(why)s") % {"file": path, "why": error.strerror}
        raise Misuse(said) from error
