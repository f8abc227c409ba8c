"""From a service to a receipt: begin, say who applies, check the answers, send."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.refusals import AnswersInvalid, DraftIsSubmitted
from zemstvo.capabilities.cases.requests import Receipt
from zemstvo.capabilities.services.package import FieldType
from zemstvo.faces.components import stale
from zemstvo.faces.components.asking import Faults
from zemstvo.faces.components.views import same_origin
from zemstvo.faces.portal import applicants
from zemstvo.faces.portal.drafting import Drafting
from zemstvo.faces.portal.views.adopting import in_account
from zemstvo.faces.portal.views.drafts import sent_already, version_of
from zemstvo.faces.portal.views.profile import changed
from zemstvo.faces.portal.visiting import (
    Request,
    drop_code,
    keep_code,
    place_of,
    remember_opened,
)
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.people import queries as people
from zemstvo.ground.people.identity import AnyIdentity, OrganisationIdentity

PROMISES = "promises"
"""The key of the session under which the journal's promises of this visit stand, by number of the case."""


@csrf_exempt
@require_POST
def begin(request: Request, service: str) -> HttpResponse:
    """Open a draft of the service for the chosen place, and go to its first page.

    The page of the service holds no token, so that it can be kept whole; a form of another site is refused.
    """
    if not same_origin(request):
        return HttpResponseForbidden()
    place = place_of(request)
    if place is None:
        address = reverse("portal:service", args=(service,))
        return HttpResponseRedirect(f"{reverse('portal:place')}?next={address}")
    opened = commands.open_draft(
        request.act, service=service, territory=place.code, language=(get_language() or "ru")[:2]
    )
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("portal:draft", args=(opened.id,)))
    remember_opened(request, "drafts", opened.id)
    response = HttpResponseRedirect(reverse("portal:draft-code", args=(opened.id,)))
    keep_code(response, "drafts", opened.id, opened.resume_code, request)
    return response


@in_account
def draft_applicant(request: Request, draft: str) -> HttpResponse:
    """Who applies: asked of visitors without an account, and of accounts that have no name yet."""
    drafting = Drafting.of(request, draft)
    if sent := sent_already(drafting):
        return sent
    is_own = not drafting.draft.is_anonymous
    before = who_applies(request, drafting)
    kind = _kind(request, drafting, before)
    if not kind:
        return render(
            request, "portal/draft_kind.html", {"draft": drafting.draft, "back": drafting.from_applicant}
        )
    faults, posted, errors = Faults(), None, []
    if request.method == "POST":
        posted = request.POST
        try:
            faults = (
                changed(request, people.own_identity(request.act)) if is_own else _named(request, drafting)
            )
        except Stale:
            errors = [stale.sentence()]
        else:
            if not faults:
                return HttpResponseRedirect(drafting.again().next_undone)
    context = {
        "draft": drafting.draft,
        "kind": kind,
        "kinds": drafting.package.audience,
        "questions": applicants.questions(kind, before, is_own=is_own, faults=faults, posted=posted),
        "errors": bool(faults or errors),
        "stale": errors,
        "is_own": is_own,
        "version": people.person(request.act.actor).version if is_own else drafting.draft.version,
        "back": drafting.from_applicant,
    }
    status = stale.STATUS if errors else 422 if faults else 200
    return render(request, "portal/draft_applicant.html", context, status=status)


def _named(request: Request, drafting: Drafting) -> Faults:
    """Keep with the draft who applies; the same, posted again, changes nothing."""
    kind = _kind(request, drafting, drafting.draft.applicant)
    identity, faults = applicants.identity_from(kind, request.POST, is_own=False)
    if identity is not None and identity != drafting.draft.applicant:
        commands.name_applicant(drafting.act, drafting.draft.id, identity, version=version_of(request))
    return faults


