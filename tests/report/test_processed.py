"""What `make data` writes: whole files, the same bytes twice, the numbers of the library."""

import pandas as pd

from analysis.report.processed import TABLES, project_totals, timeline, write_processed
from analysis.survey.questions import share_table


def test_every_table_is_written_twice_with_the_same_bytes(tmp_path):
    first = write_processed(tmp_path / "a")
    second = write_processed(tmp_path / "b")
    assert [file.stem for file in first] == list(TABLES)
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert not list(tmp_path.rglob("*.partial"))


def test_the_shares_are_those_of_the_library(tmp_path):
    write_processed(tmp_path)
    written = pd.read_csv(tmp_path / "shares.csv").query("question == 'prospects'")
    assert written["least"].to_list() == share_table("prospects")["least"].to_list()


def test_four_projects_of_eight_percent_are_of_48_to_53():
    assert project_totals()["total"].to_list() == [48, 49, 50, 51, 52, 53]


def test_the_timeline_runs_forward_and_no_event_ends_before_it_begins():
    events = timeline()
    assert events["start"].is_monotonic_increasing
    assert all(row.end >= row.start[: len(row.end)] for row in events.itertuples() if row.end)
