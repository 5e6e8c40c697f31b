"""How one figure of the report is cited: as a part of it, and what it was drawn from."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.report.site.shown.citation import apa, bibtex, tex

KEY = re.compile(r"@software\{[^,]*")


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
    entry = KEY.sub(lambda _: f"@software{{{name}", bibtex({**citation, "title": title}), count=1)
    fields = {"note": tex(f"Figure of {citation['title']}. {source}".strip())}
    return {
        "apa": f"{apa({**citation, **within})} {source}".strip(),
        "bibtex": with_fields(entry, fields),
        "ris": ris(citation, figure),
    }


def with_fields(entry: str, fields: Mapping[str, str]) -> str:
    r"""Return an entry of BibTeX with more fields at its end.

    >>> with_fields("@misc{ash,\n  year = {2020}\n}", {"note": "A figure"}).splitlines()[1:]
    ['  year = {2020},', '  note = {A figure}', '}']
    """
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return ",\n".join([entry.removesuffix("\n}"), *lines]) + "\n}"


def ris(citation: Mapping[str, Any], figure: Mapping[str, Any]) -> str:
    """Return a figure as an entry in the format of RIS, which reference managers read.

    >>> made = {"authors": ["Ash, A."], "year": "2020", "title": "Orchards", "version": "1.2"}
    >>> made |= {"date": "2020-05-01", "repository": "", "doi": ""}
    >>> ris(made, {"figure": "pears", "finding": "Pears lead", "reference": ""}).splitlines()[:3]
    ['TY  - FIGURE', 'AU  - Ash, A.', 'TI  - Pears lead']
    """
    said = {
        "TI": figure["finding"],
        "T2": citation["title"],
        "PY": citation["year"],
        "DA": citation["date"].replace("-", "/"),
        "ET": citation["version"],
        "UR": citation["repository"],
        "DO": citation["doi"],
        "N1": figure["reference"],
        "ID": figure["figure"],
    }
    authors = [f"AU  - {name}" for name in citation["authors"]]
    told = [f"{tag}  - {text}" for tag, text in said.items() if text]
    return "\n".join(["TY  - FIGURE", *authors, *told, "ER  - "])