@in_account
def draft_check(request: Request, draft: str) -> HttpResponse:
    """Check the answers, and send them. Sent twice, the same receipt comes back."""
    drafting = Drafting.of(request, draft)
    if drafting.draft.submitted_as:
        return _receipt(request, drafting, commands.submit_draft(drafting.act, draft, version=0))
    if drafting.asks_applicant_first:
        return HttpResponseRedirect(reverse("portal:draft-applicant", args=(draft,)))
    if page := drafting.faulty_page:
        return HttpResponseRedirect(drafting.address(page))
    identity = who_applies(request, drafting)
    if not applicants.is_named(identity):
        return HttpResponseRedirect(reverse("portal:draft-applicant", args=(draft,)))
    faults: Faults = Faults()
    if request.method == "POST":
        try:
            return _receipt(request, drafting, _sent(request, drafting))
        except AnswersInvalid as refusal:
            faults = Faults.of(refusal.errors, tuple(drafting.package.fields.values()))
    return _checked(request, drafting, identity, faults)


def _checked(
    request: Request, drafting: Drafting, identity: AnyIdentity | None, faults: Faults
) -> HttpResponse:
    change = reverse("portal:draft-applicant", args=(drafting.draft.id,))
    acts_for_other = bool(request.act.behalf_of)
    context = {
        "draft": drafting.draft,
        "pages": drafting.summary(),
        "applicant": applicants.rows(identity, "" if acts_for_other else change) if identity else [],
        "errors": list(faults.by_name.values()),
        "back": drafting.last,
        "doubts": [sentence for _code, sentence in drafting.draft.not_eligible_for],
        "calculated": drafting.calculated(),
    }
    return render(request, "portal/draft_check.html", context, status=422 if faults else 200)


def _sent(request: Request, drafting: Drafting) -> Receipt:
    """Send the draft. A visitor without an account becomes a person of this installation now, not before."""
    given = {} if drafting.draft.is_anonymous else {"identity": IdentityCheck.ACCOUNT}
    consents = tuple(
        field.id
        for field in drafting.package.fields.values()
        if field.type is FieldType.DECLARATION and drafting.draft.answers.get(field.id) is True
    )
    send = partial(
        commands.submit_draft,
        drafting.act,
        drafting.draft.id,
        version=version_of(request),
        consents=consents,
        **given,
    )
    try:
        return send()
    except (DraftIsSubmitted, Stale):
        # If the same form came twice at once, the other one was first, and its receipt is ours too.
        return send()


def _receipt(request: Request, drafting: Drafting, receipt: Receipt) -> HttpResponse:
    """On to the confirmation, which can be opened again and sends nothing again."""
    if drafting.draft.is_anonymous or not drafting.may_read:
        remember_opened(request, "cases", receipt.number)  # the receipt opens by the code that it shows
    promises = request.session.get(PROMISES, {})
    request.session[PROMISES] = {**promises, receipt.number: dict(receipt.promise)}
    response = HttpResponseRedirect(reverse("portal:case-receipt", args=(receipt.number,)))
    keep_code(response, "cases", receipt.number, receipt.tracking_code, request)
    drop_code(response, "drafts", drafting.draft.id)
    return response


def who_applies(request: Request, drafting: Drafting) -> AnyIdentity | None:
    """For whom the draft is: the one for whom somebody acts, the account's person, or whom it names."""
    if drafting.draft.is_anonymous:
        return drafting.draft.applicant
    if not drafting.may_read:
        return people.name_of_principal(request.act, drafting.draft.owner)
    return people.identity(request.act, drafting.draft.owner, service=drafting.draft.service)


def _kind(request: Request, drafting: Drafting, before: AnyIdentity | None) -> str:
    """Whether a person or an organisation applies: chosen, known before, or the only one that may."""
    audience = drafting.package.audience
    if not drafting.draft.is_anonymous:
        return applicants.PERSON
    if len(audience) == 1:
        return audience[0]
    chosen = request.POST.get("kind") or request.GET.get("kind") or ""
    if chosen in audience:
        return chosen
    if before is not None:
        return applicants.ORGANISATION if isinstance(before, OrganisationIdentity) else applicants.PERSON
    return ""
