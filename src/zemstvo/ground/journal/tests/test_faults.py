"""Whatever is killed, whenever: no acknowledged fact is lost, none is sealed twice, no effect is doubled."""

import json
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.db import connection

from zemstvo.ground.journal import leasing, queries, sealing
from zemstvo.ground.journal.models import Fact, Leaf, Lease, Reader, Unsealed
from zemstvo.ground.journal.tests.deeds import FENCES, names_of_databases
from zemstvo.ground.journal.verification import verify

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

KILLED = {"signal": 9}


@pytest.fixture(scope="module")
def house_process(django_db_setup):
    """A house of its own, set up once, that does deeds in children which may die."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zemstvo.ground.journal.tests.deeds", json.dumps(names_of_databases())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.stdin.close()
    process.wait(10)


@pytest.fixture
def do(house_process, settings):
    """Do a deed elsewhere; the answer is {"done": …}, or {"signal": 9} if it was killed.

    `kill_at_line` kills it when so many facts were acknowledged.
    """

    def ask(deed: str, kill_at_line: int = 0, **args):
        told = {"deed": deed, "args": args, "data": str(settings.DATA), "kill_at_line": kill_at_line}
        house_process.stdin.write(json.dumps(told) + "\n")
        house_process.stdin.flush()
        answer = json.loads(house_process.stdout.readline())
        assert "error" not in answer, answer
        return answer

    return ask


@pytest.fixture(autouse=True)
def fences(transactional_db):
    for fence in FENCES:
        Reader.objects.create(name=f"fence {fence}")


@pytest.fixture
def acknowledged(tmp_path):
    """The facts of which a writer told that they are done."""
    path = tmp_path / "acknowledged"
    path.touch()
    return path


def die_at_every_step(do, deed: str) -> int:
    """Do the deed again and again, killed one step later each time, until it survives; returns the deaths."""
    for step in range(1, 200):
        if do(deed, at=step) != KILLED:
            return step - 1
    raise AssertionError(f"{deed} never came to its end")


def seal_what_waits() -> None:
    """Seal; a killed sealer's connection may hold its lock for another moment."""
    for _ in range(100):
        sealing.seal_all()
        if not Unsealed.objects.exists():
            return
        time.sleep(0.05)


def react_to_all(do) -> None:
    """React; a killed reader's connection may hold its row for another moment."""
    for _ in range(50):
        do("react")
        if sum(heard().values()) >= Fact.objects.count():
            return
        time.sleep(0.05)


def heard() -> Counter[str]:
    names = Reader.objects.filter(name__startswith="heard ").values_list("name", flat=True)
    return Counter(name.split(" ")[1] for name in names)


def notes() -> Counter[str]:
    names = Reader.objects.filter(name__startswith="note ").values_list("name", flat=True)
    return Counter(name.split(" ")[1] for name in names)


def fact_ids() -> list[str]:
    return [str(id_) for id_ in Fact.objects.order_by("seq").values_list("id", flat=True)]


def test_a_kill_inside_a_command_leaves_all_of_it_or_nothing(do):
    deaths = die_at_every_step(do, "mend")

    assert deaths >= 5
    mendings = Reader.objects.get(name="fence F-1").next_leaf
    assert [row.payload["planks"] for row in queries.history("fence", "F-1")] == list(range(1, mendings + 1))
    assert Fact.objects.count() == Unsealed.objects.count() == mendings
    assert verify().wrong == ""


def test_a_kill_between_commit_and_seal_loses_nothing(do, acknowledged):
    for _ in range(5):
        assert do("mend_and_die", acknowledged=str(acknowledged)) == KILLED
    assert Unsealed.objects.count() == 5

    do("seal")

    assert fact_ids() == acknowledged.read_text().split()
    assert verify().wrong == ""
    assert verify().facts == 5


def test_a_kill_inside_the_sealing_seals_nothing_twice(do):
    for _ in range(20):
        do("mend")

    deaths = die_at_every_step(do, "seal")

    assert deaths > 5
    seal_what_waits()
    verdict = verify()
    assert (verdict.wrong, verdict.facts, verdict.waiting) == ("", 20, 0)
    assert list(Leaf.objects.order_by("index").values_list("seq", flat=True)) == list(
        Fact.objects.order_by("seq").values_list("seq", flat=True)
    )


def test_a_kill_between_seal_and_reaction_loses_and_doubles_no_effect(do):
    for _ in range(3):
        do("mend")
        do("seal")

    deaths = die_at_every_step(do, "react")

    assert deaths > 10
    react_to_all(do)
    assert heard() == Counter(fact_ids())


def test_a_kill_inside_a_task_leaves_it_to_another_worker(do):
    for _ in range(2):
        do("mend")
    do("seal")
    do("react")

    deaths = die_at_every_step(do, "run_tasks")

    assert deaths > 5
    assert set(notes()) == set(fact_ids())
    assert max(notes().values()) == 1
    assert not Lease.objects.exists()


@pytest.mark.parametrize("round", range(3))
def test_a_kill_in_the_middle_of_the_load_loses_and_doubles_nothing(do, acknowledged, round):
    for lines in (10 + round, 30 + round):
        do("write_until_killed", kill_at_line=lines, acknowledged=str(acknowledged), seed=lines)
    seal_what_waits()
    react_to_all(do)

    told = acknowledged.read_text().split()
    assert len(told) >= 30
    assert set(told) <= set(fact_ids())
    assert len(told) == len(set(told))
    assert verify().wrong == ""
    assert heard() == Counter(fact_ids())
    for fence in FENCES:
        mendings = [row.payload["planks"] for row in queries.history("fence", fence)]
        assert mendings == list(range(1, len(mendings) + 1))
    Lease.objects.all().delete()
    leasing.run_all()


def test_eight_writers_at_once_lose_and_reorder_nothing(do, acknowledged):
    if connection.vendor != "postgresql":
        return  # SQLite has one writing process
    do("crowd", acknowledged=str(acknowledged), writers=8, each=60)
    seal_what_waits()

    leaves = list(Leaf.objects.order_by("index").values_list("seq", flat=True))
    bodies = dict(Fact.objects.values_list("seq", "body"))
    told = [json.loads(bodies[seq]) for seq in leaves]

    assert sorted(one["id"] for one in told) == sorted(acknowledged.read_text().split())
    assert len(told) == 8 * 60
    for fence in FENCES:
        mendings = [one["payload"]["planks"] for one in told if one["payload"]["fence"] == fence]
        assert mendings == list(range(1, len(mendings) + 1))
    assert verify().wrong == ""
    assert leaves != sorted(leaves), "no commit overtook another: the test shows nothing"
