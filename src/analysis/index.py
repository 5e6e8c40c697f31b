"""reports/index.html: what came out, question by question; opens from disk, loads nothing."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.cache import read_state, write_whole

TEMPLATES = Path(__file__).parent / "templates"


def write_index(folder: Path, sources: Mapping[str, Path]) -> Path:
    """Write index.html from the results of all notebooks that ever ran well; return its path.

    folder : Path
        The report, as `reports.write_reports` leaves it.
    sources : mapping
        Path of each notebook by name, in reading order.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    sections = [_section(folder, slug, source) for slug, source in sources.items()]
    page = environment.get_template("index.html").render(
        sections=sections,
        failed=[section for section in sections if section["failed"]],
        figures=_figure_map(folder, sources),
    )
    write_whole(folder / "index.html", page.encode())
    return folder / "index.html"


def _section(folder: Path, slug: str, source: Path) -> dict[str, Any]:
    """Return what the page says about one notebook, from the executed one if there is one."""
    state = read_state(folder, slug)
    executed = folder / "notebooks" / f"{slug}.ipynb"
    try:
        cells = json.loads((executed if executed.exists() else source).read_text("utf-8"))["cells"]
        texts = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError):  # the run has said so already
        cells, texts = [], []
    prose = next((t for c, t in zip(cells, texts, strict=True) if c["cell_type"] == "markdown"), "")
    heading = re.search(r"^# +(.+)$", prose, re.MULTILINE)
    code = "\n".join(texts)
    names = [Path(name) for name in state.outputs if name.endswith((".svg", ".csv"))]
    names.sort(key=lambda name: (code.find(f'"{name.stem}"'), name.stem))
    return {
        "slug": slug,
        "title": plain_text(heading[1]) if heading else slug,
        "paragraphs": question(prose),
        "answers": answers(cells),
        "figures": [
            json.loads((folder / name).with_suffix(".json").read_text("utf-8"))
            | {"name": name.stem}
            for name in names
            if name.suffix == ".svg"
        ],
        "tables": [name.stem for name in names if name.suffix == ".csv"],
        "executed": executed.exists(),
        "failed": state.failed,
    }


def question(prose: str) -> list[str]:
    """Return the paragraphs of a notebook's first cell, from the question on if it is marked.

    >>> question("# Prospects\\n\\nA. Author (2021).\\n\\n**Question.** Who\\nhopes?")
    ['Question. Who hopes?']
    """
    paragraphs = [part for part in re.split(r"\n\s*\n", prose) if part.strip()]
    paragraphs = [part for part in paragraphs if not part.lstrip().startswith("#")]
    marked = [place for place, part in enumerate(paragraphs) if "**Question" in part]
    return [plain_text(part) for part in paragraphs[marked[0] if marked else 0 :]]


def answers(cells: list[Any]) -> list[str]:
    """Return what the cells tagged `answer` have computed, as text."""
    found = []
    for cell in cells:
        if "answer" in cell["metadata"].get("tags", []):
            for output in cell.get("outputs", []):
                text = output.get("data", {}).get("text/plain", output.get("text", ""))
                found.append(" ".join("".join(text).split()))
    return [text for text in found if text]


def plain_text(markdown: str) -> str:
    """Return Markdown without its commonest marks.

    >>> plain_text("**Answer.** See [the *article*](https://example.org), `n`.")
    'Answer. See the article, n.'
    """
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    text = re.sub(r"\*\*|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text)
    return " ".join(text.split())


def _figure_map(folder: Path, sources: Mapping[str, Path]) -> list[dict[str, str]]:
    """Return the rows of `data/raw/figures.csv`; the link is empty where nothing was drawn."""
    if not (paths.RAW / "figures.csv").exists():
        return []
    from analysis.tables import read_table

    rows = read_table("figures").to_dict("records")
    for row in rows:
        drawn = row["notebook"] in sources and (folder / f"figures/{row['figure']}.svg").exists()
        row["link"] = f"#{row['notebook']}" if row["notebook"] in sources else ""
        row["anchor"] = f"#figure-{row['figure']}" if drawn else ""
    return rows
