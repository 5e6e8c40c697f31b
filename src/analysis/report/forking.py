"""The fork server: a process that has the libraries imported, and forks a kernel from itself.

It is Python's own (`multiprocessing`, start method "forkserver"), started once by a command and
gone with it. Between it and a kernel stands a guard, who ends all that the kernel has started.
"""

import contextlib
import multiprocessing
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

from analysis.report.environment import run_environment
from analysis.report.in_kernel import die_with_parent
from analysis.report.temporary import keep_sockets

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
LOADED = (  # what the notebooks rest on, but for `analysis`: of that each loads what it needs
    *("pandas", "yaml", "matplotlib.pyplot", "matplotlib.backends.backend_agg"),
    *("matplotlib.backends.backend_svg", "PIL.PngImagePlugin", "fontTools.subset"),
    *("scipy.stats", "statsmodels.stats.proportion", "statsmodels.stats.inter_rater"),
    *("ipykernel.kernelapp", "ipykernel.ipkernel"),
)
_starting = threading.RLock()


def start_server() -> None:
    """Start the fork server of this process, if there is none, in the environment of a run.

    For that moment the whole process has that environment: whoever needs its own, and may come at
    the same time, calls this first.
    """
    with _starting:
        if _runs():
            return
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(LOADED))
        nowhere = Path(os.devnull)
        with _environment(run_environment(nowhere, nowhere)):
            keep_sockets()
            forkserver.ensure_running()


def _runs() -> bool:
    """Say whether the fork server of this process is alive."""
    server = forkserver._forkserver._forkserver_pid
    if server is None:
        return False
    with contextlib.suppress(ChildProcessError):
        return os.waitid(os.P_PID, server, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None
    return False


def _forget_server() -> None:
    """Let a forked process start a fork server of its own: its parent's answers its parent only."""
    forkserver._forkserver.__init__()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_server)


@contextlib.contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    """Have other variables of the environment for a moment, for what is started in it."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def forked_kernel(words: Sequence[str], folder: str, environment: Mapping[str, str]) -> BaseProcess:
    """Return the guard of a new kernel: it lives as long as the kernel, and ends it when told to.

    words, folder, environment :
        As for `guard`.
    """
    start_server()
    server = forkserver._forkserver._forkserver_pid
    given = (list(words), folder, dict(environment), server)
    process = multiprocessing.get_context("forkserver").Process(target=guard, args=given)
    with _without_main():
        process.start()
    return process


def guard(words: Sequence[str], folder: str, environment: Mapping[str, str], parent: int) -> None:
    """Be the process between the fork server and a kernel: when told to end, end all below.

    words : sequence of str
        Arguments of the kernel.
    folder : str
        Where it starts.
    environment : mapping
        All its variables; ANALYSIS_RUN is a folder that goes with the kernel.
    parent : int
        The fork server; if it has gone already, nothing is started.
    """
    os.setsid()
    os.close(forkserver._forkserver._forkserver_alive_fd)  # by which the server knows the command
    private = Path(environment["ANALYSIS_RUN"])
    kernel = os.fork()
    if not kernel:
        _become_kernel(words, folder, environment)
    with contextlib.suppress(OSError):
        os.setpgid(kernel, kernel)
    signal.signal(signal.SIGTERM, lambda *_: _end(kernel, private))
    signal.signal(signal.SIGINT, lambda *_: os.killpg(kernel, signal.SIGINT))
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        _end(kernel, private)
    _, status = os.waitpid(kernel, 0)
    with contextlib.suppress(OSError):
        os.killpg(kernel, signal.SIGKILL)  # what it has left running
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


def _end(kernel: int, private: Path) -> None:
    """Kill a kernel with every process of its group, and remove its folder."""
    with contextlib.suppress(OSError):
        os.killpg(kernel, signal.SIGKILL)
        os.waitpid(kernel, 0)
    shutil.rmtree(private, ignore_errors=True)
    os._exit(143)


def _become_kernel(words: Sequence[str], folder: str, environment: Mapping[str, str]) -> None:
    """Turn this process into a kernel that cannot be told from one that was started afresh."""
    die_with_parent(signal.SIGKILL)
    os.setpgid(0, 0)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment, JPY_PARENT_PID=str(os.getppid()))
    time.tzset()
    for name in [name for name in sys.modules if name.partition(".")[0] == "analysis"]:
        del sys.modules[name]  # the notebook loads what it needs
    log = os.open(Path(environment["ANALYSIS_RUN"]) / "log.txt", os.O_WRONLY | os.O_CREAT, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    sys.argv[1:] = words
    sys.dont_write_bytecode = False  # whatever this user has set: the next kernel reads it
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    status = 1
    try:
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(list(words))
        status = 0
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else 0
    finally:
        os._exit(status)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Hide the script that runs: a new process would run it again from its first line."""
    with _starting:
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = script
