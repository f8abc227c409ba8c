"""Deeds that are done in a process of their own, which may be killed in the middle of them.

    python -m zemstvo.ground.journal.tests.deeds '{"default": NAME, "keys": NAME}'

reads one deed a line (JSON: name, arguments, data folder), does it in a forked child, and answers with what
it returned, or with the signal that killed it. The house is set up once; forking it takes milliseconds.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import django
from django.conf import settings
from django.db import connection, connections, transaction


def names_of_databases() -> dict[str, str]:
    return {alias: str(connections[alias].settings_dict["NAME"]) for alias in connections}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zemstvo.site.settings")
    for alias, name in json.loads(sys.argv[1]).items():
        settings.DATABASES[alias]["NAME"] = name
    django.setup()

from zemstvo.ground.journal import leasing, reacting, sealing, worker  # noqa: E402
from zemstvo.ground.journal.acts import Act, command  # noqa: E402
from zemstvo.ground.journal.models import Lease, Reader  # noqa: E402
from zemstvo.ground.journal.tests.facts_of_zarechny import FenceMended, mended, vera  # noqa: E402
from zemstvo.ground.journal.tests.tasks_of_zarechny import note_down  # noqa: E402

FENCES = ("F-1", "F-2", "F-3")


@command
def mend_in_turn(act: Act, fence: str) -> Any:
    """Mend a fence under its lock; `planks` counts the fence's mendings, whoever did them."""
    row = Reader.objects.select_for_update().get(name=f"fence {fence}")
    row.next_leaf += 1
    row.save()
    return act.record(mended(fence, planks=row.next_leaf))


def hear(act: Act, fact: Mapping[str, Any]) -> None:
    """An effect in the database that shows whether it happened once."""
    Reader.objects.create(name=f"heard {fact['id']} {uuid4()}", next_leaf=10**9)
    note_down.enqueue(f"{fact['id']} {uuid4()}")


class Death:
    """Comes before the statement or around the commit that it was told to wait for; counts them else."""

    def __init__(self, at: int) -> None:
        self.at, self.steps = at, 0
        self._commit = connection._commit
        connection._commit = self._die_around_commit
        connection.execute_wrappers.append(self._die_before_statement)

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def _die_around_commit(self) -> None:
        self.step()
        self._commit()
        self.step()

    def _die_before_statement(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.step()
        return execute(*args)


def mend(at: int = 0, fence: str = "F-1") -> int:
    """Mend one fence, and die at a step of it."""
    connection.ensure_connection()
    death = Death(at)
    mend_in_turn(vera(), fence)
    return death.steps


def mend_and_die(acknowledged: str) -> None:
    """Mend, tell that it is done, and die before anybody sealed it."""
    with Path(acknowledged).open("a") as file:
        file.write(mend_in_turn(vera(), "F-1").fact + "\n")
        file.flush()
    os.kill(os.getpid(), signal.SIGKILL)


def seal(at: int = 0) -> int:
    """Seal, and die at a step of it."""
    connection.ensure_connection()
    death = Death(at)
    sealing.seal_all()
    return death.steps


def react(at: int = 0) -> int:
    """React, and die at a step of it."""
    reacting.reaction("town.gossip", FenceMended)(hear)
    connection.ensure_connection()
    death = Death(at)
    reacting.react_all()
    return death.steps


def run_tasks(at: int = 0) -> int:
    """Run queued tasks, and die at a step of it; what dead workers left is taken up at once."""
    Lease.objects.all().update(until="2000-01-01T00:00:00Z")
    death = Death(at)
    leasing.run_all()
    return death.steps


def write_until_killed(acknowledged: str, seed: int) -> None:
    """Writers, sealer and reactions at work until the kill comes: threads on SQLite, processes otherwise."""
    reacting.reaction("town.gossip", FenceMended)(hear)
    works = [lambda n=n: _write(acknowledged, seed + n, None) for n in range(3)]
    works += [lambda loop=loop: loop(Event()) for loop in worker.LOOPS.values()]
    if connection.vendor == "postgresql":
        for work in works:
            if not os.fork():
                work()
        time.sleep(60)
    for work in works:
        Thread(target=work, daemon=True).start()
    time.sleep(60)


def _write(acknowledged: str, seed: int, count: int | None) -> None:
    """Mend fences in turn; a commit comes at its own time, so that seqs become visible out of order."""
    chance = random.Random(seed)
    with Path(acknowledged).open("a") as file:
        done = 0
        while count is None or done < count:
            with transaction.atomic():
                stamp = mend_in_turn(vera(), chance.choice(FENCES))
                if connection.vendor == "postgresql":
                    time.sleep(chance.random() / 100)
            file.write(f"{stamp.fact}\n")
            file.flush()
            done += 1


def crowd(acknowledged: str, writers: int, each: int) -> None:
    """Many writer processes at once, and a sealer that never waits beside them."""
    children = [_forked(lambda n=n: _write(acknowledged, n, each)) for n in range(writers)]
    sealer = _forked(lambda: sealing.run_forever(Event(), pause=0.0))
    failed = [child for child in children if os.waitpid(child, 0)[1]]
    os.kill(sealer, signal.SIGKILL)
    os.waitpid(sealer, 0)
    if failed:
        raise RuntimeError(f"{len(failed)} of {writers} writers failed")


def _forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


def _wait_for_lines(acknowledged: Path, count: int) -> None:
    """Until so many facts are acknowledged; a writer that stands still is killed all the same."""
    end = time.monotonic() + 60
    while acknowledged.read_text().count("\n") < count and time.monotonic() < end:
        time.sleep(0.01)


def _answer(line: str) -> dict[str, Any]:
    """Do one deed in a child, in a process group of its own, which can be killed as a whole."""
    told = json.loads(line)
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        settings.DATA, settings.SECRETS = Path(told["data"]), Path(told["data"]) / "secrets"
        try:
            answer = {"done": globals()[told["deed"]](**told["args"])}
        except BaseException as error:
            answer = {"error": repr(error)}
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)
    os.close(writing)
    if told.get("kill_at_line"):
        _wait_for_lines(Path(told["args"]["acknowledged"]), told["kill_at_line"])
        os.killpg(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    with os.fdopen(reading) as file:
        answer = file.read()
    return json.loads(answer) if answer else {"signal": os.WTERMSIG(status)}


if __name__ == "__main__":
    for request in sys.stdin:
        print(json.dumps(_answer(request)), flush=True)
