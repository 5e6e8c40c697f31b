"""Combinations of answers are the same whichever engine counts them."""

import gc
import importlib
from collections import Counter

import duckdb
import hypothesis.strategies as st
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings

from analysis.responses.codebook import Codebook, Entry
from analysis.responses.joint import distinct, joint, weighed

module = importlib.import_module("analysis.responses.joint")
ODD = ["", None, " ", "Қыз", "қыз", "ә☃", "a;b", 'it\'s "so"', "x\ny", "１", "é", "e\u0301", "NaN"]
WEIGHTS = ["1", "0", " 2,5 ", "0.25", ",5", "2.", "+1", "1e-1", "3,0E+1"]
NUMBERS = [1, 0, 2.5, 0.25, 0.5, 2, 1, 0.1, 30]
NAMES = ["1. Who, are you?", 'a "name" of it\'s own']


def of_pandas(rows, names):
    return pd.DataFrame(rows, columns=names, dtype="str")


def of_objects(rows, names):
    return pd.DataFrame(rows, columns=names, dtype=object)


def of_polars(rows, names):
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def of_lazy(rows, names):
    return of_polars(rows, names).lazy()


def of_duckdb(rows, names):
    connection = duckdb.connect()
    columns = [f'"{name.replace(chr(34), 2 * chr(34))}" VARCHAR' for name in names]
    connection.execute(f"CREATE TABLE answers ({', '.join(columns)})")
    for row in rows:
        connection.execute(f"INSERT INTO answers VALUES ({', '.join('?' * len(row))})", row)
    return connection.table("answers")


ENGINES = [of_pandas, of_objects, of_polars, of_lazy, of_duckdb]
texts = st.sampled_from(ODD) | st.text(st.characters(exclude_categories=["Cs"]), max_size=3)
answers = st.lists(st.tuples(texts, texts, st.integers(0, len(WEIGHTS) - 1)), max_size=12)


def counted_by_hand(rows):
    """Return people, weight and squares for each pair of answers, by plain Python."""
    people, weight, squares = Counter(), Counter(), Counter()
    for first, second, place in rows:
        pair = first or "", second or ""
        people[pair] += 1
        weight[pair] += NUMBERS[place]
        squares[pair] += NUMBERS[place] ** 2
    return {pair: [people[pair], weight[pair], squares[pair]] for pair in people}


def check(engine, rows):
    """Compare what an engine counts with what Python counts."""
    names = [*NAMES, "Weight."]
    frame = engine([(first, second, WEIGHTS[place]) for first, second, place in rows], names)
    table = distinct(frame, NAMES, "Weight.")
    assert table.columns.tolist() == [*NAMES, *module.SUMS]
    assert [*map(str, table.dtypes)] == ["str", "str", "int64", "float64", "float64"]
    found = {(row[0], row[1]): [*row[2:]] for row in table.itertuples(index=False)}
    wanted = counted_by_hand(rows)
    assert found.keys() == wanted.keys()
    assert all(found[pair] == pytest.approx(wanted[pair]) for pair in wanted)
    assert [*found] == sorted(found)
    read, number = weighed(frame, NAMES, "Weight.")
    pd.testing.assert_frame_equal(distinct(read, NAMES, number), table)


@pytest.mark.parametrize("engine", ENGINES)
@settings(deadline=None, max_examples=40)
@given(answers)
def test_every_engine_counts_the_same_combinations_as_plain_python(engine, rows):
    check(engine, rows)


@pytest.mark.parametrize("engine", ENGINES)
def test_without_columns_all_people_are_counted_together(engine):
    frame = engine([("a", "1,5"), (None, "2")], ["crop", "weight"])
    assert distinct(frame, [], "weight").to_numpy().tolist() == [[2, 3.5, 6.25]]
    assert distinct(frame, []).to_numpy().tolist() == [[2, 2, 2]]


@pytest.mark.parametrize("engine", ENGINES)
def test_without_weights_everybody_weighs_one_and_null_and_empty_are_one_answer(engine):
    frame = engine([("a", ""), (None, ""), ("", "")], ["crop", "x"])
    assert distinct(frame, ["crop"]).to_numpy().tolist() == [["", 2, 2, 2], ["a", 1, 1, 1]]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    "weight", ["-1", "much", "", None, "nan", "inf", "1 000", "1.2.3", "1e999"]
)
def test_a_weight_that_is_none_is_refused_with_column_number_and_an_example(engine, weight):
    frame = engine([("a", "1,5"), ("b", weight), ("b", weight)], ["crop", "my weight"])
    with pytest.raises(ValueError, match=r"column 'my weight': .* none: 2, such as ") as error:
        distinct(frame, ["crop"], "my weight")
    assert str(error.value).endswith(repr(weight or ""))


