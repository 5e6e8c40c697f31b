"""Start one notebook with an environment of its own, watch it, and leave nothing behind."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.data.collection import documents
from analysis.language.current import current_language
from analysis.outputs import write_whole
from analysis.report.notebook import NotebookError, plain
from analysis.report.runner import CELL_SECONDS, kill_kernel

NO_GIT_DATE = "1735689600"  # 1 January 2025, for a copy without git
DROPPED = ("PYTHON", "MPL", "JUPYTER", "JPY_", "IPYTHON", "LC_", "LANG", "LINES", "GIT_")
FIXED = {
    "COLUMNS": "80",
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONPATH": str(paths.CODE.parent),
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}


def fixed_environment() -> dict[str, str]:
    """Return an environment without this user's time, language and settings of Python."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
    return kept | FIXED


def run_environment(private: Path, output: Path, matplotlib: Path) -> dict[str, str]:
    """Return the environment of a run, its folders included.

    private, output, matplotlib : Path
        Folders for Jupyter's files, for figures and tables, and for matplotlib's font list.
    """
    environment = fixed_environment()
    git = ["git", "-C", str(paths.ROOT), "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(git, env=environment, capture_output=True, text=True)
        date = said.stdout.strip()
    except OSError:
        date = ""
    jupyter = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    return environment | {
        **dict.fromkeys(jupyter, str(private)),
        "ANALYSIS_OUTPUT": str(output),
        "ANALYSIS_RUN": str(private),
        "MPLCONFIGDIR": str(matplotlib),
        "SOURCE_DATE_EPOCH": date or NO_GIT_DATE,
    }


class Run:
    """One notebook on its way: started, asked whether it is done, and killed whatever happens.

    source : Path
        The notebook; it is read, never written.
    parameters : mapping
        Checked against the cell `parameters` once more before anything runs.
    output : Path
        An empty folder that gets what the notebook writes by itself.
    matplotlib : Path
        Where matplotlib keeps its list of fonts.
    seconds : int
        How long a cell may take.
    more : mapping
        Variables of the environment beside those of every run.
    """

    def __init__(
        self,
        source: Path,
        parameters: Mapping[str, Any],
        output: Path,
        matplotlib: Path,
        seconds: int = CELL_SECONDS,
        more: Mapping[str, str] | None = None,
    ) -> None:
        # A socket's path may have 107 characters, so a long TMPDIR will not do.
        short = "/tmp" if os.name == "posix" and len(tempfile.gettempdir()) > 60 else None
        self.folder = Path(tempfile.mkdtemp(prefix="run-", dir=short))
        task = {
            "source": str(source),
            "parameters": dict(parameters),
            "seconds": seconds,
            "language": current_language(),
            "hidden": [str(paths.ROOT), str(source.parent), str(output), str(self.folder)],
        }
        (self.folder / "task.json").write_text(json.dumps(task), encoding="utf-8")
        with (self.folder / "log.txt").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "analysis.report.runner", str(self.folder)],
                cwd=source.parent,
                env=run_environment(self.folder, output, matplotlib) | dict(more or {}),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C comes to us, and we end it
            )

    def done(self) -> bool:
        """Say whether the run has ended, well or not."""
        return self.process.poll() is not None

    def result(self) -> bytes:
        """Return the executed notebook; raise NotebookError if the run failed in any way."""
        file, failure = self.folder / "result.ipynb", self.folder / "failure.txt"
        if self.process.returncode == 0 and file.exists():
            return file.read_bytes()
        if failure.exists():
            raise NotebookError(failure.read_text(encoding="utf-8"))
        log = (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace")
        raise NotebookError(f"exit status {self.process.returncode}\n{plain(log)[-2000:]}")

    def close(self) -> None:
        """End the run and all it has started, and remove its folder."""
        if not self.done():
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        kill_kernel(self.folder)
        shutil.rmtree(self.folder, ignore_errors=True)


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
    notebooks = paths.as_folder(notebooks, paths.NOTEBOOKS)
    there = {file.stem for file in notebooks.glob("*.ipynb")}
    for slug in slugs:
        if slug not in there:
            raise ValueError(f"no notebook {slug!a} (there are {', '.join(sorted(there))})")
    failed = 0
    for slug in slugs or sorted(there):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "output"
            run = Run(notebooks / f"{slug}.ipynb", {}, output, Path(folder) / "matplotlib")
            try:
                run.process.wait()
                write_whole(notebooks / f"{slug}.ipynb", as_stored(run.result()))
            except NotebookError as error:
                failed = 1
                print(f"{slug} failed: {error}", file=sys.stderr)
            finally:
                run.close()
    return failed
