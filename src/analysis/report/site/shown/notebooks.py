"""An executed notebook as a page of the site: what is folded, what is added, its claims."""

import ast
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.current import label, tr
from analysis.language.prose import translated_block
from analysis.ledger.table import STATUSES
from analysis.ledger.verdicts import VERDICTS
from analysis.report.site.shown.figures import figure_downloads
from analysis.report.site.templates import page_name, page_templates

OPEN = {"parameters", "by-hand", "by-library"}  # code that is the lesson


def prepared(notebook: dict[str, Any], section: Mapping[str, Any], figures: Path) -> dict[str, Any]:
    """Return an executed notebook for the site.

    notebook : dict
        The executed notebook; it is changed.
    section : mapping
        What `sections.notebook_section` returned, with its claims.
    figures : Path
        Where the figures of the report are: the SVG takes the place of the picture in the notebook.

    Its title has its number, the answer stands behind the question, its parameters stand there
    once, code is folded but for what is the lesson, a solution is folded with what it shows,
    pictures have alternative texts; the claims that it treats and its files are added.
    """
    drawn = {figure["alt"]: figures / f"{figure['name']}.svg" for figure in section["figures"]}
    cells = answer_first(with_parameters_once(notebook["cells"]))
    notebook["cells"] = quiet_code_joined(cells)
    numbered(notebook["cells"], section["slug"])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            folded(cell)
            for output in cell["outputs"]:
                shown_on_site(cell, output, drawn)
    if section["claims"]:
        notebook["cells"].append(added("claims", claims_markdown(section["slug"])))
    notebook["cells"].append(added("files", "\n".join(["---\n", *downloads(section)])))
    return notebook


def added(name: str, markdown: str) -> dict[str, Any]:
    """Return a cell of prose that the page has and the notebook has not."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": markdown}


def numbered(cells: list[dict[str, Any]], slug: str) -> None:
    """Put the number of a notebook before its title: it is cited by it."""
    number = re.match("[0-9]+", slug)
    for cell in cells[:1] if number else ():
        cell["source"] = re.sub("^# ", f"# {number[0]} ", "".join(cell["source"]), count=1)


def folded(cell: dict[str, Any]) -> None:
    """Say by tags of a code cell what the page shows of it only when asked."""
    tags = cell["metadata"].setdefault("tags", [])
    if "solution" in tags:
        tags.append("hide-cell")
        prompts = {"show": tr("Show the answer"), "hide": tr("Hide the answer")}
        said = {f"code_prompt_{name}": prompt for name, prompt in prompts.items()}
        cell["metadata"].setdefault("mystnb", {}).update(said)
    elif not is_lesson(cell):
        tags.append("hide-input")


def shown_on_site(cell: dict[str, Any], output: dict[str, Any], drawn: Mapping[str, Path]) -> None:
    """Give a picture its alternative text, and the words of verdicts in a table their colours.

    drawn : mapping
        The SVG of a figure by its alternative text.
    """
    alt = output.get("metadata", {}).get("image/png", {}).get("alt")
    if alt:
        cell["metadata"].setdefault("mystnb", {})["image"] = {"alt": alt}
    if alt in drawn:
        output["data"] = {"image/svg+xml": drawn[alt].read_text("utf-8")}
    data = output.get("data", {})
    if "text/html" in data:
        data["text/html"] = with_tags("".join(data["text/html"]))


def with_tags(page: str) -> str:
    """Return a table with a status or verdict that fills a cell as a tag in its colours.

    >>> with_tags('<td style="text-align: left">may hold</td>')
    '<td style="text-align: left"><span class="tag may-hold">may hold</span></td>'
    """
    words = {html.escape(label(word)): word for word in (*STATUSES, *VERDICTS)}
    known = "|".join(map(re.escape, words))
    return re.sub(
        rf"(<td[^>]*>)({known})(?=</td>)",
        lambda cell: f'{cell[1]}<span class="tag {tag_class(words[cell[2]])}">{cell[2]}</span>',
        page,
    )


def tag_class(word: str) -> str:
    """Return the name that the style sheet has for a status or a verdict."""
    return word.replace(" ", "-")


def with_parameters_once(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells in which the parameters of the run stand in place of the defaults.

    >>> n = {"source": "n = 40\\nlevel = 0.9", "metadata": {"tags": ["parameters"]}}
    >>> given = {"source": "n = 50", "metadata": {"tags": ["injected-parameters"]}}
    >>> [cell["source"] for cell in with_parameters_once([n, given])]
    ['n = 50\\nlevel = 0.9']
    """
    given = next((cell for cell in cells if has_tag(cell, "injected-parameters")), None)
    for cell in cells if given else ():
        if has_tag(cell, "parameters"):
            cell["source"] = replaced("".join(cell["source"]), "".join(given["source"]))
    return [cell for cell in cells if cell is not given]


