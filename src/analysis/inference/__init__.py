"""How sure one can be: intervals, tests and sample sizes, and bounds over every possible count."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "agreement": ["coding_agreement"],
        "bounds": ["Bounds"],
        "difference_bounds": ["dependent_difference_bounds", "difference_bounds"],
        "differences": ["dependent_difference_interval", "difference_interval", "difference_test"],
        "fit_bounds": ["goodness_of_fit_bounds"],
        "intervals": ["multinomial_interval", "proportion_interval"],
        "neighbours": ["neighbour_tests"],
        "sample_sizes": ["krejcie_morgan", "sample_size"],
        "share_bounds": ["multinomial_bounds", "proportion_bounds"],
    },
)
