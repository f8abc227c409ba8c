"""The intake: the hand-written statement writes what the models and the journal would have written."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from zemstvo.capabilities.cases import intake, numbering
from zemstvo.capabilities.cases.matter import record
from zemstvo.capabilities.cases.models import Case, NumberSeries
from zemstvo.capabilities.cases.placing import place
from zemstvo.capabilities.cases.preparing import next_number, prepare
from zemstvo.capabilities.cases.requests import RequestKey
from zemstvo.capabilities.cases.tests.zarechny import SERVICE, ZARECHNY
from zemstvo.ground.journal.acts import command
from zemstvo.ground.journal.models import Fact, Touch, Unsealed

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

OWN = {"id", "number", "tracking_hash", "answers"}
"""What differs from case to case."""


def row(case: Case) -> dict[str, Any]:
    names = {field.attname for field in Case._meta.concrete_fields} - OWN
    return {name: getattr(case, name) for name in names}


def shape(fact: dict[str, Any], number: str) -> dict[str, Any]:
    own = {"id", "recorded_at"}
    text = {name: value for name, value in fact.items() if name not in own}
    return eval(repr(text).replace(number, "NUMBER"))


@command
def by_the_models(act, prepared):
    """The same application through the ORM and the ordinary journal."""
    prepared.case.save(force_insert=True)
    record(prepared.act, prepared.case, prepared.fact)
    return prepared.case


def test_the_lean_path_writes_the_rows_of_the_models(town):
    act = town.act("anna")
    at = place(SERVICE, ZARECHNY)
    lean = town.file(act, key=RequestKey("token", "key", b"x" * 32)).number

    prepared = prepare(act, town.application(), at, number=next_number(act, at))
    usual = by_the_models(act, prepared).number

    first, second = Case.objects.get(number=lean), Case.objects.get(number=usual)
    assert row(first) == row(second)
    one, two = town.journal()
    assert shape(one, lean) == shape(two, usual)
    seqs = list(Fact.objects.order_by("-seq").values_list("seq", flat=True)[:2])
    touched = [set(Touch.objects.filter(seq=seq).values_list("type", flat=True)) for seq in seqs]
    assert touched[0] == touched[1] == {"case", "person"}
    assert Unsealed.objects.filter(seq__in=seqs).count() == 2


def test_filing_costs_few_statements(town):
    town.file()

    with CaptureQueriesContext(connection) as caught:
        town.file(town.act("anna"), key=RequestKey("token", "key", b"x" * 32))

    wanted = 2 if connection.vendor == "postgresql" else 9
    assert len(caught) <= wanted, [query["sql"][:80] for query in caught]


def test_a_number_that_is_taken_is_drawn_again(town):
    town.file()
    NumberSeries.objects.all().delete()
    numbering.forget()

    assert town.file().number != town.file().number
    assert Case.objects.count() == 3


def test_after_a_restore_numbers_begin_behind_a_gap(town):
    town.file()

    numbering.leave_gap()

    assert int(town.file().number.split("-")[2]) > 1000


def test_a_case_that_cannot_be_stored_leaves_nothing(town, monkeypatch):
    town.file()
    before = town.kinds()
    taken = Case.objects.get().number

    with pytest.raises(IntegrityError):
        intake._store(town.act("anna"), town.application(), place(SERVICE, ZARECHNY), taken, None)

    assert (Case.objects.count(), town.kinds()) == (1, before)
