"""POST /api/v1/applications: the door of the intake.

A plain Django view, not an operation of django-ninja: it is the hot path, and ninja costs a quarter of a
millisecond here. Its description in the OpenAPI document comes from `describing.file_application`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.requests import Application
from zemstvo.faces.api.door import act_of, body_of, key_of, shaped
from zemstvo.faces.api.shapes import ApplicationIn, OrganisationIn, PersonIn
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity


@csrf_exempt
@require_POST
def applications(request: HttpRequest) -> HttpResponse:
    """Take an application, and answer when it is safe: 201 with number, code, due day and promise."""
    act = act_of(request)
    body = body_of(request)
    key = key_of(request, act, body)
    asked = shaped(ApplicationIn, body)
    receipt = commands.file_application(
        act,
        Application(
            service=asked.service,
            territory=asked.territory,
            applicant_identity=identity_of(asked.applicant),
            answers=asked.answers,
            language=asked.language,
            identity=IdentityCheck.TOKEN,
            consents=asked.consents,
        ),
        key=key,
    )
    answer = {
        "number": receipt.number,
        "tracking_code": receipt.tracking_code,
        "state": receipt.state,
        "due_on": receipt.due_on,
        "promise": dict(receipt.promise),
    }
    response = JsonResponse(answer, status=201, json_dumps_params={"ensure_ascii": False})
    response["Location"] = f"/api/v1/cases/{receipt.number}"
    response["Cache-Control"] = "no-store"
    return response


def identity_of(applicant: PersonIn | OrganisationIn) -> AnyIdentity:
    """Who applies, in the words of the room of people; the intake normalises and checks it."""
    if isinstance(applicant, PersonIn):
        return Identity(**applicant.model_dump(exclude={"kind"}))
    return OrganisationIdentity(**applicant.model_dump(exclude={"kind"}))
