import pytest
from django.utils import translation

from zemstvo.ground.journal.tests.facts_of_zarechny import vera


@pytest.fixture
def vera_acts():
    return vera()


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    """Each test has a data folder of its own, with keys of its own."""
    settings.DATA, settings.SECRETS = tmp_path, tmp_path / "secrets"
    return tmp_path


@pytest.fixture(autouse=True)
def in_english():
    """The tests quote the sentences of the source."""
    with translation.override("en"):
        yield
