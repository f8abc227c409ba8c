"""The shapes of requests and answers, as the OpenAPI description publishes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(max_length=120)]
Digits = Annotated[str, Field(max_length=20)]


class PersonIn(BaseModel):
    """A natural person who applies."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["person"]
    family_name: Name
    given_name: Name
    patronymic: Name = ""
    born_on: date | None = None
    snils: Digits = Field("", description="Eleven digits with the right check digits; names the person.")
    inn: Digits = ""
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class OrganisationIn(BaseModel):
    """An organisation that applies."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["organisation"]
    name: Annotated[str, Field(max_length=500)]
    inn: Digits = ""
    ogrn: Digits = ""
    email: Annotated[str, Field(max_length=254)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class ApplicationIn(BaseModel):
    """An application for a service."""

    model_config = ConfigDict(extra="forbid")

    service: Annotated[str, Field(max_length=64, description="The id of the service.")]
    territory: Annotated[str, Field(max_length=16, description="OKTMO code of the place, 8 or 11 digits.")]
    channel: Literal["api", "intermediary"] = Field(
        "api", description="“intermediary” where people come to one: only with a token that names it."
    )
    applicant: Annotated[PersonIn | OrganisationIn, Field(discriminator="kind")]
    answers: dict[str, Any] = Field(
        description="Answers by field id; money in minor units, days as YYYY-MM-DD, files as lists of ids "
        "from POST /files."
    )
    language: Literal["ru", "en"] = "ru"
    consents: Annotated[
        list[Annotated[str, Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")]], Field(max_length=20)
    ] = []


class FileOut(Schema):
    """A file that waits for its application."""

    id: str = Field(description="Name it in `answers`, once, with the same token.")
    name: str
    media_type: str = Field(description="What the content is, whatever was declared.")
    size_bytes: int
    scan: Literal["clean", "unscanned"]
    expires_at: datetime = Field(description="Until then an application has to name it.")


class PromiseOut(Schema):
    """The journal's signed promise to seal the fact; the proof follows under /journal/proof/{fact}."""

    model_config = ConfigDict(extra="allow")

    fact: str


class ReceiptOut(Schema):
    """The application is safe."""

    number: str
    tracking_code: str = Field(description="Opens the case without an account; shown only here.")
    state: str
    due_on: date | None = Field(description="The legal day of the answer.")
    promise: PromiseOut


class DocumentOut(Schema):
    """A document of a case."""

    number: str
    kind: str
    state: str
    registered_on: date
    valid_until: date | None


class CaseOut(Schema):
    """Where a case stands. No personal data: the machine that filed it has them."""

    number: str
    service: str
    service_version: int
    territory: str
    authority: str
    state: str
    stage: str
    outcome: str
    status: str
    filed_at: datetime
    due_on: date | None
    is_open: bool
    wanted: list[str]
    documents: list[DocumentOut]


class ServiceOut(Schema):
    """A service in the catalogue."""

    service: str
    version: int
    title: dict[str, str]
    level: str
    life_events: list[str]
    channels: list[str]


class ServicePageOut(ServiceOut):
    """A service with the JSON Schema of its answers."""

    answers: dict[str, Any] = Field(description="JSON Schema 2020-12 of `answers`.")


class ProblemOut(Schema):
    """An error (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    instance: str
    errors: list[dict[str, str]] = []
