"""What the schema cannot say: that ids are unique, references lead somewhere, and every case can end.

Each check takes the document and a place to report to, and knows one thing.
"""

from __future__ import annotations

from collections.abc import Callable

from zemstvo.capabilities.services.soundness.ids import (
    ids_by_kind,
    lists_name_each_once,
    names_are_unique,
    retired_ids_stay_retired,
)
from zemstvo.capabilities.services.soundness.references import (
    fields_and_evidence_know_each_other,
    paths_exist,
    reasons_fit,
    references_lead_somewhere,
    the_result_is_calculated,
)
from zemstvo.capabilities.services.soundness.states import (
    channels_are_offered,
    marks_make_sense,
    states_lead_to_an_end,
)
from zemstvo.capabilities.services.soundness.values import (
    bounds_make_sense,
    examples_are_there,
    has_type,
    parameters_have_their_type,
)
from zemstvo.capabilities.services.soundness.walking import Doc, all_actions, all_fields
from zemstvo.capabilities.services.texts import Report

__all__ = ["all_actions", "all_fields", "check_soundness", "has_type", "ids_by_kind"]

CHECKS: tuple[Callable[[Doc, Report], None], ...] = (
    names_are_unique,
    lists_name_each_once,
    retired_ids_stay_retired,
    references_lead_somewhere,
    reasons_fit,
    fields_and_evidence_know_each_other,
    the_result_is_calculated,
    paths_exist,
    states_lead_to_an_end,
    marks_make_sense,
    channels_are_offered,
    bounds_make_sense,
    parameters_have_their_type,
    examples_are_there,
)


def check_soundness(document: Doc, report: Report) -> None:
    """Report all that is not sound in a document whose shape is right."""
    for check in CHECKS:
        check(document, report)
