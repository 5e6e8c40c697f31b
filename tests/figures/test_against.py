"""One's own shares against printed ones, and groups beside each other."""

import pandas as pd
import pytest

from analysis.figures import plot_against, plot_comparison
from analysis.figures.against import DECISIONS
from tests.figures.test_drawings import drawn, looks, said
from tests.figures.test_figures import WORDS

ROW = {"label": ["money"], "share": [46.0], "low": [36.0], "high": [56.0]}
TABLE = pd.DataFrame(ROW | {"other_least": [30.5], "other_most": [31.4], "printed": ["31 %"]})


def test_the_print_is_a_band_from_the_least_to_the_most_that_it_can_stand_for():
    axes = plot_against(TABLE, *WORDS)
    (band,), (dot,), (line,) = (drawn(axes, gid) for gid in ("range", "value", "interval"))
    assert (band.get_x(), band.get_width()) == pytest.approx((30.5, 0.9))
    assert dot.get_xdata()[0] == 46 and list(line.get_xdata()) == [36, 56]
    alt = axes.figure.get_label()
    assert alt.endswith("money: own survey 46 %, interval 36 to 56 %, published survey 31 %.")


def test_every_decision_has_its_mark_and_an_entry_in_the_key():
    rows = pd.concat([TABLE.assign(decision=decision) for decision in DECISIONS])
    axes = plot_against(rows, *WORDS, mine="students", other="Ash, 2019")
    wanted = [(mark.marker, mark.colour) for mark in DECISIONS.values()]
    assert looks(axes) == wanted and len(set(wanted)) == len(DECISIONS)
    band = "Ash, 2019: what its print can stand for"
    assert said(axes, "key") == [*(f"students: {decision}" for decision in DECISIONS), band]


def test_an_exact_share_of_the_other_survey_stands_for_itself_alone():
    axes = plot_against(TABLE.assign(other_least=31.4, printed=""), *WORDS, other="Ash, 2019")
    assert said(axes, "key") == ["own survey", "Ash, 2019"]
    assert axes.figure.get_label().endswith("interval 36 to 56 %, Ash, 2019 31.4 %.")


def test_an_option_that_the_other_survey_does_not_print_has_no_band():
    axes = plot_against(TABLE.assign(other_least=None, other_most=None, printed=""), *WORDS)
    assert not drawn(axes, "range") and "published" not in axes.figure.get_label()


def test_the_difference_stands_beside_and_in_the_alternative_text():
    rows = TABLE.assign(text="+5 to +25 points", decision="differs")
    axes = plot_against(rows, *WORDS)
    assert said(axes, "text") == ["+5 to +25 points"]
    assert axes.figure.get_label().endswith("survey 31 %, +5 to +25 points, differs.")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"decision": "right"}, "table, column decision, row 0: wanted one of , differs"),
        ({"other_least": 40.0}, "table, row 0: wanted other_least up to other_most, or neither"),
        ({"high": None}, "table, row 0: wanted low up to high, or neither; got 36, nan"),
        ({"share": -1.0}, "table, column share: wanted percent, 0 or more; got -1"),
    ],
)
def test_a_cell_that_cannot_be_drawn_is_named(change, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        plot_against(TABLE.assign(**change), *WORDS)


GROUPS = pd.DataFrame({"label": "money", "series": ["women", "men"], "share": [46, 36]})


def test_the_key_says_how_many_people_a_group_is_of():
    axes = plot_comparison(GROUPS.assign(base=[1800, 13]), *WORDS)
    assert said(axes, "key") == ["women, n = 1,800", "men, n = 13"]
    assert said(plot_comparison(GROUPS, *WORDS), "key") == ["women", "men"]


def test_a_group_of_several_sizes_has_none_in_the_key():
    rows = pd.concat([GROUPS.assign(base=[1800, 13]), GROUPS.assign(label="visa", base=[1790, 13])])
    assert said(plot_comparison(rows, *WORDS), "key") == ["women", "men, n = 13"]


def test_a_share_of_few_people_is_hollow_and_says_so():
    axes = plot_comparison(GROUPS.assign(small=[False, True]), *WORDS)
    assert [fill for _, fill in looks(axes)] == ["#0072B2", "white"]
    few = "fewer than 5 people, counted or expected"
    assert said(axes, "key")[-1] == few
    assert axes.figure.get_label().endswith(f"money, men: 36 % ({few}).")


def test_whether_a_share_is_of_few_people_is_true_or_false():
    with pytest.raises(ValueError, match=r"^shares, column small, row 1: wanted True or False"):
        plot_comparison(GROUPS.assign(small=[False, "yes"]), *WORDS)
