"""Filing: an application becomes a case, whoever sends it and through whatever channel."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from zemstvo.capabilities.cases import intake
from zemstvo.capabilities.cases.commands import file_application
from zemstvo.capabilities.cases.facts import IdentityCheck
from zemstvo.capabilities.cases.models import Case, IdempotencyKey
from zemstvo.capabilities.cases.placing import place
from zemstvo.capabilities.cases.queries import own_cases
from zemstvo.capabilities.cases.refusals import (
    AnswersInvalid,
    ApplicantNeeded,
    ChannelNotOffered,
    KeyUnusable,
    KeyUsedOtherwise,
    NotForThisApplicant,
    ServiceNotOffered,
)
from zemstvo.capabilities.cases.requests import RequestKey
from zemstvo.capabilities.cases.rules.numbers import is_case_number
from zemstvo.capabilities.cases.tests.zarechny import (
    ANSWERS,
    FEDERATION,
    LIVING,
    MONDAY,
    PEOPLE,
    SERVICE,
    ZARECHNY,
    on,
)
from zemstvo.capabilities.services.refusals import NoSuchService
from zemstvo.ground.journal.facts import Channel, Entry
from zemstvo.ground.journal.keys import verifiers
from zemstvo.ground.journal.promises import check_promise
from zemstvo.ground.journal.queries import history
from zemstvo.ground.journal.refusals import NoMandate
from zemstvo.ground.people import commands as people
from zemstvo.ground.people import vault
from zemstvo.ground.people.identity import Identity, OrganisationIdentity
from zemstvo.ground.people.queries import person_by
from zemstvo.ground.territory.refusals import UnknownTerritory

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def vouched(who):
    """An applicant for whose identity the machine vouches."""
    return {"applicant": "", "applicant_identity": who, "identity": IdentityCheck.TOKEN}


KEY = RequestKey("token-1", "first-try", sha256(b"body").digest())


def test_anna_files_and_the_journal_says_so(town):
    receipt = town.file()

    (fact,) = town.journal()
    assert fact["kind"] == "case.filed"
    assert fact["interaction"] == "application"
    assert fact["actor"] == town.persons["anna"]
    assert (fact["channel"], fact["entry"]) == ("portal", "self")
    assert (fact["service"], fact["service_version"], fact["authority"]) == ("tree-felling", 1, "zarechny")
    assert fact["payload"]["case"] == receipt.number
    assert fact["payload"]["consents"] == ["truth"]
    assert {(one["type"], one["role"]) for one in fact["objects"]} == {
        ("case", "case"),
        ("person", "applicant"),
    }


def test_the_receipt_names_number_code_state_and_legal_day(town):
    receipt = town.file()

    assert is_case_number(receipt.number)
    assert receipt.number.startswith("ZAR-2026-")
    assert receipt.state == "filed"
    assert receipt.due_on.isoformat() == "2026-11-24"
    assert len(receipt.tracking_code) == 19
    assert not receipt.is_repeat
    check_promise(receipt.promise, verifiers())


def test_the_term_depends_on_the_channel(town):
    receipt = town.file(replace(town.act("vera", channel=Channel.COUNTER), entry=Entry.TRANSCRIBED))

    assert receipt.due_on.isoformat() == "2026-12-01"


def test_answers_are_sealed_and_the_code_is_kept_only_as_a_hash(town):
    receipt = town.file(answers=LIVING)

    case = Case.objects.get(number=receipt.number)
    assert "Падает".encode() not in bytes(case.answers)
    assert (
        vault.open_sealed(town.persons["anna"], case.answers, purpose="case answers")["why"]
        == "Падает на дом"
    )
    assert receipt.tracking_code.encode() not in bytes(case.tracking_hash)


def test_answers_of_hidden_branches_are_dropped(town):
    receipt = town.file(answers={**ANSWERS, "why": "не спрошено"})

    case = Case.objects.get(number=receipt.number)
    assert "why" not in vault.open_sealed(town.persons["anna"], case.answers, purpose="case answers")


def test_an_official_types_what_came_on_paper(town):
    act = replace(town.act("vera", channel=Channel.POST), entry=Entry.TRANSCRIBED)

    town.file(act, identity=IdentityCheck.SIGNATURE, consents=["processing"])

    (fact,) = town.journal()
    assert (fact["channel"], fact["entry"]) == ("post", "transcribed")
    assert fact["actor"] == town.persons["vera"]
    assert fact["behalf_of"] == town.persons["anna"]
    assert fact["mandate"] == town.mandates["vera"]
    assert fact["payload"]["identity"] == "signature"
    assert fact["payload"]["consents"] == ["truth", "processing"]


def test_pavel_files_for_anna(town):
    receipt = town.file(town.act("pavel"), representative=town.persons["pavel"])

    (fact,) = town.journal()
    assert fact["actor"] == town.persons["pavel"]
    assert fact["behalf_of"] == town.persons["anna"]
    assert str(Case.objects.get(number=receipt.number).representative) == town.persons["pavel"]


def test_a_stranger_files_nothing_for_anna(town):
    with pytest.raises(NoMandate):
        town.file(town.stranger())

    assert town.journal() == []


def test_a_clerk_of_the_next_district_files_nothing_in_zarechny(town):
    act = replace(town.act("oleg", channel=Channel.COUNTER), entry=Entry.TRANSCRIBED)

    with pytest.raises(NoMandate):
        town.file(act)

    assert town.journal() == []


def test_faulty_answers_are_named_by_field(town):
    with pytest.raises(AnswersInvalid) as refused:
        town.file(answers={"place": {"text": "Заречный"}, "condition": "green", "trees": 0})

    assert {error.field for error in refused.value.errors} == {"condition", "trees", "truth"}
    assert town.journal() == []


def test_a_channel_that_is_not_offered_is_refused(town):
    with pytest.raises(ChannelNotOffered):
        town.file(town.act("anna", channel=Channel.EMAIL))

    assert town.journal() == []


def test_an_unknown_territory_is_refused(town):
    with pytest.raises(UnknownTerritory):
        town.file(territory="99999999")


def test_a_service_that_no_authority_offers_for_the_place_is_refused(town):
    with pytest.raises(ServiceNotOffered):
        town.file(territory=FEDERATION)


def test_an_unknown_service_is_refused(town):
    with pytest.raises(NoSuchService):
        town.file(service="no-such-service")


def test_a_day_outside_the_calendar_does_not_stop_an_application(town):
    receipt = town.file(town.act("anna", on(12, 30, year=2027)))

    assert receipt.due_on is None
    assert Case.objects.get(number=receipt.number).act_by.isoformat() == "2027-12-30"


def test_the_same_key_gets_the_same_answer(town):
    first = town.file(key=KEY)

    second = town.file(key=KEY)

    assert second == replace(first, is_repeat=True)
    assert Case.objects.count() == 1
    assert town.kinds() == ["case.filed"]


def test_the_same_key_with_another_body_is_refused(town):
    town.file(key=KEY)

    with pytest.raises(KeyUsedOtherwise):
        town.file(key=replace(KEY, body_hash=sha256(b"another").digest()))

    assert Case.objects.count() == 1


def test_a_repeat_gets_its_answer_even_where_the_application_would_be_refused_now(town):
    first = town.file(key=KEY)

    second = file_application(town.act("anna"), town.application(answers={}), key=KEY)

    assert second.number == first.number


def test_keys_of_two_tokens_do_not_meet(town):
    first = town.file(key=KEY)

    second = town.file(key=replace(KEY, token="token-2"))

    assert first.number != second.number


def test_the_stored_answer_does_not_show_the_code(town):
    receipt = town.file(key=KEY)

    row = IdempotencyKey.objects.get()
    assert receipt.tracking_code.encode() not in bytes(row.answer)


def test_a_machine_files_and_its_case_remembers_it(town):
    receipt = town.file(town.machine())

    case = Case.objects.get(number=receipt.number)
    assert case.token == town.machine().actor
    assert town.journal()[0]["channel"] == "api"


def test_the_case_stands_in_the_history_of_its_number(town):
    receipt = town.file()

    (row,) = history("case", receipt.number)
    assert row.occurred_at == MONDAY


def test_who_is_named_by_identity_alone_is_found_by_the_identifiers(town):
    receipt = town.file(town.machine(), **vouched(PEOPLE["anna"]), key=KEY)

    assert str(Case.objects.get(number=receipt.number).applicant) == town.persons["anna"]
    assert town.kinds() == ["case.filed"]


def test_whom_nobody_checked_is_kept_apart_whatever_numbers_are_typed(town):
    typed = {"applicant": "", "applicant_identity": replace(PEOPLE["anna"], family_name="Чужакова")}
    first, second = town.file(town.machine(), **typed), town.file(town.machine(), **typed)

    apart = {str(case.applicant) for case in Case.objects.all()}
    assert len(apart) == 2 and town.persons["anna"] not in apart
    assert person_by("snils", PEOPLE["anna"].snils) == town.persons["anna"]
    assert own_cases(town.act("anna")) == []
    assert "person.recognised" not in town.kinds()
    assert {first.number, second.number} == set(Case.objects.values_list("number", flat=True))


def test_a_new_person_is_registered_with_the_application(town):
    dina = Identity(family_name="Ахметова", given_name="Дина", snils="16002053997")

    receipt = town.file(town.machine(), **vouched(dina), key=KEY)
    again = town.file(town.machine(), **vouched(dina), key=KEY)

    assert town.kinds() == ["person.registered", "case.filed"]
    assert again == replace(receipt, is_repeat=True)
    assert str(Case.objects.get().applicant) == person_by("snils", "16002053997")


def test_a_revoked_token_gets_no_answer_not_even_the_one_that_it_had(town):
    act = town.machine()
    town.file(act, **vouched(PEOPLE["anna"]), key=KEY)
    people.revoke_token(town.house(), act.actor)
    before = town.kinds()

    with pytest.raises(NoMandate):
        town.file(act, **vouched(PEOPLE["anna"]), key=KEY)

    assert town.kinds() == before


def test_a_faulty_application_registers_nobody(town):
    dina = Identity(family_name="Ахметова", given_name="Дина", snils="16002053997")

    with pytest.raises(AnswersInvalid):
        town.file(town.machine(), applicant="", applicant_identity=dina, answers={})

    assert person_by("snils", "16002053997") == ""
    assert town.kinds() == []


def test_an_application_of_nobody_is_refused(town):
    with pytest.raises(ApplicantNeeded):
        town.file(applicant="")


def test_signs_that_no_code_has_are_refused_before_they_reach_the_database(town):
    for wrong in ({"service": "\0"}, {"territory": "56734000\0"}, {"authority": "\n"}):
        with pytest.raises(ServiceNotOffered):
            town.file(**wrong)

    assert town.kinds() == []


def test_a_language_that_the_package_does_not_speak_falls_back_to_its_base(town):
    receipt = town.file(language="tlh-with-a-very-long-tail")

    assert Case.objects.get(number=receipt.number).language == "ru"


def test_an_unusable_key_is_refused(town):
    for text in ("", "k" * 129, "a\0b", "a\nb"):
        with pytest.raises(KeyUnusable):
            town.file(key=replace(KEY, key=text))

    assert town.kinds() == []


def test_an_authority_that_does_not_act_for_the_place_is_refused(town):
    for authority in ("bessonovka", "nobody", "zarechny\x00"):
        with pytest.raises(ServiceNotOffered):
            town.file(authority=authority)

    assert town.journal() == []
    assert town.file(authority="zarechny").state == "filed"


def test_a_revoked_token_gets_no_kept_answer_by_a_faulty_repeat_either(town):
    act, anna = town.machine(), PEOPLE["anna"]
    faulty = vouched(replace(anna, snils="16002051792"))
    first = town.file(act, **vouched(anna), key=KEY)
    assert town.file(act, **faulty, key=KEY) == replace(first, is_repeat=True)
    people.revoke_token(town.house(), act.actor)
    before = town.kinds()

    with pytest.raises(NoMandate):
        town.file(act, **faulty, key=KEY)

    assert town.kinds() == before


@pytest.mark.parametrize("known", [True, False], ids=["known", "new"])
def test_a_firm_gets_no_case_of_a_service_for_persons(town, monkeypatch, known):
    for_persons = replace(place(SERVICE, ZARECHNY).package, audience=("person",))
    monkeypatch.setattr(intake, "place", lambda *where: replace(place(*where), package=for_persons))
    firm = OrganisationIdentity(name="ООО «Теплострой»", inn="5838000128" if known else "")
    given = {"identity": IdentityCheck.TOKEN} if known else {}

    with pytest.raises(NotForThisApplicant):
        town.file(town.machine(), applicant="", applicant_identity=firm, **given)
    with pytest.raises(NotForThisApplicant):
        town.file(town.act("vera", channel=Channel.COUNTER), applicant=town.persons["firm"])

    assert town.kinds() == []
