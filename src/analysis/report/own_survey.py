"""A survey of one's own, the whole way: codebook, tallies, notebook, report, in one folder."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis import paths
from analysis.arguments import check_choice
from analysis.failures import brief, quoted
from analysis.language.current import LANGUAGES, speaking, tr
from analysis.report.notebook import NotebookError, read_notebook
from analysis.report.parameters import checked_parameters, parameter_defaults
from analysis.report.store import locked, move_in, remove_orphans
from analysis.report.together import check_survey

NOTEBOOK = "your-survey"  # its name without its place in the reading order
APART = {  # what `--set` cannot name, and how it is given
    "responses": "write the file after the command",
    "codebook": "write --codebook FILE",
    "folder": "write --output FOLDER",
    "language": "write --language",
    "small": "write --small",
}
REPORTS = ("report.docx", "report.xlsx", "report.html")


def write_own_survey(
    responses: str | Path,
    codebook: str | Path = "codebook.csv",
    folder: str | Path = "mine",
    language: str = "en",
    small: int = 0,
    **parameters: Any,
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
    small : int
        Cells of fewer people are withheld, see `survey.write_survey`. Then the notebook, which
        shows every cell, is not run, and what it left before is removed.
    **parameters
        Values for other parameters of the notebook, such as by, level, weights, population; a text
        is taken as the type of its default.

    Raises ValueError for what cannot be read and where the notebook fails, BlockingIOError if
    another run is writing there.
    """
    from analysis.survey import write_survey

    check_choice(language, "language", list(LANGUAGES))
    file, book, folder = _file(responses), Path(codebook).absolute(), Path(folder)
    if not book.exists():
        return [*_drafted(responses, codebook)]
    chosen = _parameters(file, book, parameters)
    with speaking(language):
        mine = check_survey(chosen)
    with speaking(language), locked(folder):
        write_survey(mine, folder, small)
        made = _run(folder, language, chosen) if small < 2 else remove_orphans(folder, set())
        reports = [_report(mine, folder / name, language, small, chosen) for name in REPORTS]
        said = [str(note) for note in mine.answers.notes_without(small)]
        return [
            *said,
            *(tr("written: {file}", file=str(each)) for each in [*reports, *(made or [])]),
        ]


def _file(responses: str | Path) -> Path:
    """Return where a file of answers is, from the root of the system."""
    file = Path(responses).absolute()
    if not file.is_file():
        raise ValueError(f"responses: there is no file {quoted(str(responses))}")
    return file


def _drafted(responses: str | Path, codebook: str | Path) -> Iterator[str]:
    """Draft a codebook; yield what was guessed, and what is to be done next."""
    from analysis.survey.commands import write_codebook

    *said, _ = write_codebook(str(responses), str(codebook))
    yield from said
    yield f"read {codebook}, correct it, add options that nobody chose; then type the same"


def _parameters(file: Path, book: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of the notebook: the two files, and what else was given."""
    defaults = parameter_defaults(read_notebook(_notebook()))
    files = {"responses": _from_project(file), "codebook": _from_project(book)}
    return defaults | files | checked_parameters(defaults, given, together=False)


def check_settable(given: Iterable[str]) -> None:
    """Raise ValueError for a setting that has an argument of its own, with the names of the others.

    given : iterable of str
        The names that `--set` was given.
    """
    for name in given:
        if name in APART:
            defaults = parameter_defaults(read_notebook(_notebook()))
            free = ", ".join(each for each in defaults if each not in APART)
            raise ValueError(f"--set {name}: {APART[name]}; --set takes {free}")


def _notebook() -> Path:
    """Return the notebook that takes any survey; ValueError where there is none."""
    for file in paths.NOTEBOOKS.glob(f"[0-9]*-{NOTEBOOK}.ipynb"):
        return file.absolute()
    raise ValueError(f"there is no notebook {NOTEBOOK}")


def _run(folder: Path, language: str, chosen: Mapping[str, Any]) -> list[Path]:
    """Run the notebook; return the executed one and the folders of its figures and tables."""
    from analysis.report.runner import executed

    source = _notebook()
    given = {name: value for name, value in chosen.items() if name != "language"}
    try:
        made = executed(source, given, language)
        move_in(folder, source.stem, made.files, made.notebook, {})
    except NotebookError as error:
        raise ValueError(f"{source.stem}: {brief(str(error))}") from error
    return [folder / "notebooks" / source.name, folder / "figures", folder / "tables"]


def _report(mine: Any, file: Path, language: str, small: int, chosen: Mapping[str, Any]) -> Path:
    """Write the survey up in the format that the name of a file asks for."""
    choices = {"by": chosen["by"] or (), "against": _against(mine, chosen["published"])}
    return mine.report(file, language=language, level=chosen["level"], small=small, **choices)


def _against(mine: Any, published: str) -> Any:
    """Return the survey to compare with, None where no question bears the same short name."""
    from analysis.survey import read_survey

    other = read_survey(published)
    shared = {each.name for each in mine} & {each.name for each in other}
    return other if shared else None


def _from_project(file: Path) -> str:
    """Return a file as the notebook takes it: from the project's folder, or its whole path."""
    inside = file.is_relative_to(paths.ROOT)
    return file.relative_to(paths.ROOT).as_posix() if inside else str(file)
