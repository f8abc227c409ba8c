"""Every message stands in every language, and what is compiled is what is written."""

import shutil
import subprocess
import sys

import polib
import pytest
from architecture.reading import ROOT, rooms


def catalogues():
    return sorted(path for room in rooms() for path in room.glob("locale/*/LC_MESSAGES/django.po"))


@pytest.fixture(params=catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def catalogue(request):
    return request.param


def by_message(entries):
    return {(entry.msgctxt, entry.msgid): entry for entry in entries if not entry.obsolete}


def test_every_message_is_translated(catalogue):
    entries = polib.pofile(str(catalogue))

    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []


def test_the_compiled_file_is_up_to_date(catalogue):
    written = {
        (entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(catalogue)) if not entry.obsolete
    }
    compiled = {
        (entry.msgctxt, entry.msgid): entry for entry in polib.mofile(str(catalogue.with_suffix(".mo")))
    }

    assert set(written) == set(compiled)
    assert [key for key, entry in written.items() if entry.msgstr != compiled[key].msgstr] == []
    assert [key for key, entry in written.items() if entry.msgstr_plural != compiled[key].msgstr_plural] == []


def test_places_in_a_message_are_the_same_in_its_translation(catalogue):
    def places(text):
        return {word.split(")")[0] for word in text.split("%(")[1:]}

    differing = [
        entry.msgid
        for entry in polib.pofile(str(catalogue))
        if not entry.obsolete and entry.msgstr and places(entry.msgid) != places(entry.msgstr)
    ]

    assert differing == []


def rooms_with_texts():
    return [room for room in rooms() if (room / "locale").is_dir()]


@pytest.mark.parametrize("room", rooms_with_texts(), ids=lambda path: path.name)
def test_every_message_of_the_source_is_in_the_catalogue(room, tmp_path):
    copy = tmp_path / room.name
    shutil.copytree(room, copy, ignore=shutil.ignore_patterns("node_modules", "tests", "*.mo", "__pycache__"))
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--all",
        "--no-location",
        "--no-obsolete",
        "-v0",
    ]
    subprocess.run(command, cwd=copy, check=True, capture_output=True)

    for path in copy.glob("locale/*/LC_MESSAGES/django.po"):
        known = set(by_message(polib.pofile(str(room / path.relative_to(copy)))))
        found = set(by_message(polib.pofile(str(path))))
        assert sorted(found - known, key=str) == []


def test_every_room_that_speaks_has_a_catalogue():
    speaking = {
        room
        for room in rooms()
        for path in room.rglob("*.py")
        if not {"tests", "migrations", "node_modules"} & set(path.parts)
        and "django.utils.translation import gettext" in path.read_text(encoding="utf-8")
    }

    assert [room.name for room in speaking if not list(room.glob("locale/ru/LC_MESSAGES/django.po"))] == []
