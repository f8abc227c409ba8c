"""What the clock does in Zarechny, and what the site says of itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from zemstvo.ground.journal import keys, segments, triggers, worker
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.people.commands import invite_administrator
from zemstvo.site import health, schedule, snapshots
from zemstvo.site.schedule import Duty

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture
def house(settings, tmp_path):
    """A data folder and secrets of this test's own."""
    settings.DATA, settings.SECRETS = tmp_path, tmp_path / "secrets"
    keys._signer.cache_clear()
    yield tmp_path
    keys._signer.cache_clear()


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_snapshots_hold_the_places_and_stand_beside_the_segments(house, town):
    snapshots.write(NOW)
    snapshots.write(NOW + timedelta(days=1))

    manifest = segments.read_manifest(house / "segments")
    found = {one.name: one for one in manifest.snapshots}
    assert set(found) == set(snapshots.TABLES)
    assert found["territories"].rows >= 7
    assert {one.on for one in manifest.snapshots} == {"2026-11-23"}, "an unchanged day is not kept twice"


@pytest.mark.django_db(databases=["default", "keys"])
def test_no_snapshot_tells_of_a_person(town):
    told = str([list(snapshots.rows(name)) for name in snapshots.TABLES])

    assert not any(pseudonym in told for pseudonym in town.people.values())
    assert "Морозова" not in told


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_duty_that_fails_stops_no_other_and_each_has_its_pace(monkeypatch):
    done = []

    def fail(at):
        raise ZeroDivisionError

    duties = (Duty("fails", 60, fail), Duty("often", 0, done.append), Duty("daily", 86400, done.append))
    monkeypatch.setattr(schedule, "DUTIES", duties)
    due = dict.fromkeys(duties, 0.0)

    for _ in range(3):
        schedule.do_what_is_due(due)

    assert len(done) == 4, "the frequent one three times, the daily one once"


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_every_duty_of_the_house_can_be_done(house, town):
    for duty in schedule.DUTIES:
        duty.do(NOW)


def finding(name):
    return next(one for one in health.findings() if one.name == name)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_ready_means_that_everything_an_application_needs_is_there(house):
    answer = Client().get("/readyz")

    assert answer.status_code == 200
    assert {one["name"] for one in answer.json()["checks"]} == {
        "databases",
        "schema",
        "triggers",
        "sealer",
        "worker",
        "disk",
    }


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_journal_that_could_be_changed_is_not_ready(house, lifted_triggers):
    with lifted_triggers():
        assert not finding("triggers").is_well
        assert Client().get("/readyz").status_code == 503
    assert triggers.missing_triggers() == []


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_sealer_that_stands_still_is_noticed_and_then_well_again(house, monkeypatch):
    invite_administrator(house_act())
    monkeypatch.setattr(health, "SEALER_SECONDS", -1)
    assert not finding("sealer").is_well

    worker.work_once()
    monkeypatch.setattr(health, "SEALER_SECONDS", 60)
    assert finding("sealer").is_well and health.sealer_lag() == 0


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_a_task_that_waits_too_long_is_noticed(house):
    DBTaskResult.objects.create(
        task_path="nobody.does", args_kwargs={}, backend_name="default", run_after=health.datetime.now(UTC)
    )
    DBTaskResult.objects.update(
        enqueued_at=datetime.now(UTC) - timedelta(hours=1), run_after=datetime.now(UTC) - timedelta(hours=1)
    )

    assert not finding("worker").is_well
    assert 3500 < health.worker_lag() < 3700


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_the_figures_are_prometheus_text_without_people(house):
    invite_administrator(house_act())
    Client().get("/healthz")

    told = Client().get("/metrics").content.decode()

    assert 'zemstvo_answers_total{method="GET",route="/healthz",status="200"}' in told
    assert "zemstvo_facts_unsealed 1" in told
    lines = [line for line in told.splitlines() if not line.startswith("#")]
    assert all(len(line.rsplit(" ", 1)) == 2 and float(line.rsplit(" ", 1)[1]) >= 0 for line in lines)
