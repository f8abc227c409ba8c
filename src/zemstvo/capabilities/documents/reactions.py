"""What follows a fact about a document: the PDF is made in the background, so that the first reader need
not wait.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from zemstvo.capabilities.documents.facts import DocumentSigned
from zemstvo.capabilities.documents.tasks import make_pdf
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.reacting import reaction

RECENT = timedelta(days=1)
"""Older signatures (a journal that is read anew, a year that is replayed) wait for their first reader."""


@reaction("documents.pdf", DocumentSigned)
def make_pdf_of_signed(act: Act, fact: Mapping[str, Any]) -> None:
    """Put the making of the PDF into the queue. Done twice, it finds the file there and leaves it."""
    if datetime.now(UTC) - act.at < RECENT:
        make_pdf.enqueue(fact["payload"]["document"])
