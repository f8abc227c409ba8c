"""Who stands at the counter: the forms that ask for it, one for a person and one for an organisation."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.faces.components.writing import NBSP, snils_in_words
from zemstvo.faces.desk.filling import DayField
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity

PERSON, ORGANISATION = "person", "organisation"
KINDS = ((PERSON, _("a person")), (ORGANISATION, _("an organisation")))
CHANNELS = (
    (Channel.COUNTER, _("at the counter")),
    (Channel.PHONE, _("by telephone")),
    (Channel.POST, _("by post, on paper")),
)
CHECKS = (
    (IdentityCheck.PASSPORT, _("by the passport or another document")),
    (IdentityCheck.SIGNATURE, _("by the signature on the paper")),
    (IdentityCheck.KNOWN, _("known in person")),
    (IdentityCheck.PHONE, _("by questions on the telephone")),
    (IdentityCheck.NONE, _("not checked")),
)


class KindForm(forms.Form):
    """Whether a person or an organisation applies: asked first, because all else depends on it."""

    kind = forms.ChoiceField(
        label=_("Who applies"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who applies.")},
    )


class ApplicantForm(forms.Form):
    """Who applies, and how that was made sure of."""

    parts: ClassVar[tuple[str, ...]] = ()
    shape: ClassVar[type[Identity] | type[OrganisationIdentity]]

    def found(self) -> AnyIdentity:
        """The identity that was typed, normalised. Refuses what cannot be right."""
        return self.shape(**{part: self.cleaned_data[part] for part in self.parts}).checked()

    @classmethod
    def begun(cls, identity: AnyIdentity | None) -> dict[str, Any]:
        """What stands in the form before anything is typed."""
        known = (
            {part: getattr(identity, part) for part in cls.parts} if isinstance(identity, cls.shape) else {}
        )
        if snils := known.get("snils"):
            known["snils"] = snils_in_words(snils).replace(NBSP, " ")
        return known


def _line(label: Any, longest: int, *, required: bool = False, width: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=longest,
        required=required,
        widget=forms.TextInput({"width": width}),
        error_messages={"required": _("Fill this in.")},
    )


def _checked() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("How identity was checked"), choices=CHECKS, widget=forms.RadioSelect)


class PersonForm(ApplicantForm):
    """A natural person."""

    parts = ("family_name", "given_name", "patronymic", "born_on", "snils", "email", "phone")
    shape = Identity

    family_name = _line(_("Family name"), 120, required=True)
    given_name = _line(_("Given name"), 120, required=True)
    patronymic = _line(_("Patronymic"), 120)
    born_on = DayField(label=_("Born on"), help_text=_("For example, 31 3 1980"), required=False)
    snils = _line(_("SNILS"), 20, width="20")
    email = _line(_("E-mail for notices"), 254)
    phone = _line(_("Telephone"), 40, width="20")
    identity = _checked()


class OrganisationForm(ApplicantForm):
    """A firm, an institution, an association."""

    parts = ("name", "inn", "ogrn", "email", "phone")
    shape = OrganisationIdentity

    name = _line(_("Name of the organisation"), 500, required=True)
    inn = _line(_("INN"), 12, required=True, width="20")
    ogrn = _line(_("OGRN"), 15, width="20")
    email = _line(_("E-mail for notices"), 254)
    phone = _line(_("Telephone"), 40, width="20")
    identity = _checked()


class ArrivalForm(forms.Form):
    """How an application came, and for which place."""

    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS, widget=forms.RadioSelect)
    assisted = forms.BooleanField(
        label=_("The person sits here and files with my help"),
        help_text=_("Leave it empty when you type what came on paper or by telephone."),
        required=False,
    )
    territory = forms.ChoiceField(label=_("Place"))


class PersonArrives(PersonForm, ArrivalForm):
    """A person who comes, calls or writes."""


class OrganisationArrives(OrganisationForm, ArrivalForm):
    """An organisation that sends somebody, calls or writes."""


ARRIVALS = {PERSON: PersonArrives, ORGANISATION: OrganisationArrives}
FORMS = {PERSON: PersonForm, ORGANISATION: OrganisationForm}
