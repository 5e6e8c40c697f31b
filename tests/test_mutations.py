"""Whatever is changed in a file or a command: it is accepted, or one clear message says why not."""

import pytest

from analysis import paths
from benchmarks.mutations import SUBJECTS, outcome

# `python benchmarks/mutations.py` makes 10,000 changes; these are the first of another seed.
NUMBER, SEED = 30, 7


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_change_at_random_is_accepted_or_told_in_words(subject, monkeypatch):
    monkeypatch.setattr(paths, "CACHE", None)
    monkeypatch.setattr("benchmarks.mutations.PATIENCE", 60)  # a speed is no test
    found = [outcome(subject, SEED, number) for number in range(NUMBER)]
    assert not [(each.number, each.change[:100], each.fault) for each in found if each.fault]
    assert len({each.status for each in found}) > 1, "all were taken, or none"
