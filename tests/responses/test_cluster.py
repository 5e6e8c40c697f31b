"""Spark, here on two cores of this machine, reads and counts what the other engines do."""

import os
import random
import shutil

import pytest

from analysis.responses.engines import open_large, open_spark
from analysis.responses.files.layout import Layout
from analysis.responses.joint import distinct
from tests.responses.test_joint import ODD, check

pytestmark = pytest.mark.cluster
pytest.importorskip("pyspark", reason="no PySpark here: make spark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("no Java here: apt-get install openjdk-17-jre-headless", allow_module_level=True)

MASTER = "local[2]"
COLUMNS = ("1. Who?", "a `name`", "it's")


@pytest.fixture
def opened(tmp_path):
    """Return a function that writes bytes to a file and opens it with Spark, or otherwise."""

    def read(content, engine=lambda *words: open_spark(*words, MASTER), **layout):
        file = tmp_path / "answers.csv"
        file.write_bytes(content)
        usual = {"encoding": "utf-8", "delimiter": ",", "columns": COLUMNS, "first": 2}
        return engine(file, Layout(**usual | layout))

    return read


@pytest.fixture
def session(opened):
    """Return the running session of Spark."""
    return opened(b"h,h,h\na,b,c\n")[0].sparkSession


def test_spark_counts_the_same_combinations_as_plain_python(session):
    from pyspark.sql.types import StringType, StructField, StructType

    def of_spark(rows, names):
        fields = [StructField(name, StringType()) for name in names]
        return session.createDataFrame(rows, StructType(fields))

    chance = random.Random(7)
    texts = [*ODD, *map(chr, range(32, 0xD000, 977))]
    check(of_spark, [(*chance.choices(texts, k=2), chance.randrange(9)) for _ in range(3000)])


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize("engine", [None, open_large])
@pytest.mark.parametrize(
    ("above", "first"),
    [(MARK, 1), (MARK + b"h,h,h\n", 2), (b'h,"two\nlines",h\n', 3), (b"h,h,h\n\nh,,h\n", 4)],
)
@pytest.mark.parametrize("cell", [b'"two\nlines"', '"say ""Қыз"""'.encode()])
def test_both_engines_read_the_same_rows(opened, engine, above, first, cell):
    content = above + b"a, b ," + cell + b'\n"","",\n\nNULL,"b,b",\n'
    frame, notes = opened(content, **{"engine": engine} if engine else {}, first=first)
    third = cell.decode()[1:-1].replace('""', '"')
    assert [*distinct(frame, COLUMNS).itertuples(index=False, name=None)] == [
        ("NULL", "b,b", "", 1, 1, 1),
        ("a", " b ", third, 1, 1, 1),
    ]
    assert [*map(str, notes)] == ["blank rows left out: 1"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"h,h,h\na,b,c\na,b\n", ", row 3: wanted 3 cells as in the header"),
        (b"h,h,h\na,b,c\na,b,c,d\n", ", row 3: wanted 3 cells as in the header"),
        (b'h,h,h\na,"b\nb",c\na,b\n', ", row 3: wanted 3 cells as in the header"),
        (b"h,h,h\na,b,\xff\n", ", row 2: holds bytes that are no UTF-8"),
        (b'h,h,h\na,b,"c\na,b,c\n', ": a quotation mark opens and is not closed"),
    ],
)
def test_a_row_that_is_none_is_refused(opened, content, told):
    with pytest.raises(ValueError) as error:
        opened(content)
    assert str(error.value).partition("answers.csv")[2] == told


@pytest.mark.parametrize(
    ("layout", "told"),
    [
        ({"encoding": "cp1251"}, ": is cp1251; Spark reads UTF-8: save it so"),
        ({"last": 4}, ", row 5: stands below the respondents; "),
    ],
)
def test_what_spark_cannot_read_right_is_refused(opened, layout, told):
    with pytest.raises(ValueError) as error:
        opened(b"h,h,h\na,b,c\n", **layout)
    assert str(error.value).partition("answers.csv")[2].startswith(told)


def test_a_file_that_changed_is_read_anew(opened):
    first, _ = opened(b"h,h,h\na,b,c\n")
    assert distinct(first, [])["people"].tolist() == [1]
    second, _ = opened(b"h,h,h\na,b,c\na,b,c\n")
    assert distinct(second, [])["people"].tolist() == [2]


def test_a_weight_that_is_none_is_refused(opened):
    frame, _ = opened(b"h,h,h\na,b,\na,b,much\n")
    with pytest.raises(ValueError, match=r'column "it\'s": .* none: 2, such as '):
        distinct(frame, ["1. Who?"], "it's")


def test_spark_shows_no_page_and_keeps_to_this_machine(session):
    settings = session.sparkContext.getConf()
    assert settings.get("spark.ui.enabled") == "false"
    assert settings.get("spark.driver.bindAddress") == "127.0.0.1"
    assert session.conf.get("spark.sql.session.timeZone") == "UTC"
