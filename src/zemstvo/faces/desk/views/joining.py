"""Somebody was registered at the counter and opened an account later: the account is joined to the person.

What is typed from the document has to go with the number; nothing of what is registered is shown.
"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.faces.desk.filling import DayField
from zemstvo.faces.desk.views.applicant import CHECKS
from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NotFound, Refusal
from zemstvo.ground.people import commands, queries
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.refusals import AccountExists, AccountInOffice

PARTS = ("family_name", "given_name", "born_on", "snils")


class JoinForm(forms.Form):
    """The address of the account, and the person as the document says."""

    email = forms.EmailField(label=_("E-mail of the account"), max_length=254)
    family_name = forms.CharField(label=_("Family name"), max_length=120)
    given_name = forms.CharField(label=_("Given name"), max_length=120)
    born_on = DayField(label=_("Born on"), help_text=_("For example, 31 3 1980"), required=False)
    snils = forms.CharField(label=_("SNILS"), max_length=20)
    how = forms.ChoiceField(label=_("How identity was checked"), choices=CHECKS, widget=forms.RadioSelect)


@at_desk
def join_account(request: Request) -> HttpResponse:
    """Join an account to a registered person who has none and whose document was seen."""
    request.act.must("person.change")
    form = JoinForm(request.POST or None)
    is_done = False
    if request.method == "POST" and form.is_valid():
        _join(request.act, form)
        if form.is_valid():
            return HttpResponseRedirect(f"{reverse('desk:join-account')}?joined=1")
    elif request.method == "GET":
        is_done = "joined" in request.GET
    context = {"form": form, "is_done": is_done}
    return render(request, "desk/join_account.html", context, status=422 if form.errors else 200)


def _join(act: Act, form: JoinForm) -> None:
    """Join, or say beside the form why not."""
    given = form.cleaned_data
    try:
        person = queries.pseudonym_of(Identity(**{part: given[part] for part in PARTS}))
        if not person:
            form.add_error("snils", _("Nobody is registered under this number."))
            return
        commands.join_account(act, email=given["email"], person=person, how=given["how"])
    except NotFound:
        form.add_error("email", _("Nobody has an account under this address."))
    except AccountInOffice as refusal:
        form.add_error("email", f"{refusal} {refusal.counsel}")
    except AccountExists:
        form.add_error("snils", _("This person has an account already."))
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.add_error("snils", f"{refusal} {refusal.counsel}")
