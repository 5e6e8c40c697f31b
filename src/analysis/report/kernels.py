"""Warm kernels: each is forked from a process that has the libraries imported already.

The process is Python's own fork server (`multiprocessing`, start method "forkserver"). What is
forked is an ordinary kernel of ipykernel, so that papermill and nbclient talk to it as to any
other. Where a system cannot fork, kernels are started one by one, as jupyter_client does it.
"""

import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from jupyter_core.utils import ensure_event_loop, run_sync

from analysis.report.environment import run_environment
from analysis.report.in_kernel import START, die_with_parent
from analysis.report.notebook import NotebookError

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()
LOADED = ("pandas", "matplotlib.pyplot", "ipykernel.kernelapp", "ipykernel.ipkernel")
TRIES = 3
PRIVATE = "analysis-run-"
_starting = threading.Lock()
_alive: set["Session"] = set()
MEMORY = "--HistoryManager.hist_file=:memory:"


def start_server() -> None:
    """Start the fork server of this process, if there is none, in the environment of a run."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(LOADED))
    nowhere = Path(os.devnull)
    with _environment(run_environment(nowhere, nowhere)):
        forkserver.ensure_running()


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


class Forked:
    """A process of the fork server, with what a provisioner asks of a `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self.process, self.pid = process, process.pid

    def poll(self) -> int | None:
        """Return its exit status, or None while it runs."""
        return self.process.exitcode

    def wait(self) -> int | None:
        """Wait for its end and return its exit status."""
        self.process.join()
        return self.process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal; one that ends a process goes to the guard, who ends the whole group."""
        ends = number in (signal.SIGKILL, signal.SIGTERM)
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM if ends else number)

    def kill(self) -> None:
        """End it, and all that it has started."""
        self.send_signal(signal.SIGKILL)

    terminate = kill


class ForkingProvisioner(LocalProvisioner):
    """Gets the process of a kernel from the fork server, instead of starting a Python."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Fork a kernel; `cmd` is what would start one, of which only the arguments count."""
        start_server()
        words = cmd[cmd.index("-f") :]
        server = forkserver._forkserver._forkserver_pid
        given = (words, str(options["cwd"] or Path.cwd()), dict(options["env"]), server)
        process = multiprocessing.get_context("forkserver").Process(target=guard, args=given)
        with _without_main():
            process.start()
        self.process, self.pid = Forked(process), process.pid
        return self.connection_info


class WarmKernelManager(AsyncKernelManager):
    """Manages kernels that are forked, where that can be done, with sockets of their own.

    folder : Path
        Where sockets and the connection file lie; a short path.
    fork : bool
        Whether the kernel is forked, or started afresh.
    """

    def __init__(self, folder: Path, fork: bool = CAN_FORK, **options: Any) -> None:
        if os.name == "posix":
            options |= {"transport": "ipc", "ip": str(folder / "k")}
        options["connection_file"] = str(folder / "kernel.json")
        options["kernel_spec_manager"] = KernelSpecManager(kernel_dirs=[])  # no user's own
        super().__init__(**options)
        if fork:
            self.provisioner = ForkingProvisioner(
                kernel_id="forked", kernel_spec=self.kernel_spec, parent=self
            )


def short_folder() -> str | None:
    """Return where to put sockets: of at most 107 characters, with a long TMPDIR too."""
    return "/tmp" if os.name == "posix" and len(tempfile.gettempdir()) > 60 else None


class Session:
    """One kernel, for one notebook in as many languages as wanted.

    cwd : str or Path
        Where the kernel starts; by default the current folder.
    more : mapping
        Variables of the environment beside those of every run.
    fork : bool
        Whether the kernel is forked from the fork server, or started afresh. A daemonic process,
        such as a worker of Dask below its nanny, may have no children of the fork server.

    `folder` holds all files of the session, and `output` is the place below it for what the
    notebook writes by itself.
    """

    def __init__(
        self, cwd: str | Path = ".", more: Mapping[str, str] | None = None, fork: bool = CAN_FORK
    ) -> None:
        self.cwd, self.more = Path(cwd).absolute(), dict(more or {})
        self.fork = fork and not multiprocessing.current_process().daemon

    def __enter__(self) -> "Session":
        """Start the kernel and wait until it answers; one that dies at its start is tried again."""
        _alive.add(self)
        for attempt in range(1, TRIES + 1):
            try:
                run_sync(self._start)()
                return self
            except BaseException as error:
                self.close()
                died = isinstance(error, RuntimeError) and "Kernel died" in str(error)
                if attempt == TRIES or not died:
                    raise
        raise AssertionError("unreachable")

    async def _start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PRIVATE, dir=short_folder()))
        (self.folder / "command.pid").write_text(str(os.getpid()), encoding="ascii")
        self.output = self.folder / "output"
        self.manager = WarmKernelManager(self.folder, self.fork, kernel_name="python3")
        environment = run_environment(self.folder, self.output) | self.more
        words = [f"--IPKernelApp.exec_lines={START}", MEMORY]
        await self.manager.start_kernel(cwd=str(self.cwd), env=environment, extra_arguments=words)
        self.client = self.manager.client()
        self.client.start_channels()
        await self.client.wait_for_ready(timeout=120)
        self.client.allow_stdin = False

    def start_anew(self) -> bool:
        """Make the process ready for another notebook, and say whether that worked."""
        with contextlib.suppress(RuntimeError, OSError):
            shutil.rmtree(self.output, ignore_errors=True)
            self._ask("start_anew()")
            return True
        return False

    def trace(self, language: str) -> dict[str, Any]:
        """Return what was read, loaded and looked up in this process so far."""
        try:
            self._ask(f"leave_trace({language!r})")
            return json.loads((self.folder / "trace.json").read_text("utf-8"))
        except (RuntimeError, OSError) as error:
            raise NotebookError(f"what it read cannot be told: {error}") from error

    def _ask(self, call: str) -> None:
        """Have a function of `in_kernel` called between cells; raise RuntimeError if it fails."""
        code = f"__import__('analysis.report.in_kernel', fromlist=['x']).{call}"

        async def asked() -> Any:
            return await self.client.execute(
                code, silent=True, store_history=False, reply=True, timeout=60
            )

        content = run_sync(asked)()["content"]
        if content["status"] != "ok":
            raise RuntimeError(f"{content.get('ename')}: {content.get('evalue')}")

    def kill(self) -> None:
        """End the kernel and all it has started; whoever waits for it finds it dead."""
        process = getattr(self.manager.provisioner, "process", None)
        if process is not None and process.poll() is None:
            with contextlib.suppress(OSError):
                process.kill()

    def close(self) -> None:
        """End the kernel, and remove its folder."""
        with contextlib.suppress(RuntimeError, AttributeError):
            self.client.stop_channels()
        if self.manager.has_kernel:
            run_sync(self.manager.shutdown_kernel)(now=True)
        else:
            run_sync(self.manager.cleanup_resources)()
        shutil.rmtree(self.folder, ignore_errors=True)
        loop = ensure_event_loop()
        if not loop.is_running():
            loop.close()
        _alive.discard(self)

    def __exit__(self, *_: object) -> None:
        """End the kernel."""
        self.close()


def kill_all() -> None:
    """End the kernels of all sessions of this process, and all that these have started."""
    for session in list(_alive):
        session.kill()


def sweep() -> None:
    """Remove the folders of sessions whose command was killed together with its kernels."""
    for mark in Path(short_folder() or tempfile.gettempdir()).glob(f"{PRIVATE}*/command.pid"):
        with contextlib.suppress(OSError, ValueError):
            try:
                os.kill(int(mark.read_text("ascii")), 0)
            except ProcessLookupError:
                shutil.rmtree(mark.parent, ignore_errors=True)
