"""Processes that write to the same file of SQLite take turns, and none keeps the others out."""

import subprocess
import sys
import time

import pytest

from zemstvo.site.sqlite.gate import Gate
from zemstvo.site.sqlite.turnstile import Turnstile

WRITER = """
import sys, time
from pathlib import Path
from zemstvo.site.sqlite.turnstile import Turnstile

turnstile, done = Turnstile(Path(sys.argv[1])), 0
print("here", flush=True)
sys.stdin.readline()
end = time.monotonic() + 1
while time.monotonic() < end and turnstile.enter(5):
    inside = Path(sys.argv[1] + ".inside")
    inside.touch(exist_ok=False)
    time.sleep(0.0005)
    inside.unlink()
    turnstile.leave(committed=True)
    done += 1
print(done, flush=True)
"""
HOLDER = """
import sys, time
from pathlib import Path
from zemstvo.site.sqlite.turnstile import Turnstile

Turnstile(Path(sys.argv[1])).enter(5)
print("inside", flush=True)
time.sleep(60)
"""


def process(program, database):
    return subprocess.Popen(
        [sys.executable, "-c", program, str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def held(tmp_path):
    """A database into which another process is writing."""
    holder = process(HOLDER, tmp_path / "town.sqlite3")
    assert holder.stdout.readline() == "inside\n"
    yield tmp_path / "town.sqlite3", holder
    holder.kill()
    holder.wait()


def test_two_processes_are_never_inside_at_once_and_none_starves(tmp_path):
    database = tmp_path / "town.sqlite3"
    writers = [process(WRITER, database) for _ in range(2)]
    for writer in writers:
        assert writer.stdout.readline() == "here\n"
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()

    done = [int(writer.communicate(timeout=30)[0]) for writer in writers]

    assert [writer.returncode for writer in writers] == [0, 0]
    assert min(done) > 0.1 * max(done), done
    assert Turnstile(database).commits() == sum(done)


def test_who_waits_too_long_is_told_so_and_keeps_nobody_out(held):
    database, holder = held
    gate = Gate(Turnstile(database))
    began = time.monotonic()

    assert gate.enter(0.2) is False
    assert time.monotonic() - began < 5
    assert gate.waiting == 0

    holder.kill()
    holder.wait()
    assert gate.enter(5) is True


def test_a_writer_that_is_killed_inside_gives_the_turn_back(held):
    database, holder = held
    holder.kill()

    assert Turnstile(database).enter(5) is True


def test_where_no_lock_can_be_made_the_writer_is_told_and_the_gate_stays_open(tmp_path):
    gate = Gate(Turnstile(tmp_path / "gone" / "town.sqlite3"))

    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            gate.enter(1)
