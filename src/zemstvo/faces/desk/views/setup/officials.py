"""Officials: appointed, given mandates, away and stood in for, dismissed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from zemstvo.faces.desk.filling import DayField, fill
from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.people import commands, queries
from zemstvo.ground.people.identity import Identity

ROLES = (
    ("clerk", _("clerk: works on cases")),
    ("head", _("head: works on cases and signs")),
    ("service_owner", _("service owner: publishes services")),
    ("administrator", _("administrator: sets the house up, sees no cases")),
)
CHECKS = (
    ("passport", _("by the passport or another document")),
    ("known", _("known in person")),
)


class AppointForm(forms.Form):
    """Somebody who begins to serve."""

    family_name = forms.CharField(label=_("Family name"), max_length=120)
    given_name = forms.CharField(label=_("Given name"), max_length=120)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=120, required=False)
    position_ru = forms.CharField(label=_("Position in Russian"), max_length=200)
    position_en = forms.CharField(label=_("Position in English"), max_length=200, required=False)
    email = forms.EmailField(
        label=_("E-mail to sign in with"),
        help_text=_("The first sign-in is by a code sent there; then a second factor is set up."),
        max_length=254,
    )
    how = forms.ChoiceField(label=_("How identity was checked"), choices=CHECKS, widget=forms.RadioSelect)
    role = forms.ChoiceField(label=_("Mandate"), choices=ROLES, widget=forms.RadioSelect)


@at_desk
def appoint(request: Request, code: str) -> HttpResponse:
    """Take somebody into service, with an account and a first mandate."""
    form = AppointForm(request.POST or None)

    def take(given: dict[str, Any]) -> None:
        identity = Identity(
            family_name=given["family_name"],
            given_name=given["given_name"],
            patronymic=given["patronymic"],
            email=given["email"],
        )
        position = {"ru": given["position_ru"], "en": given["position_en"] or given["position_ru"]}
        commands.engage_official(
            request.act,
            identity,
            how=given["how"],
            authority=code,
            position=position,
            role=given["role"],
        )

    return fill(
        request,
        form,
        take,
        title=str(_("A new official")),
        button=str(_("Appoint")),
        back=reverse("desk:authority", args=[code]),
    )


class MandateForm(forms.Form):
    """A mandate."""

    role = forms.ChoiceField(label=_("Mandate"), choices=ROLES, widget=forms.RadioSelect)
    until_on = DayField(label=_("Until, that day not included"), required=False)


@at_desk
def mandate(request: Request, code: str, official: str) -> HttpResponse:
    """Give an official another mandate at the authority."""
    form = MandateForm(request.POST or None)

    def grant(given: dict[str, Any]) -> None:
        commands.grant_mandate(
            request.act, official, role=given["role"], authority=code, until_on=given["until_on"]
        )

    return fill(
        request,
        form,
        grant,
        title=queries.official(official).name,
        button=str(_("Give the mandate")),
        back=reverse("desk:authority", args=[code]),
    )


class AbsenceForm(forms.Form):
    """Days on which an official is away."""

    from_on = DayField(label=_("First day away"))
    until_on = DayField(label=_("Day of return"))


@at_desk
def absence(request: Request, code: str, official: str) -> HttpResponse:
    """Record that an official is away."""
    form = AbsenceForm(request.POST or None)

    def record(given: dict[str, Any]) -> None:
        commands.record_absence(request.act, official, **given)

    return fill(
        request,
        form,
        record,
        title=queries.official(official).name,
        lead=str(_("On these days the deputies work under the mandates of this official.")),
        button=str(_("Record the absence")),
        back=reverse("desk:authority", args=[code]),
    )


class DeputyForm(forms.Form):
    """A colleague who stands in."""

    official = forms.ChoiceField(label=_("Who stands in"), widget=forms.RadioSelect)


@at_desk
def deputy(request: Request, code: str, mandate: str) -> HttpResponse:
    """Name a colleague who works under a mandate while its holder is away."""
    form = DeputyForm(request.POST or None)
    held = [one for one in queries.mandates(request.act, authority=code) if one.id == mandate]
    holders = {one.official for one in held}
    serving = queries.officials(request.act, authority=code, on=request.act.today)
    others = [(one.id, one.name) for one in serving if one.id not in holders]
    form.fields["official"].choices = others  # type: ignore[attr-defined]
    holder = next((one.name for one in serving if one.id in holders), "")

    def name(given: dict[str, Any]) -> None:
        commands.name_deputy(request.act, mandate, official=given["official"])

    return fill(
        request,
        form,
        name,
        title=str(_("A deputy")),
        lead=_("Works with the mandate of this official while they are away: %(name)s.") % {"name": holder}
        if others
        else str(_("Nobody else serves at this authority. Appoint another official first.")),
        button=str(_("Name the deputy")),
        back=reverse("desk:authority", args=[code]),
    )


@require_POST
@at_desk
def end(request: Request, code: str) -> HttpResponse:
    """End a mandate, an absence, a deputy or the service of an official: one button each."""
    enders = {
        "mandate": commands.revoke_mandate,
        "absence": commands.end_absence,
        "deputy": commands.end_deputy,
        "official": commands.dismiss_official,
    }
    kind, _colon, id = request.POST.get("end", "").partition(":")
    if kind in enders:
        enders[kind](request.act, id)
    return HttpResponseRedirect(reverse("desk:authority", args=[code]))
