"""Days inside sentences, as people write them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.journal.wording import day, moment, said

DAY = date(2026, 11, 24)


class GateIsShut(Refusal):
    """The gate of Zarechny."""

    message = _("The gate is shut until %(until_on)s.")
    advice = _("Come back on %(until_on)s")


@pytest.mark.parametrize(("language", "words"), [("en", "24 November 2026"), ("ru", "24 ноября 2026 г.")])
def test_a_day_is_written_as_its_reader_writes_it(language, words):
    with translation.override(language):
        assert day(DAY) == words
        assert moment(datetime(2026, 11, 24, 9, 5, tzinfo=UTC)) == f"{words}, 09:05"
        assert GateIsShut(until_on=DAY).counsel == f"Come back on {words}"
        assert str(GateIsShut(until_on=DAY)) == f"The gate is shut until {words.rstrip('.')}."


def test_a_sentence_ends_with_one_stop_and_three_stay_three():
    assert (
        said("Wait until %(day)s. Then…", {"day": "24 ноября 2026 г."})
        == "Wait until 24 ноября 2026 г. Then…"
    )
    assert said("%(text)s", {"text": "and so on..."}) == "and so on..."
