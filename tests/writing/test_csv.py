"""Tables as CSV: no spreadsheet takes a part of a text for a formula, however it parts a line."""

import csv
import io
import re

import pandas as pd
import pytest

from analysis.language.signs import ACTING
from analysis.outputs import csv_text
from tests.writing.hostile import TEXTS

FORMULAS = [
    "=1+1",
    " =1+1",
    "＝1+1",
    "\n=1+1",
    "a;=1+1;b",
    "a;\t=1+1",
    "a\n@SUM(A1)",
    "x; -y",
    "+y;z",
]
SPREADSHEET = {"en": ",", "ru": ";", "kk": ";", "pasted": "\t"}
NUMBER = re.compile(r"[-+]?[0-9., ]+%?")


@pytest.mark.parametrize("sign", SPREADSHEET.values(), ids=SPREADSHEET)
@pytest.mark.parametrize("text", [*TEXTS, *FORMULAS], ids=str.isidentifier)
def test_no_cell_of_a_csv_is_a_formula_wherever_it_is_opened(text, sign):
    frame = pd.DataFrame({"people": [4, 5], "answer": pd.Series([text, "plain"], dtype=object)})
    made = csv_text(frame)
    made.encode("utf-8")
    assert not ACTING.search(made)
    cells = [cell for row in csv.reader(io.StringIO(made), delimiter=sign) for cell in row]
    run = [cell for cell in cells if re.match(r"\s*[=+\-@＝＋－＠]", cell)]
    assert all(map(NUMBER.fullmatch, run))


def test_numbers_and_plain_texts_are_written_as_they_are():
    frame = pd.DataFrame({"a": ["x; y", "-5 %", "3 - 2"], "b": [-0.5, 1.0, 2.25]})
    assert csv_text(frame) == "a,b\nx; y,-0.5\n-5 %,1\n3 - 2,2.25\n"
