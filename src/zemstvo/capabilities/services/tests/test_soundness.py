import pytest

from zemstvo.capabilities.services.tests.firewood import changed, faults

WORK = "      - {id: decide, label: Подготовить решение, by: clerk, to: sign, form: decision}"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        # ids
        (
            "id: area, type: number",
            "id: home, type: number",
            'fields[2].id is "home"; an id that no other field',
        ),
        (
            "{id: name, type: text, label: Имя",
            "{id: area, type: text, label: Имя",
            '"area"; an id that no other',
        ),
        ("{id: per_head, type: money", "{id: area, type: money", 'calculate[2].id is "area"'),
        (
            "{id: minimum, type: money",
            "{id: today, type: money",
            '"today"; another id (this name means something',
        ),
        ("id: area, type: number", "id: local_area, type: number", "an id that does not begin with local_"),
        (
            "  - id: house\n",
            "  - id: household\n",
            'pages[2].id is "household"; an id that is there only once',
        ),
        ("{id: gas, label: Газом}", "{id: stove, label: Газом}", 'options[2].id is "stove"'),
        ("{id: rework,", "{id: sign,", 'states.sign.actions[2].id is "sign"; an id that is there only once'),
        ("{id: rework,", "{id: suspend,", "another id (this one is the same in every service)"),
        ("retired: {fields: [old_area]}", "retired: {fields: [area]}", "retired.fields[1]"),
        # references
        (
            "to: sign, form: decision}",
            "to: signing, form: decision}",
            'actions[1].to is "signing"; a state: one of',
        ),
        (
            "to: sign, form: decision}",
            "to: sign, form: decide}",
            '"decide"; a form: one of decision is expected',
        ),
        (
            "document: refusal, marks",
            "document: refusals, marks",
            '"refusals"; a document: one of decision, refusal',
        ),
        ("not_same_as: decide", "not_same_as: sign", "not_same_as"),
        ("reasons: [R03]", "reasons: [R33]", 'reasons[1] is "R33"; a reason: one of'),
        (
            "on_limit: {to: closed, reason: R09}",
            "on_limit: {to: gone, reason: R09}",
            '"gone"; a state: one of',
        ),
        (
            "on_limit: {to: closed, reason: R09}",
            "on_limit: {to: closed, reason: R01}",
            "a reason that is for close",
        ),
        ("else: R01}", "else: R03}", 'else is "R03"; a reason that is for refuse: one of R01, R02'),
        ("on: missing-documents}", "on: R01}", 'legal.suspend.on is "R01"; a reason that is for suspend'),
        (
            "on: [hard-case]}",
            "on: [hard-case, R01]}",
            'legal.extend.on[2] is "R01"; a reason that is for extend',
        ),
        ("for: [return], advice", "for: [refuse], advice", "a reason that is for return"),
        (
            "evidence: utility.heating\n",
            "evidence: utility.gas\n",
            '"utility.gas"; a piece of evidence: one of',
        ),
        ("supplies: [heating]", "supplies: [oven]", 'supplies[1] is "oven"; a field: one of'),
        ("field: heating, basis", "field: oven, basis", 'reasons.R01.field is "oven"; a field'),
        ("valid_until: valid_until", "valid_until: support", 'valid_until is "support"; a calculated date'),
        ("values: [support]", "values: [help]", 'result.values[1] is "help"; a calculated value'),
        ("prefill: calculated.support", "prefill: calculated.help", "a calculated value: one of"),
        (
            "prefill: profile.address",
            "prefill: calculated.support",
            "profile.… or earlier is expected outside",
        ),
        ("supports: [legal.term,", "supports: [legal.terms,", '"legal.terms"; a path of this file'),
        ("{path: legal.retention,", "{path: legal.keeping,", '"legal.keeping"; a path of this file'),
        # states
        (
            "to: sign, form: decision}",
            "to: work, form: decision}",
            "states.sign is never reached; a way to it from filed",
        ),
        (
            "final: refused}",
            "waits_for: authority}",
            "states.refused is a dead end; a way from it to a final state",
        ),
        ("final: granted}", "final: closed}", "a state with final: granted is expected"),
        ("    limit: 30d\n", "", "fix.on_limit is {"),
        (
            "    label: На подписи\n",
            "    label: На подписи\n    final: closed\n",
            "sign is final, and goes on",
        ),
        (
            "    label: Рассматривается\n",
            "    label: Рассматривается\n    waits_for: applicant\n",
            "an action by the applicant",
        ),
        (
            "marks: [registered, complete]}",
            "marks: [registered]}",
            "an action that marks complete is expected",
        ),
        (
            "by: clerk, to: refused",
            "by: applicant, to: refused",
            "an official is expected: the state is a decision",
        ),
        (
            "portal: 5wd from complete",
            "app: 5wd from complete",
            'legal.term.app is "5wd from complete"; app is expected',
        ),
        # fields
        ("min: 5, max: 1000", "min: 1005, max: 1000", "min is 1005; at most the max of 1000"),
        (
            "        min: 1\n        options: [{id: wood",
            "        min: 3\n        options: [{id: wood",
            "at most the 2 options",
        ),
        (
            "label: Дата рождения, max: today",
            "label: Дата рождения, max: 2026-02-30",
            '"2026-02-30"; a day that exists',
        ),
        ("ask: [patronymic, born_on, snils]", "ask: [born_on, snils]", "optional[1]"),
        ("value: 1500000,", "value: much,", '"much"; a value of the type money'),
        ("extra_fields, parameters]", "extra_fields]", "the slot parameters is expected in local"),
        ("        on_failure: ask\n", "        on_failure: call\n", "one of ask, letter"),
        # expressions
        (
            "per_head <= minimum",
            "per_hed <= minimum",
            'eligibility[2].when is "per_hed <= minimum"; character 1: the name',
        ),
        ("sum(members, 'income')", "sum(members, 'wage')", "the field wage; one of income is expected"),
        ("add_months(decided_on, 6)", "decided_on + 6", "calculate[4].value is"),
        ("age(born_on, today) >= 14", "age(born_on, today) >= minimum", "show.when is"),
        ("size(fuel) <= 2", "size(fuel) <= area && account == ''", "the name account"),
        ("decision.amount > 0", "amount > 0", "the name amount; one of"),
        ("when: \"decision.comment != ''\"", "when: comment != ''", "table.rows[3].when"),
        # letters
        (
            "действует до {valid_until}",
            "действует до {valid_to}",
            "service.yaml, line 187: documents.decision.paragraphs[3].text is {valid_to} (ru); one of",
        ),
        (
            "{reason.text} Основание",
            "{reason.id} Основание",
            "documents.refusal.paragraphs[1].text is {reason.id} (ru)",
        ),
    ],
)
def test_what_does_not_hold_together_is_reported(tmp_path, old, new, fault):
    assert fault in "\n".join(faults(changed(tmp_path, (old, new))))


def test_a_condition_speaks_only_of_what_was_asked_before(tmp_path):
    folder = changed(tmp_path, ("show: {when: is_firm,", "show: {when: answered.consent,"))

    assert any(
        "the part consent; one of account" not in one and "the part consent" in one for one in faults(folder)
    )


def test_a_package_without_examples_is_refused(tmp_path):
    folder = changed(tmp_path)
    for example in (folder / "examples").iterdir():
        example.unlink()

    assert faults(folder) == [
        "service.yaml, line 2: it is without examples; at least one example is expected in examples/."
    ]


def test_faults_of_the_parts_are_found_in_one_run(tmp_path):
    folder = changed(
        tmp_path,
        ("reasons: [R03]", "reasons: [R33]"),
        ("per_head <= minimum", "per_hed <= minimum"),
        ("действует до {valid_until}", "действует до {valid_to}"),
        ("final: refused}", "waits_for: authority}"),
    )

    assert len(faults(folder)) == 4
