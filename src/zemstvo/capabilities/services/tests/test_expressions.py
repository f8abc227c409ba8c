from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zemstvo.capabilities.services.expressions import functions
from zemstvo.capabilities.services.expressions.running import ExpressionFailed, compile_expression
from zemstvo.capabilities.services.expressions.tree import ExpressionFault
from zemstvo.capabilities.services.expressions.types import (
    DATE,
    MONEY,
    MONTH,
    NUMBER,
    TEXT,
    YES_NO,
    Kind,
    Type,
)

SCOPE = {
    "income": MONEY,
    "rent": MONEY,
    "area": NUMBER,
    "floor": NUMBER,
    "why": TEXT,
    "born_on": DATE,
    "today": DATE,
    "since": MONTH,
    "is_firm": YES_NO,
    "heating": Type(Kind.CHOICE, options=frozenset({"stove", "gas"})),
    "fuel": Type(Kind.CHOICES, options=frozenset({"wood", "coal"})),
    "papers": Type(Kind.FILES),
    "members": Type(
        Kind.ROWS,
        fields={"income": MONEY, "born_on": DATE, "name": TEXT, "is_student": YES_NO, "share": NUMBER},
    ),
    "owner": Type(Kind.GROUP, fields={"family_name": TEXT, "born_on": DATE}),
}
ANNA = {"income": 1_200_000, "born_on": "1990-04-12", "name": "Анна", "is_student": False, "share": 3}
DIMA = {"income": 0, "born_on": "2020-01-31", "name": "Дима", "is_student": True, "share": 1}
VALUES = {
    "income": 1_250_050,
    "rent": 400_000,
    "area": 60,
    "floor": 2,
    "why": "привет",
    "born_on": "2000-02-29",
    "today": "2026-11-23",
    "since": "2026-11",
    "is_firm": False,
    "heating": "stove",
    "fuel": ["wood"],
    "papers": ["a", "b"],
    "members": [ANNA, DIMA],
    "owner": {"family_name": "Морозова", "born_on": ""},
}


def value(source, **changed):
    return compile_expression(source, SCOPE)(VALUES | changed)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("income - rent * 2", 450_050),
        ("1 + 2 * 3 - -4", 11),
        ("(1 + 2) * 3", 9),
        ("10 - 3 - 2", 5),
        ("area / 7", 8),
        ("area % 7", 4),
        ("-area / 7", -8),
        ("income > 1000000 && !is_firm", True),
        ("is_firm || heating == 'gas' || area >= 60", True),
        ("is_firm && area > 0 || area == 60", True),
        ("area > 50 ? 'big' : area > 20 ? 'middle' : 'small'", "big"),
        ("heating != 'gas'", True),
        ("heating in ['gas', 'stove']", True),
        ("area in [1, 60]", True),
        ("'wood' in fuel && !('coal' in fuel)", True),
        ("size(why)", 6),
        ("why.size() == 6", True),
        ("size(papers) + size(fuel) + size(members)", 5),
        ("why.startsWith('при') && why.endsWith('вет') && why.contains('иве')", True),
        ("why.matches('^[а-я]{6}$')", True),
        (r"why.matches(r'^\w+$') && !why.matches('\\d')", True),
        ("why + ' ' + heating", "привет stove"),
        ("born_on < '2005-01-01' && today >= born_on", True),
        ("since == '2026-11'", True),
        ("owner.family_name == 'Морозова' && owner.born_on == ''", True),
        ("members.exists(m, m.income > 0)", True),
        ("members.all(m, m.income > 0)", False),
        ("members.exists(m, age(m.born_on, today) < 18)", True),
        ("size(members.filter(m, m.is_student))", 1),
        ("members.filter(m, m.is_student).size()", 1),
        ("sum(members, 'income')", 1_200_000),
        ("sum(members.filter(m, !m.is_student), 'income') + rent", 1_600_000),
        ("max(members, 'share') + min(members, 'share')", 4),
        ("members.exists(m, m.income > rent * 2)", True),
        ("min(income, rent, 5)", 5),
        ("max(0, rent - income)", 0),
        ("max(born_on, '2010-01-01')", "2010-01-01"),
        ("div(income * area, 100)", 750_030),
        ("div(income, rent)", 3),
        ("div(income, 0)", 0),
        ("age(born_on, today)", 26),
        ("add_months('2026-08-31', 6)", "2027-02-28"),
        ("add_days(today, 30)", "2026-12-23"),
        ("days_between('2026-11-01', today)", 22),
        ("months_between('2026-01-31', '2026-02-28')", 1),
        ("year(today) - year(born_on)", 26),
        ("year(since)", 2026),
        ("add_months(owner.born_on, 6) == ''", True),
        ("age(owner.born_on, today)", 0),
        ('"quote: \\" and \\n" == why', False),
    ],
)
def test_an_expression_gives_what_its_sentence_says(source, expected):
    found = value(source)

    assert found == expected
    assert type(found) is type(expected)


