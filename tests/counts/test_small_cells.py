"""Small cells are hidden, with others, so that nobody computes them back."""

import itertools

from analysis.counts.small_cells import hidden_cells


def solutions(counts, sums, hidden):
    """Return every way to fill the hidden cells that keeps every sum, by trying all."""
    places = sorted(hidden)
    most = max(sum(counts[place] for place in each) for each in sums)
    ways = []
    for filled in itertools.product(range(most + 1), repeat=len(places)):
        tried = list(counts)
        for place, n in zip(places, filled, strict=True):
            tried[place] = n
        if all(sum(tried[p] for p in s) == sum(counts[p] for p in s) for s in sums):
            ways.append(filled)
    return places, ways


def test_a_second_cell_is_hidden_with_the_only_small_one():
    assert hidden_cells([2, 30, 9], [[0, 1, 2]], 5) == {0, 2}


def test_two_cells_of_one_person_would_be_known_from_their_sum_and_a_third_is_hidden():
    assert hidden_cells([1, 1, 30, 9], [[0, 1, 2, 3]], 5) == {0, 1, 3}


def test_cells_of_nobody_and_of_five_people_are_shown():
    assert hidden_cells([0, 5, 30], [[0, 1, 2]], 5) == set()


def test_a_harmless_cell_is_hidden_only_for_the_sake_of_another():
    assert hidden_cells([3, 90], [[0, 1]], 5, harmless=[0]) == set()
    assert hidden_cells([3, 2, 90], [[0, 1]], 5, harmless=[0]) == {0, 1}


def test_no_small_cell_of_a_cross_table_follows_from_its_sums():
    counts = [3, 8, 6, 7, 9, 5, 8, 6, 7]  # three rows of three
    sums = [[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8]]
    hidden = hidden_cells(counts, sums, 5)
    places, ways = solutions(counts, sums, hidden)
    assert hidden == {0, 2, 3, 5}
    assert len({way[places.index(0)] for way in ways}) > 1


def test_what_two_sums_together_give_counts_as_known():
    counts, sums = [6, 5, 2, 8], [[0, 1], [0, 1, 2, 3], [0, 2]]
    hidden = hidden_cells(counts, sums, 5)
    places, ways = solutions(counts, sums, hidden)
    assert len({way[places.index(2)] for way in ways}) > 1
