"""Figures about this process that `/metrics` shows: answers by route and status, and how long they took."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from threading import Lock

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds of the histogram in seconds; Prometheus wants them cumulative, we keep them apart."""

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
"""The methods that are counted apart; what somebody makes up is counted together."""

_mutex = Lock()
_answers: dict[tuple[str, str, int], int] = defaultdict(int)
_seconds: dict[str, list[float]] = defaultdict(lambda: [0.0] * (len(BOUNDS) + 2))


def count(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answer."""
    method = method if method in METHODS else "other"
    route = route.replace("\\", "\\\\").replace('"', '\\"')
    with _mutex:
        _answers[method, route, status] += 1
        row = _seconds[route]
        row[bisect_left(BOUNDS, seconds)] += 1
        row[-1] += seconds


def lines() -> list[str]:
    """The figures as Prometheus text."""
    with _mutex:
        answers = sorted(_answers.items())
        seconds = sorted((route, list(row)) for route, row in _seconds.items())
    found = ["# TYPE zemstvo_answers_total counter"]
    for (method, route, status), number in answers:
        found.append(f'zemstvo_answers_total{{method="{method}",route="{route}",status="{status}"}} {number}')
    found.append("# TYPE zemstvo_answer_seconds histogram")
    for route, row in seconds:
        found += _histogram(route, row)
    return found


def _histogram(route: str, row: list[float]) -> list[str]:
    lines_, total = [], 0.0
    for bound, number in zip((*map(str, BOUNDS), "+Inf"), row[:-1], strict=True):
        total += number
        lines_.append(f'zemstvo_answer_seconds_bucket{{route="{route}",le="{bound}"}} {total:.0f}')
    lines_.append(f'zemstvo_answer_seconds_sum{{route="{route}"}} {row[-1]:.6f}')
    lines_.append(f'zemstvo_answer_seconds_count{{route="{route}"}} {total:.0f}')
    return lines_