def answer_first(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells with the answer and its heading behind the question, before the parameters.

    A notebook needs its parameters before it can compute the answer; a page does not.

    >>> texts = ["# Rain", "## Parameters", "## Answer"]
    >>> prose = [{"cell_type": "markdown", "source": t, "metadata": {}} for t in texts]
    >>> tags = ["parameters", "answer"]
    >>> code = [{"cell_type": "code", "source": t, "metadata": {"tags": [t]}} for t in tags]
    >>> ordered = answer_first([*prose[:2], code[0], prose[2], code[1]])
    >>> [cell["source"] for cell in ordered]
    ['# Rain', '## Answer', 'answer', '## Parameters', 'parameters']
    """
    given = [place for place, cell in enumerate(cells) if has_tag(cell, "parameters")]
    answers = [place for place, cell in enumerate(cells) if has_tag(cell, "answer")]
    if not given or not answers or answers[0] < given[0]:
        return cells
    prose = [k for k in range(1, answers[0]) if cells[k]["cell_type"] == "markdown"]
    moved = [*(k for k in prose if k > given[0])][-1:] + answers
    about = max((k for k in prose if k < given[0]), default=given[0])
    rest = [k for k in range(len(cells)) if k not in moved]
    order = [k for k in rest if k < about] + moved + [k for k in rest if k >= about]
    return [cells[k] for k in order]


def quiet_code_joined(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells with folded code that shows nothing joined to the folded code behind it."""
    joined: list[dict[str, Any]] = []
    for cell in cells:
        before = joined[-1] if joined else cell
        if before is not cell and is_quiet(before) and is_plain_code(cell):
            source = "".join(before["source"]) + "\n\n" + "".join(cell["source"])
            joined[-1] = cell | {"source": source}
        else:
            joined.append(cell)
    return joined


def is_quiet(cell: Mapping[str, Any]) -> bool:
    """Say whether a cell is code that is folded and shows nothing."""
    return is_plain_code(cell) and not cell.get("outputs")


def is_plain_code(cell: Mapping[str, Any]) -> bool:
    """Say whether a cell is code that a page folds by itself: no lesson, no solution."""
    return cell["cell_type"] == "code" and not is_lesson(cell) and not has_tag(cell, "solution")


def is_lesson(cell: Mapping[str, Any]) -> bool:
    """Say whether the code of a cell is what the page teaches, or what its reader may change."""
    return bool(OPEN & set(cell["metadata"].get("tags", [])))


def has_tag(cell: Mapping[str, Any], tag: str) -> bool:
    """Say whether a cell has a tag."""
    return tag in cell["metadata"].get("tags", [])


def replaced(defaults: str, given: str) -> str:
    """Return lines that give names their values, with the values that others give them."""
    lines = defaults.splitlines()
    values = {each.targets[0].id: each.value for each in ast.parse(given).body}
    for each in reversed(ast.parse(defaults).body):
        name = each.targets[0].id
        if name in values:
            text = f"{name} = {ast.get_source_segment(given, values[name])}"
            lines[each.lineno - 1 : each.end_lineno] = [text]
    return "\n".join(lines)


def claims_markdown(slug: str) -> str:
    """Return the part of a page that says how the ledger judges the claims of a notebook."""
    said = translated_block("The claims that this page treats, as the ledger judges them.")
    table = f"```{{raw}} html\n:file: {page_name(slug)}.claims.html\n```"
    return f"## {translated_block('In the ledger')}\n\n{said}\n\n{table}"


def claims_table(section: Mapping[str, Any], linked: bool) -> str:
    """Return the claims of a notebook as a table in HTML; `linked` to the page of the ledger."""
    table = page_templates().get_template("notebook-claims.html")
    return table.render(claims=section["claims"], linked=linked)


def downloads(section: Mapping[str, Any]) -> list[str]:
    """Return the lines of a page of a notebook that offer its files: figures, tables, itself."""
    said, own = translated_block("This page as a notebook:"), f"{page_name(section['slug'])}.ipynb"
    files = [(figure["name"], figure_downloads(figure["name"])) for figure in section["figures"]]
    files += [(name, [("CSV", f"tables/{name}.csv")]) for name in section["tables"]]
    lines = [f'{said} <a href="{own}" download>{own}</a>.', ""]
    for name, each in files:
        links = [f'<a href="../{file}" download>{kind}</a>' for kind, file in each]
        lines.append(f"- `{name}`: {' '.join(links)}")
    return lines
