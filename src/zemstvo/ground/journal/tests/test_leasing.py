"""A queued task runs, is tried again when it fails, and is taken up again when its worker died."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from django.db import connections
from django_tasks_db.models import DBTaskResult

from zemstvo.ground.journal import leasing, worker
from zemstvo.ground.journal.models import Lease, Reader
from zemstvo.ground.journal.tests.tasks_of_zarechny import (
    answer_badly,
    count_attempts,
    letters,
    note_down,
    patience,
    send_in_vain,
    send_letter,
    wait_for_patience,
)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(autouse=True)
def empty_post():
    letters.clear()


def result() -> DBTaskResult:
    return DBTaskResult.objects.get()


def let_the_lease_run_out() -> None:
    Lease.objects.update(until=datetime.now(UTC) - timedelta(seconds=1))


def test_a_task_runs_once_and_its_result_is_kept():
    send_letter.enqueue("one")

    assert leasing.run_all() == 1
    assert leasing.run_all() == 0

    assert letters == ["one"]
    assert (result().status, result().return_value) == ("SUCCESSFUL", "sent one")
    assert not Lease.objects.exists()


def test_nothing_runs_where_nothing_waits(django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert leasing.run_next() == 0


def test_a_task_for_later_waits():
    send_letter.using(run_after=datetime.now(UTC) + timedelta(hours=1)).enqueue("later")

    assert leasing.run_all() == 0
    assert letters == []


def test_a_task_may_ask_which_attempt_it_is():
    count_attempts.enqueue()
    leasing.run_all()

    assert result().return_value == 1


def test_a_task_that_fails_is_tried_again_after_a_rest_that_doubles():
    send_in_vain.enqueue("one")
    for rest in (10, 20, 40):
        began = datetime.now(UTC)
        DBTaskResult.objects.update(run_after=began)
        assert leasing.run_next() == 1
        ended = datetime.now(UTC)
        assert began <= result().run_after - timedelta(seconds=rest) <= ended
        assert leasing.run_next() == 0

    assert result().status == "READY"
    assert result().exception_class_path.endswith("PostIsClosed")
    assert letters == ["one"] * 3


def test_what_a_failure_leaves_behind_names_no_person():
    send_in_vain.enqueue("one")
    leasing.run_next()

    assert "send_in_vain" in result().traceback
    assert "Anna" not in result().traceback


def test_a_task_that_fails_for_good_stands_failed(monkeypatch):
    monkeypatch.setattr(leasing, "ATTEMPTS", 2)
    send_in_vain.enqueue("one")
    for _ in range(3):
        DBTaskResult.objects.update(run_after=datetime.now(UTC))
        leasing.run_next()

    assert (result().status, letters) == ("FAILED", ["one", "one"])


def test_an_answer_that_is_no_json_is_a_failure():
    answer_badly.enqueue()
    leasing.run_next()

    assert (result().status, result().return_value) == ("READY", None)


def test_a_task_that_is_no_more_is_a_failure():
    send_letter.enqueue("one")
    DBTaskResult.objects.update(task_path="zemstvo.ground.journal.tests.tasks_of_zarechny.forgotten")

    leasing.run_next()

    assert result().status == "READY"
    assert result().exception_class_path == "builtins.ImportError"


def test_a_running_task_is_safe_from_other_workers_as_long_as_its_lease_holds():
    note_down.enqueue("one")
    assert leasing._take("first worker") is not None

    assert leasing.run_next("second worker") == 0
    assert result().worker_ids == ["first worker"]


def test_a_task_whose_worker_died_is_taken_up_again():
    note_down.enqueue("one")
    leasing._take("first worker")
    let_the_lease_run_out()

    assert leasing.run_next("second worker") == 1

    assert (result().status, result().worker_ids) == ("SUCCESSFUL", ["first worker", "second worker"])
    assert Reader.objects.filter(name="note one").count() == 1


def test_at_the_start_of_the_one_process_all_leases_are_over():
    note_down.enqueue("one")
    leasing._take("killed process")

    assert leasing.release_leases() == 1
    assert leasing.run_next() == 1


def test_a_worker_that_was_overtaken_writes_no_result():
    send_letter.enqueue("one")
    late = leasing._take("slow worker")
    let_the_lease_run_out()
    leasing.run_next("quick worker")

    leasing._finish(late, "slow worker", failure=RuntimeError())

    assert (result().status, result().return_value) == ("SUCCESSFUL", "sent one")


def test_a_task_that_kills_its_workers_is_given_up(monkeypatch):
    monkeypatch.setattr(leasing, "ATTEMPTS", 3)
    note_down.enqueue("deadly")
    for n in range(3):
        assert leasing._take(f"worker {n}") is not None
        let_the_lease_run_out()

    assert leasing._take("worker 4") is None

    assert (result().status, result().traceback) == ("FAILED", "every worker died while it ran")
    assert leasing.run_all() == 0


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_lease_of_a_long_task_is_renewed(monkeypatch):
    monkeypatch.setattr(leasing, "LEASE", timedelta(seconds=5))
    patience.clear()
    wait_for_patience.enqueue()
    thread = Thread(target=lambda: (leasing.run_next("patient worker"), connections.close_all()))
    thread.start()
    while thread.is_alive() and not Lease.objects.exists():
        thread.join(0.05)
    first = Lease.objects.get().until
    overtaken = 0
    while thread.is_alive() and Lease.objects.get().until == first:
        overtaken += leasing.run_next("hasty worker")
        thread.join(0.2)
    assert Lease.objects.get().until > first
    patience.set()
    thread.join()

    assert overtaken == 0
    assert (result().status, result().worker_ids) == ("SUCCESSFUL", ["patient worker"])


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_loops_work_until_they_are_told_to_stop(monkeypatch):
    monkeypatch.setattr(leasing, "PAUSE", 0.05)
    stop = Event()
    thread = Thread(target=worker.run_forever, args=(stop,))
    thread.start()
    for n in range(3):
        note_down.enqueue(str(n))
    while thread.is_alive() and Reader.objects.filter(name__startswith="note ").count() < 3:
        thread.join(0.1)
    stop.set()
    thread.join(10)

    assert not thread.is_alive()
    assert Reader.objects.filter(name__startswith="note ").count() == 3
