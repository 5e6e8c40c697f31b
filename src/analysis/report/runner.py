"""Execute one notebook through papermill, in a process that does nothing else.

`python -m analysis.report.runner FOLDER` does what FOLDER/task.json says and leaves
FOLDER/result.ipynb or FOLDER/failure.txt; `analysis.report.run` starts it and watches it.
"""

import contextlib
import ctypes
import json
import os
import shutil
import signal
import sys
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.language.prose import translated_notebook
from analysis.report.notebook import (
    NotebookError,
    cell_number,
    check_ran,
    cleaned,
    plain,
    read_notebook,
)
from analysis.report.parameters import checked_parameters, parameter_defaults

CELL_SECONDS = 600
TRIES = 3
STARTUP = "__import__('analysis.report.runner', fromlist=['x']).prepare_kernel()"


def kill_kernel(folder: Path) -> None:
    """Kill the kernel of a run with every process of its group, if one was started."""
    file = folder / "kernel.pid"
    if file.exists() and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(int(file.read_text()), signal.SIGKILL)
        file.unlink()


def die_with_parent(number: int) -> None:
    """Ask Linux for a signal when the parent ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, number)  # 1 is PR_SET_PDEATHSIG


def prepare_kernel() -> None:
    """Set up a kernel before its first cell: it dies with us, and a warning is an error."""
    import threading
    import traceback

    folder = Path(os.environ["ANALYSIS_RUN"])
    die_with_parent(getattr(signal, "SIGKILL", signal.SIGTERM))
    (folder / "kernel.pid").write_text(str(os.getpid()))
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "To exit: use")  # sys.exit is found by `check_ran`

    def note(thread: Any) -> None:
        with (folder / "threads.txt").open("a", encoding="utf-8") as file:
            traceback.print_exception(thread.exc_value, file=file)

    threading.excepthook = note


def execute(
    source: Path,
    given: Mapping[str, Any],
    seconds: int = CELL_SECONDS,
    hidden: tuple[str, ...] = (),
    language: str = "en",
) -> bytes:
    """Return the executed and cleaned notebook; meant for a process that does nothing else.

    Its prose is translated before it runs, and its parameter `language` is set, if it has one.

    Raises NotebookError with number and traceback of the cell that failed.
    """
    notebook = read_notebook(source)
    try:
        defaults = parameter_defaults(notebook)
        parameters = checked_parameters(defaults, given)
        if language != "en":
            notebook = translated_notebook(notebook, language)
            parameters |= {"language": language} if "language" in defaults else {}
    except ValueError as error:
        raise NotebookError(str(error)) from error
    folder = Path(os.environ["ANALYSIS_RUN"])
    for attempt in range(1, TRIES + 1):
        try:
            executed = _papermill(notebook, parameters, seconds, folder / f"k{attempt}")
            break
        except RuntimeError as error:
            if attempt == TRIES or "Kernel died before replying" not in str(error):
                raise
        finally:
            kill_kernel(folder)
    check_ran(executed, hidden)
    if (folder / "threads.txt").exists():
        raise NotebookError("an exception in a thread\n" + (folder / "threads.txt").read_text())
    return cleaned(executed)


def _papermill(notebook: Any, parameters: Mapping[str, Any], seconds: int, socket: Path) -> Any:
    """Execute once; translate every kind of failure into one that names the cell."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from traitlets.config import Config

    started = []
    ipc = {"transport": "ipc", "ip": str(socket)} if os.name == "posix" else {}
    try:
        return papermill.execute_notebook(
            notebook,
            None,
            dict(parameters),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            execution_timeout=seconds,
            start_timeout=120,
            record_timing=False,
            coalesce_streams=True,
            shutdown_kernel="immediate",
            extra_arguments=[f"--IPKernelApp.exec_lines={STARTUP}"],
            on_cell_start=lambda cell, cell_index: started.append(cell_index),
            config=Config({"KernelManager": ipc}),
        )
    except papermill.PapermillExecutionError as error:
        where, text = (
            error.cell_index,
            f"{error.ename}: {error.evalue}\n" + "\n".join(error.traceback),
        )
    except CellTimeoutError:
        where, text = started[-1], f"took longer than {seconds} seconds"
    except DeadKernelError:
        where, text = started[-1], "its kernel died"
    cells = list(notebook["cells"])
    if parameters:  # papermill put a cell after the one with the defaults
        tags = [cell["metadata"].get("tags", []) for cell in cells]
        place = next(place for place, here in enumerate(tags) if "parameters" in here)
        cells.insert(place + 1, {"metadata": {"tags": ["injected-parameters"]}})
    raise NotebookError(f"cell {cell_number({'cells': cells}, where)}: {text}")


def main() -> int:
    """Do the task of a folder, the inner half of `Run`; the exit status says how it went."""
    # jsonschema imports this if it is there, for a kind of address that notebooks have not;
    # its grammar takes 1.4 seconds to build, as much as all the rest of the start.
    sys.modules["rfc3987_syntax"] = None
    die_with_parent(signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(sys.argv[1])
    task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    try:
        result = execute(
            Path(task["source"]),
            task["parameters"],
            task["seconds"],
            tuple(task["hidden"]),
            task["language"],
        )
    except NotebookError as error:
        (folder / "failure.txt").write_text(plain(str(error)), encoding="utf-8")
        return 1
    except SystemExit:  # told to end, by `Run.close` or because the command is gone
        kill_kernel(folder)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    with (folder / "result.ipynb").open("wb") as file:
        file.write(result)
        os.fsync(file.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
