"""The one-time link: who holds it becomes the first administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.faces.desk.filling import fill
from zemstvo.faces.desk.working import Request
from zemstvo.ground.people import commands, queries
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.refusals import LinkHasEnded


class AdministratorForm(forms.Form):
    """The first administrator."""

    family_name = forms.CharField(label=_("Family name"), max_length=120)
    given_name = forms.CharField(label=_("Given name"), max_length=120)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least ten signs. A second factor is set up at the first sign-in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )
    again = forms.CharField(
        label=_("The password once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password"):
            if given["password"] != given.get("again"):
                self.add_error("again", _("The two passwords differ."))
            try:
                validate_password(given["password"])
            except forms.ValidationError as weak:
                self.add_error("password", weak)
        return given


def invitation(request: Request, secret: str) -> HttpResponse:
    """Become the first administrator; then sign in."""
    if not queries.invitation_is_open(secret, request.at):
        raise LinkHasEnded
    form = AdministratorForm(request.POST or None)

    def accept(given: dict[str, Any]) -> None:
        given = {name: value for name, value in given.items() if name != "again"}
        password = given.pop("password")
        commands.accept_invitation(request.act, secret, identity=Identity(**given), password=password)

    return fill(
        request,
        form,
        accept,
        title=str(_("The first administrator")),
        lead=str(_("This link works once. Afterwards you sign in with the e-mail and the password.")),
        button=str(_("Become the administrator")),
        back=reverse("account_login") + "?next=/desk/",
    )
