"""Run one notebook, in one process, in every language that is wanted of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.language.prose import translated_notebook
from analysis.report.in_kernel import WARNED
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


@dataclass(frozen=True)
class Task:
    """What is to be run; plain values, so that it can go to another machine.

    source : str
        The notebook's file; where there is none, on another machine, the one of that name there.
    parameters : mapping
        Checked against the cell `parameters` once more before anything runs.
    languages : tuple of str
        Some of `language.LANGUAGES`, in the order in which the notebook is run.
    seconds : int
        How long a cell may take.
    more : mapping
        Variables of the environment beside those of every run.
    """

    source: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    seconds: int = CELL_SECONDS
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Made:
    """What a notebook has made in one language.

    notebook : bytes
        Executed and cleaned.
    files : mapping of str to bytes
        What it wrote by itself, by its place below the folder for figures and tables.
    trace : mapping
        What it rests on: "read", "modules" (files), "messages" (looked up in the catalogues); and
        "warned" (of methods that are not valid for its numbers). Of a run elsewhere files have the
        names of `inputs.names_of`.
    """

    notebook: bytes
    files: Mapping[str, bytes]
    trace: Mapping[str, Any]


def run_notebook(task: Task) -> dict[str, Made | str]:
    """Return what a notebook makes in each language, or the message of its failure.

    A message names the cell. After a failure the other languages get a new process.
    """
    left, results = list(task.languages), {}
    while left:
        results |= _run_in_one_process(task, tuple(left))
        left = [language for language in left if language not in results]
    return results


def executed(
    source: Path, parameters: Mapping[str, Any] | None = None, language: str = "en", **more: Any
) -> Made:
    """Return what a notebook makes in one language; raise NotebookError where it fails.

    source, parameters, language :
        As for `Task`; `more` are its other fields.
    """
    task = Task(str(source), parameters or {}, (language,), **more)
    result = run_notebook(task)[language]
    if isinstance(result, str):
        raise NotebookError(result)
    return result


def source_of(task: Task) -> Path:
    """Return the notebook's file; on another machine, the one of that name there."""
    source = Path(task.source)
    return source if source.exists() else paths.NOTEBOOKS / source.name


def _run_in_one_process(task: Task, languages: tuple[str, ...]) -> dict[str, Made | str]:
    """Run a notebook in languages until one fails."""
    from analysis.report.kernels import Session

    source, results = source_of(task), {}
    try:
        ready = prepared(source, task.parameters, languages[0])
        with Session(source.parent, task.more) as session:
            for language in languages:
                if results:
                    ready = prepared(source, task.parameters, language)
                    if not session.start_anew():
                        break  # another process takes over
                results[language] = _made(session, task, ready, language)
    except NotebookError as error:
        failed = next(language for language in languages if language not in results)
        results[failed] = plain(str(error))
    return results


@dataclass(frozen=True)
class Ready:
    """A notebook before it runs: its prose translated, its parameters checked.

    messages : tuple
        What was looked up in the catalogues for it, see `language.current.looked_up`.
    """

    notebook: Any
    parameters: Mapping[str, Any]
    messages: tuple[Any, ...]


def prepared(source: Path, given: Mapping[str, Any], language: str) -> Ready:
    """Return a notebook as it is run; raise NotebookError where it cannot be.

    Its prose is translated, and its parameter `language` is set, if it has one.
    """
    notebook = read_notebook(source)
    try:
        defaults = parameter_defaults(notebook)
        parameters = checked_parameters(defaults, given)
        messages: list[Any] = []
        if language != "en":
            notebook = translated_notebook(notebook, language, messages)
            parameters |= {"language": language} if "language" in defaults else {}
    except ValueError as error:
        raise NotebookError(str(error)) from error
    return Ready(notebook, parameters, tuple(messages))


