"""Each figure as a PDF of its own: the size of its picture, with its alternative text."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import current_language
from analysis.report.site.paper.compiled import Part, compiled, drawings
from analysis.report.site.templates import page_name, typst_templates


def picture_pdfs(folder: Path, content: Mapping[str, Any], part: Part) -> dict[str, bytes]:
    """Return a PDF of every drawn figure by its place in the report.

    folder, content, part :
        As for `write.write_pdfs`.
    """
    template = typst_templates().get_template("picture.typ")
    said = {"authors": content["citation"]["authors"], "language": current_language()}
    made = {}
    for row in (row for row in content["gallery"] if row["drawn"]):
        name = page_name(row["figure"])
        text = template.render(said, name=name, title=row["finding"], alt=row["drawn"]["alt"])
        made[f"figures/{name}.pdf"] = compiled(text, drawings({name}, folder / "figures"), part)
    return made
