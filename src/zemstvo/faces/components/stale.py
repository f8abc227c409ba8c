"""A form that is older than what it changes: its page comes back with what was typed, and says so."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

STATUS = 409


def sentence() -> str:
    """What happened, and what to do; the page shows what was typed below it, under the current version."""
    return _(
        "Somebody changed this after you opened the page, so nothing was stored. What you typed stands "
        "below: look it over and send it again. A file has to be chosen again."
    )


def status_of(form: forms.Form) -> int:
    """The status of a page with this form: 200, 422 with faults, 409 where it was told to be stale."""
    if form.has_error(NON_FIELD_ERRORS, code="stale"):
        return STATUS
    return 422 if form.errors else 200


def tell(form: forms.Form) -> None:
    """Say on a form that it was older than what it changes."""
    form.add_error(None, forms.ValidationError(sentence(), code="stale"))
