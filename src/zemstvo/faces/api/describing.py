"""The OpenAPI description, and the operations that django-ninja carries.

`POST /applications` and `POST /files` are described here and answered by plain views, which stand before
these in urls.py.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.security import HttpBearer

from zemstvo import __version__
from zemstvo.faces.api.refusals import RequestInvalid
from zemstvo.faces.api.shapes import (
    ApplicationIn,
    CaseOut,
    FileOut,
    ProblemOut,
    ReceiptOut,
    ServiceOut,
    ServicePageOut,
)
from zemstvo.faces.api.views import cases, journal, services
from zemstvo.faces.api.views.applications import applications
from zemstvo.faces.api.views.files import files


class Token(HttpBearer):
    """For the description only: each view reads the token itself, so that an act comes of it."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """Let the view decide."""
        return token

    def __call__(self, request: HttpRequest) -> Any:
        return True


class Described(NinjaAPI):
    """Ninja without answers of its own: what it refuses goes the way of every refusal."""

    def on_exception(self, request: HttpRequest, exc: Exception) -> HttpResponse:  # type: ignore[override]
        if isinstance(exc, ValidationError):
            errors = [
                {"field": ".".join(str(part) for part in error["loc"]), "message": str(error["msg"])}
                for error in exc.errors
            ]
            raise RequestInvalid(errors=errors) from None
        raise exc

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The description, with the media types that ninja takes to be JSON throughout."""
        described = super().get_openapi_schema(**given)
        for path, operations in described["paths"].items():
            for operation in operations.values():
                for status, response in operation["responses"].items():
                    kind = _media_type(path, int(status))
                    if kind and "content" in response:
                        response["content"] = {kind: response["content"]["application/json"]}
        return described


def _media_type(path: str, status: int) -> str:
    if status >= 400:
        return "application/problem+json"
    return "text/plain" if path.endswith("/journal/checkpoint") else ""


def _problems(*statuses: int) -> dict[int, Any]:
    return dict.fromkeys((*statuses, 503), ProblemOut)


api = Described(
    title="Zemstvo",
    version=__version__,
    description="Applications, cases, services, the journal. Errors: application/problem+json (RFC 9457).",
    docs_url=None,
    openapi_url="openapi.json",
    urls_namespace="api",
)

_KEY = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": True,
            "description": "Random, one for each application; the same when trying again. Kept for 7 days.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 128, "pattern": "^[!-~]+$"},
        }
    ]
}


_FILE = {
    "parameters": [
        {
            "name": "File-Name",
            "in": "header",
            "required": False,
            "description": "The name of the file, percent-encoded UTF-8.",
            "schema": {"type": "string", "maxLength": 1024, "pattern": "^[!-~]*$"},
        }
    ],
    "requestBody": {
        "required": True,
        "description": "The file itself: PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS, ZIP or a detached signature.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    },
}


@api.post(
    "/files",
    auth=Token(),
    response={201: FileOut} | _problems(400, 401, 403, 413, 415, 422, 429),
    tags=["applications"],
    summary="Upload a file that an application will name",
    openapi_extra=_FILE,
)
def upload_file(request: HttpRequest) -> HttpResponse:
    """Upload a file before its application. Its id can be named once, by the same token, within 24 hours."""
    return files(request)


@api.post(
    "/applications",
    auth=Token(),
    response={201: ReceiptOut} | _problems(400, 401, 403, 404, 409, 413, 415, 422, 429),
    tags=["applications"],
    summary="File an application",
    openapi_extra=_KEY,
)
def file_application(request: HttpRequest, application: ApplicationIn) -> HttpResponse:
    """File an application. 201 means that it is durably stored and receipted."""
    return applications(request)


api.get(
    "/cases/{number}",
    auth=Token(),
    response={200: CaseOut} | _problems(401, 403, 404),
    tags=["cases"],
    summary="Where a case stands",
)(cases.case)
api.get(
    "/services", response={200: list[ServiceOut]} | _problems(), tags=["services"], summary="All services"
)(services.services)
api.get(
    "/services/{id}",
    response={200: ServicePageOut} | _problems(404),
    tags=["services"],
    summary="A service, with the JSON Schema of its answers",
)(services.service)
api.get(
    "/journal/checkpoint",
    response={200: str} | _problems(404),
    tags=["journal"],
    summary="The newest checkpoint",
)(journal.checkpoint)
api.get(
    "/journal/proof/{fact}",
    response={200: dict[str, Any]} | _problems(404),
    tags=["journal"],
    summary="Proof that a fact is sealed",
)(journal.proof)