@pytest.mark.parametrize("frame", [pd.DataFrame, pl.DataFrame])
def test_weights_that_are_numbers_already_are_taken_and_checked_too(frame):
    table = distinct(frame({"crop": ["a", "a"], "w": [1.5, 2]}), ["crop"], "w")
    assert table.to_numpy().tolist() == [["a", 2, 3.5, 6.25]]
    for wrong in (-1.0, float("nan"), float("inf"), None):
        with pytest.raises(ValueError, match="none: 1, such as"):
            distinct(frame({"crop": ["a", "a"], "w": [1.5, wrong]}), ["crop"], "w")


@pytest.mark.parametrize("engine", ENGINES)
def test_too_many_different_answers_are_refused_before_they_all_come(engine, monkeypatch):
    monkeypatch.setattr(module, "LIMIT", 3)
    fetched = []
    real = module.fetched
    monkeypatch.setattr(module, "fetched", lambda *a: fetched.append(real(*a)) or fetched[-1])
    frame = engine([(str(place), "") for place in range(50)], ["mail", "x"])
    with pytest.raises(ValueError, match="column 'mail': more than 3 different answers"):
        distinct(frame, ["mail"])
    assert [len(table) for table in fetched] == [4]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_that_is_not_there_is_refused_by_name(engine):
    with pytest.raises(ValueError, match="column 'crops': the answers have no column"):
        distinct(engine([("a", "")], ["crop", "x"]), ["crops"])


def test_a_column_of_the_file_may_be_called_as_the_sums_are():
    entry = Entry("body", ("weight",), "number")
    frame = pd.DataFrame({"weight": ["60", "61", "60"]})
    table = joint(frame, Codebook((entry,)), ["body"])
    numbers = [answer.number for answer in table["body"]]
    assert [numbers, table["people"].tolist()] == [[60, 61], [2, 1]]


def test_a_question_may_not_be_called_as_the_sums_are():
    entry = Entry("weight", ("kg",), "number")
    with pytest.raises(ValueError, match="question 'weight': tables have a column of that name"):
        joint(pd.DataFrame({"kg": ["60"]}), Codebook((entry,)), ["weight"])


def test_each_answer_is_taken_apart_once_however_many_combinations_it_stands_in(monkeypatch):
    entries = (
        Entry("crop", ("crop",), "single", options=("apples", "pears")),
        Entry("age", ("age",), "number"),
    )
    read = []
    real = Entry.answer
    monkeypatch.setattr(Entry, "answer", lambda *a: read.append(a[0].question) or real(*a))
    frame = pd.DataFrame({"crop": ["apples", "pears"] * 10, "age": [str(n) for n in range(20)]})
    assert len(joint(frame, Codebook(entries), ["crop", "age"])) == 20
    assert Counter(read) == {"crop": 2, "age": 20}


@pytest.mark.parametrize("engine", ENGINES)
def test_weights_that_were_read_once_give_what_text_gives(engine):
    frame = engine([("a", "1,5"), ("b", " 2"), (None, "1e0")], ["weight", "w"])
    read, number = weighed(frame, ["weight"], "w")
    expected = distinct(frame, ["weight"], "w").to_numpy().tolist()
    assert distinct(read, ["weight"], number).to_numpy().tolist() == expected


@pytest.mark.parametrize("engine", ENGINES)
def test_a_frame_with_a_weight_that_is_none_stays_so_that_the_text_can_be_named(engine):
    frame = engine([("a", "1,5"), ("b", "much")], ["crop", "w"])
    assert weighed(frame, ["crop"], "w")[0] is frame


def test_a_table_of_weights_that_were_read_goes_with_its_frame():
    connection = duckdb.connect()
    frame = connection.sql("SELECT 'a' AS crop, '1,5' AS w")
    read, number = weighed(frame, ["crop"], "w")
    tables = "SELECT count(*) FROM duckdb_tables()"
    assert distinct(read, ["crop"], number)["weight"].tolist() == [1.5]
    assert connection.sql(tables).fetchall() == [(1,)]
    del read
    gc.collect()
    assert connection.sql(tables).fetchall() == [(0,)]
