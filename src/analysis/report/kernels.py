"""Kernels for runs: forked from the fork server, an ordinary kernel of ipykernel each.

Papermill and nbclient talk to them as to any other. Where a system cannot fork, kernels are started
one by one, as jupyter_client does it.
"""

import asyncio
import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner
from jupyter_core.utils import ensure_event_loop, run_sync

from analysis.report.environment import run_environment
from analysis.report.forking import CAN_FORK, forked_kernel, start_server
from analysis.report.in_kernel import START
from analysis.report.notebook import NotebookError
from analysis.report.temporary import new_folder
from analysis.report.watch import NOTES

TRIES = 3
_alive: set["Session"] = set()
_unwanted = threading.Event()  # set while a command ends
MEMORY = "--HistoryManager.hist_file=:memory:"


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
        folder = str(options["cwd"] or Path.cwd())
        process = forked_kernel(cmd[cmd.index("-f") :], folder, dict(options["env"]))
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
        for attempt in range(1, TRIES + 1):
            _alive.add(self)
            try:
                run_sync(self._start)()
                _check_wanted()
                return self
            except BaseException as error:
                self.close()
                died = isinstance(error, RuntimeError) and "Kernel died" in str(error)
                if attempt == TRIES or not died:
                    raise
        raise AssertionError("unreachable")

    async def _start(self) -> None:
        if self.fork:
            start_server()
        _check_wanted()
        self.folder = new_folder()
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

    def end(self, seconds: float) -> None:
        """Do what Python does at the end of a script; raise NotebookError if the kernel dies."""
        try:
            self._ask(f"end({seconds})", "await ", "watch", seconds + 60)
        except (RuntimeError, OSError) as error:
            raise NotebookError(f"its end, after the last cell: {error}") from error

    def faults(self) -> list[dict[str, Any]]:
        """Return what has been noted as wrong since the last call: "count" of the cell, "text"."""
        file = self.folder / NOTES
        if not os.path.lexists(file):
            return []
        try:
            lines = file.read_text("utf-8").splitlines()
            file.unlink()
            return [_fault(json.loads(line)) for line in lines]
        except (OSError, ValueError, TypeError, KeyError) as error:
            return [_fault({"count": None, "text": f"{NOTES} of its run is broken: {error}"})]

    def trace(self, language: str) -> dict[str, Any]:
        """Return what was read, loaded and looked up in this process so far."""
        try:
            self._ask(f"leave_trace({language!r})")
            return json.loads((self.folder / "trace.json").read_text("utf-8"))
        except (RuntimeError, OSError, ValueError) as error:
            raise NotebookError(f"what it read cannot be told: {error}") from error

    def _ask(
        self, call: str, how: str = "", module: str = "in_kernel", seconds: float = 60
    ) -> None:
        """Have a function called between cells; raise RuntimeError if it or the kernel fails."""
        code = f"{how}__import__('analysis.report.{module}', fromlist=['x']).{call}"
        content = run_sync(self._answer)(code, seconds)["content"]
        if content["status"] != "ok":
            raise RuntimeError(f"{content.get('ename')}: {content.get('evalue')}")

    async def _answer(self, code: str, seconds: float) -> Any:
        """Return what the kernel answers; look now and then whether it still lives."""
        how = {"silent": True, "store_history": False, "reply": True, "timeout": seconds}
        answer = asyncio.ensure_future(self.client.execute(code, **how))
        while not (await asyncio.wait([answer], timeout=0.2))[0]:
            if not await self.manager.is_alive():
                answer.cancel()
                raise RuntimeError("its kernel died")
        return answer.result()

    def kill(self) -> None:
        """End the kernel and all it has started; whoever waits for it finds it dead."""
        provisioner = getattr(getattr(self, "manager", None), "provisioner", None)
        process = getattr(provisioner, "process", None)
        if process is not None and process.poll() is None:
            with contextlib.suppress(OSError):
                process.kill()

    def close(self) -> None:
        """End the kernel, and remove its folder."""
        if not hasattr(self, "manager"):
            _alive.discard(self)
            return
        with contextlib.suppress(RuntimeError, AttributeError):
            self.client.stop_channels()
        if self.manager.has_kernel:
            run_sync(self.manager.shutdown_kernel)(now=True)
        else:
            run_sync(self.manager.cleanup_resources)()
        shutil.rmtree(self.folder, ignore_errors=True)
        _close_loop()
        _alive.discard(self)

    def __exit__(self, *_: object) -> None:
        """End the kernel."""
        self.close()


def _fault(told: Any) -> dict[str, Any]:
    count, text = told["count"], told["text"]
    return {"count": count if isinstance(count, int) else None, "text": str(text)}


def kill_all() -> None:
    """End the kernels of all sessions of this process, and all that these have started."""
    for session in list(_alive):
        session.kill()


@contextlib.contextmanager
def all_ended() -> Iterator[None]:
    """Kill all kernels; none starts, not even once more, within the `with` block."""
    _unwanted.set()
    try:
        kill_all()
        yield
    finally:
        _unwanted.clear()


def _close_loop() -> None:
    """Close the loop of this thread; what nbclient has left in it ends without a word."""
    loop = ensure_event_loop()
    if loop.is_running():
        return
    loop.set_exception_handler(lambda *_: None)
    left = asyncio.all_tasks(loop)
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.wait(left, timeout=1))
    loop.close()


def _check_wanted() -> None:
    if _unwanted.is_set():
        raise NotebookError("stopped before its first cell")
