"""One site serves a folder; who comes after a killed one waits for what it left."""

import os
import subprocess
import sys
import threading

import pytest

from zemstvo.site import folder


@pytest.fixture
def held(tmp_path, monkeypatch):
    """The folder of Zarechny, held by a site; `held(number)` writes down by which process."""
    monkeypatch.setattr(folder, "_PATIENCE", 0.2)
    monkeypatch.setattr(folder, "_PATIENCE_WITH_ORPHANS", 60.0)
    hold = folder.Hold(tmp_path, folder.LOCK)
    assert hold.take()

    def by(number):
        hold.note(f"process {number}")
        return hold

    return by


def a_process_that_has_ended():
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_while_a_site_lives_another_is_refused_soon_and_told_who_it_is(held, tmp_path):
    held(os.getpid())

    with pytest.raises(folder.FolderFault, match=f"process {os.getpid()}"):
        folder.hold_for_serving(tmp_path)


def test_after_a_kill_the_next_site_waits_until_the_workers_of_the_first_have_ended(held, tmp_path):
    left = held(a_process_that_has_ended())
    worker = threading.Timer(1.0, left.release)
    worker.start()

    folder.hold_for_serving(tmp_path).release()

    worker.join()


def test_a_folder_that_nobody_holds_is_taken_at_once(tmp_path):
    first = folder.hold_for_serving(tmp_path)
    assert first.noted() == f"process {os.getpid()}"
    first.release()

    folder.hold_for_serving(tmp_path).release()
