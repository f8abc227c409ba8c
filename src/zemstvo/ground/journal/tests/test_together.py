"""Writers who come at the same time share a commit, and nobody's mistake is another's loss."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, connections

from zemstvo.ground.journal import together
from zemstvo.ground.journal.models import Reader

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


def written_by_all(writes):
    """What each of the writers met when all came at once."""
    met = {}
    start = Barrier(len(writes))

    def come(place, write):
        start.wait()
        try:
            together.commit_together(write)
            met[place] = None
        except Exception as error:
            met[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=come, args=one) for one in enumerate(writes)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def clerk(name):
    return lambda: Reader.objects.create(name=name, next_leaf=0)


def test_eight_clerks_at_once_lose_nothing():
    met = written_by_all([clerk(f"clerk-{place}") for place in range(WRITERS)])

    assert set(met.values()) == {None}
    assert Reader.objects.filter(name__startswith="clerk-").count() == WRITERS


def test_who_cannot_be_stored_is_told_and_takes_nobody_along():
    met = written_by_all([clerk(f"clerk-{place // 2}") for place in range(WRITERS)])

    refused = [error for error in met.values() if error is not None]
    assert len(refused) == WRITERS // 2
    assert all(isinstance(error, IntegrityError) for error in refused)
    assert Reader.objects.filter(name__startswith="clerk-").count() == WRITERS // 2


def test_who_waits_for_the_turn_is_written_by_whoever_has_it():
    together._turn.acquire()
    thread = Thread(target=written_by_all, args=([clerk("vera"), clerk("oleg")],))
    thread.start()
    while len(together._waiting) < 2:
        pass
    wishes = list(together._waiting)
    together._turn.release()
    thread.join()

    assert all(wish.is_done for wish in wishes)
    assert Reader.objects.filter(name__in=["vera", "oleg"]).count() == 2


def test_it_is_durable_when_it_returns():
    together.commit_together(clerk("vera"))

    assert not connection.in_atomic_block
    assert Reader.objects.filter(name="vera").exists()
