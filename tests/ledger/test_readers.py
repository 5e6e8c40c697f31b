"""Two readings of the same claims, side by side."""

from fractions import Fraction

import pytest

from analysis.ledger.readers import CODES, code_agreement, read_codes


@pytest.mark.parametrize("code", CODES)
def test_kappa_is_what_a_count_of_the_codes_side_by_side_gives(code):
    both = read_codes(code)
    equal = Fraction(int((both["first"] == both["second"]).sum()), len(both))
    shares = [both[reader].value_counts() for reader in ("first", "second")]
    chance = sum(
        Fraction(int(times * shares[1].get(each, 0)), len(both) ** 2)
        for each, times in shares[0].items()
    )
    assert code_agreement().loc[code, "kappa"] == pytest.approx((equal - chance) / (1 - chance))


def test_a_code_that_nobody_gave_is_refused():
    with pytest.raises(ValueError, match="code: wanted one of kind, bearing; got 'mood'"):
        read_codes("mood")
