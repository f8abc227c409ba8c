"""A backup of the running town comes back whole; what was erased stays erased; the journal still verifies."""

import contextlib
import json
import shutil
import sqlite3
from collections import Counter
from datetime import date

import psycopg
import pytest

from zemstvo.site.tests.running import IS_EMBEDDED, Site, fresh_databases, run

pytestmark = [pytest.mark.own_database, pytest.mark.xdist_group("site")]


@pytest.fixture(scope="module")
def backup(demo, databases, tmp_path_factory):
    """A backup of the running site beside what was published before; a killed site left half a segment."""
    left = demo / "segments" / ".lines-left" / "rows.ndjson"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("{}")
    site = Site(demo, **databases)
    path = tmp_path_factory.mktemp("backups") / "monday"
    try:
        assert site.ask_until("/readyz", 200)[0] == 200
        status, _headers, published = site.ask_until("/api/v1/journal/checkpoint", 200)
        assert status == 200, published
        path.with_name("published").write_text(published)
        path.with_name("facts").write_text("\n".join(facts(demo, databases)))
        made = run("backup", str(path), data=demo, **databases)
        again = run("backup", str(path), data=demo, **databases)
    finally:
        site.stop()
    assert made.returncode == 0, made.stderr
    assert again.returncode == 2 and "never writes over another" in again.stderr
    return path


@pytest.fixture
def elsewhere(demo, tmp_path):
    """A new machine: an empty data folder with the secrets out of the safe, and empty databases."""
    data = tmp_path / "new"
    data.mkdir(mode=0o700)
    shutil.copytree(demo / "secrets", data / "secrets")
    with fresh_databases() as places:
        yield data, places


def facts(data, places):
    """The ids of all facts of a journal."""
    return {str(fact) for (fact,) in rows(data, places, "zemstvo", "SELECT id FROM journal_fact")}


def rows(data, places, store, statement):
    """What a database holds; `store` is zemstvo or keys."""
    if IS_EMBEDDED:
        with contextlib.closing(sqlite3.connect(data / f"{store}.sqlite3")) as connection:
            return connection.execute(statement).fetchall()
    name = "DATABASE_URL" if store == "zemstvo" else "KEYS_DATABASE_URL"
    with psycopg.connect(places[name]) as connection:
        return connection.execute(statement).fetchall()


def test_a_backup_comes_back_on_a_new_machine_and_the_journal_verifies(demo, databases, backup, elsewhere):
    data, places = elsewhere

    restored = run("restore", str(backup), data=data, **places)

    assert restored.returncode == 0, restored.stderr
    before = set(backup.with_name("facts").read_text().split())
    assert before <= facts(data, places) <= facts(demo, databases), "the site wrote on while it was backed up"
    proved = run("journal", "verify", "--json", data=data, **places)
    assert json.loads(proved.stdout)["wrong"] == ""
    assert "under a new origin" in restored.stdout
    site = Site(data, **places)
    try:
        assert site.ask_until("/readyz", 200)[0] == 200
    finally:
        site.stop()


def test_a_number_given_out_after_the_backup_is_never_given_again(demo, databases, backup, elsewhere):
    data, places = elsewhere
    series = "SELECT authority, year, next FROM cases_number_series"

    restored = run("restore", str(backup), data=data, **places)

    assert restored.returncode == 0, restored.stderr
    given = {(authority, year): last for authority, year, last in rows(demo, databases, "zemstvo", series)}
    now = {(authority, year): first for authority, year, first in rows(data, places, "zemstvo", series)}
    assert given and all(now[key] >= given[key] + 800 for key in given), (given, now)


def test_a_journal_that_reaches_the_last_checkpoint_keeps_its_name(backup, elsewhere):
    data, places = elsewhere
    published = backup.with_name("published")

    restored = run("restore", str(backup), "--checkpoint", str(published), data=data, **places)

    assert restored.returncode == 0, restored.stderr
    assert "under a new origin" not in restored.stdout


def test_who_was_erased_after_the_backup_is_erased_again(backup, elsewhere):
    data, places = elsewhere
    first = run("restore", str(backup), data=data, **places)
    assert first.returncode == 0, first.stderr
    ((person,), *_others) = rows(data, places, "zemstvo", "SELECT pseudonym FROM people_person LIMIT 1")
    person = (
        str(person)
        if "-" in str(person)
        else f"{person[:8]}-{person[8:12]}-{person[12:16]}-{person[16:20]}-{person[20:]}"
    )
    (data / "erasures").write_text(f"{person} {date(2026, 11, 23)}\n")

    restored = run("restore", str(backup), "--replace", data=data, **places)

    assert restored.returncode == 0, restored.stderr
    assert "1 person was erased again" in restored.stdout
    erased = "SELECT count(*) FROM people_person WHERE erased_at IS NOT NULL"
    assert rows(data, places, "zemstvo", erased) == [(1,)]
    keys = rows(data, places, "keys", "SELECT person FROM people_wrapped_key")
    assert person.replace("-", "") not in {str(key).replace("-", "") for (key,) in keys}


