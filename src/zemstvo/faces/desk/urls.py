"""The addresses of the desk. A case is named by its number, which grants nothing."""

from __future__ import annotations

from django.urls import path

from zemstvo.faces.desk.views import (
    acting,
    case,
    counter,
    documents,
    evidence,
    home,
    invitation,
    letters,
    packages,
    results,
    talking,
    terms,
    work,
)
from zemstvo.faces.desk.views.setup import authorities, officials, start, territories, tokens

app_name = "desk"

urlpatterns = [
    path("", home.home, name="home"),
    path("mandates/", home.mandates, name="mandates"),
    path("mandates/choose", home.choose, name="choose-mandate"),
    path("work/", work.work, name="work"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/actions/<slug:action>/", acting.action, name="action"),
    path("cases/<str:number>/letters/<slug:document>/", letters.letter, name="letter"),
    path("cases/<str:number>/letters/<slug:document>/preview.pdf", letters.preview, name="preview"),
    path("cases/<str:number>/suspend/", terms.suspend, name="suspend"),
    path("cases/<str:number>/resume/", terms.resume, name="resume"),
    path("cases/<str:number>/extend/", terms.extend, name="extend"),
    path("cases/<str:number>/complete/", terms.complete, name="complete"),
    path("cases/<str:number>/message/", talking.message, name="message"),
    path("cases/<str:number>/assign/", talking.assign, name="assign"),
    path("cases/<str:number>/evidence/", evidence.request_evidence, name="request-evidence"),
    path("cases/<str:number>/evidence/<str:asked>/", evidence.answer_evidence, name="answer-evidence"),
    path("cases/<str:number>/documents/<str:document>/", documents.document, name="document"),
    path("cases/<str:number>/documents/<str:document>/pdf", documents.pdf, name="document-pdf"),
    path("cases/<str:number>/documents/<str:document>/signature", documents.attach, name="attach-signature"),
    path("cases/<str:number>/documents/<str:document>/deliver", documents.deliver, name="deliver"),
    path("cases/<str:number>/files/<str:file>", documents.file, name="file"),
    path("counter/", counter.choose, name="counter"),
    path("counter/<slug:service>/", counter.person, name="counter-person"),
    path("counter/drafts/<str:draft>/", counter.draft, name="counter-draft"),
    path("counter/drafts/<str:draft>/applicant/", counter.applicant, name="counter-applicant"),
    path("counter/drafts/<str:draft>/discard", counter.discard, name="counter-discard"),
    path("results/<slug:register>/", results.results, name="results"),
    path("packages/", packages.packages, name="packages"),
    path("invitation/<str:secret>", invitation.invitation, name="invitation"),
    path("setup/", start.start, name="setup"),
    path("setup/territories/", territories.territories, name="territories"),
    path("setup/territories/new", territories.create_territory, name="create-territory"),
    path("setup/territories/import", territories.import_territories, name="import-territories"),
    path("setup/calendar/", territories.calendar, name="calendar"),
    path("setup/authorities/", authorities.authorities, name="authorities"),
    path("setup/authorities/new", authorities.create_authority, name="create-authority"),
    path("setup/authorities/<slug:code>/", authorities.authority, name="authority"),
    path("setup/authorities/<slug:code>/offices/new", authorities.office, name="create-office"),
    path("setup/authorities/<slug:code>/offices/<slug:office>/", authorities.office, name="office"),
    path("setup/authorities/<slug:code>/officials/new", officials.appoint, name="appoint"),
    path("setup/authorities/<slug:code>/officials/<str:official>/mandate", officials.mandate, name="mandate"),
    path("setup/authorities/<slug:code>/officials/<str:official>/absence", officials.absence, name="absence"),
    path("setup/authorities/<slug:code>/mandates/<str:mandate>/deputy", officials.deputy, name="deputy"),
    path("setup/authorities/<slug:code>/end", officials.end, name="end"),
    path("setup/tokens/", tokens.tokens, name="tokens"),
    path("setup/tokens/revoke", tokens.revoke, name="revoke-token"),
]
