"""Parties and flows of the certificate, against hand calculation."""

from analysis import label
from analysis.documents.nched import convention_parties, country_marks, flow_bounds
from analysis.language.current import speaking


def test_one_signatory_of_twelve_is_not_named():
    lists = convention_parties()
    assert lists.loc["tokyo"].to_list() == [12, 11, 1]
    assert lists["named"].to_list() == [11, 0, 0]


def test_a_flow_with_a_country_that_is_no_party_is_marked_so():
    marks = country_marks("VNM THA").set_index("country")
    assert marks.loc["Viet Nam"].to_list() == [False, True, True]
    assert marks["named as a signatory"].sum() == 11
    assert marks.loc["Republic of Korea"].to_list() == [True, True, False]


def test_zeros_at_the_end_are_half_of_their_place_and_more_than_has_no_upper_end():
    flows = flow_bounds().set_index("origin")
    assert flows.loc["VNM", ["low", "high"]].to_list() == [131_500, 132_500]
    assert flows.loc["asia-pacific", ["low", "high"]].to_list() == [1150, 1250]
    assert flows.loc["CHN", "low"] == 1_000_000 and flows["high"].isna()["CHN"]


def test_a_number_taken_as_exact_has_no_range():
    flows = flow_bounds(rounded=False).set_index("origin")
    assert flows.loc["asia-pacific", ["low", "high"]].to_list() == [1200, 1200]


def test_a_country_is_named_alike_in_every_language():
    with speaking("ru"):
        assert flow_bounds().set_index("origin")["country"]["VNM"] == "Viet Nam"
        assert label("Viet Nam") == "Вьетнам"
