"""What the commands `codebook` and `tally` do, and the lines that they print."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.failures import quoted
from analysis.language.current import tr
from analysis.outputs.whole import write_whole
from analysis.responses.answers import Note, Responses
from analysis.responses.codebook import SURE, Codebook
from analysis.responses.drafting.draft import draft
from analysis.responses.shown import shown
from analysis.survey.folder import write_survey
from analysis.survey.read import read_responses, responses_of

BOM = b"\xef\xbb\xbf"  # by which a spreadsheet knows UTF-8
LINES = 20  # notes of one kind that are printed


def write_codebook(file: str, output: str, sheet: str = "", force: bool = False) -> Iterator[str]:
    """Draft a codebook, write it, and yield what was guessed, the least sure first.

    file : str
        The answers.
    output : str
        The file to write. One that is there and says something else is refused, unless `force`.
    sheet : str
        Of a workbook.
    """
    responses, target = responses_of(file, sheet=sheet), Path(output)
    if target.resolve() == Path(file).resolve():
        raise ValueError(f"-o {quoted(output)}: that is the file with the answers; name another")
    book = draft(responses)
    content = BOM + book.csv().encode("utf-8")
    if target.exists() and target.read_bytes() != content and not force:
        raise ValueError(
            f"{output}: is there and may have been edited; write another file with -o, or --force"
        )
    write_whole(target, content)
    yield from _read(responses)
    yield from _guessed(book)
    yield tr("written: {file}", file=output)
    yield tr(
        "read it, correct what is wrong, add options that nobody chose; then: {command}",
        command=f"python -m analysis tally {file} --codebook {output} -o FOLDER",
    )


def _read(responses: Responses) -> Iterator[str]:
    yield tr("columns: {n}", n=len(responses.columns))
    yield from _noted(responses.notes)


def _noted(notes: Sequence[Note]) -> Iterator[str]:
    yield from (f"  {shown(str(note), 300)}" for note in notes[:LINES])
    if len(notes) > LINES:
        yield "  " + tr("and {n} more", n=len(notes) - LINES)


def _guessed(book: Codebook) -> Iterator[str]:
    """Yield a line an entry: how sure, name, kind, what the guess rests on."""
    order = list(reversed(SURE))
    entries = sorted(book, key=lambda entry: order.index(entry.sure))
    names = [len(entry.question) for entry in entries] or [0]
    for entry in entries:
        options = f" ({len(entry.options)})" if entry.options else ""
        kind = f"{entry.kind}{options}"
        yield f"{entry.sure:12}  {entry.question:{max(names)}}  {kind:13}  {shown(entry.guess)}"


def write_tally(
    file: str,
    codebook: str,
    folder: str,
    weights: str = "",
    population: int | None = None,
    small: int = 0,
    engine: str = "",
    sheet: str = "",
    master: str = "",
) -> Iterator[str]:
    """Count answers by a codebook, write the document folder, and yield what was done.

    file, codebook, weights, population, engine, sheet, master
        As for `read_responses`.
    folder, small
        As for `write_survey`.
    """
    survey = read_responses(file, codebook, weights, population, engine, sheet, master)
    files = write_survey(survey, folder, small)
    answers = survey.answers
    yield tr(
        "respondents: {n:,}; questions: {questions}",
        n=answers.people,
        questions=len(survey.questions),
    )
    notes = answers.notes_without(small)
    yield from _noted(notes)
    if len(notes) > LINES:
        yield tr("all of them: {file}", file=str(Path(folder) / "notes.txt"))
    yield from (tr("written: {file}", file=str(file)) for file in files)
