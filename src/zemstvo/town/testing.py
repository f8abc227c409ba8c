"""The town for tests: the same federation as in the demo, at a fixed moment, with its journal at hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.models import Fact
from zemstvo.town.raising import Town, raise_town

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""Monday, 23 November 2026, ten o'clock in Zarechny."""


class TownForTests:
    """The town as a test sees it: acts of its people, and what its journal took since the test began."""

    def __init__(self, *, with_accounts: bool = False) -> None:
        self.standing: Town = raise_town(with_accounts=with_accounts)
        self.people = self.standing.people
        self.mandates = self.standing.mandates
        self._seen = Fact.objects.count()

    def act(
        self, key: str, at: datetime = MORNING, *, channel: Channel | None = None, behalf_of: str = ""
    ) -> Act:
        """An act of one of the cast, on the Monday morning of the tests unless said."""
        return self.standing.act(key, at, channel=channel, behalf_of=behalf_of)

    def journal(self) -> list[dict[str, Any]]:
        """The facts that came into the journal since the town was raised, or since the last `forget`."""
        bodies = Fact.objects.order_by("seq").values_list("body", flat=True)[self._seen :]
        return [json.loads(body) for body in bodies]

    def kinds(self) -> list[str]:
        """Only the kinds of these facts, in order."""
        return [fact["kind"] for fact in self.journal()]

    def forget(self) -> None:
        """From here on `journal` tells only what comes next."""
        self._seen = Fact.objects.count()
