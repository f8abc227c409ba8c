import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from zemstvo.capabilities.services import queries
from zemstvo.capabilities.services.commands import localise_service, publish_package, retire_service
from zemstvo.capabilities.services.models import LocalValues
from zemstvo.capabilities.services.refusals import (
    LocalValuesAreFaulty,
    NoSuchService,
    ServiceIsRetired,
    SlotIsClosed,
)
from zemstvo.capabilities.services.tests.firewood import (
    BESSONOVKA_VILLAGE,
    FIREWOOD,
    MONDAY,
    PENZA_REGION,
    TAMBOV,
    ZARECHNY,
    answers,
    changed,
)
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.refusals import NoMandate, Refusal

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SLOTS = {"fee": 5000, "parameters": {"minimum": 500_000}}


@pytest.fixture
def published(town):
    publish_package(town.act("nina"), FIREWOOD)
    town.forget()
    return town


def test_a_municipality_sets_its_fee_and_the_journal_says_so(published):
    assert localise_service(house_act(), "firewood", SLOTS, territory=ZARECHNY) == 1

    assert queries.live("firewood", ZARECHNY).legal.fee_minor == 5000
    assert queries.live("firewood").legal.fee_minor == 0
    assert queries.live("firewood", TAMBOV).legal.fee_minor == 0
    (fact,) = published.journal()
    assert fact["kind"] == "service.localised"
    assert fact["payload"] == {
        "place": ZARECHNY,
        "revision": 1,
        "service": "firewood",
        "slots": ["fee", "parameters"],
    }


def test_the_values_of_a_region_hold_in_its_villages_until_one_sets_its_own(published):
    localise_service(house_act(), "firewood", {"fee": 100}, territory=PENZA_REGION)
    assert queries.live("firewood", BESSONOVKA_VILLAGE).legal.fee_minor == 100

    localise_service(house_act(), "firewood", {"fee": 200}, territory=BESSONOVKA_VILLAGE)

    assert queries.live("firewood", BESSONOVKA_VILLAGE).legal.fee_minor == 200
    assert queries.live("firewood", ZARECHNY).legal.fee_minor == 100


def test_each_change_is_a_revision_and_a_case_keeps_the_one_it_was_filed_under(published):
    localise_service(house_act(), "firewood", {"fee": 100}, territory=ZARECHNY)
    assert localise_service(house_act(), "firewood", {}, territory=ZARECHNY) == 2

    assert queries.live("firewood", ZARECHNY).legal.fee_minor == 0
    assert queries.live("firewood", ZARECHNY).local.revision == 2
    assert queries.package("firewood", 1, ZARECHNY, 1).legal.fee_minor == 100
    assert queries.package("firewood", 1, ZARECHNY, 0).local.revision == 0
    assert queries.local_values("firewood", ZARECHNY, 1).values == {"fee": 100}


def test_an_update_of_the_base_keeps_the_slots_of_every_municipality(published, tmp_path):
    localise_service(house_act(), "firewood", SLOTS, territory=ZARECHNY)
    folder = changed(tmp_path, ("version: 1", "version: 2"), ("minutes: 10", "minutes: 5"))

    publish_package(published.act("nina"), folder)

    live = queries.live("firewood", ZARECHNY)
    assert (live.version, live.minutes, live.legal.fee_minor) == (2, 5, 5000)


def test_a_slot_that_the_new_base_has_closed_falls_back_to_the_base(published, tmp_path):
    localise_service(house_act(), "firewood", SLOTS, territory=ZARECHNY)
    folder = changed(
        tmp_path, ("version: 1", "version: 2"), ("[office, hours, fee, header", "[office, hours, header")
    )
    (folder / "examples" / "local.yaml").unlink()

    publish_package(published.act("nina"), folder)

    live = queries.live("firewood", ZARECHNY)
    assert live.legal.fee_minor == 0
    assert live.eligibility(answers(), MONDAY).reasons == ("R02",)


def test_an_extra_question_of_the_town_is_asked_in_the_town(published):
    extra = {"page": "house", "field": {"id": "local_chimney", "type": "yes_no", "label": "Дымоход чист"}}
    localise_service(house_act(), "firewood", {"extra_fields": [extra]}, territory=ZARECHNY)

    assert queries.live("firewood", ZARECHNY).shown("local_chimney", {})
    assert "local_chimney" not in queries.live("firewood").fields


def test_the_service_owner_of_the_centre_and_a_stranger(published):
    localise_service(published.act("nina"), "firewood", SLOTS, territory=ZARECHNY)
    published.forget()

    for who in ("anna", "vera", "oleg"):
        with pytest.raises(NoMandate):
            localise_service(published.act(who), "firewood", SLOTS, territory=ZARECHNY)

    assert published.journal() == []


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"term": "5wd"}, LocalValuesAreFaulty),
        ({"fee": -5}, LocalValuesAreFaulty),
        ({"parameters": {"per_metre": 1}}, LocalValuesAreFaulty),
        ([], LocalValuesAreFaulty),
    ],
)
def test_values_that_do_not_fit_are_refused(published, values, refusal):
    with pytest.raises(refusal):
        localise_service(house_act(), "firewood", values, territory=ZARECHNY)

    assert published.journal() == []
    assert LocalValues.objects.count() == 0


def test_a_slot_that_the_base_keeps_closed_is_refused(town, tmp_path):
    folder = changed(tmp_path, ("[office, hours, fee, header", "[office, hours, header"))
    (folder / "examples" / "local.yaml").unlink()
    publish_package(town.act("nina"), folder)
    town.forget()

    with pytest.raises(SlotIsClosed, match="fee"):
        localise_service(house_act(), "firewood", {"fee": 1}, territory=ZARECHNY)

    assert town.journal() == []


def test_an_unknown_service_a_retired_one_and_an_unknown_place_are_refused(published):
    with pytest.raises(NoSuchService):
        localise_service(house_act(), "coal", SLOTS, territory=ZARECHNY)
    with pytest.raises(Refusal, match="99999999"):
        localise_service(house_act(), "firewood", SLOTS, territory="99999999")
    retire_service(house_act(), "firewood")
    published.forget()
    with pytest.raises(ServiceIsRetired):
        localise_service(house_act(), "firewood", SLOTS, territory=ZARECHNY)

    assert published.journal() == []


def test_the_database_itself_refuses_to_change_a_revision(published):
    localise_service(house_act(), "firewood", SLOTS, territory=ZARECHNY)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        LocalValues.objects.update(values="{}")
