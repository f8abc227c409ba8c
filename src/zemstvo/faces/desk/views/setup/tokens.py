"""Tokens of other systems: made, shown once, revoked."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import commands, queries

SCOPES = (
    ("applications:write", _("file applications and follow them")),
    ("cases:read", _("read where cases of its place stand")),
)


class TokenForm(forms.Form):
    """A token."""

    name = forms.CharField(label=_("Whose token it is"), max_length=100)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=SCOPES, widget=forms.CheckboxSelectMultiple
    )
    territory = forms.CharField(
        label=_("Code of the territory"), help_text=_("Empty: everywhere."), max_length=20, required=False
    )


@at_desk
def tokens(request: Request) -> HttpResponse:
    """All tokens, and a form for another one. A new secret is shown once, on the answer to its form."""
    form = TokenForm(request.POST or None)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.create_token(request.act, **form.cleaned_data)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error(None, f"{refusal} {refusal.counsel}".strip())
    context = {"tokens": queries.tokens(request.act), "form": TokenForm() if made else form, "made": made}
    return render(request, "desk/setup/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@at_desk
def revoke(request: Request) -> HttpResponse:
    """Revoke a token; it works no longer from the next request on."""
    commands.revoke_token(request.act, request.POST.get("token", ""))
    return HttpResponseRedirect(reverse("desk:tokens"))
