"""A print back to people: which head-counts, bases, ranks and overlaps rounded numbers allow.

Nothing here knows a document; every answer is exact, for any number of people.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "bases": ["NoBase", "no_base", "possible_bases", "possible_totals"],
        "granularity": ["FLOOR", "granularity_power", "printed_sum_distribution"],
        "head_counts": ["number_of_vectors", "possible_counts", "possible_vectors"],
        "overlaps": [
            "answers_per_person_bounds",
            "co_selection_bounds",
            "none_of_them_bounds",
            "unprinted_bounds",
        ],
        "ranking": ["possible_orders", "possible_ranks"],
        "ranges": ["count_ranges"],
        "reasons": ["NoSolution", "no_solution"],
        "rounding": ["RULES", "printed_interval", "rule_in_words"],
        "splits": ["possible_splits"],
    },
)
