"""A replayed year: the same seed tells the same story, and the planted hindrance shows."""

from datetime import timedelta
from pathlib import Path

import pytest

from zemstvo.capabilities.services.commands import publish_package
from zemstvo.ground.journal.acts import house_act
from zemstvo.town.testing import MORNING
from zemstvo.town.year import SLOW_AUTHORITY, Year

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PACKAGES = Path(__file__).parents[4] / "packages"


def test_a_year_replays_cases_in_the_order_of_time_and_bessonovka_waits_longest_for_evidence(town):
    for folder in sorted(PACKAGES.iterdir()):
        publish_package(house_act(at=MORNING - timedelta(days=400)), folder)
    town.forget()

    Year(town.standing, cases=60, until=MORNING).run()

    facts = [fact for fact in town.journal() if fact["kind"].startswith(("case.", "evidence."))]
    moments = [fact["occurred_at"] for fact in facts]
    assert moments == sorted(moments)
    late = [
        fact["authority"]
        for fact in facts
        if fact["kind"] == "evidence.answered" and fact["payload"]["was_late"]
    ]
    assert late
    assert set(late) == {SLOW_AUTHORITY}
    assert {"case.filed", "case.accepted", "case.decided"} <= {fact["kind"] for fact in facts}
