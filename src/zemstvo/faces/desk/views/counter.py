"""The counter, the telephone and the post: an official puts in for somebody what came on paper or in words.

Four steps: which service, whether a person or an organisation applies, who it is and how that was made sure
of, then all questions on one page. What was typed lies sealed in the draft, which the official finds again
under “New application”, in any browser; a person is registered when the application is filed, not before.

The channel says where the contact happened, the entry who typed (DESIGN §7): `assisted` where the person
files with help, `transcribed` where the official types what came on paper or by telephone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.queries import DraftCard
from zemstvo.capabilities.cases.refusals import AnswersInvalid
from zemstvo.capabilities.services import queries as services
from zemstvo.capabilities.services.package import Circumstances, Field, FieldType, Package, Page
from zemstvo.faces.components import stale
from zemstvo.faces.components.asking import Faults, ask, read
from zemstvo.faces.components.questions import Question
from zemstvo.faces.desk.applicants import (
    ARRIVALS,
    CHANNELS,
    FORMS,
    ORGANISATION,
    PERSON,
    ApplicantForm,
    KindForm,
)
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.refusals import Refusal, Stale
from zemstvo.ground.people.identifiers import NAMES
from zemstvo.ground.people.identity import Identity
from zemstvo.ground.people.refusals import NumberDoesNotAgree
from zemstvo.ground.territory import queries as territories


@at_desk
def choose(request: Request) -> HttpResponse:
    """Which service it is about, and the applications that were begun here and are not filed yet."""
    kept = cases.counter_drafts(request.act)
    offered = [
        package
        for package in services.live_services()
        if {channel.value for channel, _label in CHANNELS} & set(package.channels)
    ]
    context = {"services": offered, "drafts": kept, "zone": request.act.zone}
    return render(request, "desk/counter.html", context)


@at_desk
def person(request: Request, service: str) -> HttpResponse:
    """Whether a person or an organisation applies, then who it is and how it came; then a draft is opened."""
    act = request.act
    act.must("case.file", act.territory, authority=act.authority)
    package = services.live(service)
    kind = _kind(request, package)
    if not kind:
        return _asked_for_kind(request, package)
    form = ARRIVALS[kind](request.POST or None, initial={"channel": "counter"})
    form.fields["territory"].choices = _places(act)  # type: ignore[attr-defined]
    form.fields["channel"].choices = [  # type: ignore[attr-defined]
        (channel.value, label) for channel, label in CHANNELS if channel.value in package.channels
    ]
    if request.method == "POST" and form.is_valid():
        try:
            return _begun(request, service, form)
        except Refusal as refusal:
            _blame(form, refusal)
    context = {"service": package, "form": form}
    return render(request, "desk/counter_person.html", context, status=422 if form.errors else 200)


def _kind(request: Request, package: Package) -> str:
    if len(package.audience) == 1:
        return package.audience[0]
    chosen = request.GET.get("kind", "")
    return chosen if chosen in package.audience else ""


def _asked_for_kind(request: Request, package: Package) -> HttpResponse:
    form = KindForm(request.GET if "asked" in request.GET else None)
    context = {"service": package, "form": form}
    return render(request, "desk/counter_kind.html", context, status=422 if form.errors else 200)


def _places(act: Act) -> list[tuple[str, str]]:
    """The places for which the authority acts, with those just below."""
    language = (get_language() or "ru")[:2]
    codes: dict[str, str] = {}
    for code in territories.authority(act.authority).acts_for:
        for row in (territories.territory(code), *territories.children(code)):
            codes[row.code] = row.names.get(language) or next(iter(row.names.values()))
    return list(codes.items())


def _begun(request: Request, service: str, form: ApplicantForm) -> HttpResponse:
    given = form.cleaned_data
    opened = commands.open_draft_for(
        _filing(request.act, given["channel"], assisted=given["assisted"]),
        form.found(),
        check=IdentityCheck(given["identity"]),
        service=service,
        territory=given["territory"],
        language=(get_language() or "ru")[:2],
    )
    return HttpResponseRedirect(reverse("desk:counter-draft", args=[opened.id]))


def _blame(form: ApplicantForm, refusal: Refusal) -> None:
    """Show a refusal beside the form, at the number that it speaks of; others are answered elsewhere."""
    if refusal.status != 422:
        raise refusal
    named = {str(name): kind for kind, name in NAMES.items()}.get(str(refusal.facts.get("kind", "")), "")
    named = named or {"identity.email": "email", "identity.born-on": "born_on"}.get(refusal.code, "")
    said = f"{refusal} {refusal.counsel}".strip()
    if isinstance(refusal, NumberDoesNotAgree):
        said += " " + _(
            "If everything is right, choose “not checked”: the application is taken, and you compare the "
            "person on the page of the case."
        )
    form.add_error(named if named in form.fields else None, said)


def _filing(act: Act, channel: str, *, assisted: bool) -> Act:
    return replace(act, channel=Channel(channel), entry=Entry.ASSISTED if assisted else Entry.TRANSCRIBED)


@dataclass
class Counter:
    """A draft at the counter: its act, package and pages, all of them shown at once."""

    act: Act
    card: DraftCard
    package: Package

    @classmethod
    def of(cls, request: Request, draft: str) -> Counter:
        """The draft of this address."""
        card = cases.draft(request.act, draft)
        act = _filing(request.act, card.channel, assisted=card.entry == Entry.ASSISTED.value)
        return cls(act, card, services.package(card.service, card.service_version, card.territory))

    @property
    def known(self) -> Circumstances:
        """What conditions may look at besides the answers: the day, how it came, who applies."""
        return replace(self.card.known, channel=self.act.channel.value)

    @property
    def kind(self) -> str:
        """Whether a person or an organisation applies."""
        return PERSON if isinstance(self.card.applicant, Identity) else ORGANISATION

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
    try:
        return _posted(request, counter)
    except Stale:
        again = Counter.of(request, draft)
        return _shown(request, again, again.typed(request), is_typed=True, is_stale=True)


@require_POST
@at_desk
def discard(request: Request, draft: str) -> HttpResponse:
    """Throw away an application that was begun here."""
    commands.discard_draft(request.act, draft)
    return HttpResponseRedirect(reverse("desk:counter"))


@at_desk
def applicant(request: Request, draft: str) -> HttpResponse:
    """Correct who applies, and how that was made sure of."""
    counter = Counter.of(request, draft)
    kind = FORMS[counter.kind]
    begun = kind.begun(counter.card.applicant) | {"identity": counter.card.identity.value}
    form = kind(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            commands.name_applicant(
                counter.act,
                counter.card.id,
                form.found(),
                check=IdentityCheck(form.cleaned_data["identity"]),
                version=version_of(request),
            )
        except Stale:
            stale.tell(form)
        except Refusal as refusal:
            _blame(form, refusal)
        else:
            return HttpResponseRedirect(reverse("desk:counter-draft", args=[counter.card.id]))
    context = {"draft": counter.card, "form": form}
    return render(request, "desk/counter_applicant.html", context, status=stale.status_of(form))


def _posted(request: Request, counter: Counter) -> HttpResponse:
    """Files first, so that none is lost where something else is wrong: the page shows them, to be removed."""
    version = version_of(request)
    if version != counter.card.version:
        raise Stale
    if file := request.POST.get("remove_file", ""):
        commands.remove_file(counter.act, counter.card.id, file, version=version)
        return _shown_again(request, counter)
    faults = _attached(request, counter, version)
    counter = Counter.of(request, counter.card.id)
    typed = counter.typed(request)
    if faults or _unseen(request, counter, typed):
        return _shown(request, counter, typed, is_typed=True, faults=faults, unseen=not faults)
    faults = _saved(counter, typed)
    counter = Counter.of(request, counter.card.id)
    if faults:
        return _shown(request, counter, typed, is_typed=True, faults=faults)
    if "file" in request.POST:
        return _filed(request, counter)
    return HttpResponseRedirect(reverse("desk:counter-draft", args=[counter.card.id]))


def _shown_again(request: Request, counter: Counter) -> HttpResponse:
    """The page after a file was removed, with what was typed meanwhile."""
    again = Counter.of(request, counter.card.id)
    return _shown(request, again, again.typed(request), is_typed=True)


def _unseen(request: Request, counter: Counter, typed: dict[str, Any]) -> bool:
    """Whether an answer made a question appear that was not on the page."""
    seen = set(request.POST.getlist("asked"))
    return any(field.id not in seen for _page, fields in counter.pages(typed) for field in fields)


def _attached(request: Request, counter: Counter, version: int) -> Faults:
    """Attach what was uploaded; the faults, by field."""
    faults: dict[str, str] = {}
    for field in counter.package.fields.values():
        for upload in request.FILES.getlist(field.id) if field.type is FieldType.FILE else ():
            name = upload.name or ""
            try:
                version = commands.attach_file(
                    counter.act, counter.card.id, field.id, name=name, content=upload.read(), version=version
                ).version
            except Refusal as refusal:
                if refusal.status not in (413, 422):
                    raise
                faults[field.id] = f"{name}: {refusal} {refusal.counsel}".strip()
    return Faults(faults)


def _saved(counter: Counter, typed: dict[str, Any]) -> Faults:
    """Keep page after page; the faults of all pages together."""
    version, faults = counter.card.version, dict[str, str]()
    for page, _fields in counter.pages(typed):
        saved = commands.save_page(counter.act, counter.card.id, page.id, typed, version=version)
        version = saved.version
        faults |= Faults.of(saved.faults, page.fields).by_name
    return Faults(faults)


def _filed(request: Request, counter: Counter) -> HttpResponse:
    consents = tuple(
        field.id
        for field in counter.package.fields.values()
        if field.type is FieldType.DECLARATION and counter.card.answers.get(field.id)
    )
    try:
        receipt = commands.submit_draft(
            counter.act, counter.card.id, version=counter.card.version, consents=consents
        )
    except AnswersInvalid as invalid:
        faults = Faults.of(invalid.errors, tuple(counter.package.fields.values()))
        return _shown(request, counter, dict(counter.card.answers), faults=faults)
    except NumberDoesNotAgree as refusal:  # somebody was registered under the number meanwhile
        kind = FORMS[counter.kind]
        form = kind(kind.begun(counter.card.applicant) | {"identity": counter.card.identity.value})
        _blame(form, refusal)
        context = {"draft": counter.card, "form": form}
        return render(request, "desk/counter_applicant.html", context, status=422)
    return render(request, "desk/counter_receipt.html", {"receipt": receipt, "draft": counter.card})


def _shown(
    request: Request,
    counter: Counter,
    answers: dict[str, Any],
    *,
    is_typed: bool = False,
    faults: Faults | None = None,
    unseen: bool = False,
    is_stale: bool = False,
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
        "pages": pages,
        "asked": asked,
        "unseen": unseen,
        "stale": [stale.sentence()] if is_stale else [],
        "error_questions": [one for _page, questions in pages for one, _files in questions] if faults else [],
        "errors": bool(faults) or is_stale,
    }
    status = stale.STATUS if is_stale else 422 if faults else 200
    return render(request, "desk/counter_draft.html", context, status=status)
