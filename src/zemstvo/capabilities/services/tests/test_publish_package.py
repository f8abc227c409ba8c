import json
from threading import Barrier, Thread

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError

from zemstvo.capabilities.services import queries
from zemstvo.capabilities.services.commands import publish_document, publish_package, retire_service
from zemstvo.capabilities.services.compiling import DocumentIsFaulty
from zemstvo.capabilities.services.models import ServiceVersion
from zemstvo.capabilities.services.refusals import (
    NoSuchService,
    PackageIsFaulty,
    VersionIsOlder,
    VersionIsPublished,
)
from zemstvo.capabilities.services.tests.firewood import FIREWOOD, changed, checked
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.models import Fact
from zemstvo.ground.journal.refusals import NoMandate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def second(folder, *changes):
    """The second version, with a shorter question."""
    return changed(
        folder,
        ("version: 1", "version: 2"),
        ("type: number, label: Площадь,", "type: number, label: Площадь дома,"),
        *changes,
    )


def rename(folder, old, new):
    """Rename an id in every file of a package."""
    for path in folder.rglob("*.yaml"):
        path.write_text(path.read_text().replace(new, old).replace(old, new))


def test_the_service_owner_publishes_a_package_and_the_journal_says_so(town):
    published = publish_package(town.act("nina"), FIREWOOD)

    assert (published.service, published.version, published.is_new) == ("firewood", 1, True)
    assert queries.live("firewood").digest == published.digest == checked().package.digest
    (fact,) = town.journal()
    assert fact["kind"] == "package.published"
    assert fact["payload"] == {"digest": published.digest, "service": "firewood", "version": 1}
    assert (fact["service"], fact["service_version"]) == ("firewood", 1)


def test_a_stranger_and_a_clerk_publish_nothing(town):
    for who in ("anna", "vera", "artyom"):
        with pytest.raises(NoMandate):
            publish_package(town.act(who), FIREWOOD)
        with pytest.raises(NoMandate):
            publish_document(town.act(who), checked().document)

    assert town.journal() == []
    with pytest.raises(NoSuchService):
        queries.live("firewood")


def test_a_faulty_package_is_not_published_and_all_its_faults_are_there(town, tmp_path):
    folder = changed(tmp_path, ("  fee: 0", "  fee: x"), ("minutes: 10", "minutes: 0"))

    with pytest.raises(PackageIsFaulty, match="2") as refused:
        publish_package(town.act("nina"), folder)

    assert len(refused.value.faults) == 2
    assert town.journal() == []


def test_a_package_whose_example_fails_is_not_published(town, tmp_path):
    folder = changed(tmp_path, ("due: 2026-11-11", "due: 2026-11-12"), file="examples/granted.yaml")

    with pytest.raises(PackageIsFaulty, match="2026-11-11 is expected"):
        publish_package(town.act("nina"), folder)

    assert town.journal() == []


def test_what_is_live_already_can_be_published_again_without_harm(town):
    publish_package(town.act("nina"), FIREWOOD)
    town.forget()

    again = publish_package(town.act("nina"), FIREWOOD)

    assert not again.is_new
    assert town.journal() == []
    assert len(queries.versions("firewood")) == 1


def test_a_published_version_cannot_be_published_with_another_content(town, tmp_path):
    publish_package(town.act("nina"), FIREWOOD)
    town.forget()
    other = changed(tmp_path, ("type: number, label: Площадь,", "type: number, label: Площадь дома,"))

    with pytest.raises(VersionIsPublished, match="1"):
        publish_package(town.act("nina"), other)

    assert town.journal() == []
    assert queries.live("firewood").digest == checked().package.digest


def test_a_second_version_goes_live_and_the_first_stays_for_its_cases(town, tmp_path):
    publish_package(town.act("nina"), FIREWOOD)

    publish_package(town.act("nina"), second(tmp_path))

    assert queries.live("firewood").version == 2
    assert queries.live("firewood").fields["area"].label["ru"] == "Площадь дома"
    assert queries.package("firewood", 1).fields["area"].label["ru"] == "Площадь"
    assert [(row.version, row.is_live) for row in queries.versions("firewood")] == [(2, True), (1, False)]


