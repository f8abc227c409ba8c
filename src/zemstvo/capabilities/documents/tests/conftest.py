"""Fixtures of this room: a data folder of its own, Anna, and a decision about her matter."""

from __future__ import annotations

import pytest

from zemstvo.capabilities.documents.commands import issue_document
from zemstvo.capabilities.documents.tests.zarechny import AUTHORITY, DECISION, TERRITORY, official
from zemstvo.ground.people import vault


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.FILES = tmp_path / "files"


@pytest.fixture
def anna(db):
    """Anna's pseudonym; her key stands in the key store."""
    return vault.new_pseudonym()


@pytest.fixture
def issue(anna):
    """Issue a decision about Anna's matter, as Vera does."""

    def issue_decision(act=None, **changes):
        return issue_document(
            act or official("vera"),
            **{
                "authority": AUTHORITY,
                "territory": TERRITORY,
                "case": "ZAR-2026-000123-4",
                "person": anna,
                "kind": "housing-subsidies",
                "template": DECISION,
                "language": "ru",
                "index": "СЖ",
                "service": "housing-subsidy",
                "service_version": 1,
            }
            | changes,
        )

    return issue_decision
