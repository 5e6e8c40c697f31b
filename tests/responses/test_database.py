"""Files that DuckDB reads once: every row right, or one message; and no file left behind."""

import csv
import gc
import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from analysis.responses.engines import database, open_large
from analysis.responses.files.layout import Layout
from analysis.responses.joint import distinct

COLUMNS = ("1. Who?", 'so "called"', "it's")
LINES = b"a,b,c\n" * 3


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    """Give each test a folder for temporary files; nothing may be left in it."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    yield place
    if [*place.iterdir()]:
        gc.collect()
    assert [*place.iterdir()] == []


@pytest.fixture
def opened(tmp_path):
    """Return a function that writes bytes to a file and opens it."""

    def read(content, columns=COLUMNS, **layout):
        file = tmp_path / "answers.csv"
        file.write_bytes(content)
        usual = {"encoding": "utf-8", "delimiter": ",", "columns": columns, "first": 2}
        return open_large(file, Layout(**usual | layout))

    return read


def rows_of(frame, columns=COLUMNS):
    """Return the rows of answers, as often as there are people, in the order of their text."""
    table = distinct(frame, columns)
    cells = table[[*columns]].to_numpy().tolist()
    return [row for row, people in zip(cells, table["people"], strict=True) for _ in range(people)]


def refusal(opened, content, **layout):
    with pytest.raises(ValueError) as error:
        opened(content, **layout)
    return [line.partition("answers.csv")[2] for line in str(error.value).splitlines()]


cells = st.sampled_from(['say "so"', "x, y", "two\nlines", " blank ", "Қыз", "NULL", "NA", "🍎"])
filled = st.tuples(cells | st.text("ab,;\"'\n\t ә", max_size=4), cells, cells | st.just(""))


@settings(deadline=None, max_examples=25)
@given(st.lists(filled, max_size=9), st.sampled_from([",", ";", "\t"]))
def test_every_row_comes_as_python_itself_reads_it(rows, delimiter):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows([COLUMNS, *rows])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "answers.csv"
        file.write_text(text.getvalue(), "utf-8", newline="")
        frame, notes = open_large(file, Layout("utf-8", delimiter, COLUMNS, 2))
    assert (rows_of(frame), notes) == (sorted(map(list, rows)), ())


@pytest.mark.parametrize(
    ("above", "first"),
    [(b"", 1), (b"h,h,h\n", 2), (b'h,"two\nlines",h\n', 3), (b"title\n\nh,h,h\nh,,\n", 5)],
)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_stands_above_the_respondents_is_skipped(opened, mark, above, first):
    frame, _ = opened(mark + above + b"a,b,c\n", first=first, encoding="utf-8-sig")
    assert rows_of(frame) == [["a", "b", "c"]]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_lines_may_end_as_any_system_ends_them(opened, end):
    assert rows_of(opened(b"h,h,h\na,b,c\n".replace(b"\n", end))[0]) == [["a", "b", "c"]]


def test_rows_without_any_answer_are_left_out_and_counted(opened):
    frame, notes = opened(b'h,h,h\n,,\na,b,c\n" ","",\n')
    assert rows_of(frame) == [["a", "b", "c"]]
    assert [*map(str, notes)] == ["blank rows left out: 2"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (b"a,b", ": wanted 3 cells as in the header; got 2"),
        (b"a,b,c,d", ": wanted 3 cells as in the header; got 4"),
        (b"a,\xff,c", ", column so \"called\": holds bytes that are no UTF-8"),
        (b'a,"b"b,c', ", column so \"called\": a quotation mark opens and is not closed, or text "
         "follows a closed one"),
    ],
)  # fmt: skip
def test_a_row_that_is_none_is_refused_with_its_line(opened, row, told):
    content = b'h,h,h\n"two\nlines",b,c\n' + LINES + row + b"\n" + LINES
    assert refusal(opened, content) == [f", row 7{told}"]


def test_a_quotation_mark_without_another_is_refused_where_it_opens(opened):
    [told] = refusal(opened, b"h,h,h\n" + LINES + b'a,"b,c\n' + LINES)
    assert told.startswith(', row 5, column so "called": a quotation mark opens and is not closed')


def test_line_ends_of_two_kinds_are_refused(opened):
    [told] = refusal(opened, b"h,h,h\r\na,b,c\r\na,b,c\na,b,c\n")
    assert "line breaks of more than one kind" in told


def test_several_faults_are_told_together_in_the_order_of_the_file(opened):
    told = refusal(opened, b"h,h,h\na\n" + LINES + b"a,b\n" + LINES + b"a,b,c,d\n")
    assert [line.partition(":")[0] for line in told] == [", row 2", ", row 6", ", row 10"]


def test_a_file_that_ends_in_the_middle_of_a_row_is_refused(opened):
    assert refusal(opened, b"h,h,h\na,b,c\na,b") == [
        ", row 3: wanted 3 cells as in the header; got 2"
    ]


def test_two_names_that_differ_in_capital_letters_alone_are_refused(opened):
    told = refusal(opened, b"a,A\n", columns=("Аты", "аты"))
    assert told == [
        ", row 1, column аты: is the name of another column ('Аты') but for capital letters"
    ]


def test_other_encodings_are_read_and_what_stands_below_the_respondents_is_not(opened, own_place):
    text = "h,h,h\r\nда,нет,ё\r\nнет,да,ё\n\n,всего,2\n"
    frame, _ = opened(text.encode("cp1251"), encoding="cp1251", last=3)
    assert rows_of(frame) == [["да", "нет", "ё"], ["нет", "да", "ё"]]
    assert not [*own_place.rglob("*.csv")]


def test_rows_of_a_copied_part_are_told_by_their_line_in_the_file(opened):
    content = b"title\nh,h,h\n" + LINES + b"a,b\n" + LINES + b"total\n"
    assert refusal(opened, content, first=3, last=9) == [
        ", row 6: wanted 3 cells as in the header; got 2"
    ]


def test_bytes_that_are_not_of_the_encoding_are_refused(opened):
    [told] = refusal(opened, b"h,h,h\na,b,\x98\n", encoding="cp1251")
    assert told.startswith(": is not cp1251: ")


def test_the_folder_lasts_as_long_as_any_frame_made_from_the_answers(opened, own_place):
    frame, _ = opened(b"h,h,h\na,b,c\n")
    some = frame.filter("\"it's\" = 'c'")
    del frame
    gc.collect()
    assert len([*own_place.iterdir()]) == 1
    assert rows_of(some) == [["a", "b", "c"]]


OPENED = """
import os, sys
from analysis.responses.engines import open_large
from analysis.responses.files.layout import Layout
frame, _ = open_large(sys.argv[1], Layout("utf-8", ",", ("a", "b"), 2))
print("open", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def other(tmp_path):
    """Return another process of Python that has opened a file."""
    file = tmp_path / "other.csv"
    file.write_text("a,b\n1,2\n")
    words = [sys.executable, "-c", OPENED, str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, **pipes) as process:
        assert process.stdout.readline() == b"open\n"
        yield process
        process.kill()


def aged(place):
    """Make the folders look old; return how many there are."""
    for folder in place.iterdir():
        os.utime(folder, (0, 0))
    return len([*place.iterdir()])


def test_the_folder_goes_at_the_end_of_python(other, own_place):
    assert len([*own_place.iterdir()]) == 1
    other.communicate(b"\n")
    assert [*own_place.iterdir()] == []


def test_what_a_killed_process_leaves_is_removed_by_the_next_and_not_before(other, own_place):
    assert aged(own_place) == 1
    database.sweep()
    assert aged(own_place) == 1
    other.kill()
    other.wait()
    database.sweep()
    assert [*own_place.iterdir()] == []


def test_a_folder_that_was_just_made_is_left_alone(own_place):
    folder = own_place / f"{database.PREFIX}new"
    folder.mkdir()
    database.sweep()
    assert folder.exists()
    aged(own_place)
    database.sweep()
    assert not folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_fork_that_ends_leaves_the_folder_to_its_parent(opened, own_place):
    frame, _ = opened(b"h,h,h\na,b,c\n")
    fork = multiprocessing.get_context("fork").Process(target=sys.exit)
    fork.start()
    fork.join()
    assert (fork.exitcode, rows_of(frame)) == (0, [["a", "b", "c"]])
    assert len([*own_place.iterdir()]) == 1


class Terminal(io.StringIO):
    """Standard error of somebody who watches."""

    def isatty(self):
        return True


@pytest.mark.parametrize("missing", [False, True])
def test_a_long_reading_shows_how_far_it_is_to_who_watches(opened, monkeypatch, missing):
    for watching in (True, False):
        said = Terminal() if watching else io.StringIO()
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stderr", said)
            if missing:
                patched.setitem(sys.modules, "tqdm", None)
            opened(b"h,h,h\na,b,c\n")
        assert ("answers.csv" in said.getvalue()) is watching


@pytest.mark.parametrize("columns", [1, 20, 1_000])
@pytest.mark.parametrize("letters", [1, 1_000, 1_000_000])
def test_what_is_read_at_once_fits_into_memory_for_any_length_of_rows(tmp_path, columns, letters):
    file = tmp_path / "answers.csv"
    file.write_text(("x" * letters + "\n") * 3)
    threads, rows = database._room(file, columns)
    assert threads >= 1
    assert rows % 2048 == 0
    assert rows == 2048 or threads * rows * (letters / 2 + 32 * columns) < database.MEMORY * 1e6 / 2
