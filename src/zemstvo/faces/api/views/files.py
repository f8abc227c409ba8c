"""POST /api/v1/files: a file goes before the application that names it.

The body is the file itself, its name stands in the header File-Name: so nothing of it ever lies unsealed in a
temporary file. A plain view, as `applications`; its description comes from `describing.upload_file`.
"""

from __future__ import annotations

from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zemstvo.capabilities.cases import commands
from zemstvo.faces.api.door import act_of, file_of

LONGEST_NAME = 1024
"""Signs of the header File-Name at most; longer ones are cut, and the name is tidied by the room of cases."""


@csrf_exempt
@require_POST
def files(request: HttpRequest) -> HttpResponse:
    """Take a file, and answer when it is durably stored: 201 with the id that an application names once."""
    act = act_of(request.META)
    act.must("file.upload")
    content = file_of(request, most=settings.UPLOAD_BYTES)
    name = unquote(request.META.get("HTTP_FILE_NAME", "")[:LONGEST_NAME], errors="replace")
    uploaded = commands.upload_file(act, name=name, content=content)
    answer = {
        "id": uploaded.id,
        "name": uploaded.name,
        "media_type": uploaded.media_type,
        "size_bytes": uploaded.size_bytes,
        "scan": uploaded.scan,
        "expires_at": uploaded.expires_at,
    }
    response = JsonResponse(answer, status=201, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
