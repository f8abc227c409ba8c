"""PostgreSQL goes away and comes back; the site says so, and goes on by itself."""

import json
from pathlib import Path
from uuid import uuid4

import pytest

from zemstvo.site.suite import needs, postgres
from zemstvo.site.tests.running import Site, run

pytestmark = pytest.mark.skipif(not needs.postgresql(), reason="needs the programs of PostgreSQL")


def test_a_database_that_restarts_is_said_and_nothing_acknowledged_is_lost(tmp_path):
    with postgres.cluster(Path(needs.postgresql())) as cluster:
        site = Site(tmp_path / "data", **cluster.environment)
        try:
            made = run(
                "token", "create", "--name", "mfc", "--scopes", "applications:write",
                data=site.data, **cluster.environment,
            )  # fmt: skip
            body = json.loads(
                run("packages", "example", "housing-subsidy", data=site.data, **cluster.environment).stdout
            )
            headers = {"Authorization": f"Bearer {made.stdout.strip()}", "Idempotency_Key": uuid4().hex}
            kept = site.ask("/api/v1/applications", body=body, **headers)
            assert kept[0] == 201, kept[2]

            cluster.stop()
            status, told, _text = site.ask("/api/v1/applications", body=body, **headers)
            assert (status, bool(told["Retry-After"])) == (503, True)
            assert site.ask("/readyz")[0] == 503 and site.ask("/healthz")[0] == 200

            cluster.resume()
            assert site.ask_until("/readyz", 200, seconds=60)[0] == 200
            assert site.ask("/api/v1/applications", body=body, **headers)[2] == kept[2]
        finally:
            site.stop()
