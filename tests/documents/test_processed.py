"""What `make data` writes: whole files, the same bytes twice, the numbers of the library."""

import pandas as pd
import pytest

from analysis.documents.rustemova import project_totals
from analysis.report.processed import processed_tables, timeline, write_processed
from analysis.survey import read_survey


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Return the files that are written."""
    return write_processed(tmp_path_factory.mktemp("processed"))


def test_every_table_is_written_twice_with_the_same_bytes(written, tmp_path):
    first, second = written, write_processed(tmp_path)
    assert [file.stem for file in first] == list(processed_tables())
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert {file.suffix for file in tmp_path.iterdir()} == {".csv"}


def test_the_processed_ledger_is_that_of_the_library(written, ledger):
    (file,) = [file for file in written if file.stem == "ledger"]
    table = pd.read_csv(file, keep_default_na=False, dtype=str)
    assert table["verdict"].to_list() == ledger["verdict"].to_list()


def test_the_shares_are_those_of_the_library(written):
    (file,) = [file for file in written if file.stem == "shares"]
    shares = pd.read_csv(file).query("question == 'prospects'")
    question = read_survey("zhakyanova").question("prospects")
    assert shares["least"].to_list() == question.shares()["least"].to_list()


def test_four_projects_of_eight_percent_are_of_48_to_53():
    assert project_totals()["total"].to_list() == [48, 49, 50, 51, 52, 53]


def test_the_timeline_runs_forward_and_no_event_ends_before_it_begins():
    events = timeline()
    assert events["start"].is_monotonic_increasing
    assert all(row.end >= row.start[: len(row.end)] for row in events.itertuples() if row.end)
