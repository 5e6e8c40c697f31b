"""Notebooks against their stored outputs: what they write goes to a folder that is removed."""

import subprocess
import sys

import nbformat

CODE = """import os, pathlib
pathlib.Path(os.environ["ANALYSIS_OUTPUT"]).is_dir(), pathlib.Path("outputs").exists()"""


def test_a_notebook_under_test_writes_to_a_folder_of_its_own(tmp_path):
    output = nbformat.v4.new_output(
        "execute_result", {"text/plain": "(True, False)"}, execution_count=1
    )
    cell = nbformat.v4.new_code_cell(CODE, outputs=[output], execution_count=1)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(
        nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": spec}), tmp_path / "a.ipynb"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "analysis.report.nbval_ipc", "--nbval"]
    done = subprocess.run([*command, "a.ipynb"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
