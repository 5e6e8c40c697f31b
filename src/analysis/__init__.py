"""Reproduce and audit what five documents print about Kazakhstan in international higher education.

The names below are the public ones; they are loaded when first used. Each has its module's
subject: `tables` reads, `counts` and `bases` turn percentages back into people, `intervals`
and `bounds` say how sure one can be, `figures` draws, `ledger` judges every claim, `language`
speaks English, Russian and Kazakh.
"""

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["paths"],
    submod_attrs={
        "agreement": ["coding_agreement"],
        "arguments": ["MethodWarning"],
        "bases": ["possible_bases", "possible_totals"],
        "bologna": ["double_degree_shares", "ects_credits"],
        "bounds": [
            "Bounds",
            "dependent_difference_bounds",
            "difference_bounds",
            "goodness_of_fit_bounds",
            "multinomial_bounds",
            "proportion_bounds",
        ],
        "counts": ["number_of_vectors", "possible_counts", "possible_vectors"],
        "double_entry": ["entry_differences", "error_rates"],
        "figures": [
            "decimal_year",
            "plot_comparison",
            "plot_counts",
            "plot_diagram",
            "plot_matrix",
            "plot_order",
            "plot_ranges",
            "plot_shares",
            "plot_stacked",
            "plot_table",
            "plot_timeline",
            "write_figure",
        ],
        "granularity": ["granularity_power", "printed_sum_distribution"],
        "differences": [
            "dependent_difference_interval",
            "difference_interval",
            "difference_test",
        ],
        "intervals": ["multinomial_interval", "proportion_interval"],
        "language": ["label", "localized", "number", "tr", "use_language", "with_unit"],
        "ledger.coverage": ["uncovered_numbers"],
        "ledger.explain": ["explain"],
        "ledger.mutation": ["mutation_table"],
        "ledger.outside": ["outside_table"],
        "ledger.readers": ["code_agreement", "reader_agreement"],
        "ledger.sources": ["audit_summary", "reference_audit"],
        "ledger.summaries": ["findings", "verdict_counts", "verdicts_of"],
        "ledger.verdicts": ["ledger_table"],
        "neighbours": ["neighbour_tests"],
        "overlaps": [
            "answers_per_person_bounds",
            "at_most_none",
            "co_selection_bounds",
            "unprinted_bounds",
        ],
        "ranking": ["possible_orders", "possible_ranks"],
        "reference": ["reference_test"],
        "rounding": ["RULES", "reading"],
        "sample_sizes": ["krejcie_morgan", "sample_size"],
        "sentences": ["Sentence", "counted", "listed", "say", "span"],
        "shares": [
            "base_readings",
            "check_question",
            "figure_lines",
            "left_in_words",
            "people_left",
            "respondents",
            "share_table",
        ],
        "tables": ["TableError", "check_folder", "read_descriptor", "read_table", "write_table"],
    },
)
