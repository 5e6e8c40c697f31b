"""Reproduce and audit what documents print as rounded numbers.

Five modules hold what notebooks use: `counts` turns percentages back into people, `inference` says
how sure one can be, `survey` reads a survey, `figures` draws, `ledger` judges every claim. Their
names can also be had from here directly; they are loaded when first used.
"""

import sys

import lazy_loader

__version__ = "0.1.0"

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["counts", "figures", "inference", "ledger", "paths", "survey"],
    submod_attrs={
        "counts": [
            "RULES",
            "answers_per_person_bounds",
            "co_selection_bounds",
            "granularity_power",
            "none_of_them_bounds",
            "number_of_vectors",
            "possible_bases",
            "possible_counts",
            "possible_orders",
            "possible_ranks",
            "possible_totals",
            "possible_vectors",
            "printed_interval",
            "printed_sum_distribution",
            "unprinted_bounds",
        ],
        "data.tables": ["read_table", "transcribed_tables"],
        "figures": [
            "decimal_year",
            "plot_comparison",
            "plot_counts",
            "plot_diagram",
            "plot_marks",
            "plot_matrix",
            "plot_order",
            "plot_ranges",
            "plot_shares",
            "plot_stacked",
            "plot_strip",
            "plot_timeline",
            "plot_units",
            "plot_whole",
        ],
        "inference": [
            "coding_agreement",
            "dependent_difference_bounds",
            "difference_bounds",
            "difference_interval",
            "difference_test",
            "goodness_of_fit_bounds",
            "krejcie_morgan",
            "multinomial_bounds",
            "multinomial_interval",
            "neighbour_tests",
            "proportion_bounds",
            "proportion_interval",
            "sample_size",
        ],
        "language": [
            "Sentence",
            "counted",
            "label",
            "listed",
            "number",
            "say",
            "span",
            "tr",
            "use_language",
            "with_qualifier",
            "with_unit",
        ],
        "ledger": [
            "audit_summary",
            "code_agreement",
            "claim_statuses",
            "clashes",
            "findings",
            "first_of_clashes",
            "ledger_table",
            "multiverse_table",
            "mutation_table",
            "outside_table",
            "reader_agreement",
            "reference_audit",
            "row_statuses",
            "single_changes",
            "status_counts",
            "status_of",
            "uncovered_numbers",
            "verdict_counts",
            "verdicts_of",
        ],
        "outputs": ["write_figure", "write_table"],
        "survey": ["left_in_words", "read_responses", "read_survey", "write_survey"],
    },
)

if "IPython" in sys.modules:
    from analysis.language.kernel import prepare

    prepare()
    del prepare