def test_a_cyrillic_word_has_as_many_characters_as_people_count():
    assert value("size(why)", why="ёлка 🌲") == 6


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("heating == 'stov'", "character 12: the option 'stov'; one of gas, stove is expected"),
        ("heating in ['gas', 'wood']", "the option 'wood'"),
        ("'birch' in fuel", "the option 'birch'; one of coal, wood"),
        ("born_on > '2026-02-30'", "the day '2026-02-30'"),
        ("since > '2026-13'", "the month '2026-13'"),
        ("income + area", "money and a number together"),
        ("income * rent", "money times money"),
        ("income == area", "money beside a number"),
        ("income == 'much'", "a text beside money"),
        ("why > 'a'", "a text beside >"),
        ("'b' > 'a'", "texts beside >"),
        ("is_firm > false", "yes or no beside >"),
        ("why == heating", "a text beside a choice"),
        ("why + 5", "a number; a text or"),
        ("area && is_firm", "a number; yes or no is expected"),
        ("!area", "a number; yes or no is expected"),
        ("-why", "a text; a number or money"),
        ("area / floor", "/ by what is not a number above 0; div(a, b) is expected"),
        ("area % 0", "% by what is not a number above 0"),
        ("members", "one that gives"),
        ("members == members", "rows beside rows"),
        ("members.income", ".income of rows"),
        ("members.exists(m, m)", "the row m itself; one of its fields"),
        ("members.exists(m, m.wage > 0)", "the part wage; one of born_on, income"),
        ("members.exists(area, area > 0)", "the variable area, which is a name already"),
        ("fuel.exists(f, f == 'wood')", "exists over a list of choices; the name of a repeat is expected"),
        ("members.filter(m, m.is_student)", "one that gives"),
        ("sum(members, 'name')", "the field name; one of income, share is expected"),
        ("sum(members, why)", "what is not a text"),
        ("sum(fuel, 'x')", "a list of choices; rows"),
        ("owner.age", "the part age; one of born_on, family_name"),
        ("owner == owner", "a group of values beside a group"),
        ("wage > 0", "character 1: the name wage; one of area, born_on"),
        ("len(why) > 0", "the function len; one of add_days, add_months, age"),
        ("why.lower() == ''", "the method lower; startsWith"),
        ("age(born_on)", "age with 1 values; 2 is expected"),
        ("age(area, today)", "a number; a day is expected"),
        ("min(area)", "1 values; two to five values"),
        ("is_firm ? 1 : 'a'", "a number and a text together"),
        ("[1, 2]", "a list; a list only behind `in`"),
        ("area in [floor]", "a member that is not written out"),
        ("why.matches(heating)", "a choice; a text is expected"),
        ("area > 1.5", "the number 1.5; a whole number in decimal digits"),
        ("area > 1u", "the number 1u"),
        ("area > 0x10", "the number 0x10"),
        ("area > 12345678901234", "a number of 14 digits"),
        ("area >", "the end; a name, a number"),
        ("(area > 1", "the end; ')' is expected"),
        ("area > 1)", "')' after the end"),
        ("area = 1", "the character '='"),
        ("why == 'open", 'the character "\'"'),
        ("why == '\\q'", "the escape \\q"),
        ("null == why", "the word null; another name is expected"),
        ("area.exists", "a part of a group or of a row"),
        ("members[0].income > 1", "an index in brackets"),
        ("{'a': 1} == 1", "the character '{'"),
        ("has(owner.born_on)", "the macro has; all, exists or filter is expected"),
        ("", "the end; a name"),
    ],
)
def test_a_mistake_is_found_before_anything_runs(source, fault):
    with pytest.raises(ExpressionFault) as refused:
        compile_expression(source, SCOPE, Kind.YES_NO)

    assert fault in str(refused.value)


