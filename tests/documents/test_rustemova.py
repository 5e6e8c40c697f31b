"""Years of sentences about projects beside those of the reports that they cite."""

from analysis.documents.rustemova import reported_projects


def periods(entry):
    """Return what each row of one entry says, with its years."""
    rows = reported_projects().query("entry == @entry")
    return list(zip(rows["label"], rows["start"], rows["end"], strict=True))


def test_a_sentence_stands_before_each_report_that_it_cites():
    assert periods("one-asia-2012-2016") == [
        ("sentence", "2012", "2016"),
        ("cited report", "2013", ""),
        ("cited report", "2011", "2012"),
    ]


def test_a_sentence_without_a_report_stands_alone():
    assert periods("jf-2016") == [("sentence", "2016", "")]


def test_two_numbers_of_one_sentence_share_a_lane():
    lanes = reported_projects().query("entry == 'jf-2017'")["lane"].unique()
    assert list(lanes) == ["4 projects and 8 %, Japan Foundation"]
