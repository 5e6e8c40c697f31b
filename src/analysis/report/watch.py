"""What a kernel would not tell of: made an exception of its cell, or noted for the runner.

Only Python's own library is loaded, see `in_kernel`. What runs outside the process (the programs
that a cell starts) and files that a library in C writes are not seen.
"""

import asyncio
import atexit
import contextlib
import errno
import gc
import json
import os
import re
import shlex
import shutil
import sys
import tempfile
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterable
from concurrent.futures import thread as pool
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from analysis import paths

LARGEST = 100_000_000  # letters that cells may print, and `engine` takes
NOTES = "faults.txt"  # a line of JSON each, below the folder of a run
STRICT = {  # a line that fails ends the cell
    **dict.fromkeys(("bash", "zsh", "ksh"), ("-e", "-u", "-o", "pipefail")),
    **dict.fromkeys(("sh", "dash"), ("-e", "-u")),
}
LONE = re.compile("[\ud800-\udfff]")  # half of a letter, which UTF-8 has no bytes for
CHANGES = {  # event: by the place of each path, that of the folder it is seen from, if any
    **{"os.remove": [1], "os.rmdir": [1], "os.mkdir": [2], "os.truncate": [None]},
    **{"os.rename": [2, 3], "os.link": [2, 3], "os.symlink": [None, 2]},
    **{"os.chmod": [2], "os.chown": [3], "os.utime": [3], "sqlite3.connect": [None]},
}
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DEVICES = [f"/dev/{name}" for name in ("null", "zero", "full", "tty", "pts", "ptmx", "fd")]
READ_ONLY = re.compile(r"mode=(ro|memory)\b|^file::memory:")
_kept = SimpleNamespace(shell=None, threads=set(), at_exit=[])
_kept.tasks, _kept.futures = weakref.WeakSet(), weakref.WeakSet()


def watch(shell: Any, folder: Path) -> None:
    """See what goes wrong in a process without an exception in a cell.

    shell : InteractiveShell or None
        Of IPython; None in a plain Python.
    folder : Path
        Where `faults.txt` is written.
    """
    _kept.shell, _kept.folder, _kept.threads = shell, folder, set(threading.enumerate())
    threading.excepthook = lambda seen: note("an exception in a thread", seen.exc_value)
    sys.unraisablehook = lambda seen: note("an exception that is ignored", seen.exc_value)
    asyncio.BaseEventLoop.default_exception_handler = _note_callback
    asyncio.BaseEventLoop.create_task = _create_task
    pool.ThreadPoolExecutor.submit = _submit
    weakref.finalize.__init__ = _finalize
    atexit.register = _register_at_exit
    for name in [name for name in ("mkfifo", "mknod") if hasattr(os, name)]:
        setattr(os, name, _audited(getattr(os, name)))
    sys.addaudithook(_guard(*_places(folder)))
    if shell is not None:
        shell.system_raise_on_error = True
        shell.ask_exit = lambda: sys.exit("exit")
        _make_strict(shell)
        _have_errors_arrive(shell)
        _limit(sys.stdout)
        _keep_answering(shell)


def _keep_answering(shell: Any) -> None:
    """Let a kernel answer whose cell has taken a stream away, and note if one shuts it down."""
    streams = {"stdout": sys.stdout, "stderr": sys.stderr}

    def restore(*_: Any) -> None:
        for name, stream in streams.items():
            if getattr(sys, name) is None:
                setattr(sys, name, stream)
                note(f"sys.{name} was set to None")

    shell.events.register("post_run_cell", restore)
    kernel = getattr(shell, "kernel", None)
    if kernel is not None:
        shut_down = kernel.do_shutdown

        def noted(restart: bool) -> Any:
            note("the kernel was told to shut down")
            return shut_down(restart)

        kernel.do_shutdown = noted


def _limit(stream: Any) -> None:
    """Refuse what is printed beyond `LARGEST`: in an endless loop nobody comes to send it."""
    write, size = stream.write, 0

    def limited(text: str) -> Any:
        nonlocal size
        size += len(text)
        if size > LARGEST:
            raise MemoryError(f"its output is larger than {LARGEST // 1_000_000} MB")
        return write(text)

    stream.write = limited


def _have_errors_arrive(shell: Any) -> None:
    """Let an exception be told of whose text cannot be encoded."""
    session = getattr(getattr(shell, "kernel", None), "session", None)
    if session is not None:
        pack = session.pack
        session.pack = lambda content: pack(_encodable(content))


def _encodable(content: Any) -> Any:
    if not isinstance(content, dict) or "ename" not in content:
        return content
    words = json.dumps(content, ensure_ascii=False, default=str)
    try:
        words.encode()
    except UnicodeEncodeError:
        return json.loads(LONE.sub(lambda found: rf"\\u{ord(found[0]):04x}", words))
    return content


