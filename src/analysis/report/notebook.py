"""A notebook as a document: read it, look whether it ran, write it the same way every time."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
COLOUR = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class NotebookError(Exception):
    """A notebook did not run as it should; the message names the cell."""


def read_notebook(file: Path) -> Any:
    """Return a notebook of format 4; cells without an id get one that is always the same.

    Raises NotebookError if the file is no notebook.
    """
    import nbformat

    try:
        raw = json.loads(file.read_text(encoding="utf-8"))
        for place, cell in enumerate(raw["cells"]):
            cell.setdefault("id", f"cell-{place}")
        raw.update(nbformat=4, nbformat_minor=5)
        return nbformat.reads(json.dumps(raw), as_version=4)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotebookError(f"not a notebook: {type(error).__name__}: {error}") from error
    except nbformat.ValidationError as error:
        raise NotebookError(f"not a notebook: {error.message[:200]}") from error


def notebook_key(stem: str) -> str:
    """Return the name of a notebook without its place in the reading order, which is no key.

    >>> notebook_key("07-orchard-harvest")
    'orchard-harvest'
    """
    return re.sub(r"^[0-9]+-", "", stem)


def cell_number(notebook: Any, index: int) -> int:
    """Return which cell of the source this is, from 1; an injected cell is not counted.

    >>> cells = [{"metadata": {}}, {"metadata": {"tags": ["injected-parameters"]}}]
    >>> cell_number({"cells": [*cells, {"metadata": {}}]}, 2)
    2
    """
    before = notebook["cells"][: index + 1]
    injected = [c for c in before if "injected-parameters" in c["metadata"].get("tags", [])]
    return index + 1 - len(injected)


def check_ran(notebook: Any, hidden: Iterable[str] = ()) -> None:
    """Raise NotebookError unless every code cell has run, in order, and nothing went wrong.

    notebook : NotebookNode
        An executed notebook. Its word that all is "completed" is not taken.
    hidden : iterable of str
        Folders of this machine that no output may name.

    What is written to stderr counts as wrong: there a warning, a logged error or an exception
    in a thread ends up.
    """
    expected = 0
    for index, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code" or not cell["source"].strip():
            continue
        expected += 1
        where = f"cell {cell_number(notebook, index)}"
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                traceback = "\n".join(output["traceback"])
                raise NotebookError(f"{where}: {output['ename']}: {output['evalue']}\n{traceback}")
            if output.get("name") == "stderr":
                raise NotebookError(f"{where}: wrote to stderr\n{output['text']}")
            for folder in hidden:
                if _names_folder(output, folder):
                    raise NotebookError(f"{where}: its output names a folder here, {folder}")
        if cell["execution_count"] != expected:
            raise NotebookError(f"{where}: has not run")


def _names_folder(output: Any, folder: str) -> bool:
    """Say whether the text of an output holds a path into a folder; pictures are not text."""
    bundle = output.get("data", {})
    texts = [str(value) for kind, value in bundle.items() if not kind.startswith("image/p")]
    path = re.compile(rf"(?<![\w.]){re.escape(folder)}(?![\w-])")
    return any(path.search(text) for text in [*texts, output.get("text", "")])


def answers(cells: list[Any]) -> list[str]:
    """Return what the cells tagged `answer` have computed, as text."""
    found = []
    for cell in cells:
        if "answer" in cell["metadata"].get("tags", []):
            for output in cell.get("outputs", []):
                text = output.get("data", {}).get("text/plain", output.get("text", ""))
                found.append(" ".join("".join(text).split()))
    return [text for text in found if text]


def plain(text: str) -> str:
    r"""Return text without colour codes of a terminal.

    >>> plain("\x1b[31mKeyError\x1b[39m: 'n'")
    "KeyError: 'n'"
    """
    return COLOUR.sub("", text)


def cleaned(notebook: Any) -> bytes:
    """Return an executed notebook as bytes that depend on its content only.

    Without times and traces of papermill, memory addresses and the version of Python; the
    injected cell has a fixed id, keys are sorted, one newline ends the file.
    """
    import nbformat

    notebook = nbformat.from_dict(json.loads(json.dumps(notebook)))
    notebook.metadata.pop("papermill", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
        for output in cell.get("outputs", []):
            if "text" in output:
                output.text = ADDRESS.sub("", output.text)
            for kind, value in output.get("data", {}).items():
                if kind.startswith("text/") and isinstance(value, str):
                    output.data[kind] = ADDRESS.sub("", value)
    nbformat.validate(notebook)
    text = nbformat.v4.writes(notebook, indent=1, sort_keys=True, ensure_ascii=False)
    return (text.rstrip("\n") + "\n").encode()
