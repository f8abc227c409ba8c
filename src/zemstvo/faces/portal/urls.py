"""Addresses of the citizens' pages. No address holds anything personal; a code is never in one."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from zemstvo.faces.portal.views import (
    acting,
    adopting,
    applying,
    authorities,
    cases,
    documents,
    drafts,
    looks,
    mailbox,
    messages,
    notices,
    place,
    profile,
    receipt,
    resume,
    services,
    start,
    supplement,
    track,
    withdraw,
)

app_name = "portal"


class PublicIdConverter(StringConverter):
    """A UUID in its canonical text, as the rest of the house names things."""

    regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


register_converter(PublicIdConverter, "public_id")

urlpatterns = [
    path("", start.start, name="start"),
    path("place/", place.place, name="place"),
    path("services/", services.services, name="services"),
    path("services/<slug:service>/begin/", applying.begin, name="begin"),
    path("services/<path:key>/", services.service, name="service"),
    path("authorities/", authorities.authorities, name="authorities"),
    path("drafts/resume/", resume.resume, name="resume"),
    path("drafts/<public_id:draft>/", drafts.draft, name="draft"),
    path("drafts/<public_id:draft>/adopt/", adopting.adopt_draft, name="draft-adopt"),
    path("drafts/<public_id:draft>/code/", drafts.draft_code, name="draft-code"),
    path("drafts/<public_id:draft>/discard/", drafts.discard_draft, name="draft-discard"),
    path("drafts/<public_id:draft>/pages/<slug:page>/", drafts.draft_page, name="draft-page"),
    path("drafts/<public_id:draft>/applicant/", applying.draft_applicant, name="draft-applicant"),
    path("drafts/<public_id:draft>/check/", applying.draft_check, name="draft-check"),
    path("track/", track.track, name="track"),
    path("cases/", cases.own_cases, name="cases"),
    path("cases/<str:number>/", cases.case, name="case"),
    path("cases/<str:number>/receipt/", receipt.case_receipt, name="case-receipt"),
    path("cases/<str:number>/promise/", receipt.case_promise, name="case-promise"),
    path("cases/<str:number>/answers/", cases.case_answers, name="case-answers"),
    path("cases/<str:number>/history/", cases.case_history, name="case-history"),
    path("cases/<str:number>/messages/", messages.case_messages, name="case-messages"),
    path("cases/<str:number>/supplement/", supplement.supplement_case, name="case-supplement"),
    path("cases/<str:number>/withdraw/", withdraw.withdraw_case, name="case-withdraw"),
    path("cases/<str:number>/leave/", cases.leave_case, name="case-leave"),
    path("cases/<str:number>/files/<public_id:file>/", documents.case_file, name="case-file"),
    path("cases/<str:number>/documents/<public_id:document>/", documents.case_document, name="case-document"),
    path(
        "cases/<str:number>/documents/<public_id:document>/pdf/",
        documents.case_document_pdf,
        name="case-document-pdf",
    ),
    path("notices/", notices.notices, name="notices"),
    path("looks/", looks.looks, name="looks"),
    path("acting/", acting.acting, name="acting"),
    path("profile/", profile.profile, name="profile"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<str:id>/", mailbox.mailbox_letter, name="mailbox-letter"),
]
