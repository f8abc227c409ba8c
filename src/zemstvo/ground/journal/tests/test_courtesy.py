"""What can wait gives way to those who wait for an answer, and goes on in full when nobody does."""

from __future__ import annotations

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
    assert not courtesy.is_busy()


def test_it_never_rests_longer_than_a_second():
    rest = Rested()
    with courtesy.answering(), courtesy.answering():
        courtesy.give_way(rest, 60)

    assert rest.seconds == courtesy.LONGEST


def test_an_answer_that_failed_is_waited_for_no_more():
    try:
        with courtesy.answering():
            raise ValueError
    except ValueError:
        pass

    assert not courtesy.is_busy()


def test_a_site_that_stops_is_not_held_up():
    stop = Event()
    stop.set()
    began = time.monotonic()
    with courtesy.answering():
        courtesy.give_way(stop, 1)

    assert time.monotonic() - began < courtesy.LONGEST