def test_an_older_version_does_not_come_back(town, tmp_path):
    publish_package(town.act("nina"), FIREWOOD)
    publish_package(town.act("nina"), second(tmp_path))
    town.forget()

    with pytest.raises(VersionIsOlder):
        publish_package(town.act("nina"), FIREWOOD)

    assert town.journal() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("retired: {fields: [old_area]}", "retired: {fields: []}", "old_area, of an earlier version"),
        (
            "{id: phone, type: phone",
            "{id: mobile, type: phone",
            "phone, of an earlier version and not in this one",
        ),
        ("{id: phone, type: phone", "{id: phone, type: text", "the type phone of version 1, or another id"),
        ("  hard-case: {text", "  harder-case: {text", "hard-case, of an earlier version"),
    ],
)
def test_ids_of_an_earlier_version_keep_their_meaning(town, tmp_path, old, new, fault):
    publish_package(town.act("nina"), FIREWOOD)
    town.forget()
    folder = second(tmp_path, (old, new))
    if "mobile" in new:
        rename(folder, "      phone:", "      mobile:")
    if "harder" in new:
        rename(folder, "hard-case", "harder-case")

    with pytest.raises(PackageIsFaulty) as refused:
        publish_package(town.act("nina"), folder)

    assert fault in "\n".join(map(str, refused.value.faults))
    assert refused.value.faults[0].line > 0
    assert town.journal() == []


def test_an_id_that_is_retired_by_name_may_go(town, tmp_path):
    publish_package(town.act("nina"), FIREWOOD)
    folder = second(
        tmp_path,
        ("      - {id: phone, type: phone, label: Телефон, required: false}\n", ""),
        ("retired: {fields: [old_area]}", "retired: {fields: [old_area, phone]}"),
    )
    texts = folder / "texts.en.yaml"
    texts.write_text(texts.read_text().replace("      phone: {label: Telephone}\n", ""))

    assert publish_package(town.act("nina"), folder).version == 2


def test_the_ids_are_also_honoured_by_who_has_only_a_document(town):
    publish_package(town.act("nina"), FIREWOOD)
    town.forget()
    document = json.loads(json.dumps(checked().document)) | {"version": 2}
    document["pages"][2]["fields"][3]["type"] = "text"

    with pytest.raises(PackageIsFaulty, match="of version 1, or another id"):
        publish_document(town.act("nina"), document)

    assert town.journal() == []


def test_the_database_itself_refuses_to_change_a_version(town):
    publish_package(town.act("nina"), FIREWOOD)

    with pytest.raises(DatabaseError, match="a published version never changes"), transaction.atomic():
        ServiceVersion.objects.update(document="{}")
    with pytest.raises(DatabaseError), transaction.atomic():
        ServiceVersion.objects.create(
            service="firewood", version=1, digest="x", document="{}", published_at=town.act("nina").at
        )

    assert queries.package("firewood", 1).digest == checked().package.digest


def test_a_document_that_was_changed_past_the_database_is_not_used(town):
    publish_package(town.act("nina"), FIREWOOD)
    document = json.loads(json.dumps(checked().document)) | {"minutes": 99}
    with connection.cursor() as cursor:
        on = " ON services_version" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER services_version_never_changes{on}")
    ServiceVersion.objects.update(document=json.dumps(document, ensure_ascii=False))

    with pytest.raises(DocumentIsFaulty, match="is not the document that was published"):
        queries.document("firewood", 1)


def test_a_retired_service_comes_back_when_it_is_published_again(town):
    publish_package(town.act("nina"), FIREWOOD)
    retire_service(town.act("nina"), "firewood")
    town.forget()

    assert publish_package(town.act("nina"), FIREWOOD).is_new

    assert queries.live("firewood").version == 1
    assert town.kinds() == ["package.published"]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_who_publish_at_once_leave_one_version():
    ready, outcomes = Barrier(2), []
    documents = [checked().document, json.loads(json.dumps(checked().document)) | {"minutes": 11}]

    def publish(document):
        try:
            ready.wait()
            outcomes.append(publish_document(house_act(), document).digest)
        except (VersionIsPublished, DatabaseError) as refusal:
            outcomes.append(type(refusal))
        finally:
            connections.close_all()

    threads = [Thread(target=publish, args=(document,)) for document in documents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([one for one in outcomes if isinstance(one, str)]) == 1
    assert ServiceVersion.objects.count() == Fact.objects.count() == 1
    assert queries.live("firewood").digest in outcomes
