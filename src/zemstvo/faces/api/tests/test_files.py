"""A machine uploads what its application names: sealed, once, and nothing that a field would not take."""

import json

import pytest

from zemstvo.capabilities.cases.models import CaseFile, WaitingFile
from zemstvo.faces.api.tests.conftest import Machine
from zemstvo.ground.people import files as store

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n"


def with_paper(application, *files):
    """The application of somebody who rents, for which a lease is asked."""
    answers = application["answers"] | {"tenure": "private_tenant", "tenure_document": list(files)}
    return application | {"answers": answers}


def test_a_file_is_uploaded_named_and_kept_sealed(machine, application, settings, tmp_path):
    settings.FILES = tmp_path / "files"
    uploaded = machine.upload(PDF, "договор.pdf")
    filed = machine.file(with_paper(application, uploaded.json()["id"]))

    assert uploaded.status_code == 201
    told = uploaded.json()
    assert set(told) == {"id", "name", "media_type", "size_bytes", "scan", "expires_at"}
    assert (told["name"], told["media_type"], told["size_bytes"]) == (
        "договор.pdf",
        "application/pdf",
        len(PDF),
    )
    assert filed.status_code == 201, filed.json()
    file = CaseFile.objects.get()
    assert (file.case.number, str(file.id)) == (filed.json()["number"], told["id"])
    assert store.content_of(file.stored_as) == PDF
    assert not any(b"%PDF" in path.read_bytes() for path in settings.FILES.rglob("*") if path.is_file())


def test_a_foreign_file_is_refused_at_its_field(machine, application, town):
    other = Machine("applications:write")
    town.forget()
    file = other.upload(PDF).json()["id"]

    answer = machine.file(with_paper(application, file))

    assert answer.status_code == 422
    assert answer.json()["code"] == "answers.invalid"
    assert [error["field"] for error in answer.json()["errors"]] == ["tenure_document"]
    assert town.kinds() == ["waiting_file.uploaded"]


def test_the_same_application_without_a_file_says_that_one_is_needed(machine, application):
    assert machine.file(with_paper(application)).status_code == 422


@pytest.mark.parametrize(
    ("content", "headers", "status", "code"),
    [
        (b"MZ", {}, 422, "file.type"),
        (b" ", {}, 422, "file.type"),
        (PDF, {"content_type": "multipart/form-data; boundary=x"}, 415, "request.file-media-type"),
        (PDF, {"content_type": "application/json"}, 415, "request.file-media-type"),
        (b"%PDF" + b"x" * (60 << 20), {}, 413, "request.too-large"),
    ],
    ids=["program", "nothing", "form", "json", "60 MB"],
)
def test_what_is_no_file_is_refused_with_its_fault(machine, town, content, headers, status, code):
    answer = machine.upload(content, **headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert town.journal() == []


def test_nobody_uploads_without_a_token_or_with_one_that_only_reads(machine, town):
    anybody = machine.client.post("/api/v1/files", data=PDF, content_type="application/octet-stream")
    reader = Machine("cases:read").upload(PDF)

    assert (anybody.status_code, reader.status_code) == (401, 403)
    assert json.loads(reader.content)["code"] == "mandate.missing"
    assert not WaitingFile.objects.exists()


def test_a_name_with_a_way_in_it_is_a_name(machine):
    assert machine.upload(PDF, "../../etc/pass\x00wd\r\n").json()["name"] == "passwd"
