"""How sure one can be: intervals, tests, sample sizes, and their bounds over possible counts."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "agreement": ["coding_agreement"],
        "association": ["Association", "association", "cramers_v"],
        "bounds": ["Bounds"],
        "centres": ["Centre", "mean_interval", "median_interval"],
        "cross_tables": ["cross_table_bounds"],
        "difference_bounds": ["dependent_difference_bounds", "difference_bounds"],
        "differences": ["dependent_difference_interval", "difference_interval", "difference_test"],
        "fit_bounds": ["goodness_of_fit_bounds"],
        "intervals": ["multinomial_interval", "proportion_interval"],
        "neighbours": ["neighbour_tests"],
        "reported": ["reported_test"],
        "sample_sizes": ["krejcie_morgan", "sample_size"],
        "share_bounds": ["multinomial_bounds", "proportion_bounds"],
        "weights": ["design_effect", "effective_size", "weighted_interval"],
    },
)