def note(what: str, error: BaseException | None = None) -> None:
    """Write a fault down, with the execution count of the cell whose code it came from, if any."""
    text = "".join(traceback.format_exception(error)) if error else ""
    line = json.dumps({"count": _count(error), "text": f"{what}\n{text}".strip()})
    with (_kept.folder / NOTES).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")


def _count(error: BaseException | None) -> int | None:
    frames = traceback.extract_tb(error.__traceback__) if error else []
    counts = [_counts().get(frame.filename) for frame in frames]
    return next((count for count in reversed(counts) if count), None)


def _counts() -> dict[str, int]:
    """Return the execution count of each cell by the name of file that its code has."""
    return getattr(getattr(_kept.shell, "compile", None), "_filename_map", {})


def _note_callback(_: Any, context: dict[str, Any]) -> None:
    note(f"asyncio: {context['message']}", context.get("exception"))


def _register_at_exit(function: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Keep what a cell registers until `end`; a kernel is killed and would never call it."""
    if sys._getframe(1).f_globals.get("__name__") != "__main__":
        return _registered(function, *given, **named)
    _kept.at_exit.append((function, given, named))
    return function


_registered = atexit.register
_created = asyncio.BaseEventLoop.create_task
_submitted = pool.ThreadPoolExecutor.submit
_finalized = weakref.finalize.__init__


def _create_task(loop: Any, work: Any, **named: Any) -> Any:
    """Keep which tasks there are, for `end` to look at those that nobody awaits."""
    task = _created(loop, work, **named)
    _kept.tasks.add(task)
    return task


def _submit(executor: Any, function: Any, /, *given: Any, **named: Any) -> Any:
    """Keep what is put to work in a pool of threads: Python waits for it before it ends."""
    future = _submitted(executor, function, *given, **named)
    _kept.futures.add(future)
    return future


def _finalize(finalizer: Any, thing: Any, function: Any, /, *given: Any, **named: Any) -> None:
    """Keep what a cell wants done when something goes, at the latest at the end."""
    _finalized(finalizer, thing, function, *given, **named)
    if sys._getframe(1).f_globals.get("__name__") == "__main__":
        _kept.at_exit.append((lambda: finalizer() if finalizer.atexit else None, (), {}))


def _make_strict(shell: Any) -> None:
    """Have commands after `!`, and cells of `%%script` and its kind, end with what fails first."""
    magics = shell.magics_manager.registry["ScriptMagics"]
    cells = shell.magics_manager.magics["cell"]
    cells["script"] = lambda line, cell: _strict_script(magics, line, cell)
    for name in magics.script_magics:
        path = magics.script_paths.get(name, name)
        cells[name] = lambda line, cell, path=path: cells["script"](f"{path} {line}", cell)
    if Path(os.environ.get("SHELL", "sh")).name == "bash":
        for module in (sys.modules[type(shell).__module__], _commands()):
            for name in ("system", "get_output_error_code"):
                if hasattr(module, name):
                    setattr(module, name, _strict_command(getattr(module, name)))


def _commands() -> Any:
    """Return the module of IPython that runs commands; it is loaded."""
    return sys.modules["IPython.core.interactiveshell"]


def _strict_command(run: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda command: run(f"set -e -o pipefail\n{command}")


def _strict_script(magics: Any, line: str, cell: str) -> Any:
    """Run a cell in another program, of which it is seen how it ends."""
    given, words = magics.shebang.parser.parse_known_args(shlex.split(line))
    if given.bg or not given.raise_error:
        raise ValueError("--bg and --no-raise-error would hide how a cell ends: leave them away")
    place = next((place for place, word in enumerate(words) if Path(word).name in STRICT), None)
    if place is not None and all(Path(word).name == "env" for word in words[:place]):
        words[place + 1 : place + 1] = STRICT[Path(words[place]).name]
    if words and not shutil.which(words[0]):
        raise FileNotFoundError(errno.ENOENT, "no such program", words[0])
    kept = [f"--{name}={getattr(given, name)}" for name in ("out", "err") if getattr(given, name)]
    return magics.shebang(shlex.join([*kept, *words]), cell)


def use_bash() -> None:
    """Have commands after `!` run by bash, where there is one, whatever shell the user has."""
    if bash := shutil.which("bash"):
        os.environ["SHELL"] = bash


def _places(folder: Path) -> tuple[list[str], list[str], str]:
    """Return where a notebook may write, where not, and the temporary folder, where it may else."""
    names = ("ANALYSIS_OUTPUT", "MPLCONFIGDIR")
    own = [folder, *(os.environ[name] for name in names if name in os.environ), *DEVICES, "/proc"]
    own += [paths.CACHE] if paths.CACHE else []
    temporary, home = (os.path.realpath(place) for place in (tempfile.gettempdir(), Path.home()))
    others = [os.path.realpath(place) for place in (paths.ROOT, Path.cwd())]
    others += [] if _below(temporary, [home]) else [home]  # a home may lie in a temporary folder
    return [os.path.realpath(place) for place in own], others, temporary


def _guard(own: list[str], others: list[str], temporary: str) -> Callable[[str, tuple], None]:
    """Return a hook that refuses to change files elsewhere, before they are changed."""

    def refuse(event: str, details: tuple[Any, ...]) -> None:
        for path in _changed(event, details):
            real = os.path.realpath(os.fsdecode(path))
            if _below(real, own) or f"{os.sep}__pycache__" in real:
                continue
            if _below(real, others) or not _below(real, [temporary]):
                advice = "a notebook writes with write_figure, write_table or into a temporary file"
                raise PermissionError(errno.EACCES, advice, path)

    return refuse


def _changed(event: str, details: tuple[Any, ...]) -> Iterable[str | bytes]:
    """Return the paths that an event would change."""
    if event == "open":
        path, mode, flags = details
        found = [path] if set(mode or "") & set("wax+") or (not mode and flags & WRITES) else []
    elif event in CHANGES:
        places = [(details[place], seen) for place, seen in enumerate(CHANGES[event])]
        found = [
            _seen_from(path, details[seen : seen + 1] if seen else ()) for path, seen in places
        ]
    else:
        return []
    return [path for path in found if isinstance(path, str | bytes) and path and _is_file(path)]


def _seen_from(path: Any, folder: tuple[int, ...]) -> Any:
    """Return a path that is seen from an open folder, as far as the system tells of which."""
    if not folder or folder[0] in (-1, None) or not isinstance(path, str | bytes):
        return path
    try:
        return str(Path(f"/proc/self/fd/{folder[0]}").readlink() / os.fsdecode(path))
    except OSError:
        return None


def _is_file(path: str | bytes) -> bool:
    """Say whether a path is none of those that only SQLite knows, in memory or not written."""
    text = os.fsdecode(path)
    return text != ":memory:" and not (text.startswith("file:") and READ_ONLY.search(text))


def _audited(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of `os` that makes a file, which Python has no event for, with one."""

    def making(path: Any, *given: Any, dir_fd: int | None = None, **named: Any) -> Any:
        sys.audit("os.mkdir", path, 0, -1 if dir_fd is None else dir_fd)
        return make(path, *given, dir_fd=dir_fd, **named)

    return making


def _below(path: str, folders: Iterable[str]) -> bool:
    return any(path == folder or path.startswith(folder + os.sep) for folder in folders)


async def end(seconds: float) -> None:
    """Do what Python does at the end of a script, and note what goes wrong.

    seconds : float
        How long threads, tasks and timers of the notebook may still take.
    """
    last = time.monotonic() + seconds
    await asyncio.sleep(0)
    while at_work := [*_threads(), *_in_pools(), *_tasks(), *_timers()]:
        if time.monotonic() > last:
            note(f"still at work {seconds:g} seconds after the last cell: {at_work[0]!a}")
            break
        await asyncio.sleep(0.01)
    _call_at_exit()
    _look_at_futures()


def _threads() -> list[threading.Thread]:
    """Return the threads that Python would wait for; not those of a pool, which wait for work."""
    there = [each for each in threading.enumerate() if not each.daemon]
    return [each for each in there if each not in _kept.threads | set(pool._threads_queues)]


def _in_pools() -> list[Any]:
    return [future for future in list(_kept.futures) if not future.done()]


def _tasks() -> list[Any]:
    return [task for task in asyncio.all_tasks() if _of_cell(task.get_coro())]


def _timers() -> list[Any]:
    timers = getattr(asyncio.get_running_loop(), "_scheduled", ())
    return [each for each in timers if not each.cancelled() and _of_cell(each._callback)]


def _of_cell(work: Any) -> bool:
    """Say whether a function or a coroutine stands in a cell."""
    code = getattr(work, "__code__", None) or getattr(work, "cr_code", None)
    return getattr(code, "co_filename", None) in _counts()


def _call_at_exit() -> None:
    while _kept.at_exit:
        function, given, named = _kept.at_exit.pop()
        try:
            function(*given, **named)
        except BaseException as error:
            note("an exception at exit", error)


def _look_at_futures() -> None:
    """Note the exceptions of tasks, and of futures with a name, that nobody has asked for."""
    names = dict(_kept.shell.user_ns) if _kept.shell else {}
    named = {value for value in names.values() if isinstance(value, asyncio.Future)}
    for future in named | set(_kept.tasks):
        if future.done() and getattr(future, "_log_traceback", False):
            with contextlib.suppress(asyncio.CancelledError):
                note("asyncio: an exception of a task that nobody awaits", future.exception())
    if named or "asyncio" in names:
        gc.collect()
