"""A machine at the door: a client that shows a token, and a sound application."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from zemstvo.capabilities.services.queries import example_request
from zemstvo.ground.journal.acts import house_act
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import commands as people
from zemstvo.town.places import ZARECHNY


class Machine:
    """A system of somebody else's that files applications."""

    def __init__(
        self, *scopes: str, authority: str = "", territory: str = "", intermediary: str = ""
    ) -> None:
        token = people.create_token(
            house_act(),
            name=f"machine-{uuid7()}",
            scopes=scopes,
            authority=authority,
            territory=territory,
            intermediary=intermediary,
        )
        self.id, self.secret = token.id, token.secret
        self.client = Client()

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def file(self, body: Any, key: str = "one", **headers: str) -> Any:
        """POST an application; a text or bytes goes as it is."""
        data = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(
            "/api/v1/applications",
            data=data,
            content_type="application/json",
            headers={**self.headers, "Idempotency-Key": key, **headers},
        )

    def upload(
        self, content: bytes, name: str = "paper.pdf", content_type: str = "application/octet-stream"
    ) -> Any:
        """POST a file."""
        return self.client.post(
            "/api/v1/files",
            data=content,
            content_type=content_type,
            headers={**self.headers, "File-Name": quote(name)},
        )

    def get(self, path: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers=self.headers)


@pytest.fixture
def machine(town):
    town.publish()
    made = Machine("applications:write")
    town.forget()
    return made


@pytest.fixture
def application(machine):
    return example_request("housing-subsidy") | {"territory": ZARECHNY}
