"""A load generator of one process: keep-alive connections over epoll, each request counted and timed.

It is lean so that it leaves the machine to what is measured, and it says what it took for itself.
"""

from __future__ import annotations

import resource
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What came back: latencies in seconds, statuses, the bodies kept, the generator's own CPU seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    bodies: list[bytes] = field(default_factory=list)
    dropped: int = 0
    own_cpu: float = 0.0

    @property
    def answers_per_second(self) -> float:
        """Answers of the 2xx class per second of wall time."""
        good = sum(count for status, count in self.statuses.items() if 200 <= status < 300)
        return good / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """The latency, in milliseconds, that the given share of the answers did not exceed."""
        if not self.latencies:
            return 0.0
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(slots=True)
class _Wire:
    sock: socket.socket
    sent_at: float = 0.0
    buffer: bytearray = field(default_factory=bytearray)


def drive(
    port: int,
    requests: Iterator[bytes],
    *,
    connections: int = 32,
    seconds: float = 10.0,
    keep_bodies: bool = False,
    still: Callable[[], bool] = lambda: True,
) -> Tally:
    """Send requests as fast as the server answers, one at a time on each connection.

    `requests` yields whole HTTP/1.1 requests. A connection that the server closes is opened again
    (a killed server is tried until it is back); what was under way on it counts as dropped.
    """
    tally = Tally()
    selector = selectors.DefaultSelector()
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    closing = started + seconds
    idle: list[float] = [started] * connections

    def begin(wire: _Wire) -> None:
        wire.buffer.clear()
        wire.sent_at = time.perf_counter()
        wire.sock.sendall(next(requests))

    def connect() -> None:
        try:
            sock = socket.create_connection(("127.0.0.1", port), timeout=2)
        except OSError:
            idle.append(time.perf_counter() + 0.05)
            return
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wire = _Wire(sock)
        try:
            begin(wire)
        except OSError:
            idle.append(time.perf_counter() + 0.05)
            return
        selector.register(sock, selectors.EVENT_READ, wire)

    def drop(wire: _Wire) -> None:
        selector.unregister(wire.sock)
        wire.sock.close()
        tally.dropped += 1
        idle.append(time.perf_counter() + 0.05)

    while (now := time.perf_counter()) < closing and still():
        while idle and idle[0] <= now:
            idle.pop(0)
            connect()
        for key, _ in selector.select(timeout=0.05):
            wire = key.data
            try:
                piece = wire.sock.recv(65536)
                if not piece:
                    drop(wire)
                    continue
                wire.buffer += piece
                if (answer := _whole(wire.buffer)) is None:
                    continue
                status, body = answer
                tally.latencies.append(time.perf_counter() - wire.sent_at)
                tally.statuses[status] = tally.statuses.get(status, 0) + 1
                if keep_bodies:
                    tally.bodies.append(body)
                begin(wire)
            except OSError:
                drop(wire)
    tally.seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    tally.own_cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    for key in list(selector.get_map().values()):
        key.data.sock.close()
    selector.close()
    return tally


def _whole(buffer: bytearray) -> tuple[int, bytes] | None:
    """The status and body of a whole answer in the buffer, or None while it is still coming."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[:end]).lower()
    at = head.find(b"content-length:")
    line_end = head.find(b"\r\n", at)
    if at < 0:
        raise ValueError("an answer without Content-Length cannot be counted")
    length = int(head[at + 15 : line_end if line_end >= 0 else None])
    if len(buffer) < end + 4 + length:
        return None
    return int(head[9:12]), bytes(buffer[end + 4 : end + 4 + length])
