"""An application that is being filled in: which pages it has, which comes next, what stands on them.

A thin reading of a draft and its package for the pages of the portal; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.queries.drafts import DraftCard
from zemstvo.capabilities.cases.queries.parts import FileRow
from zemstvo.capabilities.services import queries as services
from zemstvo.capabilities.services.package import Circumstances, Field, FieldType, Package, Page
from zemstvo.capabilities.services.refusals import CannotReckon
from zemstvo.faces.components.asking import Faults, ask, worded
from zemstvo.faces.components.questions import Question
from zemstvo.faces.components.reading import Posted, read
from zemstvo.faces.components.telling import told, value_told
from zemstvo.faces.portal.offering import may_read, offers
from zemstvo.faces.portal.visiting import Request, act_on, forget_opened
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people.identity import OrganisationIdentity
from zemstvo.ground.territory import queries as territories


@dataclass
class Drafting:
    """A draft in the hands of a view: with the act that may fill it in, and its package."""

    act: Act
    draft: DraftCard
    package: Package

    @classmethod
    def of(cls, request: Request, draft: str) -> Drafting:
        """The draft of this address, for whoever holds its code or owns it.

        What somebody sends who signed in meanwhile goes into a draft of the account; a page that is only
        opened changes nothing (`views.adopting`).
        """
        act, card = _opened(request, draft)
        package = services.package(card.service, card.service_version, card.territory)
        if request.method == "POST" and waits_for_account(request, card, package):
            act, card = _adopted(request, act, draft)
        act = replace(act, zone=territories.territory(card.territory).zone)
        return cls(act, card, package)

    def again(self) -> Drafting:
        """The same draft as it stands now."""
        return Drafting(self.act, cases.draft(self.act, self.draft.id), self.package)

    @property
    def known(self) -> Circumstances:
        """What conditions may look at besides the answers: the day, the channel, who applies."""
        return self.draft.known

    @property
    def may_read(self) -> bool:
        """Whether the one who acts may read what is known here of the draft's owner."""
        return may_read(self.act, self.draft.service, self.draft.owner)

    # The pages

    @cached_property
    def pages(self) -> tuple[Page, ...]:
        """The pages that are asked, as the answers stand."""
        return tuple(self.package.page(id) for id in self.draft.shown_pages)

    def page(self, id: str) -> Page:
        """A page that is asked; any other is not found."""
        found = next((page for page in self.pages if page.id == id), None)
        if found is None:
            raise Http404
        return found

    def fields(self, page: Page, answers: Mapping[str, Any]) -> tuple[Field, ...]:
        """The fields of a page that are asked when the answers are these."""
        return self.package.shown_fields(page.id, answers, self.known)

    def place(self, page: Page) -> int:
        """The number of a page among those that are asked, from 1."""
        return self.pages.index(page) + 1

    def address(self, page: str = "") -> str:
        """The address of a page of the draft, or of the page that checks the answers."""
        if page:
            return reverse("portal:draft-page", args=(self.draft.id, page))
        return reverse("portal:draft-check", args=(self.draft.id,))

    def before(self, page: Page) -> str:
        """The address of the page before, or of the service."""
        place = self.place(page)
        if place > 1:
            return self.address(self.pages[place - 2].id)
        return reverse("portal:service", args=(self.draft.service,))

    def next_after(self, page: Page) -> str:
        """The id of the page after this one; empty: check the answers."""
        place = self.place(page)
        return self.pages[place].id if place < len(self.pages) else ""

    @property
    def next_undone(self) -> str:
        """The address of the first page that has not been filled in yet, else of the check."""
        if self.asks_applicant_first:
            return reverse("portal:draft-applicant", args=(self.draft.id,))
        return self.address(self.draft.page)

    @property
    def asks_applicant_first(self) -> bool:
        """Whether it has to be said before anything else who applies: what is asked depends on it."""
        is_named = not self.draft.is_anonymous or self.draft.applicant is not None
        return not is_named and len(self.package.audience) > 1

    @property
    def from_applicant(self) -> str:
        """The address before the question who applies: the last page, or the service where it comes first."""
        return self.last if self.draft.pages_done else reverse("portal:service", args=(self.draft.service,))

    @property
    def faulty_page(self) -> str:
        """The id of the first page that has to be filled in or corrected before the draft can be sent."""
        if self.draft.page:
            return self.draft.page
        wrong = {fault.field for fault in self.draft.faults}
        for page in self.pages:
            if any(one.id in wrong for field in page.fields for one in (field, *field.fields)):
                return page.id
        return ""

    @property
    def last(self) -> str:
        """The address of the last page of questions."""
        return self.address(self.pages[-1].id) if self.pages else self.address()

    # What stands on them

    def files_of(self, field: str) -> list[FileRow]:
        """The files that are attached to a field."""
        return [file for file in self.draft.files if file.field == field]

    def answers_of(self, page: Page, posted: Posted) -> dict[str, Any]:
        """What the page posted, for all of its fields that are inputs; files keep what is attached."""
        answers = {}
        for field in page.fields:
            if field.type is FieldType.FILE:
                answers[field.id] = self.draft.answers.get(field.id)
            else:
                answers[field.id] = read(field, posted)
        return {id: value for id, value in answers.items() if value not in (None, [])}

    def same_as_kept(self, page: Page, answers: Mapping[str, Any]) -> bool:
        """Whether these are the answers of the page that are kept already (the same form, posted again)."""
        inputs = [field.id for field in page.fields if field.type is not FieldType.FILE]
        return all(answers.get(id) == self.draft.answers.get(id) for id in inputs)

    def offered(self, page: Page) -> dict[str, Any]:
        """What the questions of a page that was not filled in yet may begin with."""
        if page.id in self.draft.pages_done or self.draft.is_anonymous:
            return {}
        return offers(self.act, self.draft.service, self.draft.owner, page)

    def questions(
        self,
        page: Page,
        answers: Mapping[str, Any],
        *,
        faults: Faults | None = None,
        posted: Posted | None = None,
    ) -> list[Question]:
        """The questions of a page."""
        fields = self.fields(page, answers)
        found = [ask(field, answers.get(field.id), faults=faults, posted=posted) for field in fields]
        return [found[0].as_heading()] if self.is_one_question(page, answers) else found

    def is_one_question(self, page: Page, answers: Mapping[str, Any]) -> bool:
        """Whether the page asks one question whose label is its heading too."""
        fields = self.fields(page, answers)
        return len(fields) == 1 and worded(fields[0].label) == worded(page.title)

    # The check

    def summary(self) -> list[tuple[str, list[dict[str, str]]]]:
        """All answers in words, page by page, each with the address where it can be changed."""
        names = {file.id: file.name for file in self.draft.files}
        return [
            (page.title, [self._row(page.id, field, value, names) for field, value in page.answers])
            for page in self.draft.pages
        ]

    def _row(self, page: str, field: Field, value: Any, names: Mapping[str, str]) -> dict[str, str]:
        question = ask(field, value)
        change = f"{self.address(page)}?back=check#{question.first_input}"
        label = worded(field.label)[0]
        return {
            "key": label,
            "value": told(field, value, files=names),
            "change": change,
            "lang": question.lang,
        }

    def calculated(self) -> list[dict[str, str]]:
        """What the package would grant by these answers, in words; nothing where it cannot be reckoned."""
        try:
            values = self.package.calculate(self.draft.answers, self.known)
        except CannotReckon:
            return []
        currency = self.package.legal.currency
        granted = self.package.result.values if self.package.result else ()
        return [
            {"key": worded(one.label)[0], "value": value_told(one.type, values[one.id], currency)}
            for one in self.package.calculations
            if one.id in granted and values.get(one.id) not in (None, "")
        ]


