"""The town for every test of cases, and a data folder of its own."""

from __future__ import annotations

import pytest

from zemstvo.capabilities.cases import numbering, placing
from zemstvo.capabilities.cases.commands.assigning import loads
from zemstvo.capabilities.cases.tests import zarechny
from zemstvo.capabilities.cases.tests.zarechny import Zarechny
from zemstvo.ground.people import vault


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.FILES = tmp_path / "files"


@pytest.fixture
def town(db) -> Zarechny:
    """Zarechny, built anew."""
    numbering.forget()
    placing.forget()
    loads.forget()
    vault.forget()
    return zarechny.build()
