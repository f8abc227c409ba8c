"""The counter, the telephone and the post: an official puts in for somebody what came on paper or in words.

Three steps: which service, who applies and how that was made sure of, then all questions on one page. The
channel says where the contact happened, the entry who typed (DESIGN §7): `assisted` where the person files
with help, `transcribed` where the official types what came on paper or by telephone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.queries import DraftCard
from zemstvo.capabilities.cases.refusals import AnswersInvalid
from zemstvo.capabilities.services import queries as services
from zemstvo.capabilities.services.package import Circumstances, Field, FieldType, Package, Page
from zemstvo.faces.components.asking import Faults, ask, read
from zemstvo.faces.components.questions import Question
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people import commands as people_commands
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.identity import AnyIdentity, Identity, OrganisationIdentity
from zemstvo.ground.people.looks import record_look
from zemstvo.ground.territory import queries as territories

APPLICANTS = "counter_applicants"
"""The key of the session: for each draft, the pseudonym of its applicant and how identity was checked."""

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


class ApplicantForm(forms.Form):
    """Who applies, and how it came."""

    channel = forms.ChoiceField(label=_("How it came"), choices=CHANNELS, widget=forms.RadioSelect)
    assisted = forms.BooleanField(
        label=_("The person sits here and files with my help"),
        help_text=_("Leave it empty when you type what came on paper or by telephone."),
        required=False,
    )
    territory = forms.ChoiceField(label=_("Place"))
    kind = forms.ChoiceField(
        label=_("Who applies"),
        choices=[("person", _("a person")), ("organisation", _("an organisation"))],
        widget=forms.RadioSelect,
    )
    family_name = forms.CharField(label=_("Family name"), max_length=120, required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=120, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=120, required=False)
    born_on = forms.DateField(label=_("Born on"), required=False, widget=forms.DateInput)
    snils = forms.CharField(
        label=_("SNILS"), max_length=20, required=False, widget=forms.TextInput({"width": "20"})
    )
    name = forms.CharField(label=_("Name of the organisation"), max_length=500, required=False)
    inn = forms.CharField(
        label=_("INN"), max_length=12, required=False, widget=forms.TextInput({"width": "20"})
    )
    ogrn = forms.CharField(
        label=_("OGRN"), max_length=15, required=False, widget=forms.TextInput({"width": "20"})
    )
    email = forms.CharField(label=_("E-mail for notices"), max_length=254, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput({"width": "20"})
    )
    identity = forms.ChoiceField(
        label=_("How identity was checked"), choices=CHECKS, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = ("name",) if given.get("kind") == "organisation" else ("family_name", "given_name")
        for field in wanted:
            if not given.get(field):
                self.add_error(field, _("Fill this in."))
        return given

    def found(self) -> AnyIdentity:
        """The identity that was typed, normalised. Refuses what cannot be right."""
        given = self.cleaned_data
        if given["kind"] == "organisation":
            asked = ("name", "inn", "ogrn", "email", "phone")
            return OrganisationIdentity(**{field: given[field] for field in asked}).checked()
        parts = ("family_name", "given_name", "patronymic", "born_on", "snils", "email", "phone")
        return Identity(**{field: given[field] for field in parts}).checked()


@at_desk
def choose(request: Request) -> HttpResponse:
    """Which service it is about: those that are taken at a counter, by telephone or by post."""
    request.act.must("case.file", request.act.territory, authority=request.act.authority)
    offered = [
        package
        for package in services.live_services()
        if {channel.value for channel, _label in CHANNELS} & set(package.channels)
    ]
    return render(request, "desk/counter.html", {"services": offered})


@at_desk
def person(request: Request, service: str) -> HttpResponse:
    """Who applies and how it came; then a draft is opened."""
    act = request.act
    act.must("case.file", act.territory, authority=act.authority)
    package = services.live(service)
    form = ApplicantForm(request.POST or None, initial={"channel": "counter", "kind": package.audience[0]})
    form.fields["territory"].choices = _places(act)  # type: ignore[attr-defined]
    form.fields["channel"].choices = [  # type: ignore[attr-defined]
        (channel.value, label) for channel, label in CHANNELS if channel.value in package.channels
    ]
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, service, form)
        except Refusal as refusal:
            if refusal.status != 422:
                raise
            form.add_error(None, f"{refusal} {refusal.counsel}".strip())
    context = {"service": package, "form": form}
    return render(request, "desk/counter_person.html", context, status=422 if form.errors else 200)


def _places(act: Act) -> list[tuple[str, str]]:
    """The places for which the authority acts, with those just below."""
    language = (get_language() or "ru")[:2]
    codes: dict[str, str] = {}
    for code in territories.authority(act.authority).acts_for:
        for row in (territories.territory(code), *territories.children(code)):
            codes[row.code] = row.names.get(language) or next(iter(row.names.values()))
    return list(codes.items())


def _begun(request: Request, service: str, form: ApplicantForm) -> HttpResponse:
    identity = form.found()
    filing = _filing(request.act, form.cleaned_data["channel"], assisted=form.cleaned_data["assisted"])
    if isinstance(identity, Identity):
        applicant = people_commands.register_person(filing, identity)
    else:
        applicant = people_commands.register_organisation(filing, identity)
    opened = commands.open_draft(
        filing,
        service=service,
        territory=form.cleaned_data["territory"],
        language=(get_language() or "ru")[:2],
    )
    kept = dict(request.session.get(APPLICANTS, {}))
    kept[opened.id] = [applicant, form.cleaned_data["identity"]]
    request.session[APPLICANTS] = dict(list(kept.items())[-50:])
    return HttpResponseRedirect(reverse("desk:counter-draft", args=[opened.id]))


def _filing(act: Act, channel: str, *, assisted: bool) -> Act:
    return replace(act, channel=Channel(channel), entry=Entry.ASSISTED if assisted else Entry.TRANSCRIBED)


@dataclass
class Counter:
    """A draft at the counter: its act, package and pages, all of them shown at once."""

    act: Act
    card: DraftCard
    package: Package
    applicant: str
    identity: IdentityCheck

    @classmethod
    def of(cls, request: Request, draft: str) -> Counter:
        """The draft of this address, with whom this official put down as its applicant."""
        card = cases.draft(request.act, draft)
        applicant, identity = request.session.get(APPLICANTS, {}).get(draft, ["", "none"])
        act = _filing(request.act, card.channel, assisted=card.entry == Entry.ASSISTED.value)
        package = services.package(card.service, card.service_version, card.territory)
        return cls(act, card, package, applicant, IdentityCheck(identity))

    @property
    def known(self) -> Circumstances:
        """What conditions may look at besides the answers."""
        return Circumstances(today=self.act.today, filed_on=self.act.today, channel=self.act.channel.value)

    def pages(self, answers: dict[str, Any]) -> list[tuple[Page, tuple[Field, ...]]]:
        """The pages that are asked as these answers stand, with their fields."""
        shown = self.package.shown_pages(answers, self.known)
        return [(page, self.package.shown_fields(page.id, answers, self.known)) for page in shown]

    def typed(self, request: Request) -> dict[str, Any]:
        """What was typed, for all questions of the package; files are what is attached."""
        found: dict[str, Any] = {}
        for field in self.package.fields.values():
            if field.type is FieldType.FILE:
                found[field.id] = [file.id for file in self.card.files if file.field == field.id]
            else:
                found[field.id] = read(field, request.POST)
        return {id: value for id, value in found.items() if value not in (None, [])}


@at_desk
def draft(request: Request, draft: str) -> HttpResponse:
    """All questions on one page; saved or filed by its buttons."""
    counter = Counter.of(request, draft)
    if counter.card.submitted_as:
        return HttpResponseRedirect(reverse("desk:case", args=[counter.card.submitted_as]))
    if request.method != "POST":
        return _shown(request, counter, dict(counter.card.answers))
    typed = counter.typed(request)
    if unseen := _unseen(request, counter, typed):
        return _shown(request, counter, typed, is_typed=True, unseen=unseen)
    faults = _saved(request, counter, typed)
    if faults:
        return _shown(request, counter, typed, is_typed=True, faults=faults)
    if "file" not in request.POST:
        return HttpResponseRedirect(reverse("desk:counter-draft", args=[counter.card.id]))
    return _filed(request, Counter.of(request, counter.card.id))


def _unseen(request: Request, counter: Counter, typed: dict[str, Any]) -> bool:
    """Whether an answer made a question appear that was not on the page."""
    seen = set(request.POST.getlist("asked"))
    return any(field.id not in seen for _page, fields in counter.pages(typed) for field in fields)


def _saved(request: Request, counter: Counter, typed: dict[str, Any]) -> Faults:
    """Keep page after page, and the files; the faults of all pages together."""
    version, faults = version_of(request), dict[str, str]()
    for page, fields in counter.pages(typed):
        saved = commands.save_page(counter.act, counter.card.id, page.id, typed, version=version)
        version = saved.version
        faults |= Faults.of(saved.faults, page.fields).by_name
        for field in fields:
            for upload in request.FILES.getlist(field.id) if field.type is FieldType.FILE else ():
                try:
                    version = commands.attach_file(
                        counter.act, counter.card.id, field.id, name=upload.name or "", content=upload.read()
                    ).version
                    faults.pop(field.id, None)
                except Refusal as refusal:
                    if refusal.status not in (413, 422):
                        raise
                    faults[field.id] = f"{upload.name}: {refusal} {refusal.counsel}".strip()
    return Faults(faults)


def _filed(request: Request, counter: Counter) -> HttpResponse:
    consents = tuple(
        field.id
        for field in counter.package.fields.values()
        if field.type is FieldType.DECLARATION and counter.card.answers.get(field.id)
    )
    try:
        receipt = commands.submit_draft(
            counter.act,
            counter.card.id,
            version=counter.card.version,
            applicant=counter.applicant,
            identity=counter.identity,
            consents=consents,
        )
    except AnswersInvalid as invalid:
        faults = Faults.of(invalid.errors, tuple(counter.package.fields.values()))
        return _shown(request, counter, dict(counter.card.answers), faults=faults)
    return render(request, "desk/counter_receipt.html", {"receipt": receipt, "draft": counter.card})


def _shown(
    request: Request,
    counter: Counter,
    answers: dict[str, Any],
    *,
    is_typed: bool = False,
    faults: Faults | None = None,
    unseen: bool = False,
) -> HttpResponse:
    posted = request.POST if is_typed else None
    pages: list[tuple[Page, list[tuple[Question, list[Any]]]]] = []
    asked: list[str] = []
    for page, fields in counter.pages(answers):
        questions = []
        for field in fields:
            attached = [file for file in counter.card.files if file.field == field.id]
            questions.append((ask(field, answers.get(field.id), faults=faults, posted=posted), attached))
            asked.append(field.id)
        pages.append((page, questions))
    context = {
        "draft": counter.card,
        "applicant": _name(request, counter),
        "pages": pages,
        "asked": asked,
        "unseen": unseen,
        "error_questions": [one for _page, questions in pages for one, _files in questions] if faults else [],
        "errors": bool(faults),
    }
    return render(request, "desk/counter_draft.html", context, status=422 if faults else 200)


def _name(request: Request, counter: Counter) -> str:
    if not counter.applicant:
        return ""
    look = record_look(request.act, person=counter.applicant, purpose="counter")
    return people.identity(request.act, counter.applicant, look).name
