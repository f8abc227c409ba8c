import pytest

from zemstvo.capabilities.services.tests.firewood import changed, faults

GRANTED = "examples/granted.yaml"
RETURNED = "examples/returned.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (GRANTED, "due: 2026-11-11", "due: 2026-11-12", 'expect.due is "2026-11-12"; 2026-11-11 is expected'),
        (GRANTED, "days_off: [2026-11-04]\n", "", "2026-11-10 is expected by the terms"),
        (GRANTED, "channel: portal", "channel: counter", "2026-11-18 is expected by the terms"),
        (GRANTED, "channel: portal", "channel: app", 'line 3: channel is "app"; one of portal, api'),
        (
            GRANTED,
            "eligible: true",
            "eligible: false",
            "expect.eligible is false; true is expected by the conditions",
        ),
        (GRANTED, "sign, granted]", "granted]", 'the steps lead along ["filed", "work", "sign", "granted"]'),
        (GRANTED, "support: 633000,", "support: 633001,", "calculated.support is 633001; 633000 is expected"),
        (GRANTED, "support: 633000,", "suport: 633000,", "one of income_total, per_head"),
        (
            GRANTED,
            '"Отопление: Печью"]',
            '"Отопление: Газом"]',
            "a piece of the letter is expected (the letter says",
        ),
        (GRANTED, "    decision:\n", "    refusal:\n", "no such letter is written"),
        (
            GRANTED,
            "area: 60",
            "area: 4",
            "answers.area is 4; an answer that is taken is expected (The least value is 5.)",
        ),
        (GRANTED, "heating: stove", "heating: sun", 'answers.heating is "sun"; an answer that is taken'),
        (GRANTED, "  is_firm: false", "  is_firm: false\n  wage: 5", "answers.wage is 5"),
        (GRANTED, "on: 2026-11-06", "on: 2026-11-02", "steps[2].on is"),
        (GRANTED, "on: 2026-11-06", "on: 2026-11-31", "a day that exists is expected"),
        (GRANTED, "form: {amount: 633000}", "form: {amount: -5}", "steps[2].form.amount is -5"),
        (GRANTED, ", form: {amount: 633000}", "", "steps[2] is null; amount: Fill this in."),
        (GRANTED, "amount: 633000}}", "amount: 0}}", "an action whose condition holds is expected"),
        (
            GRANTED,
            "{do: sign, on: 2026-11-09}",
            "{do: sign, by: clerk}",
            'by is "clerk"; another person than for decide',
        ),
        (
            GRANTED,
            "{do: sign, on: 2026-11-09}",
            "{do: approve}",
            "an action of the state sign (sign, rework) is expected",
        ),
        (
            GRANTED,
            "{do: sign, on: 2026-11-09}",
            "{do: sign}\n  - {do: sign}",
            "no step after the end (granted)",
        ),
        (GRANTED, "kind: person,", "kind: organisation,", "applicant"),
        (GRANTED, 'snils: "16002045190"}\nfiled', 'snils: "16002045191"}\nfiled', "applicant.snils is"),
        (GRANTED, "filed_on: 2026-11-02", "filed_on: 2026-11-31", "filed_on"),
        (
            RETURNED,
            "{do: return, on: 2026-11-05, reason: R03}",
            "{do: return, on: 2026-11-05}",
            "a reason is expected with return",
        ),
        (
            RETURNED,
            "{do: return, on: 2026-11-05, reason: R03}",
            "{do: return, reason: R01}",
            '"R01"; one of R03 is expected',
        ),
        (RETURNED, "reason: missing-documents", "reason: hard-case", "one of missing-documents is expected"),
        (RETURNED, "answers: {area: 70}", "answers: {area: 4}", "steps[3].answers.area is 4"),
        (RETURNED, "{do: rework}", "{do: limit}", "a limit of the state sign is expected"),
        (
            "examples/forgotten.yaml",
            "{do: limit}",
            "{do: limit, on: 2026-12-01}",
            "a day not before 2026-12-04 is expected",
        ),
        ("examples/refused.yaml", "reasons: [R01]", "reasons: [R02]", '["R01"] is expected'),
        (
            "examples/faulty.yaml",
            "errors: [members, ",
            "errors: [",
            "an answer that is taken is expected (Fill in at least one.)",
        ),
        (
            "examples/faulty.yaml",
            "errors: [members, ",
            "errors: [home, members, ",
            "a faulty answer to home is expected",
        ),
        ("examples/local.yaml", "fee: 5000", "fee: five", "local.fee"),
        (
            "examples/local.yaml",
            "id: local_chimney, type",
            "id: chimney, type",
            "an id of its own that begins with local_",
        ),
        (
            "examples/local.yaml",
            "path: [filed, withdrawn]",
            "path: [filed, granted]",
            "0 actions lead from filed there",
        ),
    ],
)
def test_an_example_that_comes_out_otherwise_is_a_fault(tmp_path, file, old, new, fault):
    assert fault in "\n".join(faults(changed(tmp_path, (old, new), file=file)))


def test_a_package_without_suspension_knows_no_such_step(tmp_path):
    folder = changed(
        tmp_path,
        ("  suspend: {max: 1m, on: missing-documents}\n", ""),
        ("  extend: {max: 10wd, on: [hard-case]}\n", ""),
    )

    assert faults(folder) == [
        'examples/returned.yaml, line 24: steps[5].do is "suspend"; legal.suspend is expected in the package.'
    ]
