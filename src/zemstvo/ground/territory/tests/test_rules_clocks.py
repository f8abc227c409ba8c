from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from zemstvo.ground.territory.refusals import DateOutsideCalendar
from zemstvo.ground.territory.rules import (
    Calendar,
    ClockEvent,
    ClockEventKind,
    Deadline,
    Suspension,
    Term,
    deadline,
    due_on,
    recount,
)

CALENDAR = Calendar({}, date(2026, 1, 1), date(2029, 1, 1))
TEN = Term.parse("10wd")
events = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def on(day):
    return date.fromisoformat(day)


def event(kind, day, term=None):
    return ClockEvent(ClockEventKind(kind), on(day), Term.parse(term) if term else None)


def test_a_clock_that_was_not_started_has_no_deadline():
    assert recount([], TEN, CALENDAR) is None
    assert recount([event("suspended", "2026-11-02")], TEN, CALENDAR) is None


def test_ten_working_days_from_monday_end_on_the_monday_after_next():
    assert recount([event("started", "2026-11-02")], TEN, CALENDAR) == Deadline(on("2026-11-16"))


def test_a_week_of_suspension_moves_the_deadline_by_its_working_days():
    happened = [
        event("started", "2026-11-02"),
        event("suspended", "2026-11-04"),
        event("resumed", "2026-11-11"),
    ]

    assert recount(happened, TEN, CALENDAR) == Deadline(on("2026-11-23"))


def test_while_a_suspension_is_open_the_deadline_stands_still():
    happened = [event("started", "2026-11-02"), event("suspended", "2026-11-04")]

    assert recount(happened, TEN, CALENDAR) == Deadline(None, is_suspended=True)


def test_an_open_suspension_with_a_limit_ends_on_its_limit_at_the_latest():
    happened = [event("started", "2026-11-02"), event("suspended", "2026-11-04", "1m")]

    assert recount(happened, TEN, CALENDAR) == Deadline(
        on("2026-12-16"), is_suspended=True, counts_again_on=on("2026-12-05")
    )


def test_a_suspension_that_went_on_past_its_limit_spares_only_the_limit():
    limited = [event("started", "2026-11-02"), event("suspended", "2026-11-04", "1m")]
    late = [*limited, event("resumed", "2027-03-01")]

    assert recount(late, TEN, CALENDAR) == Deadline(on("2026-12-16"))


def test_a_suspension_after_the_deadline_no_longer_helps():
    happened = [event("started", "2026-11-02"), event("suspended", "2026-11-16")]

    assert recount(happened, TEN, CALENDAR) == Deadline(on("2026-11-16"), is_suspended=True)


def test_suspended_and_resumed_on_one_day_spares_nothing():
    happened = [
        event("started", "2026-11-02"),
        event("suspended", "2026-11-04"),
        event("resumed", "2026-11-04"),
    ]

    assert recount(happened, TEN, CALENDAR) == Deadline(on("2026-11-16"))


def test_thirty_days_and_thirty_more_are_sixty_and_only_the_last_end_rolls():
    happened = [event("started", "2026-11-02"), event("extended", "2026-11-30", "30d")]

    assert recount(happened, Term.parse("30d"), CALENDAR) == Deadline(on("2027-01-01"))


def test_an_extension_in_another_unit_goes_on_from_the_unrolled_end():
    happened = [event("started", "2026-11-06"), event("extended", "2026-11-10", "1d")]

    assert recount(happened, Term.parse("1m"), CALENDAR) == Deadline(on("2026-12-07"))


def test_a_later_start_begins_anew():
    happened = [
        event("started", "2026-11-02"),
        event("suspended", "2026-11-04"),
        event("extended", "2026-11-05", "5wd"),
        event("started", "2026-11-09"),
    ]

    assert recount(happened, TEN, CALENDAR) == Deadline(on("2026-11-23"))


