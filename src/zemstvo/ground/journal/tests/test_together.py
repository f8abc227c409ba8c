"""Writers who come at the same time share a commit, and nobody's mistake is another's loss."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection, connections, transaction

from zemstvo.ground.journal.models import Reader
from zemstvo.ground.journal.together import MOST, Together, _Wish

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


def written_by_all(names):
    """What each of the writers met when all came at once."""
    met = {}
    start = Barrier(len(names))

    def come(place, name):
        start.wait()
        try:
            queue.commit(None, lambda _: name)
            met[place] = None
        except Exception as error:
            met[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=come, args=one) for one in enumerate(names)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return met


def write_clerks(names):
    with transaction.atomic():
        for name in names:
            Reader.objects.create(name=name, next_leaf=0)


def know_nothing(questions):
    return [None] * len(questions)


queue = Together(know_nothing, write_clerks)


def test_eight_clerks_at_once_lose_nothing():
    met = written_by_all([f"clerk-{place}" for place in range(WRITERS)])

    assert set(met.values()) == {None}
    assert Reader.objects.filter(name__startswith="clerk-").count() == WRITERS


def test_who_cannot_be_stored_is_told_and_takes_nobody_along():
    met = written_by_all([f"clerk-{place // 2}" for place in range(WRITERS)])

    refused = [error for error in met.values() if error is not None]
    assert len(refused) == WRITERS // 2
    assert all(isinstance(error, IntegrityError) for error in refused)
    assert Reader.objects.filter(name__startswith="clerk-").count() == WRITERS // 2


def test_who_waits_for_the_turn_is_written_by_whoever_has_it():
    queue._is_taken = True
    thread = Thread(target=written_by_all, args=(["vera", "oleg"],))
    thread.start()
    while thread.is_alive() and len(queue._waiting) < 2:
        thread.join(0.01)
    wishes = list(queue._waiting)
    wishes[0].wake.release()  # as whoever had the turn passes it on
    thread.join()

    assert all(wish.is_done for wish in wishes) and not queue._is_taken
    assert Reader.objects.filter(name__in=["vera", "oleg"]).count() == 2


def test_more_than_share_a_commit_pass_the_turn_on_until_all_are_written():
    names = [f"clerk-{place}" for place in range(MOST + 4)]
    queue._is_taken = True
    thread = Thread(target=written_by_all, args=(names,))
    thread.start()
    while thread.is_alive() and len(queue._waiting) < len(names):
        thread.join(0.01)
    queue._waiting[0].wake.release()
    thread.join()

    assert not queue._waiting and not queue._is_taken
    assert Reader.objects.filter(name__startswith="clerk-").count() == len(names)


@pytest.mark.parametrize("error", [OperationalError("away"), SystemExit(1)])
def test_when_the_database_is_away_or_the_process_stops_all_are_told_at_once(error):
    tries = []

    def fails(names):
        tries.append(names)
        raise error

    failing = Together(know_nothing, fails)
    failing._waiting.append(waiter := _Wish(None, lambda _: "oleg"))
    with pytest.raises(type(error)):
        failing.commit(None, lambda _: "vera")

    assert tries == [["oleg", "vera"]]
    assert (waiter.is_done, waiter.error) == (True, error)


def test_a_database_that_is_away_while_one_makes_ready_is_told_to_all_at_once():
    tries = []

    def away(_):
        tries.append("asked")
        raise OperationalError("away")

    waiting = Together(know_nothing, write_clerks)
    waiting._waiting.append(waiter := _Wish(None, away))
    with pytest.raises(OperationalError):
        waiting.commit(None, away)

    assert tries == ["asked"]
    assert waiter.is_done and isinstance(waiter.error, OperationalError)


def test_what_several_have_to_know_is_asked_in_one_question():
    asked = []

    def know(questions):
        asked.append(list(questions))
        return [f"{question}, of the town hall" for question in questions]

    knowing = Together(know, write_clerks)
    knowing._waiting.append(waiter := _Wish("oleg", str))
    knowing.commit("vera", str)

    assert asked == [["oleg", "vera"]]
    assert waiter.is_done and Reader.objects.filter(name="oleg, of the town hall").exists()


def test_a_database_that_is_away_when_they_ask_is_told_to_all_at_once():
    def away(questions):
        raise OperationalError("away")

    asking = Together(away, write_clerks)
    asking._waiting.append(waiter := _Wish("oleg", str))
    with pytest.raises(OperationalError):
        asking.commit("vera", str)

    assert waiter.is_done and isinstance(waiter.error, OperationalError)


def test_who_cannot_be_made_ready_is_told_and_takes_nobody_along():
    def unreadable(_):
        raise ValueError("no name")

    waiting = Together(know_nothing, write_clerks)
    waiting._waiting.append(waiter := _Wish(None, unreadable))
    waiting.commit(None, lambda _: "vera")

    assert isinstance(waiter.error, ValueError)
    assert Reader.objects.filter(name="vera").exists()


def test_it_is_durable_when_it_returns():
    queue.commit(None, lambda _: "vera")

    assert not connection.in_atomic_block
    assert Reader.objects.filter(name="vera").exists()
