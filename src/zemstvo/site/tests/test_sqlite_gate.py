"""Writers on SQLite take turns in the order in which they came."""

import threading
import time
from pathlib import Path

import pytest
from django.db import connection, connections, transaction
from django.db.utils import OperationalError

from zemstvo.site.sqlite.gate import Gate, gate_of

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="PostgreSQL queues its writers itself"
)


def test_the_turn_goes_to_the_one_who_has_waited_longest():
    gate, order = Gate(), []
    gate.enter(1)

    def write(name):
        gate.enter(5)
        order.append(name)
        gate.leave()

    threads = []
    for name in ("vera", "oleg", "anna", "pavel"):
        thread = threading.Thread(target=write, args=(name,))
        thread.start()
        threads.append(thread)
        while gate.waiting < len(threads):
            time.sleep(0.001)
    gate.leave()
    for thread in threads:
        thread.join()

    assert order == ["vera", "oleg", "anna", "pavel"]


def test_who_stops_waiting_leaves_the_queue_and_harms_nobody():
    gate = Gate()
    gate.enter(1)

    assert gate.enter(0.05) is False
    assert gate.waiting == 0

    gate.leave()
    assert gate.enter(0.05) is True


@pytest.mark.django_db(transaction=True, databases=["default"])
def test_eight_writers_write_equally_often_and_nothing_is_locked():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE gate_probe (writer integer)")
    written, failures, start = dict.fromkeys(range(8), 0), [], threading.Barrier(8, timeout=60)

    def write(number):
        try:
            connection.ensure_connection()
            start.wait()
            end = time.monotonic() + 2
            while time.monotonic() < end:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("INSERT INTO gate_probe VALUES (%s)", [number])
                written[number] += 1
        except OperationalError as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(number,)) for number in written]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM gate_probe")
        stored = cursor.fetchone()[0]
        cursor.execute("DROP TABLE gate_probe")

    assert failures == []
    assert stored == sum(written.values())
    assert min(written.values()) >= 0.7 * max(written.values()), written


@pytest.mark.django_db(transaction=True, databases=["default"])
def test_a_failed_transaction_gives_the_turn_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("INSERT INTO no_such_table VALUES (1)")

    assert gate_of(str(connection.settings_dict["NAME"])).enter(0) is True
    gate_of(str(connection.settings_dict["NAME"])).leave()


@pytest.mark.django_db(transaction=True, databases=["default"])
def test_a_reader_waits_for_nobody():
    seen = []

    def read():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                seen.append(cursor.fetchone())
        finally:
            connections.close_all()

    with transaction.atomic():
        thread = threading.Thread(target=read)
        thread.start()
        thread.join(60)

    assert seen == [(1,)]


@pytest.mark.django_db(transaction=True, databases=["default"])
def test_a_vanished_file_is_noticed_at_the_next_statement_and_found_again(tmp_path):
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    moved = f"{name}.moved"

    Path(name).rename(moved)
    try:
        with pytest.raises(OperationalError, match="vanished"), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        connection.close_if_unusable_or_obsolete()
        with pytest.raises(OperationalError, match="unable to open"), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        Path(moved).rename(name)
    connection.close_if_unusable_or_obsolete()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone()[0] > 0
