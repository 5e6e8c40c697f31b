"""Every drawing of the compendium, in one style; each `plot_*` returns the axes.

Nothing here computes: the functions take tables whose numbers are ready to draw.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "against": ["plot_against"],
        "diagrams": ["plot_diagram", "plot_matrix", "plot_order"],
        "likert": ["plot_likert"],
        "overlap": ["plot_overlap"],
        "percentages": ["plot_comparison", "plot_shares"],
        "quantities": ["plot_counts", "plot_ranges", "plot_strip"],
        "style": ["canvas"],
        "timelines": ["decimal_year", "plot_timeline", "written_date"],
        "units": ["plot_marks", "plot_units"],
        "wholes": ["plot_whole"],
    },
)
