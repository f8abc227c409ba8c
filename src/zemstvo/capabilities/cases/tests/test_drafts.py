"""Drafts: begun, filled in page by page, found again, by whom and by nobody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from zemstvo.capabilities.cases.commands import (
    attach_file,
    discard_draft,
    resume_draft,
    save_page,
    submit_draft,
)
from zemstvo.capabilities.cases.models import FailedAttempt
from zemstvo.capabilities.cases.queries import draft, drafts, earlier_answers
from zemstvo.capabilities.cases.refusals import ChannelNotOffered, CodeUnknown, TooManyAttempts
from zemstvo.capabilities.cases.tests.form import PDF, TREE, begun, visitor
from zemstvo.capabilities.cases.tests.zarechny import BESSONOVKA, SERVICE, ZARECHNY, on
from zemstvo.ground.journal.facts import Channel
from zemstvo.ground.journal.refusals import NoMandate, NotFound, Stale
from zemstvo.ground.people import commands as people
from zemstvo.ground.people.powers import OfficialPowers

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_anna_begins_an_application(town):
    opened = begun(town.act("anna"))

    assert opened.first_page == "tree"
    assert opened.expires_on.isoformat() == "2026-12-09"
    (fact,) = town.journal()
    assert (fact["kind"], fact["service"], fact["territory"]) == ("draft.opened", SERVICE, ZARECHNY)
    assert [row.id for row in drafts(town.act("anna"))] == [opened.id]


def test_a_stranger_without_any_power_begins_nothing(town):
    with pytest.raises(NoMandate):
        begun(town.stranger())

    assert town.journal() == []


def test_a_visitor_begins_without_an_account_and_goes_on_by_code(town):
    opened = begun(visitor())

    resumed = resume_draft(visitor(), opened.resume_code.lower().replace("-", " "), asker="198.51.100.7")

    card = draft(resumed.act, resumed.id)
    assert (card.id, card.page, card.is_anonymous) == (opened.id, "tree", True)
    assert town.kinds() == ["draft.opened", "draft.resumed"]


def test_an_official_of_the_next_district_begins_nothing_for_zarechny(town):
    act = town.counter("oleg")

    with pytest.raises(NoMandate):
        begun(act)

    assert town.journal() == []


def test_an_official_who_now_serves_elsewhere_no_longer_opens_the_draft_of_her_former_counter(town):
    opened = begun(town.counter("vera"))
    moved = people.appoint_official(
        town.house(), town.persons["vera"], authority="bessonovka", position={"ru": "Специалист"}
    )
    mandate = people.grant_mandate(town.house(), moved, role="clerk", authority="bessonovka")
    here = town.counter("vera")
    there = replace(
        here,
        powers=OfficialPowers(here.actor, mandate),
        mandate=mandate,
        authority="bessonovka",
        territory=BESSONOVKA,
    )

    assert draft(here, opened.id).id == opened.id
    with pytest.raises(NoMandate):
        draft(there, opened.id)
    with pytest.raises(NoMandate):
        save_page(there, opened.id, "tree", TREE, version=1)


def test_a_channel_that_is_not_offered_is_said_before_the_start(town):
    with pytest.raises(ChannelNotOffered):
        begun(replace(town.act("anna"), channel=Channel.EMAIL))


def test_a_page_is_kept_and_the_next_one_is_named(town):
    act = town.act("anna")
    opened = begun(act)

    saved = save_page(act, opened.id, "tree", TREE, version=1)

    assert (saved.next_page, saved.version, saved.faults) == ("photo", 2, ())
    assert draft(act, opened.id).answers["why"] == "Падает"
    assert town.journal()[-1]["payload"] == {"draft": opened.id, "page": "tree"}


def test_a_page_that_nothing_shows_is_passed_over(town):
    act = town.act("anna")
    opened = begun(act)

    saved = save_page(act, opened.id, "tree", {**TREE, "condition": "dead"}, version=1)

    assert saved.next_page == "confirm"


def test_faults_are_named_and_the_journal_holds_only_the_fields(town):
    act = town.act("anna")
    opened = begun(act)

    saved = save_page(act, opened.id, "tree", {"condition": "dead", "trees": 900}, version=1)

    assert {fault.field for fault in saved.faults} == {"place", "trees"}
    assert (saved.version, saved.next_page) == (1, "tree")
    assert draft(act, opened.id).answers == {}
    fact = town.journal()[-1]
    assert (fact["kind"], fact["payload"]["fields"]) == ("draft.page_failed", ["place", "trees"])


def test_a_stale_page_is_refused(town):
    act = town.act("anna")
    opened = begun(act)
    save_page(act, opened.id, "tree", TREE, version=1)

    with pytest.raises(Stale):
        save_page(act, opened.id, "tree", {**TREE, "trees": 5}, version=1)

    assert draft(act, opened.id).answers["trees"] == 1


def test_answers_of_another_page_are_not_taken_from_this_one(town):
    act = town.act("anna")
    opened = begun(act)

    save_page(act, opened.id, "tree", {**TREE, "truth": True, "no_such_field": "x"}, version=1)

    assert draft(act, opened.id).answers == TREE


def test_nobody_else_opens_saves_or_submits_annas_draft(town):
    opened = begun(town.act("anna"))
    before = town.kinds()

    for act in (town.act("stepan"), town.stranger(), town.act("vera"), visitor()):
        with pytest.raises(NoMandate):
            draft(act, opened.id)
        with pytest.raises(NoMandate):
            save_page(act, opened.id, "tree", TREE, version=1)
        with pytest.raises(NoMandate):
            submit_draft(act, opened.id, version=1)
        with pytest.raises(NoMandate):
            attach_file(act, opened.id, "photo", name="a.pdf", content=PDF)
        with pytest.raises(NoMandate):
            discard_draft(act, opened.id)

    assert town.kinds() == before


def test_an_unknown_draft_or_page_is_not_found(town):
    opened = begun(town.act("anna"))

    for id_ in ("", "no uuid", "\0", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFound):
            draft(town.act("anna"), id_)
    with pytest.raises(NotFound):
        save_page(town.act("anna"), opened.id, "no-such-page", {}, version=1)


def test_pavel_begins_for_anna_and_anna_finds_it(town):
    opened = begun(replace(town.act("pavel"), behalf_of=town.persons["anna"]))

    assert [row.id for row in drafts(town.act("anna"))] == [opened.id]
    assert draft(town.act("pavel"), opened.id).id == opened.id


def test_a_wrong_code_is_counted_and_then_attempts_are_refused(town):
    begun(visitor())
    for _ in range(10):
        with pytest.raises(CodeUnknown):
            resume_draft(visitor(), "7KQ2-9XW3-MB4T-0F6H", asker="198.51.100.7")

    with pytest.raises(TooManyAttempts):
        resume_draft(visitor(), "7KQ2-9XW3-MB4T-0F6H", asker="198.51.100.7")

    assert FailedAttempt.objects.count() == 10
    with pytest.raises(CodeUnknown):
        resume_draft(visitor(), "7KQ2-9XW3-MB4T-0F6H", asker="203.0.113.9")


def test_attempts_are_allowed_again_after_a_while(town):
    opened = begun(visitor())
    for _ in range(10):
        with pytest.raises(CodeUnknown):
            resume_draft(visitor(), "nonsense", asker="198.51.100.7")

    resumed = resume_draft(visitor(on(11, 9, hour=10)), opened.resume_code, asker="198.51.100.7")

    assert resumed.id == opened.id


def test_who_represents_for_one_service_sees_nothing_of_another(town):
    anna = town.persons["anna"]
    people.represent(
        town.house(),
        person=anna,
        representative=town.persons["stepan"],
        ground="attorney",
        services=["other"],
    )
    town.case()
    begun(town.act("anna"))

    assert earlier_answers(town.act("stepan"), "other", person=anna) == {}
    assert drafts(town.act("stepan")) == []
