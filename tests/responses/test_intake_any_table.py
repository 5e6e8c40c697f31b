"""Any table that csv writes is read back equal, in any encoding and with any separator."""

import csv
import io
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.responses.files.intake import read_file

SEPARATORS = [",", ";", "\t", "|"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32"]
ENDS = ["\n", "\r\n"]
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=12)
WORDS = (
    "Алматы",
    "Иә",
    "Жоқ",
    "Әйел",
    "Ер",
    "Мужской",
    "20",
    "1,75",
    "a; b",
    "a, b",
    'say "x"',
    "",
    " ",
)


@st.composite
def tables(draw, cells):
    """Return rows with numbers below the header, so that it is one, and no blank row."""
    width = draw(st.integers(1, 4))
    row = st.lists(cells, min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=1, max_size=8))
    header = ["number", *(f"question {at}?" for at in range(width))]
    return [header, *([str(at), *cells] for at, cells in enumerate(rows))]


def read_back(table, separator, end, encoding, quoting=csv.QUOTE_MINIMAL):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        file.write_bytes(text.getvalue().encode(encoding))
        read = read_file(file)
    return [read.columns, *read.frame.to_numpy().tolist()]


@settings(max_examples=300, deadline=None)
@given(
    tables(CELL),
    st.sampled_from(SEPARATORS),
    st.sampled_from(ENDS),
    st.sampled_from(ENCODINGS),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_any_table_of_text_is_read_back_equal(table, separator, end, encoding, quoting):
    if quoting == csv.QUOTE_MINIMAL:  # csv writes a lone carriage return without quotes
        table = [[cell.replace("\r", "") or "x" for cell in row] for row in table]
    assert read_back(table, separator, end, encoding, quoting) == table


@settings(max_examples=200, deadline=None)
@given(
    tables(st.sampled_from(WORDS)),
    st.sampled_from(SEPARATORS),
    st.sampled_from([*ENDS, "\r"]),
    st.sampled_from(["kz1048", *ENCODINGS]),
)
def test_any_table_of_answers_is_read_back_equal(table, separator, end, encoding):
    assert read_back(table, separator, end, encoding) == table
