from datetime import date

import pytest

from zemstvo.capabilities.services import queries
from zemstvo.capabilities.services.commands import publish_package, retire_service
from zemstvo.capabilities.services.refusals import NoSuchService, ServiceIsRetired
from zemstvo.capabilities.services.tests.firewood import FIREWOOD
from zemstvo.ground.journal.refusals import NoMandate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def published(town):
    publish_package(town.act("nina"), FIREWOOD)
    town.forget()
    return town


def test_a_retired_service_takes_no_new_applications_and_its_cases_go_on(published):
    retire_service(published.act("nina"), "firewood")

    with pytest.raises(ServiceIsRetired):
        queries.live("firewood")
    assert queries.package("firewood", 1).version == 1
    assert queries.live_services() == []
    assert queries.versions("firewood")[0].retired_on == date(2026, 11, 23)
    (fact,) = published.journal()
    assert fact["payload"] == {"retired_on": "2026-11-23", "service": "firewood", "version": 1}


def test_only_a_service_owner_retires(published):
    with pytest.raises(NoMandate):
        retire_service(published.act("vera"), "firewood")

    assert published.journal() == []
    assert queries.live("firewood").version == 1


def test_a_service_retires_once(published):
    retire_service(published.act("nina"), "firewood")
    published.forget()

    with pytest.raises(ServiceIsRetired):
        retire_service(published.act("nina"), "firewood")

    assert published.journal() == []


def test_what_was_never_published_cannot_retire(town):
    with pytest.raises(NoSuchService):
        retire_service(town.act("nina"), "coal")

    assert town.journal() == []
