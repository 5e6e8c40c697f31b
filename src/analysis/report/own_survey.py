"""A survey of one's own, the whole way: codebook, tallies, notebook, report, in one folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.arguments import check_choice, quoted
from analysis.language.current import LANGUAGES, speaking
from analysis.outputs import write_whole
from analysis.report.notebook import NotebookError
from analysis.report.store import locked, move_in

NOTEBOOK = "your-survey"  # its name without its place in the reading order
REPORTS = ("report.docx", "report.xlsx", "report.html")


def write_own_survey(
    responses: str | Path,
    codebook: str | Path = "codebook.csv",
    folder: str | Path = "mine",
    language: str = "en",
    parameters: Mapping[str, Any] | None = None,
) -> list[str]:
    """Write all that can be written of a survey of one's own; return what was done, line by line.

    responses : str or Path
        The file of answers.
    codebook : str or Path
        What its columns mean. Where there is none it is drafted, and nothing else is done:
        somebody must look at it first.
    folder : str or Path
        Where tallies, notebook, figures, tables and report go. What an earlier run left of the
        notebook and this one no longer makes is removed.
    language : str
        One of `language.LANGUAGES`.
    parameters : mapping
        Values for other parameters of the notebook, such as `by`.

    Raises ValueError for what cannot be read and where the notebook fails, BlockingIOError if
    another run is writing there.
    """
    check_choice(language, "language", list(LANGUAGES))
    file, book, folder = _file(responses), Path(codebook).absolute(), Path(folder)
    if not book.exists():
        return _drafted(file, book)
    with speaking(language), locked(folder):
        mine = _counted(file, book, folder)
        _run(file, book, folder, language, parameters or {})
        for name in REPORTS:
            mine.report(folder / name, language=language)
    names = [*REPORTS, f"notebooks/{_notebook().name}", "figures/", "tables/"]
    return [str(note) for note in mine.answers.notes] + [f"written to {folder}: {', '.join(names)}"]


def _file(responses: str | Path) -> Path:
    """Return where a file of answers is, from the root of the system."""
    file = Path(responses).absolute()
    if not file.is_file():
        raise ValueError(f"responses: there is no file {quoted(str(responses))}")
    return file


def _drafted(file: Path, book: Path) -> list[str]:
    """Draft a codebook; return what somebody must look at before the answers are counted."""
    from analysis.responses.draft import draft
    from analysis.responses.intake import read_file

    made = draft(read_file(file))
    write_whole(book, made.csv().encode("utf-8"))
    doubtful = [entry.question for entry in made if entry.sure == "please check"]
    said = f"drafted {book.name}: {len(made.entries)} rows, to be checked: "
    return [said + (", ".join(doubtful) or "none"), "look at it, then type the same again"]


def _counted(file: Path, book: Path, folder: Path) -> Any:
    """Return the survey, its tables written to a folder as those of a document."""
    from analysis.survey import read_responses
    from analysis.survey.folder import write_folder

    mine = read_responses(file, codebook=book)
    write_folder(mine, folder)
    return mine


def _notebook() -> Path:
    """Return the notebook that takes any survey; ValueError where there is none."""
    for file in paths.NOTEBOOKS.glob(f"[0-9]*-{NOTEBOOK}.ipynb"):
        return file
    raise ValueError(f"there is no notebook {NOTEBOOK}")


def _run(
    file: Path, book: Path, folder: Path, language: str, parameters: Mapping[str, Any]
) -> None:
    """Run the notebook on a file; leave the executed one, its figures and its tables."""
    from analysis.report.runner import executed

    given = {"responses": _from_project(file), "codebook": _from_project(book), **parameters}
    source = _notebook().absolute()
    try:
        made = executed(source, given, language)
        move_in(folder, source.stem, made.files, made.notebook, {})
    except NotebookError as error:
        raise ValueError(f"{source.stem}: {_last_line(str(error))}") from error


def _from_project(file: Path) -> str:
    """Return a file as the notebook takes it: from the project's folder, or its whole path."""
    inside = file.is_relative_to(paths.ROOT)
    return file.relative_to(paths.ROOT).as_posix() if inside else str(file)


def _last_line(message: str) -> str:
    """Return the cell that failed, and the last line of its traceback, which says why.

    >>> _last_line("cell 7: ValueError: n\\nTraceback ...\\nValueError: n: wanted more")
    'cell 7: ValueError: n: wanted more'
    """
    first, *rest = message.strip().splitlines()
    return f"{first.partition(':')[0]}: {rest[-1]}" if rest else first
