"""The figure of each question of the survey draws the numbers that the article prints."""

import pytest

from analysis.data.tables import read_table
from analysis.figures import plot_shares
from analysis.survey import read_survey

WORDS = ("A finding", "What is drawn; n = 103", "Document, section")
PRINTED = read_table("zhakyanova/tallies").query("printed != ''")["question"].unique()


@pytest.mark.parametrize("question", PRINTED)
def test_the_figure_of_a_question_draws_the_numbers_that_the_article_prints(question):
    tallies = read_table("zhakyanova/tallies").query("question == @question and printed != ''")
    axes = plot_shares(read_survey("zhakyanova").question(question).shares(), *WORDS)
    whole = 1.03 if set(tallies["unit"]) == {"people"} else 1  # people as a share of 103
    dots = [dot for dot in axes.get_children() if dot.get_gid() == "value"]
    shares = [dot.get_xdata()[0] * whole for dot in dots]
    assert shares == pytest.approx([float(number) for number in tallies["printed"]])