def _opened(request: Request, draft: str) -> tuple[Act, DraftCard]:
    """A draft, by its code where that was shown here and opens it still, else by one's own right."""
    act = act_on(request, "drafts", draft)
    try:
        return act, cases.draft(act, draft)
    except NoMandate:
        if act is request.act:
            raise
    forget_opened(request, "drafts", draft)  # an account took it over since: its code opens it no longer
    return request.act, cases.draft(request.act, draft)


def waits_for_account(request: Request, card: DraftCard, package: Package) -> bool:
    """Whether the account that is signed in has to take the draft over before it goes on; the draft of an
    organisation goes on by its code.
    """
    if not request.user.is_authenticated:
        return False
    is_for_person = "person" in package.audience and not isinstance(card.applicant, OrganisationIdentity)
    return card.is_anonymous and not card.submitted_as and is_for_person


def _adopted(request: Request, act: Act, draft: str) -> tuple[Act, DraftCard]:
    """A draft that its holder began before signing in is the account's from now on."""
    commands.adopt_draft(act, draft)
    forget_opened(request, "drafts", draft)
    messages.success(request, _("This application is in your account now. You find it under “My cases”."))
    return request.act, cases.draft(request.act, draft)


def words_of(page: Page) -> str:
    """The heading of a page in the active language."""
    return worded(page.title)[0]