def test_a_suspension_inside_an_open_one_and_a_lone_end_add_nothing():
    happened = [
        event("started", "2026-11-02"),
        event("resumed", "2026-11-03"),
        event("suspended", "2026-11-04"),
        event("suspended", "2026-11-06"),
        event("resumed", "2026-11-11"),
        event("resumed", "2026-11-12"),
    ]

    assert recount(happened, TEN, CALENDAR) == Deadline(on("2026-11-23"))


def test_a_month_is_longer_by_the_days_it_was_suspended():
    happened = [
        event("started", "2026-11-02"),
        event("suspended", "2026-11-04"),
        event("resumed", "2026-11-11"),
    ]

    assert recount(happened, Term.parse("1m"), CALENDAR) == Deadline(on("2026-12-09"))


def test_overlapping_suspensions_are_counted_once():
    together = [
        Suspension(on("2026-11-05"), on("2026-11-10")),
        Suspension(on("2026-11-07"), on("2026-11-12")),
    ]

    assert deadline(on("2026-11-02"), TEN, CALENDAR, suspensions=together) == Deadline(on("2026-11-23"))
    assert deadline(on("2026-11-02"), TEN, CALENDAR, suspensions=together[::-1]).due_on == on("2026-11-23")


def naive_end(event_day, amount, spared, calendar):
    day = event_day
    while amount:
        day += timedelta(days=1)
        if calendar.is_working(day) and not any(from_ <= day < until for from_, until in spared):
            amount -= 1
    return day


spans = st.lists(
    st.builds(
        lambda from_, length: (from_, from_ + timedelta(days=length)),
        st.dates(date(2026, 1, 1), date(2027, 3, 1)),
        st.integers(0, 60),
    ),
    max_size=5,
)


@given(events, st.integers(1, 40), spans)
def test_any_suspensions_are_counted_as_one_would_with_a_finger(event_day, amount, spared):
    suspensions = [Suspension(from_, until) for from_, until in spared]
    found = deadline(event_day, Term.parse(f"{amount}wd"), CALENDAR, suspensions=suspensions)

    assert found.due_on == naive_end(event_day, amount, spared, CALENDAR)


@given(events, st.integers(1, 40), spans)
def test_calendar_days_too(event_day, amount, spared):
    every_day = Calendar({}, date(2026, 1, 1), date(2029, 1, 1), weekend=frozenset())
    suspensions = [Suspension(from_, until) for from_, until in spared]
    found = deadline(event_day, Term.parse(f"{amount}d"), every_day, suspensions=suspensions)

    assert found.due_on == naive_end(event_day, amount, spared, every_day)


@given(events, st.lists(st.tuples(st.sampled_from(["suspended", "resumed"]), st.integers(0, 60)), max_size=8))
def test_no_order_of_events_breaks_the_clock_or_brings_the_deadline_forward(event_day, happened):
    clock = [ClockEvent(ClockEventKind.STARTED, event_day)]
    clock += [ClockEvent(ClockEventKind(kind), event_day + timedelta(days=n)) for kind, n in happened]
    try:
        found = recount(clock, TEN, CALENDAR)
    except DateOutsideCalendar:
        return

    assert found is not None
    assert found.due_on is None or found.due_on >= due_on(event_day, TEN, CALENDAR)
    assert found.is_suspended or found.due_on is not None


@given(events, st.lists(st.sampled_from(["3wd", "5d", "6d", "1m"])), st.sampled_from(["10wd", "30d"]))
def test_a_term_counts_from_the_day_on_which_the_last_of_what_is_awaited_is_there(event_day, waits, answer):
    awaited = [Term.parse(one) for one in waits]
    found = deadline(event_day, Term.parse(answer), CALENDAR, awaited=awaited)

    there = max([event_day, *(due_on(event_day, one, CALENDAR) for one in awaited)])
    assert found == Deadline(due_on(there, Term.parse(answer), CALENDAR))
