"""Every drawing of the compendium, in one style; each `plot_*` returns the axes.

Nothing here computes: the functions take tables whose numbers are ready to draw.
"""

from .diagrams import plot_diagram, plot_matrix, plot_order, plot_table
from .quantities import plot_counts, plot_ranges, plot_stacked
from .shares import plot_comparison, plot_shares
from .style import canvas, write_figure
from .timelines import decimal_year, plot_timeline

__all__ = [
    "canvas",
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
]
