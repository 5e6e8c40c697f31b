"""Our runs leave what papermill's own engine leaves, to the byte, of every notebook there is."""

import json
import subprocess
import sys

import nbformat
import pytest

from analysis import paths
from analysis.report.environment import run_environment
from analysis.report.notebook import cleaned
from tests.notebooks import NOTEBOOKS


@pytest.mark.kernels
@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_outputs_are_those_of_papermills_own_engine(file, report, tmp_path):
    private, output = tmp_path / "private", tmp_path / "output"
    private.mkdir()
    words = [sys.executable, "-m", "papermill", str(file), str(tmp_path / "out.ipynb")]
    done = subprocess.run(
        [*words, "--cwd", str(paths.NOTEBOOKS), "--no-progress-bar", "--log-level", "ERROR"],
        env=run_environment(private, output),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    own = cleaned(nbformat.read(tmp_path / "out.ipynb", as_version=4))
    ours = (report / "notebooks" / file.name).read_bytes()
    assert json.loads(own)["cells"] == json.loads(ours)["cells"]
    for made in (each for each in output.rglob("*") if each.is_file()):
        assert (report / made.relative_to(output)).read_bytes() == made.read_bytes(), made.name
