"""The notebooks of the survey run where no head-count gives a printed share."""

import pytest

from analysis import paths, read_table
from tests.notebooks import read, run_cells

SURVEY = sorted(set(read_table("figures").query("paper == 'zhakyanova'")["notebook"]))
IMPOSSIBLE = [{"n": 72}, {"rounding": "truncate", "level": 0.8}]


@pytest.mark.parametrize("slug", SURVEY)
def test_an_impossible_share_is_an_answer_and_no_error(slug, tmp_path, monkeypatch):
    # 27 % of 72 people and 20 with 80 % cut off are impossible: an answer, not an error.
    monkeypatch.setenv("ANALYSIS_OUTPUT", str(tmp_path))
    (file,) = paths.NOTEBOOKS.glob(f"*-{slug}.ipynb")
    shown = [run_cells(read(file), each, monkeypatch, write=True) for each in IMPOSSIBLE]
    assert all(each.answer for each in shown) and shown[0] != shown[1]
    assert list(tmp_path.glob("figures/*.svg"))
