"""Authorities and the offices in which they receive people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.faces.components.questions import Question, group_of
from zemstvo.faces.desk.filling import NamesForm, fill
from zemstvo.faces.desk.working import Request, at_desk
from zemstvo.ground.people import queries as people
from zemstvo.ground.territory import commands, queries
from zemstvo.ground.territory.names import name_in

DAYS = (
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
)


@at_desk
def authorities(request: Request) -> HttpResponse:
    """All authorities of the installation, in the order of their names."""
    request.act.must("authority.change", request.act.territory)
    rows = [
        {"authority": row, "territory": queries.territory(row.territory)}
        for row in sorted(queries.authorities(), key=lambda row: name_in(row.names).casefold())
    ]
    return render(request, "desk/setup/authorities.html", {"rows": rows})


@at_desk
def authority(request: Request, code: str) -> HttpResponse:
    """One authority: its offices, its officials with their mandates and absences."""
    row = queries.authority(code)
    request.act.must("authority.change", row.territory, authority=code)
    mandates = people.mandates(request.act, authority=code)
    absences = people.absences(request.act, authority=code)
    deputies = people.deputies(request.act, authority=code)
    officials = people.officials(request.act, authority=code, on=request.act.today)
    names = {official.id: official.short_name for official in officials}
    context = {
        "authority": row,
        "territory": queries.territory(row.territory),
        "officials": [
            {
                "official": official,
                "mandates": [
                    {
                        "mandate": mandate,
                        "deputies": [
                            {"deputy": one, "name": names.get(one.official, "")}
                            for one in deputies
                            if one.mandate == mandate.id
                        ],
                    }
                    for mandate in mandates
                    if mandate.official == official.id
                ],
                "absences": [absence for absence in absences if absence.official == official.id],
            }
            for official in officials
        ],
    }
    return render(request, "desk/setup/authority.html", context)


class AuthorityForm(NamesForm):
    """An authority."""

    code = forms.CharField(
        label=_("Short code"), help_text=_("Latin letters, digits and hyphens: zarechny."), max_length=60
    )
    territory = forms.CharField(label=_("Code of its territory"), max_length=20)
    numbers_begin = forms.CharField(
        label=_("Beginning of its numbers"),
        help_text=_("Two to twelve capital letters and digits. Empty: made of the short code."),
        required=False,
        max_length=12,
    )
    field_order = ("ru", "en", "code", "territory", "numbers_begin")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ru"].label, self.fields["en"].label = _("Name in Russian"), _("Name in English")


@at_desk
def create_authority(request: Request) -> HttpResponse:
    """Enter an authority."""
    form = AuthorityForm(request.POST or None)

    def create(given: dict[str, Any]) -> None:
        commands.create_authority(
            request.act,
            given["code"],
            names=form.names(),
            territory=given["territory"],
            prefix=given["numbers_begin"],
        )

    return fill(
        request,
        form,
        create,
        title=str(_("A new authority")),
        button=str(_("Enter the authority")),
        back=reverse("desk:authorities"),
    )


class OfficeForm(NamesForm):
    """An office."""

    code = forms.CharField(label=_("Short code"), max_length=60, initial="main")
    address_ru = forms.CharField(label=_("Address in Russian"), max_length=300, required=False)
    address_en = forms.CharField(label=_("Address in English"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    line = forms.ChoiceField(
        label=_("Line to the internet"),
        choices=[("good", _("good")), ("weak", _("weak")), ("bad", _("bad")), ("none", _("none"))],
        widget=forms.RadioSelect,
        initial="good",
    )
    field_order = ("code", "ru", "en", "address_ru", "address_en", "phone", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ru"].label, self.fields["en"].label = _("Name in Russian"), _("Name in English")
        for day, label in DAYS:
            self.fields[day] = forms.CharField(label=label, max_length=60, required=False)

    def asked(self) -> list[BoundField | Question]:
        """The questions of the page: the days of the week are one group."""
        week = [self[day] for day, _label in DAYS]
        hours = group_of(
            week,
            id="hours",
            label=str(_("Hours")),
            hint=str(_("Such as 09:00-13:00, 14:00-18:00; empty when closed.")),
        )
        others = [field for field in self if field.name not in dict(DAYS)]
        return [*others, hours]

    def hours(self) -> dict[str, list[str]]:
        """The hours of the week as `rules.Hours.parse` reads them."""
        typed = {day: self.cleaned_data[day] for day, _label in DAYS if self.cleaned_data[day].strip()}
        return {day: [span.strip() for span in text.split(",")] for day, text in typed.items()}

    def address(self) -> dict[str, str]:
        """The address by language."""
        given = {"ru": self.cleaned_data["address_ru"], "en": self.cleaned_data["address_en"]}
        return {code: text for code, text in given.items() if text}


@at_desk
def office(request: Request, code: str, office: str = "") -> HttpResponse:
    """Enter an office, or change one."""
    row = queries.authority(code)
    before = next((one for one in row.offices if one.code == office), None)
    begun = _begun(before) if before else None
    form = OfficeForm(request.POST or None, initial=begun)
    if before:
        del form.fields["code"]

    def keep(given: dict[str, Any]) -> None:
        told = {
            "names": form.names(),
            "address": form.address(),
            "phone": given["phone"],
            "email": given["email"],
            "hours": form.hours(),
            "line": given["line"],
        }
        if before:
            commands.change_office(request.act, code, office, version=before.version, **told)
        else:
            commands.create_office(request.act, code, given["code"], **told)

    return fill(
        request,
        form,
        keep,
        asked=form.asked,
        title=str(_("Office")),
        button=str(_("Keep the office")),
        back=reverse("desk:authority", args=[code]),
    )


def _begun(office: queries.OfficeRow) -> dict[str, Any]:
    week = {day: ", ".join(spans) for day, spans in office.hours.as_week().items()}
    return {
        "ru": office.names.get("ru", ""),
        "en": office.names.get("en", ""),
        "address_ru": office.address.get("ru", ""),
        "address_en": office.address.get("en", ""),
        "phone": office.phone,
        "email": office.email,
        "line": office.line,
        **week,
    }
