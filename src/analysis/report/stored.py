"""The outputs that lie in the repository with the notebooks, for the tests."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis import paths
from analysis.data.collection import documents
from analysis.failures import brief, quoted
from analysis.outputs import write_whole


def as_stored(notebook: bytes) -> bytes:
    """Return an executed notebook as it is kept: its documents noted, its solutions folded.

    It notes which documents its outputs are of; JupyterLab opens it without the answers to its
    exercises.
    """
    content = json.loads(notebook)
    content["metadata"]["documents"] = [each.slug for each in documents(paths.RAW)]
    for cell in content["cells"]:
        if "solution" in cell["metadata"].get("tags", []):
            cell["metadata"]["jupyter"] = {"outputs_hidden": True, "source_hidden": True}
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def store_outputs(slugs: Sequence[str], notebooks: str | Path | None = None) -> int:
    """Run notebooks and put their outputs into them, for the tests to compare.

    slugs : sequence of str
        Names of notebooks without ending; all if empty.
    notebooks : Path
        Where they are.

    Returns the exit status. A notebook that fails keeps what it had. Raises ValueError for a
    name that no notebook has, before any is run.
    """
    from analysis.report.build import run_all
    from analysis.report.runner import Task

    notebooks = paths.as_folder(notebooks, paths.NOTEBOOKS)
    there = {file.stem: file.absolute() for file in sorted(notebooks.glob("*.ipynb"))}
    for slug in slugs:
        if slug not in there:
            raise ValueError(f"no notebook {quoted(slug)} (there are {', '.join(there)})")
    failed = 0
    for slug, results in run_all({slug: Task(str(there[slug])) for slug in slugs or there}):
        made = results["en"]
        if isinstance(made, str):
            failed = 1
            print(f"{slug} failed: {brief(made)}", file=sys.stderr)
        else:
            write_whole(there[slug], as_stored(made.notebook))
    return failed
