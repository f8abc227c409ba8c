"""Every sample case of every bundled package, played as a real case: same way, same day, same letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from zemstvo.capabilities.cases.models import Case
from zemstvo.capabilities.cases.refusals import AnswersInvalid
from zemstvo.capabilities.cases.tests.player import PACKAGES, Player, document_of, moment
from zemstvo.capabilities.cases.tests.zarechny import Zarechny
from zemstvo.capabilities.cases.upkeep import run
from zemstvo.capabilities.documents.queries import documents_of, text_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def samples() -> Iterator[Any]:
    for service in sorted(PACKAGES.glob("*/service.yaml")):
        for file in sorted((service.parent / "examples").glob("*.yaml")):
            yield pytest.param(service.parent, file.stem, id=f"{service.parent.name}/{file.stem}")


@pytest.mark.parametrize(("folder", "name"), list(samples()))
def test_a_real_case_goes_the_way_of_its_sample(town, folder, name):
    (example,) = (one for one in document_of(folder)["examples"] if one["id"] == name)
    expect = example["expect"]
    player = Player(town, folder, example)
    if "errors" in expect:
        with pytest.raises(AnswersInvalid) as refused:
            player.file()
        assert {error.field for error in refused.value.errors} == set(expect["errors"])
        return

    number = player.file()
    for step in example.get("steps", ()):
        player.step(step)

    case = Case.objects.get(number=number)
    if "path" in expect:
        assert player.path() == expect["path"]
    if "due" in expect:
        assert (case.due_on and case.due_on.isoformat()) == expect["due"]
    letters(town, number, expect.get("letters", {}))
    assert run(moment(case.filed_on + timedelta(days=400)))["limits"] == 0


def letters(town: Zarechny, number: str, wanted: Mapping[str, Mapping[str, list[str]]]) -> None:
    """What the sample says must stand in its letters stands in the documents, in the applicant's language."""
    for card in documents_of(town.house(), number):
        sheet = text_of(town.house(), card.id)
        words = " ".join([sheet.text.title, *(text for block in sheet.text.blocks for text in flat(block))])
        for piece in wanted.get(card.kind, {}).get("ru", ()):
            assert piece.replace("\u00a0", " ") in words.replace("\u00a0", " ")


def flat(block: Any) -> Iterator[str]:
    yield block.text
    yield from block.items
    for row in block.rows:
        yield from row
