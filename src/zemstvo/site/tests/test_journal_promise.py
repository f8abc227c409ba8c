"""An operator is handed the answer that somebody got, and holds the journal to it."""

import json
from argparse import Namespace
from datetime import datetime, timedelta

import pytest

from zemstvo.ground.journal import sealing
from zemstvo.ground.journal.promises import promise
from zemstvo.ground.journal.tests.facts_of_zarechny import mend_fence, vera
from zemstvo.site.cli.manual import Misuse
from zemstvo.site.operations import journal

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def said(tmp_path, capsys):
    """What the command says of a file, as its status and its words."""

    def run(text, *, as_json=False):
        file = tmp_path / "answer.json"
        file.write_text(text, encoding="utf-8")
        status = journal.promise(Namespace(file=str(file), json=as_json))
        return status, capsys.readouterr().out

    return run


def test_the_whole_answer_of_the_api_is_read_and_its_promise_told(said):
    answer = {"number": "ZAR-2026-000001-3", "promise": promise(mend_fence(vera()))}

    waiting = said(json.dumps(answer))
    sealing.seal_all()
    status, kept = said(json.dumps(answer), as_json=True)

    assert waiting[0] == status == 0
    assert answer["promise"]["fact"] in waiting[1]
    assert json.loads(kept) | {"keeping": "kept", "leaf_index": 0} == json.loads(kept)


def test_what_was_sealed_too_late_is_told_in_words_of_its_own(said):
    made = promise(mend_fence(vera()))
    late = datetime.fromisoformat(made["sealed_by"]) + timedelta(hours=2)
    sealing.seal_all(at=late)

    status, words = said(json.dumps(made))
    figures = json.loads(said(json.dumps(made), as_json=True)[1])

    assert status == 1
    assert "sealed too late" in words or "запечатана слишком поздно" in words
    assert (figures["keeping"], figures["sealed_at"]) == ("broken", late.isoformat())


def test_a_promise_of_somebody_else_is_wrong_and_not_a_crash(said):
    made = promise(mend_fence(vera()))

    assert said(json.dumps(made | {"log": "elsewhere"}))[0] == 1
    assert said(json.dumps(made | {"fact": "\ud800"}))[0] == 1
    assert said("[]")[0] == 1
    assert "wrong" in json.loads(said('{"promise": 1}', as_json=True)[1])
    with pytest.raises(Misuse):
        said("accepted")
    with pytest.raises(Misuse):
        said("[" * 100_000)
