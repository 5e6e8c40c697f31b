"""What the pages say about a notebook: its title, its answers, its files."""

import json
import re
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.current import label
from analysis.report.notebook import answers, notebook_key
from analysis.report.site.shown.figures import figure_files
from analysis.report.store import State, read_state


def notebook_section(folder: Path, slug: str, source: Path) -> dict[str, Any]:
    """Return what the pages say about one notebook, from the executed one if there is one."""
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
        "title": catalogue_title(heading[1]) if heading else slug,
        "answers": answers(cells),
        "figures": [figure_files(folder, name.stem) for name in names if name.suffix == ".svg"],
        "tables": [name.stem for name in names if name.parts[0] == "tables"],
        "executed": executed.exists(),
        "failed": state.failed,
        "invented": reads_examples(state),
    }


def reads_examples(state: State) -> bool:
    """Say whether a notebook read the invented answers of `data/examples`.

    >>> reads_examples(State(inputs={"files": {"data/raw/hostel/tallies.csv": "0"}}))
    False
    """
    place = paths.EXAMPLES.relative_to(paths.EXAMPLES.parents[1]).as_posix()
    return any(name.startswith(f"{place}/") for name in state.inputs.get("files", {}))


def claims_of_notebook(claims: list[dict[str, Any]], slug: str) -> list[dict[str, Any]]:
    """Return the claims that a notebook treats.

    claims : list of dict
        What `claim_records` returned.
    """
    return [claim for claim in claims if claim["notebook"] == notebook_key(slug)]


def catalogue_title(heading: str) -> str:
    """Return the title of a notebook in the language, also of one that was not executed in it."""
    return plain_text(label(heading))


def plain_text(markdown: str) -> str:
    """Return Markdown without its commonest marks.

    >>> plain_text("**Answer.** See [the *article*](https://example.org), `n`.")
    'Answer. See the article, n.'
    """
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    text = re.sub(r"\*\*|`|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])", "", text)
    return " ".join(text.split())
