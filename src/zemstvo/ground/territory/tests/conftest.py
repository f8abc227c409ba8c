"""The house, a stranger and the journal, for every test of the room."""

import json
from datetime import UTC, datetime

import pytest

from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.journal.models import Fact

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STRANGER = "00000000-0000-7000-8000-000000000001"


@pytest.fixture
def house() -> Act:
    return house_act(at=NOON, zone="Europe/Moscow")


@pytest.fixture
def stranger() -> Act:
    return Act(actor=STRANGER, at=NOON, zone="Europe/Moscow")


@pytest.fixture
def journal():
    """The facts in the journal, in order: a list of (kind, payload)."""

    def facts() -> list[tuple[str, dict]]:
        bodies = [json.loads(body) for body in Fact.objects.order_by("seq").values_list("body", flat=True)]
        return [(body["kind"], body["payload"]) for body in bodies]

    return facts
