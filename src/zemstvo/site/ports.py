"""The port to listen on, found out before anything else is done."""

from __future__ import annotations

import socket

from zemstvo.site.faults import CannotBegin
from zemstvo.site.words import _


class PortFault(CannotBegin):
    """The address cannot be listened on; the text says which, why, and what to do."""


def free_port(host: str, port: int) -> int:
    """The port to listen on: the given one if it is free, or one that is if 0 was given. Raises PortFault.

    granian shares ports between processes (SO_REUSEPORT), so it would not notice a second site on the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            place = {"host": host, "port": port, "why": getattr(error, "strerror", None) or str(error)}
            said = _("%(host)s:%(port)s cannot be listened on (%(why)s); --port 0 picks a free port")
            raise PortFault(said % place) from error
        return int(probe.getsockname()[1])
