"""Whether the site lives and is ready, and its figures: /healthz, /readyz, /metrics.

`healthz` says that the process answers. `readyz` looks at everything an application needs to be accepted and
to go on: both databases, their schema, the triggers of the journal, the sealer, the worker, the disk.
`metrics` shows figures of this process and of the house, none about a person.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from zemstvo.ground.journal.models import Fact, Unsealed
from zemstvo.ground.journal.triggers import missing_triggers
from zemstvo.site import measures
from zemstvo.site.sqlite.gate import gate_of, gates

SEALER_SECONDS = 60
"""How old a fact without a seal may be: promises name a minute."""
TASK_SECONDS = 300
"""How long a task that is due may wait."""
FREE_BYTES = 200 * 1024 * 1024
"""How much room the disk must have left."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is well, and the figure or the place."""

    name: str
    is_well: bool
    found: str = ""


def findings() -> list[Finding]:
    """All checks, in the order in which one depends on the other. About ten small queries."""
    return [_look(name, check) for name, check in _CHECKS.items()]


def _look(name: str, check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        return Finding(name, False, type(error).__name__)


def _databases() -> Finding:
    for connection in connections.all():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    return Finding("databases", True)


def _schema() -> Finding:
    waiting = [name for alias in connections for name in unapplied(alias)]
    return Finding("schema", not waiting, ", ".join(waiting[:5]))


def unapplied(alias: str) -> list[str]:
    """The migrations that this database still lacks, as `app.name`."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def _triggers() -> Finding:
    missing = missing_triggers()
    return Finding("triggers", not missing, ", ".join(missing))


def _sealer() -> Finding:
    seconds = sealer_lag()
    return Finding("sealer", seconds <= SEALER_SECONDS, f"{seconds:.1f} s")


def sealer_lag() -> float:
    """Seconds since the oldest fact that has no seal yet was written down; 0 when all are sealed."""
    oldest = Unsealed.objects.order_by("seq").values_list("seq", flat=True).first()
    body = Fact.objects.filter(seq=oldest).values_list("body", flat=True).first() if oldest else None
    if body is None:
        return 0.0
    recorded = datetime.fromisoformat(json.loads(body)["recorded_at"])
    return max(0.0, (datetime.now(UTC) - recorded).total_seconds())


def _worker() -> Finding:
    seconds = worker_lag()
    return Finding("worker", seconds <= TASK_SECONDS, f"{seconds:.1f} s")


def worker_lag() -> float:
    """Seconds since the oldest task that is due could have begun; 0 when none waits."""
    oldest = (
        DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at", "run_after").first()
    )
    if oldest is None:
        return 0.0
    now = datetime.now(UTC)
    enqueued_at, run_after = oldest  # a task that may run at once carries a day far in the future there
    return max(
        0.0, (now - (max(enqueued_at, run_after) if run_after <= now else enqueued_at)).total_seconds()
    )


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    return Finding("disk", free >= FREE_BYTES, f"{free // (1024 * 1024)} MB")


_CHECKS = {
    "databases": _databases,
    "schema": _schema,
    "triggers": _triggers,
    "sealer": _sealer,
    "worker": _worker,
    "disk": _disk,
}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it says nothing about the rest."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 if all is well, else 503, with what was found."""
    found = findings()
    is_ready = all(one.is_well for one in found)
    body = {"status": "ready" if is_ready else "not ready", "checks": [asdict(one) for one in found]}
    return JsonResponse(body, status=200 if is_ready else 503)


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in the text format of Prometheus."""
    lines = [*measures.lines(), *_commits()]
    for name, kind, number in _figures():
        lines += [f"# TYPE {name} {kind}", f"{name} {number:g}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def _commits() -> list[str]:
    """What was made durable on embedded databases, by all processes; a server counts its own."""
    embedded = [connection for connection in connections.all() if connection.vendor == "sqlite"]
    counted = [(one.alias, gate_of(str(one.settings_dict["NAME"])).commits) for one in embedded]
    found = [f'zemstvo_commits_total{{database="{alias}"}} {number}' for alias, number in counted]
    return ["# TYPE zemstvo_commits_total counter", *found] if found else []


def _figures() -> list[tuple[str, str, float]]:
    writers = sum(gate.waiting for gate in gates().values())
    figures: list[tuple[str, str, float]] = [("zemstvo_writers_waiting", "gauge", writers)]
    try:
        figures += [
            (
                "zemstvo_facts_total",
                "counter",
                Fact.objects.order_by("-seq").values_list("seq", flat=True).first() or 0,
            ),
            ("zemstvo_facts_unsealed", "gauge", Unsealed.objects.count()),
            ("zemstvo_sealer_lag_seconds", "gauge", sealer_lag()),
            ("zemstvo_worker_lag_seconds", "gauge", worker_lag()),
        ]
    except DatabaseError:
        figures.append(("zemstvo_database_away", "gauge", 1))
    return figures