def state_of(data):
    return sorted((path.name, path.stat().st_size) for path in data.iterdir() if "lock" not in path.name)


@pytest.mark.parametrize("name", ["", ".keys"])
def test_a_damaged_backup_is_refused_and_nothing_is_changed(backup, elsewhere, tmp_path, name):
    data, places = elsewhere
    for end in ("", ".keys"):
        shutil.copy(f"{backup}{end}", tmp_path / f"bent{end}")
    bent = tmp_path / f"bent{name}"
    bent.write_bytes(bent.read_bytes()[:-200])
    before = state_of(data / "secrets")

    refused = run("restore", str(tmp_path / "bent"), data=data, **places)

    assert refused.returncode == 2
    assert "truncated" in refused.stderr
    assert state_of(data / "secrets")[-len(before) :] == before
    assert not (data / "zemstvo.sqlite3").exists()


def test_a_backup_without_its_keys_is_refused(backup, elsewhere, tmp_path):
    data, places = elsewhere
    shutil.copy(backup, tmp_path / "alone")

    refused = run("restore", str(tmp_path / "alone"), data=data, **places)

    assert refused.returncode == 2
    assert "a backup is two files" in refused.stderr


@pytest.mark.parametrize("key", ["wrapping.key", "search.key"])
def test_without_the_secrets_a_backup_cannot_be_read(backup, elsewhere, key):
    data, places = elsewhere
    (data / "secrets" / key).unlink()

    refused = run("restore", str(backup), data=data, **places)

    assert refused.returncode == 2
    assert "secrets are not in" in refused.stderr
    assert key in refused.stderr
    assert not (data / "secrets" / key).exists()


def test_a_foreign_backup_is_refused_and_what_is_there_stays(backup, tmp_path):
    with fresh_databases() as places:
        other = Site(tmp_path / "other", "--empty", **places)
        other.stop()
        before = rows(tmp_path / "other", places, "zemstvo", "SELECT count(*) FROM journal_fact")

        refused = run("restore", str(backup), "--replace", data=tmp_path / "other", **places)

        assert refused.returncode == 2
        assert "of another installation" in refused.stderr
        assert rows(tmp_path / "other", places, "zemstvo", "SELECT count(*) FROM journal_fact") == before


def test_an_installation_is_replaced_only_when_that_is_said_and_is_kept(backup, elsewhere):
    data, places = elsewhere
    run("restore", str(backup), data=data, **places)

    refused = run("restore", str(backup), data=data, **places)
    replaced = run("restore", str(backup), "--replace", data=data, **places)

    assert refused.returncode == 2 and "--replace" in refused.stderr
    assert replaced.returncode == 0
    (kept,) = data.glob("replaced-*")
    assert any("zemstvo" in path.name or path.suffix == ".dump" for path in kept.iterdir())


def test_keys_are_rotated_and_nothing_is_lost(backup, elsewhere):
    data, places = elsewhere
    run("restore", str(backup), data=data, **places)
    before = (data / "secrets" / "wrapping.key").read_text()
    found_by = "SELECT person, kind, hash FROM people_keyed_hash WHERE kind <> 'word'"
    hashes = {(person, kind, bytes(hash_)) for person, kind, hash_ in rows(data, places, "zemstvo", found_by)}

    rotated = {
        name: run("secrets", "rotate", name, data=data, **places)
        for name in ("wrapping", "search", "journal", "signing")
    }

    assert {name: ended.stderr for name, ended in rotated.items() if ended.returncode} == {}
    now = (data / "secrets" / "wrapping.key").read_text()
    assert before in now and now.index(before) > 0, "the new key stands first, the old one still unwraps"
    anew = {(person, kind, bytes(hash_)) for person, kind, hash_ in rows(data, places, "zemstvo", found_by)}
    assert hashes and not hashes & anew
    lost = Counter(one[:2] for one in hashes) - Counter(one[:2] for one in anew)
    assert lost == Counter(), "what was not indexed yet when the backup was taken may have come since"
    proved = run("journal", "verify", data=data, **places)
    assert proved.returncode == 0, proved.stdout
    site = Site(data, **places)
    try:
        assert site.ask_until("/readyz", 200)[0] == 200
    finally:
        site.stop()
