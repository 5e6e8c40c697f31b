"""The environment of a run: nothing of this user's time, language and settings of Python."""

import atexit
import functools
import os
import shutil
import subprocess
from pathlib import Path

from analysis import paths
from analysis.report.temporary import new_folder

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


@functools.cache
def commit_date() -> str:
    """Return the time of the last commit in seconds, as SOURCE_DATE_EPOCH wants it."""
    git = ["git", "-C", str(paths.ROOT), "log", "-1", "--format=%ct"]
    try:
        said = subprocess.run(git, env=fixed_environment(), capture_output=True, text=True)
    except OSError:
        return NO_GIT_DATE
    return said.stdout.strip() or NO_GIT_DATE


@functools.cache
def matplotlib_folder() -> Path:
    """Return where matplotlib keeps its list of fonts: one place for all runs."""
    if paths.CACHE is None:
        folder = new_folder()
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        return folder
    return paths.CACHE / "matplotlib"


def run_environment(private: Path, output: Path) -> dict[str, str]:
    """Return the environment of a run, its folders included.

    private, output : Path
        Folders for Jupyter's files, and for figures and tables.
    """
    jupyter = ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    return fixed_environment() | {
        **dict.fromkeys(jupyter, str(private)),
        "ANALYSIS_OUTPUT": str(output),
        "ANALYSIS_RUN": str(private),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "MPLCONFIGDIR": str(matplotlib_folder()),
        "SOURCE_DATE_EPOCH": commit_date(),
    }
