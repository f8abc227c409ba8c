"""The OpenAPI description is true: schemathesis tries whatever it allows, and more."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from zemstvo.site.wsgi import application as site

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)

OPERATIONS = [
    "POST /applications",
    "POST /files",
    "GET /cases/{number}",
    "GET /services",
    "GET /services/{id}",
    "GET /journal/checkpoint",
    "GET /journal/proof/{fact}",
]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_answer_is_as_described(machine, operation):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", site)
    described = {one.ok().label.replace("/api/v1", ""): one.ok() for one in schema.get_all_operations()}

    @given(case=described[operation].as_strategy())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def holds(case):
        given = dict(case.headers) if case.headers else {}
        case.call_and_validate(headers={**machine.headers, "Accept-Encoding": "identity", **given})

    assert set(described) == set(OPERATIONS)
    holds()
