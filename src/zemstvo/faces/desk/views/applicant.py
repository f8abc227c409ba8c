"""Who applied, where nobody had checked it: the document was seen."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.faces.components import stale
from zemstvo.faces.desk.views.case import opened
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.refusals import Refusal, Stale
from zemstvo.ground.people.refusals import PersonDiffers

CHECKS = (
    (IdentityCheck.PASSPORT.value, _("by the passport or another document")),
    (IdentityCheck.KNOWN.value, _("known in person")),
)


class ConfirmForm(forms.Form):
    """How identity was checked; and, asked only where something differs, that it is the same person."""

    how = forms.ChoiceField(label=_("How identity was checked"), choices=CHECKS, widget=forms.RadioSelect)
    same_person = forms.BooleanField(
        label=_("It is the same person: I compared the document with the registered data"), required=False
    )

    @property
    def asks_whether_same(self) -> bool:
        """Whether the page shows the second question: nobody ticks it by habit."""
        return "same_person" in self.errors or bool(self.data.get("same_person"))


@at_desk
def confirm(request: Request, number: str) -> HttpResponse:
    """Say how the applicant was made sure of."""
    card = opened(request, number)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.confirm_applicant(
                request.act,
                number,
                how=IdentityCheck(form.cleaned_data["how"]),
                same_person=form.cleaned_data["same_person"],
                version=version_of(request),
            )
        except Stale:
            stale.tell(form)
        except Refusal as refusal:
            _show(form, refusal)
        else:
            return HttpResponseRedirect(reverse("desk:case", args=[number]))
    context = {"case": card, "form": form}
    return render(request, "desk/confirm_applicant.html", context, status=stale.status_of(form))


def _show(form: ConfirmForm, refusal: Refusal) -> None:
    """Say beside the form what the official can act on there; the rest is answered elsewhere."""
    if refusal.status not in (409, 422):
        raise refusal
    field = "same_person" if isinstance(refusal, PersonDiffers) else "how"
    form.add_error(field, f"{refusal} {refusal.counsel}".strip())
