"""One demo for all tests that start a site: building it takes seconds."""

import pytest

from zemstvo.site.tests.running import Site, fresh_databases


@pytest.fixture(scope="session")
def databases():
    with fresh_databases() as places:
        yield places


@pytest.fixture(scope="session")
def demo(databases, tmp_path_factory):
    """The data folder of a demo that was started, used and stopped once."""
    data = tmp_path_factory.mktemp("up") / "demo"
    site = Site(data, **databases)
    said = site.said.read_text()
    status, seconds = site.stop()
    assert "vera@zarechny.example" in said, said
    assert status == 0, site.logged.read_text()[-2000:]
    assert seconds < 20
    return data
