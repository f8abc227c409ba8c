"""How fast an application becomes safe: the whole intake beside a bare INSERT, on each database.

`zemstvo bench intake --json` runs, turn by turn in one run, (a) the whole accepted application over HTTP at
32 connections, while sealer, worker and two desk readers are at work, and (b) `bare.py`: the same granian
settings, no middleware, one durable INSERT of the same bytes. The figure is the ratio of their medians.

`zemstvo bench intake --faults` kills the whole site with SIGKILL in the middle of the load, ten times, and
looks whether every acknowledged number is there, none twice, and the journal verifies. It does not test the
promises of the disk: what the operating system had in its cache survives a killed process, not a power cut.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg

from bench import load, readers
from bench.house import House, example, house
from zemstvo.site import environment

CONNECTIONS = 32
SERVICE = "housing-subsidy"
TERRITORY = "56734000"
PERSONS = 500
"""Applicants take turns, so that most are known to the house, as in a campaign that lasts."""

KILLS = 10
GRANIAN = ["--interface", "wsgi", "--no-ws", "--backlog", "1024", "--log-level", "error"]


def main(words: list[str]) -> int:
    """Run the bench; prints a table, or JSON. 1 where a fault lost or doubled something."""
    parser = argparse.ArgumentParser(prog="zemstvo bench intake")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--databases", default="sqlite,postgresql")
    given = parser.parse_args(words)
    measure = _survive if given.faults else _measure
    found = {name: measure(name, given) for name in given.databases.split(",")}
    print(json.dumps(found, indent=2) if given.json else _table(found))
    return 1 if any(one.get("faults") for one in found.values()) else 0


def _measure(database: str, given: argparse.Namespace) -> dict[str, Any]:
    with house(database) as made:
        ours, bares, commits, answered = [], [], 0, 0
        requests = _requests(made)
        with _readers(made):
            load.drive(made.port, requests, connections=CONNECTIONS, seconds=3)
        for _ in range(given.rounds):
            with made.resting():
                bares.append(_bare(made, requests, given.seconds))
            with _readers(made):
                before = _commits(made)
                ours.append(load.drive(made.port, requests, connections=CONNECTIONS, seconds=given.seconds))
                commits += _commits(made) - before
            answered += sum(ours[-1].statuses.values())
        middle = sorted(ours, key=lambda tally: tally.answers_per_second)[len(ours) // 2]
        plain = statistics.median(tally.answers_per_second for tally in bares)
        return {
            "applications_per_second": round(middle.answers_per_second),
            "bare_per_second": round(plain),
            "ratio": round(middle.answers_per_second / plain, 3),
            "p50_ms": round(middle.quantile(0.5), 1),
            "p99_ms": round(middle.quantile(0.99), 1),
            "commits_per_answer": round(commits / max(answered, 1), 3),
            "generator_cpu_share": round(middle.own_cpu / middle.seconds, 3),
            "statuses": {str(status): number for status, number in middle.statuses.items()},
        }


def _requests(made: House) -> Iterator[bytes]:
    """Whole HTTP requests: the package's own example, each with another key, from many persons in turn.

    Asking for the example starts a process, so that is done here and not when the first request is taken.
    """
    body = example(made, SERVICE) | {"territory": TERRITORY}
    persons = itertools.islice(_snils(), PERSONS)
    bodies = [json.dumps(body | {"applicant": _applicant(snils)}).encode() for snils in persons]
    return (
        b"POST /api/v1/applications HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        b"Authorization: Bearer %b\r\nIdempotency-Key: bench-%d-%d\r\nContent-Length: %d\r\n\r\n%b"
        % (made.token.encode(), os.getpid(), number, len(payload), payload)
        for number, payload in zip(itertools.count(), itertools.cycle(bodies))
    )


def _applicant(snils: str) -> dict[str, str]:
    return {
        "kind": "person",
        "family_name": "Иванова",
        "given_name": "Анна",
        "born_on": "1991-06-21",
        "snils": snils,
    }


def _snils() -> Iterator[str]:
    """SNILS with their check digits, no digit thrice in a row."""
    for nine in map(str, itertools.count(140_200_301, 13_577)):
        if not re.search(r"(\d)\1\1", nine[:9]):
            rest = sum(int(digit) * (9 - at) for at, digit in enumerate(nine)) % 101
            yield f"{nine}{0 if rest == 100 else rest:02d}"


@contextmanager
def _readers(made: House) -> Iterator[None]:
    """Two officials who have signed in and open the list and its cases, each a page every half second."""
    done = Event()
    officials = [readers.Reader(made.port) for _ in range(2)]
    threads = [Thread(target=readers.read_on, args=(one, done), daemon=True) for one in officials]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        done.set()
        for thread in threads:
            thread.join(10)


def _commits(made: House) -> int:
    """How many commits the databases have made so far."""
    if url := made.environment.get("DATABASE_URL"):
        with psycopg.connect(url, autocommit=True) as connection:
            row = connection.execute("SELECT sum(xact_commit) FROM pg_stat_database").fetchone()
            return int(row[0]) if row else 0
    text = readers.page(made.port, "/metrics")
    return sum(
        int(float(line.split()[-1])) for line in text.splitlines() if line.startswith("zemstvo_commits_total")
    )


def _bare(made: House, requests: Iterator[bytes], seconds: float) -> load.Tally:
    """The reference: granian as in the house, one INSERT.

    On SQLite it has one worker: two that poll for the lock do less (1,060 to 1,430/s against 1,590 to 1,860).
    """
    url = made.environment.get("DATABASE_URL")
    with tempfile.TemporaryDirectory() as folder:
        target = url or f"{folder}/bare.sqlite3"
        if url:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS bare (id bigserial PRIMARY KEY, body bytea)")
        else:
            with closing(sqlite3.connect(target)) as plain:  # the journal's mode stays with the file
                plain.execute("PRAGMA journal_mode=WAL")
                plain.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB)")
        known = environment.read(made.environment)
        workers, threads = (1 if known.is_embedded else known.workers), known.threads
        command = [str(Path(sys.executable).with_name("granian")), *GRANIAN, "--workers", str(workers)]
        command += ["--blocking-threads", str(threads), "--port", str(made.port + 1), "bare:application"]
        process = subprocess.Popen(
            command, cwd=Path(__file__).parent, env=made.environment | {"BARE_DATABASE": target}
        )
        try:
            load.drive(made.port + 1, requests, connections=1, seconds=3)  # until it answers, and warm
            os.sync()  # a commit would wait for what the house has left to be written
            tally = load.drive(made.port + 1, requests, connections=CONNECTIONS, seconds=seconds)
            if set(tally.statuses) != {201}:
                raise RuntimeError(f"the reference did not store what it was sent: {tally.statuses}")
            return tally
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


def _survive(database: str, given: argparse.Namespace) -> dict[str, Any]:
    """Kill the whole site in the middle of the load, again and again."""
    kept: list[str] = []
    with house(database) as made:
        requests = _requests(made)
        for _ in range(KILLS):
            killer = Thread(target=_kill_soon, args=(made, random.uniform(0.7, 2.5)))
            killer.start()
            tally = load.drive(
                made.port,
                requests,
                connections=CONNECTIONS,
                seconds=4,
                keep_bodies=True,
                still=killer.is_alive,
            )
            killer.join()
            kept += [json.loads(body)["number"] for body in tally.bodies if b'"number"' in body]
            made.start()
        stored = [str(row[0]) for row in made.rows("SELECT number FROM cases_case")]
        lost, doubled = set(kept) - set(stored), len(stored) - len(set(stored))
        again = len(kept) - len(set(kept))
        verified = made.run("journal", "verify")
        return {
            "kills": KILLS,
            "acknowledged": len(kept),
            "stored": len(stored),
            "lost": len(lost),
            "doubled": doubled + again,
            "journal_verifies": verified.returncode == 0,
            "faults": len(lost) + doubled + again + (verified.returncode != 0),
        }


def _kill_soon(made: House, seconds: float) -> None:
    time.sleep(seconds)
    made.stop(signal.SIGKILL)


def _table(found: dict[str, dict[str, Any]]) -> str:
    lines = []
    for database, figures in found.items():
        lines.append(database)
        lines += [f"  {name.replace('_', ' ')}: {value}" for name, value in figures.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
