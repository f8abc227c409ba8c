"""The town for tests: the same federation as in the demo, at a fixed moment, with its journal at hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.commands import publish_document
from zemstvo.ground.journal.acts import Act, house_act
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.models import Fact
from zemstvo.town.raising import FOUNDED, Town, raise_town

MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""Monday, 23 November 2026, ten o'clock in Zarechny."""

PACKAGES = Path(__file__).parents[3] / "packages"


@cache
def _bundled() -> tuple[dict[str, Any], ...]:
    """The documents of the packages that come with the house."""
    found = [check_package(folder).document for folder in sorted(PACKAGES.iterdir()) if folder.is_dir()]
    return tuple(document for document in found if document is not None)


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

    def publish(self) -> None:
        """Publish the bundled packages; they are read and checked once in a process."""
        for document in _bundled():
            publish_document(house_act(at=FOUNDED), document)
        self.forget()

    def forget(self) -> None:
        """From here on `journal` tells only what comes next."""
        self._seen = Fact.objects.count()
