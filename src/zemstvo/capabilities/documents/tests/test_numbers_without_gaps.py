"""Many officials at once take numbers out of one register, and no number is lost or given twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from zemstvo.capabilities.documents.models import Document
from zemstvo.capabilities.documents.tests.zarechny import official
from zemstvo.ground.journal.acts import command
from zemstvo.ground.people import vault

WRITERS = 8
EACH = 6


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_eight_officials_at_once_leave_no_gap(issue):
    vault.seal(issue_person(issue), {})  # unwrap Anna's key once, before the race
    start = Barrier(WRITERS)

    def write(writer):
        start.wait()
        try:
            return [
                _issue_or_stumble(official("vera"), issue, stumbles=(writer + turn) % 4 == 3)
                for turn in range(EACH)
            ]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WRITERS) as pool:
        numbers = [number for found in pool.map(write, range(WRITERS)) for number in found if number]

    sequences = sorted(Document.objects.values_list("sequence", flat=True))
    assert sequences == list(range(1, len(sequences) + 1))
    assert len(numbers) == len(set(numbers)) == len(sequences) - 1


def issue_person(issue):
    issue()
    return str(Document.objects.get().person)


def _issue_or_stumble(act, issue, *, stumbles):
    """One decision; every fourth is given up after its number was taken, as when the case that wanted it
    refuses.
    """
    try:
        return _issue(act, issue, stumbles)
    except RuntimeError:
        return None


@command
def _issue(act, issue, stumbles):
    issued = issue(act)
    if stumbles:
        raise RuntimeError("the case stumbled")
    return issued.number