def test_a_condition_must_give_true_or_false_and_money_stays_money():
    with pytest.raises(ExpressionFault, match="gives money; one that gives yes_no"):
        compile_expression("income", SCOPE, Kind.YES_NO)
    with pytest.raises(ExpressionFault, match="gives number; one that gives money"):
        compile_expression("area", SCOPE, Kind.MONEY)

    assert compile_expression("0", SCOPE, Kind.MONEY)(VALUES) == 0


@pytest.mark.parametrize("name", ["size", "timestamp", "int", "z_sum", "v_area", "r_m", "matches", "type"])
def test_a_field_may_be_called_what_the_library_calls_its_own(name):
    scope = SCOPE | {name: NUMBER}
    source = f"{name} + sum(members, 'income') * 0 + size(members.filter({name}1, {name}1.is_student)) == 8"

    with pytest.raises(ExpressionFault, match="money"):
        compile_expression(source, scope)
    source = source.replace("sum(members, 'income') * 0 + ", "")

    assert compile_expression(source, scope)(VALUES | {name: 7}) is True


def test_only_the_names_in_use_are_read():
    expression = compile_expression("members.exists(m, m.income > rent)", SCOPE)

    assert expression.names == {"members", "rent"}
    assert expression({"members": [{"income": 5}], "rent": 4}) is True


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("area * area * area", {"area": 10**12}),
        ("sum(members, 'income') * area * area", {"area": 10**12}),
        ("add_months(today, area)", {"area": 10**6}),
        ("add_days(today, area)", {"area": 10**9}),
        ("age(born_on, today)", {"born_on": "2000-13-45", "today": "2026-01-01"}),
        ("income + 1", {"income": "much"}),
        ("members.exists(m, m.income > 1)", {"members": [{}]}),
    ],
)
def test_what_cannot_be_reckoned_is_one_kind_of_failure(source, changed):
    with pytest.raises(ExpressionFailed):
        value(source, **changed)


def test_a_pattern_that_stalls_other_engines_answers_at_once():
    started = process_time()

    assert value("why.matches('^(([a-z])+.)+[A-Z]([a-z])+$')", why="a" * 20_000) is False
    assert process_time() - started < 1


def test_a_thousand_threads_of_conditions_do_not_mix():
    expression = compile_expression("income + rent", SCOPE)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: expression({"income": n, "rent": 1}), range(1000)))

    assert found == [n + 1 for n in range(1000)]


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(st.integers(-(10**12), 10**12), st.integers(-(10**6), 10**6).filter(bool))
def test_halves_are_rounded_away_from_zero(amount, by):
    exact = abs(amount) * 2 + abs(by)
    expected = exact // (2 * abs(by)) * (1 if (amount >= 0) == (by > 0) else -1)

    assert functions.divided(amount, by) == expected


@given(DAYS, st.integers(0, 120))
def test_an_age_grows_by_one_on_each_birthday(born, years):
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:
        birthday = date(born.year + years, 3, 1)
    before = birthday - timedelta(days=1)

    assert functions.age(born.isoformat(), birthday.isoformat()) == years
    assert functions.age(born.isoformat(), before.isoformat()) == max(0, years - 1)


@given(DAYS, st.integers(0, 600))
def test_full_months_are_those_that_were_added(start, months):
    later = functions.add_months(start.isoformat(), months)

    assert functions.months_between(start.isoformat(), later) == months


NUMBERS = st.integers(-1000, 1000)


def arithmetic():
    """Sources of whole-number arithmetic that Python reads the same."""
    leaves = st.one_of(st.integers(0, 999).map(str), st.sampled_from(["area", "floor"]))

    def bigger(inner):
        return st.tuples(inner, st.sampled_from([" + ", " - ", " * "]), inner).map(
            lambda one: f"({''.join(one)})"
        )

    return st.recursive(leaves, bigger, max_leaves=6)


@settings(max_examples=60)
@given(arithmetic(), NUMBERS, NUMBERS)
def test_arithmetic_is_that_of_python(source, area, floor):
    expected = eval(source, {"area": area, "floor": floor})

    assert value(source, area=area, floor=floor) == expected
