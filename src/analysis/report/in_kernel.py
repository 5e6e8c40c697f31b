"""What happens inside the kernel of a run: its start, what it reads, and a fresh start in between.

Nothing of the library is loaded before the notebook asks for it, so that what is loaded in the end
is what the notebook rests on.
"""

import ctypes
import json
import os
import random
import signal
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace
from typing import Any

START = "__import__('analysis.report.in_kernel', fromlist=['x']).start()"
WARNED = "warned.txt"  # what methods have warned of, below the folder of a run
NOT_VALID = r"[\w-]+: not (valid|exact) "  # so does a `MethodWarning` begin, not loaded yet
_read: dict[str, None] = {}  # files opened and folders listed, in order
_at_start = SimpleNamespace()


def die_with_parent(number: int) -> None:
    """Ask Linux for a signal when the parent ends, however it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, number)  # 1 is PR_SET_PDEATHSIG


def start() -> None:
    """Set up a kernel before its first cell: a warning is an error, what it reads is noted.

    That a method is not valid for some numbers is no error: it is noted, for the runner to say.
    """
    from analysis.report.watch import use_bash, watch

    folder = Path(os.environ["ANALYSIS_RUN"])
    die_with_parent(getattr(signal, "SIGKILL", signal.SIGTERM))
    warnings.simplefilter("error")
    warnings.filterwarnings("ignore", "To exit: use")  # sys.exit is found by `check_ran`
    warnings.filterwarnings("default", NOT_VALID)
    # The kernel is still starting: tornado asks for a loop in a way that Python 3.12 deprecates.
    warnings.filterwarnings("ignore", "There is no current event loop", DeprecationWarning)

    def note_warning(words: Warning | str, *_: Any, **__: Any) -> None:
        with (folder / WARNED).open("a", encoding="utf-8") as file:
            file.write(" ".join(str(words).split()) + "\n")

    warnings.showwarning = note_warning  # of methods only: every other one is an error
    use_bash()
    _at_start.run = folder
    _at_start.folder = str(Path.cwd())
    _at_start.environment = dict(os.environ)
    _at_start.path = list(sys.path)
    _at_start.warnings = list(warnings.filters)
    sys.addaudithook(_note_reading)
    watch(_shell(), folder)


def _shell() -> Any:
    """Return the shell of IPython, or None in a plain Python."""
    return sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None


def _note_reading(event: str, details: tuple[Any, ...]) -> None:
    """Keep which files are opened for reading and which folders are listed."""
    if event == "open":
        path, mode, flags = details
        writes = set(mode) & set("wax") if mode else flags & (os.O_WRONLY | os.O_RDWR)
        _note("" if writes else path)
    elif event in ("os.scandir", "os.listdir"):
        _note(details[0], "/")


def _note(path: Any, mark: str = "") -> None:
    if isinstance(path, str | bytes) and path:
        _read[f"{Path.cwd() / os.fsdecode(path)}{mark}"] = None


def start_anew() -> None:
    """Bring the process back to where it was before the first cell, as far as that can be.

    A notebook that is run once more, in another language, finds no variable, no setting of
    matplotlib or pandas, no folder and no state of a random generator of the run before.
    """
    from IPython import get_ipython

    get_ipython().reset(new_session=True)
    os.chdir(_at_start.folder)
    os.environ.clear()
    os.environ.update(_at_start.environment)
    sys.path[:] = _at_start.path
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "matplotlib" in sys.modules:
        _forget_figures()
    if "pandas" in sys.modules:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sys.modules["pandas"].reset_option("all")
    warnings.filters[:] = _at_start.warnings
    warnings._filters_mutated()
    if "analysis.language.kernel" in sys.modules:
        sys.modules["analysis.language.kernel"].forget()


def _forget_figures() -> None:
    matplotlib = sys.modules["matplotlib"]
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    kept = {name: value for name, value in matplotlib.rcParamsOrig.items() if name != "backend"}
    matplotlib.rcParams.update(kept)


def leave_trace(language: str) -> None:
    """Write `trace.json`: what was read, which modules were loaded, which messages looked up."""
    from analysis import paths
    from analysis.language.current import looked_up

    modules = {
        module.__file__
        for module in list(sys.modules.values())
        if (getattr(module, "__file__", None) or "").startswith(str(paths.CODE))
    }
    trace = {"read": list(_read), "modules": sorted(modules), "messages": looked_up(language)}
    file = _at_start.run / "trace.json"
    file.write_text(json.dumps(trace), encoding="utf-8")
