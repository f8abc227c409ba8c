"""The canonical text of a fact, its id, and the rows that it becomes."""

import json
import time
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

import pytest
import rfc8785
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from zemstvo.ground.journal.facts import EXACT
from zemstvo.ground.journal.models import Fact, Touch, Unsealed
from zemstvo.ground.journal.tests.facts_of_zarechny import Weather, mended, vera
from zemstvo.ground.journal.writing import (
    FACTS_CTES,
    canonical,
    facts_parameters,
    leaf_hash,
    line_of,
    uuid7,
    write_lines,
)

texts = st.text(st.characters(exclude_categories=["Cs"]))
keys = st.text(st.characters(max_codepoint=127))
scalars = texts | st.integers(-EXACT, EXACT) | st.booleans() | st.none()
values = st.recursive(scalars, st.lists, max_leaves=5)


def line(fact=None, at=None):
    act = vera(at)
    return line_of(
        act, fact or mended(), territory=act.territory, authority="", service="", service_version=0
    )


@given(st.dictionaries(keys, values | st.dictionaries(keys, values)))
def test_the_canonical_text_is_that_of_rfc_8785(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@given(
    number=st.from_regex(r"[0-9А-Я][0-9А-Яа-я./-]{0,20}[0-9]", fullmatch=True),
    planks=st.integers(-EXACT, EXACT),
    at=st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),  # noqa: DTZ001
    weather=st.sampled_from(Weather),
    neighbours=st.lists(st.from_regex(r"[0-9]{1,4}", fullmatch=True, alphabet="0123456789"), max_size=3),
)
def test_a_line_is_written_canonically_without_sorting(number, planks, at, weather, neighbours):
    fact = mended(number, planks=planks, weather=weather, seen_at=at, neighbours=tuple(neighbours))

    body = line(fact, at).body

    assert body.encode() == rfc8785.dumps(json.loads(body))


def test_a_line_says_who_what_when_and_about_what():
    written = line(mended("F-1", neighbours=("F-2", "F-1")))
    told = json.loads(written.body)

    assert told["id"] == written.stamp.fact
    assert (told["kind"], told["interaction"], told["channel"], told["entry"]) == (
        "fence.mended",
        "notice",
        "counter",
        "transcribed",
    )
    assert told["occurred_at"] == "2026-11-23T09:30:00.000000Z"
    assert told["objects"] == [
        {"id": "F-1", "role": "fence", "type": "fence"},
        {"id": "F-2", "role": "neighbour", "type": "fence"},
        {"id": "F-1", "role": "neighbour", "type": "fence"},
    ]
    assert written.touches == (("fence", "F-1"), ("fence", "F-2"))


def test_the_leaf_hash_is_that_of_rfc_6962():
    written = line()

    assert (
        written.stamp.leaf_hash == sha256(b"\0" + written.body.encode()).digest() == leaf_hash(written.body)
    )


def test_an_id_is_a_uuid_of_version_7_that_carries_its_millisecond():
    before = time.time_ns() // 1_000_000
    made = UUID(uuid7())
    after = time.time_ns() // 1_000_000

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before <= made.int >> 80 <= after
    assert UUID(uuid7(1_795_000_000.123)).int >> 80 == 1_795_000_000_123
    assert len({uuid7() for _ in range(1000)}) == 1000


@pytest.mark.django_db(databases=["default", "keys"])
def test_lines_become_rows_in_their_order(django_assert_num_queries):
    lines = [line(mended(f"F-{n}", neighbours=(f"F-{n + 1}",))) for n in range(20)]

    write_lines(lines)

    facts = list(Fact.objects.order_by("seq"))
    assert [str(fact.id) for fact in facts] == [one.stamp.fact for one in lines]
    assert [fact.body for fact in facts] == [one.body for one in lines]
    assert list(Unsealed.objects.order_by("seq").values_list("seq", "hash")) == [
        (fact.seq, one.stamp.leaf_hash) for fact, one in zip(facts, lines, strict=True)
    ]
    assert list(Touch.objects.order_by("seq", "object").values_list("type", "object", "seq")) == sorted(
        (("fence", f"F-{n + i}", facts[n].seq) for n in range(20) for i in (0, 1)),
        key=lambda touch: (touch[2], touch[1]),
    )


@pytest.mark.django_db(databases=["default", "keys"])
def test_rows_of_ones_own_and_facts_fit_into_one_statement(django_assert_num_queries):
    if connection.vendor != "postgresql":
        return  # common table expressions that write are PostgreSQL's

    with django_assert_num_queries(1), connection.cursor() as cursor:
        cursor.execute(
            f"WITH {FACTS_CTES} INSERT INTO journal_reader (name, next_leaf, failures, error) "
            "VALUES (%s, 0, 0, '')",
            [*facts_parameters([line(), line()]), "fences"],
        )

    assert Fact.objects.count() == Unsealed.objects.count() == Touch.objects.count() == 2
