"""Running the queued tasks of django-tasks under leases, so that a kill loses none.

django-tasks-db marks a task RUNNING and forgets it when its worker dies. Here a running task holds a lease
that its worker renews; when the lease has run out, another worker takes the task up. So a task runs at least
once, and what it does outside must carry a stable id (`reacting.message_id`) by which a repeat is known.

A task that fails is tried again, after a rest that doubles, up to ATTEMPTS times; then it stands FAILED.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from threading import Event, Thread
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django_tasks.base import TaskContext, TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from zemstvo.ground.journal.failures import class_path, stack, where
from zemstvo.ground.journal.loops import run_until
from zemstvo.ground.journal.models import Lease

LEASE = timedelta(seconds=60)
"""How long a task is safe from other workers after its own was last heard of."""

ATTEMPTS = 10
SHORTEST_REST, LONGEST_REST = timedelta(seconds=10), timedelta(hours=6)
PAUSE = 0.5

WORKER = f"{socket.gethostname()[:32]}-{os.getpid()}-{token_hex(4)}"
"""The name of this process among the workers."""

Task = DBTaskResult[Any, Any]

log = logging.getLogger(__name__)


def run_next(worker: str = WORKER) -> int:
    """Run the next task that is due or was left by its worker; returns 1, or 0 where there is none."""
    task = _take(worker)
    if task is None:
        return 0
    with _kept_lease(task, worker):
        try:
            value = _call(task)
        except Exception as error:
            log.error("task %s (%s) failed: %s", task.task_path, task.id, stack(error))
            _finish(task, worker, failure=error)
        else:
            _finish(task, worker, value=value)
    return 1


def run_all() -> int:
    """Run tasks until none is due; returns how many ran."""
    total = 0
    while run_next():
        total += 1
    return total


def run_forever(stop: Event, *, pause: float = PAUSE) -> None:
    """Run tasks until `stop` is set; the task that runs is brought to its end first."""
    run_until(stop, run_next, name="tasks", pause=pause)


def release_leases() -> int:
    """End all leases; returns how many. For a site that is about to start: nobody works there."""
    return Lease.objects.update(until=datetime.now(UTC))


def _take(worker: str) -> Task | None:
    """Claim a task and its lease in one transaction: a ready one, or one whose lease has run out."""
    now = datetime.now(UTC)
    left = DBTaskResult.objects.running().filter(
        id__in=list(Lease.objects.filter(until__lt=now).values_list("task", flat=True))
    )
    for waiting in (DBTaskResult.objects.ready(), left):
        if not waiting.exists():
            continue  # so that an idle worker never asks for the write lock of SQLite
        with transaction.atomic():
            task: Task | None = waiting.select_for_update(skip_locked=True).first()
            if task is not None and _claim(task, worker, now):
                return task
    return None


def _claim(task: Task, worker: str, now: datetime) -> bool:
    lease, is_new = Lease.objects.get_or_create(
        task=task.id, defaults={"worker": worker, "until": now + LEASE}
    )
    if not is_new and lease.until >= now:
        return False  # another worker was quicker to take it up
    if len(task.worker_ids) >= ATTEMPTS:
        # It has killed every worker that took it up: nobody lived to write down a failure.
        _store(task, TaskResultStatus.FAILED, error="every worker died while it ran")
        lease.delete()
        return False
    task.claim(worker)
    lease.worker, lease.until = worker, now + LEASE
    lease.save()
    return True


def _call(task: Task) -> Any:
    called = task.task
    result: Any = task.task_result
    context = [TaskContext(task_result=result)] if called.takes_context else []
    return normalize_json(called.call(*context, *result.args, **result.kwargs))


def _finish(task: Task, worker: str, *, value: Any = None, failure: Exception | None = None) -> None:
    """Write the result down, unless the lease ran out and another worker has taken the task up."""
    with transaction.atomic():
        if not Lease.objects.filter(task=task.id, worker=worker).delete()[0]:
            log.warning("task %s (%s) was taken up by another worker", task.task_path, task.id)
        elif failure is None:
            _store(task, TaskResultStatus.SUCCESSFUL, value=value)
        elif len(task.worker_ids) >= ATTEMPTS:
            _store(task, TaskResultStatus.FAILED, failure=failure)
        else:
            rest = min(SHORTEST_REST * 2 ** (len(task.worker_ids) - 1), LONGEST_REST)
            task.run_after = datetime.now(UTC) + rest
            _store(task, TaskResultStatus.READY, failure=failure)


def _store(
    task: Task,
    status: TaskResultStatus,
    *,
    value: Any = None,
    failure: Exception | None = None,
    error: str = "",
) -> None:
    task.status = status
    task.finished_at = None if status == TaskResultStatus.READY else datetime.now(UTC)
    task.return_value = value
    task.exception_class_path = class_path(failure) if failure else ""
    task.traceback = stack(failure) if failure else error
    task.save()


@contextmanager
def _kept_lease(task: Task, worker: str) -> Iterator[None]:
    """Renew the lease from a thread of its own for as long as the task runs."""
    done = Event()
    thread = Thread(target=_renew, args=(task.id, worker, done), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _renew(task: UUID, worker: str, done: Event) -> None:
    try:
        while not done.wait(LEASE.total_seconds() / 3):
            until = datetime.now(UTC) + LEASE
            Lease.objects.filter(task=task, worker=worker).update(until=until)
    except Exception as error:
        log.error("the lease of task %s could not be renewed: %s", task, where(error))
    finally:
        connection.close()
