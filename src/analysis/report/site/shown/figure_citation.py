"""How one figure of the report is cited: as a part of it, and what it was drawn from."""

from collections.abc import Mapping
from typing import Any

from analysis.report.site.shown.citation import apa, entry, record, tex


def figure_citation(citation: Mapping[str, Any], figure: Mapping[str, Any]) -> dict[str, str]:
    """Return how a figure is cited, by form: apa, bibtex, ris.

    citation : mapping
        What `citation.read_citation` returned.
    figure : mapping
        An entry of `figures.figure_gallery`.

    >>> made = {"authors": ["Ash, A."], "year": "2020", "title": "Orchards", "version": "1.2"}
    >>> made |= {"date": "2020-05-01", "repository": "", "doi": "10.1000/182"}
    >>> pears = {"figure": "pears", "finding": "Pears lead", "reference": "Elm (2019). Crops."}
    >>> print(figure_citation(made, pears)["apa"])
    Ash, A. (2020). Pears lead [Figure pears]. In Orchards (Version 1.2) [Computer software]. \
https://doi.org/10.1000/182 Drawn from: Elm (2019). Crops.
    """
    name, title = figure["figure"], figure["finding"]
    within = {"title": f"{title} [Figure {name}]. In {citation['title']}"}
    source = f"Drawn from: {figure['reference']}" if figure["reference"] else ""
    note = f"Figure of {citation['title']}. {source}".strip()
    said = {"title": f"{{{tex(title)}}}", "note": tex(note)}
    told = [("TI", title), ("T2", citation["title"]), ("N1", figure["reference"])]
    return {
        "apa": f"{apa({**citation, **within})} {source}".strip(),
        "bibtex": entry("software", name, citation, said),
        "ris": record("FIGURE", citation, told),
    }
