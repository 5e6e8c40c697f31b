"""Agreement of two codings, against a published and a hand-made example."""

import pandas as pd
import pytest

from analysis.inference.agreement import coding_agreement


def codings(table):
    """Return two codings from counts: table[i][j] passages have codes i and j."""
    cells = [
        (str(i), str(j)) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)
    ]
    return (pd.Series(codes) for codes in zip(*cells, strict=True))


def test_kappa_of_a_two_by_two_table_by_hand():
    # 35 of 50 equal: 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; kappa (0.7 - 0.5) / 0.5
    result = coding_agreement(*codings([[20, 5], [10, 15]]))
    assert result["equal"] == 0.7 and result["kappa"] == pytest.approx(0.4)
    assert result["low"] < 0.4 < result["high"]


def test_equal_codings_agree_wholly_and_chance_agreement_is_zero():
    assert coding_agreement(*codings([[5, 0], [0, 5]])).to_list() == [1, 1, 1, 1]
    assert coding_agreement(*codings([[4, 4], [4, 4]]))["kappa"] == pytest.approx(0)


def test_a_code_that_only_one_reader_used_counts():
    first, second = pd.Series(["a", "a", "b", ""]), pd.Series(["a", "a", "b", "c"])
    assert coding_agreement(first, second)["equal"] == 0.75


def test_a_wider_level_gives_a_wider_interval():
    narrow, wide = (coding_agreement(*codings([[20, 5], [10, 15]]), level) for level in (0.8, 0.99))
    assert wide["low"] < narrow["low"] and wide["high"] > narrow["high"]


def test_codings_of_different_length_are_refused():
    with pytest.raises(ValueError, match="second: wanted 2 codes"):
        coding_agreement(pd.Series(["a", "b"]), pd.Series(["a"]))
