"""What can wait gives way to those who wait for an answer, and goes on in full when nobody does."""

from __future__ import annotations

import subprocess
import sys
import time
from threading import Event

import pytest

from zemstvo.ground.journal import courtesy


class Rested(Event):
    """An event that notes how long it was waited for, and waits for nothing."""

    seconds = 0.0

    def wait(self, timeout=None):
        self.seconds += timeout or 0
        return False


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch):
    monkeypatch.setattr(courtesy, "_last", bytearray(8))


def test_nobody_waits_so_nothing_rests():
    rest = Rested()

    courtesy.give_way(rest, 0.2)

    assert rest.seconds == 0
    assert not courtesy.is_busy()


def test_while_anna_waits_a_tenth_of_the_time_is_work():
    rest = Rested()
    with courtesy.answering():
        assert courtesy.is_busy()
        courtesy.give_way(rest, 0.02)

    assert rest.seconds == pytest.approx(0.02 / courtesy.SHARE - 0.02)


def test_it_never_rests_longer_than_a_second():
    rest = Rested()
    with courtesy.answering(), courtesy.answering():
        courtesy.give_way(rest, 60)

    assert rest.seconds == courtesy.LONGEST


def test_a_moment_after_the_last_answer_nobody_waits_any_more():
    with pytest.raises(ValueError), courtesy.answering():
        raise ValueError
    end = time.monotonic() + 10
    while courtesy.is_busy() and time.monotonic() < end:
        time.sleep(0.01)

    assert not courtesy.is_busy()


def test_a_site_that_stops_is_not_held_up(monkeypatch):
    monkeypatch.setattr(courtesy, "LONGEST", 60.0)
    stop = Event()
    stop.set()
    began = time.monotonic()
    with courtesy.answering():
        courtesy.give_way(stop, 60)

    assert time.monotonic() - began < courtesy.LONGEST / 2


def test_a_worker_sees_that_another_process_answers(tmp_path):
    courtesy.share(tmp_path / "answering")
    assert not courtesy.is_busy()

    answers = f"""
from pathlib import Path
from zemstvo.ground.journal import courtesy
courtesy.share(Path({str(tmp_path / "answering")!r}))
with courtesy.answering():
    print("answering", flush=True)
    input()
"""
    with subprocess.Popen(
        [sys.executable, "-c", answers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "answering\n"
        seen = courtesy.is_busy()
        other.communicate("\n")

    assert seen
