from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zemstvo.capabilities.services import queries
from zemstvo.capabilities.services.commands import localise_service, publish_package
from zemstvo.capabilities.services.package import Circumstances
from zemstvo.capabilities.services.refusals import NoSuchService
from zemstvo.capabilities.services.tests.firewood import FIREWOOD, ZARECHNY
from zemstvo.ground.journal.acts import house_act

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

PACKAGES = Path(__file__).parents[5] / "packages"


@pytest.fixture
def published(town):
    publish_package(house_act(), FIREWOOD)
    return town


def statements(ask):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        ask()
    return len(captured)


def test_a_warm_package_costs_what_its_docstring_says(published):
    queries.live("firewood")
    assert statements(lambda: queries.live("firewood")) == 1
    assert statements(lambda: queries.package("firewood", 1)) == 1
    assert statements(queries.live_services) == 1

    localise_service(house_act(), "firewood", {"fee": 5}, territory=ZARECHNY)
    queries.live("firewood", ZARECHNY)
    assert statements(lambda: queries.live("firewood", ZARECHNY)) <= 3


def test_a_warm_package_is_the_same_object(published):
    assert queries.live("firewood") is queries.package("firewood", 1)


def test_an_unknown_service_version_or_revision_is_not_found(published):
    for ask in (
        lambda: queries.live("coal"),
        lambda: queries.package("firewood", 2),
        lambda: queries.package("x" * 5000, 1),
        lambda: queries.document("coal", 1),
        lambda: queries.example_request("coal"),
    ):
        with pytest.raises(NoSuchService):
            ask()
    assert queries.versions("coal") == []
    assert queries.local_values("firewood", ZARECHNY).revision == 0
    assert queries.package("firewood", 1, ZARECHNY, 77).local.revision == 0


def test_the_first_example_makes_a_body_that_is_taken(published):
    body = queries.example_request("firewood")

    assert body.keys() == {"service", "territory", "channel", "applicant", "answers"}
    assert (body["service"], body["territory"], body["channel"]) == ("firewood", ZARECHNY, "api")
    checked = queries.live("firewood").check_answers(
        body["answers"], Circumstances(applicant=body["applicant"])
    )
    assert checked.is_sound


def test_the_body_names_no_file_that_nobody_uploaded(town):
    for service in ("housing-subsidy", "address-assignment"):
        publish_package(house_act(), PACKAGES / service)

        body = queries.example_request(service)

        assert queries.named_files(service, body["answers"]) == []
    right = {"right_document": ["018f2b6e-0000-7000-8000-000000000011"]}
    assert queries.named_files("address-assignment", right) == ["right_document"]


def test_a_document_can_be_read_again_word_for_word(published):
    assert queries.document("firewood", 1)["title"] == {
        "ru": "Помощь на покупку дров",
        "en": "Help to buy firewood",
    }