def _made(session: Any, task: Task, ready: Ready, language: str) -> Made:
    """Execute a notebook in the kernel of a session and look whether all went well."""
    document = _papermill(session, ready, task.seconds)
    here = [paths.ROOT, session.cwd, session.folder]
    check_ran(document, [str(folder) for folder in here])
    for index, text in session.complaints.items():
        raise NotebookError(f"cell {cell_number(document, index)}: wrote to stderr\n{text}")
    trace = _trace(session, document, language)
    trace["messages"] += ready.messages
    trace["warned"] = _warned(session.folder / WARNED)
    trace["read"] = [
        file for file in trace["read"] if not Path(file).is_relative_to(session.folder)
    ]
    files = {
        file.relative_to(session.output).as_posix(): file.read_bytes()
        for file in sorted(session.output.rglob("*"))
        if file.is_file()
    }
    return Made(cleaned(document), files, trace)


def _told(error: Any, replies: list[Any], complaints: Mapping[int, str]) -> str:
    """Return name, text and traceback of an exception, also of one that IPython only prints."""
    shown = {"ename": error.ename, "evalue": error.evalue, "traceback": error.traceback}
    if replies and not shown["traceback"]:
        shown |= replies[-1]
    lines = shown["traceback"] or complaints.get(error.cell_index, "").splitlines()
    return f"{shown['ename']}: {shown['evalue']}\n" + "\n".join(lines)


def _trace(session: Any, document: Any, language: str) -> dict[str, Any]:
    """Return what a run rests on; what cannot be told is a failure of its last cell."""
    try:
        return session.trace(language)
    except NotebookError as error:
        cells = document["cells"]
        last = max(place for place, cell in enumerate(cells) if cell["cell_type"] == "code")
        raise NotebookError(f"cell {cell_number(document, last)}: {error}") from error


class _FaultError(Exception):
    """Something was noted as wrong while a cell ran; `count` is that of the cell it came from."""

    def __init__(self, count: int | None, text: str) -> None:
        super().__init__(text)
        self.count = count


def _place(started: list[int], count: int | None) -> int:
    """Return where the cell of an execution count stands; the last one of one that has not run."""
    return started[count - 1] if count and 0 < count <= len(started) else started[-1]


def _look(session: Any) -> None:
    """Raise _FaultError if the kernel has noted anything."""
    for fault in session.faults():
        raise _FaultError(**fault)


def _warned(file: Path) -> list[str]:
    """Return what methods have warned of in this run, once each; take the file away."""
    if not file.exists():
        return []
    lines = file.read_text("utf-8").splitlines()
    file.unlink()
    return list(dict.fromkeys(lines))


def _papermill(session: Any, ready: Ready, seconds: int) -> Any:
    """Execute once; translate every kind of failure into one that names the cell."""
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from analysis.report.engine import NAME, register

    register()
    started, replies = [], []
    try:
        document = papermill.execute_notebook(
            ready.notebook,
            None,
            dict(ready.parameters),
            engine_name=NAME,
            session=session,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            request_save_on_cell_execute=False,
            autosave_cell_every=0,
            execution_timeout=seconds,
            record_timing=False,
            coalesce_streams=True,
            on_cell_execute=lambda cell, cell_index: started.append(cell_index),
            on_cell_executed=lambda **_: _look(session),
            on_cell_error=lambda execute_reply, **_: replies.append(execute_reply["content"]),
        )
        session.end(seconds)
        _look(session)
        return document
    except papermill.PapermillExecutionError as error:
        where, text = error.cell_index, _told(error, replies, session.complaints)
    except CellTimeoutError:
        where, text = started[-1], f"took longer than {seconds} seconds"
    except DeadKernelError:
        where, text = started[-1], "its kernel died"
    except NotebookError as error:
        where, text = started[-1], str(error)
    except _FaultError as fault:
        where, text = _place(started, fault.count), str(fault)
    cells = list(ready.notebook["cells"])
    if ready.parameters:  # papermill put a cell after the one with the defaults
        tags = [cell["metadata"].get("tags", []) for cell in cells]
        place = next(place for place, here in enumerate(tags) if "parameters" in here)
        cells.insert(place + 1, {"metadata": {"tags": ["injected-parameters"]}})
    raise NotebookError(f"cell {cell_number({'cells': cells}, where)}: {text}")
