"""A replayed year: the same seed tells the same story, and the planted hindrance shows."""

import pytest

from zemstvo.town.testing import MORNING
from zemstvo.town.year import SLOW_AUTHORITY, Year

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_year_replays_cases_in_the_order_of_time_and_bessonovka_waits_longest_for_evidence(town):
    town.publish()

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
