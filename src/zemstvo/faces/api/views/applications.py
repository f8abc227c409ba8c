"""POST /api/v1/applications: the door of the intake.

A plain Django view, not an operation of django-ninja: it is the hot path, and ninja costs a quarter of a
millisecond here. Its description in the OpenAPI document comes from `describing.file_application`.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from pydantic_core import to_json

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.requests import Application, Receipt
from zemstvo.faces.api.door import Headers, act_of, body_of, key_of, shaped
from zemstvo.faces.api.refusals import NoIntermediary
from zemstvo.faces.api.shapes import ApplicationIn, OrganisationIn, PersonIn
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity

PATH = "/api/v1/applications"


@csrf_exempt
@require_POST
def applications(request: HttpRequest) -> HttpResponse:
    """Take an application, and answer when it is safe: 201 with number, code, due day and promise."""
    act = act_of(request.META)
    receipt = filed(act, request.META, body_of(request))
    response = HttpResponse(told(receipt), status=201, content_type="application/json")
    response["Location"] = place_of(receipt)
    response["Cache-Control"] = "no-store"
    return response


def filed(act: Act, meta: Headers, body: bytes) -> Receipt:
    """File what a machine sent; the application is safe when this returns."""
    key = key_of(meta, act, body)
    asked = shaped(ApplicationIn, body)
    application = Application(
        service=asked.service,
        territory=asked.territory,
        applicant_identity=identity_of(asked.applicant),
        answers=asked.answers,
        language=asked.language,
        identity=IdentityCheck.TOKEN,
        consents=asked.consents,
    )
    return commands.file_application(_through(act, asked.channel), application, key=key)


def _through(act: Act, channel: str) -> Act:
    """The act in the channel that the application names. Refuses with NoIntermediary."""
    if channel != Channel.INTERMEDIARY:
        return act
    if not act.intermediary:
        raise NoIntermediary
    return replace(act, channel=Channel.INTERMEDIARY)


def told(receipt: Receipt) -> bytes:
    """The receipt as JSON."""
    answer = {
        "number": receipt.number,
        "tracking_code": receipt.tracking_code,
        "state": receipt.state,
        "due_on": receipt.due_on.isoformat() if receipt.due_on else None,
        "promise": dict(receipt.promise),
    }
    return to_json(answer)


def place_of(receipt: Receipt) -> str:
    """The address under which the machine asks where the case stands."""
    return f"/api/v1/cases/{quote(receipt.number)}"


def identity_of(applicant: PersonIn | OrganisationIn) -> AnyIdentity:
    """Who applies, in the words of the room of people; the intake normalises and checks it."""
    if isinstance(applicant, PersonIn):
        return Identity(**applicant.model_dump(exclude={"kind"}))
    return OrganisationIdentity(**applicant.model_dump(exclude={"kind"}))
