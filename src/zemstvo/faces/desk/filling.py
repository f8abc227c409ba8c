"""A page with one form and one command behind it: the pattern of all pages on which the house is set up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from zemstvo.faces.components.questions import DayInput, Question
from zemstvo.faces.desk.working import Request
from zemstvo.ground.journal.refusals import Refusal


def fill(
    request: Request,
    form: forms.Form,
    command: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    button: str,
    back: str,
    lead: str = "",
    has_files: bool = False,
    warning: str = "",
    asked: Callable[[], Iterable[BoundField | Question]] | None = None,
) -> HttpResponse:
    """Show the form; on a sound post run the command and go `back`. A refusal is shown beside the form.

    `asked` gives the questions of the page where they are not simply the fields of the form in their order.
    """
    if request.method == "POST" and form.is_valid():
        try:
            command(form.cleaned_data)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error(None, f"{refusal} {refusal.counsel}".strip())
        else:
            return HttpResponseRedirect(back)
    context = {
        "form": form,
        "asked": asked() if asked else form,
        "title": title,
        "lead": lead,
        "button": button,
        "back": back,
        "has_files": has_files,
        "warning": warning,
    }
    return render(request, "desk/setup/form.html", context, status=422 if form.errors else 200)


class DayField(forms.DateField):
    """A day within the calendars that somebody keeps: a slip of the keyboard is no year 1 or 9999.

    It is typed as the citizens' days are: day, month and year.
    """

    widget = DayInput
    first, last = date(1900, 1, 1), date(2199, 12, 31)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not self.first <= day <= self.last:
            raise forms.ValidationError(_("The year lies between 1900 and 2199. Check the day."))
        return day


class NamesForm(forms.Form):
    """A name in both languages."""

    ru = forms.CharField(max_length=200)
    en = forms.CharField(max_length=200, required=False)

    def names(self) -> dict[str, str]:
        """The names by language, empty ones left out."""
        return {code: self.cleaned_data[code] for code in ("ru", "en") if self.cleaned_data[code]}
