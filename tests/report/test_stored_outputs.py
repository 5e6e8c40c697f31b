"""What is stored in a notebook is what its run gives: every output, text, table and picture.

nbval compares texts and tables too, cell by cell; pictures, what describes them, tags and the
order of outputs it leaves out.
"""

import base64
import copy
import io
import json

import numpy as np
import pytest
from matplotlib.image import imread, imsave
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis import paths
from analysis.data.collection import documents
from analysis.report.nbval_ipc import ADVICE
from analysis.report.stored import as_stored
from tests.notebooks import NOTEBOOKS

PICTURE = "image/png"


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_a_notebook_is_stored_as_the_report_has_run_it(report, file):
    stored = json.loads(file.read_text("utf-8"))
    if stored["metadata"]["documents"] != [each.slug for each in documents(paths.RAW)]:
        pytest.skip(ADVICE)
    made = json.loads(as_stored((report / "notebooks" / file.name).read_bytes()))
    found = differences(stored, made)
    assert not found, f"{found}: python -m analysis store {file.stem}"


def differences(stored, made):
    """Return where two notebooks differ, as lines that name cell and output."""
    if len(stored["cells"]) != len(made["cells"]):
        return [f"{len(stored['cells'])} cells are stored, {len(made['cells'])} were run"]
    found = ["metadata"] * (stored["metadata"] != made["metadata"])
    for number, pair in enumerate(zip(stored["cells"], made["cells"], strict=True), 1):
        found += [f"cell {number}: {each}" for each in differences_of_cells(*pair)]
    return found


def differences_of_cells(stored, made):
    """Yield what differs between two cells: a part of theirs, or one of their outputs."""
    parts = (stored.keys() | made.keys()) - {"outputs"}
    yield from sorted(part for part in parts if stored.get(part) != made.get(part))
    outputs = [each.get("outputs", []) for each in (stored, made)]
    if len(outputs[0]) != len(outputs[1]):
        yield f"{len(outputs[0])} outputs are stored, the run gives {len(outputs[1])}"
        return
    for place, pair in enumerate(zip(*outputs, strict=True), 1):
        yield from (f"output {place}, {each}" for each in differences_of_outputs(*pair))


def differences_of_outputs(stored, made):
    """Yield the kinds of data that differ between two outputs; of pictures every point counts."""
    one, other = ({**each, **each.get("data", {})} for each in (stored, made))
    for kind in sorted((one.keys() | other.keys()) - {"data"}):
        given = one.get(kind), other.get(kind)
        alike = same_picture(*given) if kind == PICTURE and all(given) else given[0] == given[1]
        if not alike:
            yield kind


def same_picture(*encoded):
    """Say whether two pictures have the same points, however they were packed."""
    one, other = (imread(io.BytesIO(base64.b64decode("".join(each)))) for each in encoded)
    return one.shape == other.shape and bool((one == other).all())


def picture(point):
    """Return a picture of four points, one of them as given, as a notebook stores it."""
    points = np.zeros((2, 2, 4), "uint8")
    points[0, 0] = point
    packed = io.BytesIO()
    imsave(packed, points, format="png")
    return base64.b64encode(packed.getvalue()).decode()


def made_up():
    """Return a notebook with an output of each kind."""
    table = {"text/plain": "rain  3", "text/html": "<table><td>3</td></table>"}
    drawn = {"text/plain": "<Axes>", PICTURE: picture((9, 9, 9, 255))}
    described = {PICTURE: {"alt": "Three days of rain."}}
    outputs = [
        new_output("stream", text="three\n"),
        new_output("execute_result", table, execution_count=1),
        new_output("display_data", drawn, metadata=described),
    ]
    code = new_code_cell("rain", outputs=outputs, execution_count=1, metadata={"tags": ["answer"]})
    return new_notebook(cells=[new_markdown_cell("# Rain"), code])


CHANGES = {
    "cell 2: output 1, text": lambda cell: cell.outputs[0].update(text="four\n"),
    "cell 2: output 2, text/html": lambda cell: cell.outputs[1].data.update({"text/html": "<p>"}),
    "cell 2: output 2, text/plain": lambda cell: cell.outputs[1].data.pop("text/plain"),
    "cell 2: output 3, image/png": lambda cell: cell.outputs[2].data.update(
        {PICTURE: picture((9, 9, 8, 255))}
    ),
    "cell 2: output 3, metadata": lambda cell: cell.outputs[2].metadata[PICTURE].update(alt=""),
    "cell 2: 2 outputs are stored, the run gives 3": lambda cell: cell.outputs.pop(1),
    "cell 2: 0 outputs are stored, the run gives 3": lambda cell: cell.outputs.clear(),
    "cell 2: execution_count": lambda cell: cell.update(execution_count=None),
    "cell 2: metadata": lambda cell: cell.metadata.tags.append("by-hand"),
    "cell 2: source": lambda cell: cell.update(source="snow"),
}


@pytest.mark.parametrize("said", CHANGES)
def test_a_change_of_what_is_stored_is_found_and_named(said):
    made = made_up()
    stored = copy.deepcopy(made)
    assert differences(stored, made) == []
    CHANGES[said](stored.cells[1])
    assert differences(stored, made) == [said]


def test_a_cell_that_is_gone_and_other_notes_of_the_notebook_are_found():
    made, shorter = made_up(), made_up()
    shorter.cells.pop()
    assert differences(shorter, made) == ["1 cells are stored, 2 were run"]
    assert differences(made | {"metadata": {"documents": ["made"]}}, made) == ["metadata"]
