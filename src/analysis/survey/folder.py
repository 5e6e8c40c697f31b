"""A survey of one's own as a folder that ledger, figures and guides can read: a document."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import yaml

from analysis.arguments import check_whole
from analysis.data.collection import ABOUT, is_document
from analysis.data.schema import FORMULA
from analysis.language import current
from analysis.language.current import speaking
from analysis.outputs.tables import guarded
from analysis.outputs.whole import write_whole
from analysis.responses.shown import shown
from analysis.survey.own import ALL, Answers, Tally, base_names, survey_of
from analysis.survey.surveys import Survey
from analysis.survey.withheld import Withheld, withheld_rows

NOTES = "notes.txt"
FIRST = "Written by `python -m analysis tally`; it is written anew each time."
OTHERS = ("ru", "kk")


def write_survey(survey: Survey, folder: str | Path, small: int = 0) -> list[Path]:
    """Write a survey of one's own as a document folder, and return its files.

    survey : Survey
        From `read_responses`.
    folder : str or Path
        Made if it is not there. A folder that holds another document is refused.
    small : int
        Cells of 1 to small - 1 people are withheld, and others by which they could be computed;
        with 0 none.

    `document.yml`, `questions.csv`, `tallies.csv`, `bases.csv` in the columns of every document,
    `locale/ru.po` and `kk.po` with the labels that the codebook has, `notes.txt` with what was
    read, left out and withheld. No answer of a single person stands in them but what matches no
    option, without addresses and telephone numbers; with `small` that neither. Counts are those of
    people, without weights. Raises ValueError for a survey without answers, and for such a folder.
    """
    small, folder = check_whole(small, "small", 0), Path(folder)
    if survey.answers is None:
        raise ValueError("survey: wanted one of your own, from read_responses; got a published one")
    if is_document(folder) and not _is_ours(folder):
        raise ValueError(
            f"folder: {folder} holds a document that tally did not write; name another"
        )
    hidden = _hidden(survey.answers, small)
    texts = _texts(survey.answers, hidden, small)
    for name, text in texts.items():
        write_whole(folder / name, text.encode("utf-8"))
    current._compiled.cache_clear()  # catalogues of this folder that were read before
    return [folder / name for name in texts]


def _is_ours(folder: Path) -> bool:
    notes = folder / NOTES
    return notes.is_file() and notes.read_text("utf-8", "replace").startswith(FIRST)


def _hidden(answers: Answers, small: int) -> Withheld:
    """Return what is withheld, by the rule of a report: a reader may have both."""
    with speaking("en"):
        tables = {question.name: question.table() for question in survey_of(answers)}
    return withheld_rows(tables, answers, small)


def _texts(answers: Answers, hidden: Withheld, small: int) -> dict[str, str]:
    with speaking("en"):
        survey = survey_of(answers)
        tables = _tables(survey, hidden, small)
        about = _about(survey)
        notes = _notes(survey, hidden, small)
    found = {ABOUT: about} | {f"{name}.csv": _csv(table) for name, table in tables.items()}
    for language in OTHERS:
        found[f"locale/{language}.po"] = _catalogue(answers, language, survey)
    return found | {NOTES: notes}


def _about(survey: Survey) -> str:
    name = _plain(survey.document.about["citation"])
    said = {"citation": name, "title": name, "kind": "survey"}
    said["note"] = f"Counted from the answers of {survey.n} respondents; see {NOTES}."
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)


def _tables(survey: Survey, hidden: Withheld, small: int) -> dict[str, pd.DataFrame]:
    answers = survey.answers
    kept = ~survey.questions["question"].isin(hidden.questions)
    questions = survey.questions[kept].copy()
    questions["note"] = [_beside(answers.tally(name), small) for name in questions["question"]]
    tallies = survey.tallies[~survey.tallies["question"].isin(hidden.questions)].copy()
    places = [cell for name in questions["question"] for cell in _cells(answers, name, hidden)]
    tallies.loc[places, ["printed", "unit"]] = ""
    tallies.loc[places, "note"] = f"withheld: fewer than {small} people, or would tell such a cell"
    bases = survey.bases.copy()
    gone = _telling_bases(answers, hidden)
    questions.loc[questions["base"].isin(gone), "base"] = ALL
    return {
        "bases": bases[~bases["base"].isin(gone)],
        "questions": questions,
        "tallies": tallies,
    }


def _cells(answers: Answers, question: str, hidden: Withheld) -> list[bool]:
    """Return for each option that is counted, which a table begins with, whether it is withheld."""
    rows, entry = hidden.rows.get(question, ()), answers.codebook.entry(question)
    return [place in rows for place in range(len(entry.counted))]


def _telling_bases(answers: Answers, hidden: Withheld) -> set[str]:
    """Return the bases whose size would tell a cell that is withheld."""
    names = base_names(answers.codebook)
    return {name for base, name in names.items() if hidden.touches(base.partition("=")[0].strip())}


def _beside(tally: Tally, small: int) -> str:
    """Return who of a question stands beside its options; with small cells nothing is said."""
    if small > 1:
        return ""
    entry, names = tally.entry, tally.entry.names("en")
    outside = [place for place in range(len(entry.options)) if place not in entry.counted]
    said = {f"outside the base, {names[place]}": int(tally.people(place)) for place in outside}
    said |= {"match no option": int(tally.total(lambda answer: bool(answer.strange)))}
    said |= {"no answer": tally.missing, "not asked": tally.not_asked}
    return "; ".join(f"{text}: {people}" for text, people in said.items() if people)


def _csv(table: pd.DataFrame) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.itertuples(index=False):
        writer.writerow("" if pd.isna(cell) else _plain(str(cell)) for cell in row)
    return out.getvalue()


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, and no reader for a placeholder."""
    return f"'{text}" if FORMULA.match(text) else guarded(text)


def _catalogue(answers: Answers, language: str, english: Survey) -> str:
    """Return the labels of a survey in a language as a catalogue of gettext."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    with speaking(language):
        own = survey_of(answers)
    for said, translated in _translations(english, own):
        if said != translated and not catalogue.get(said, context="label"):
            catalogue.add(said, translated, context="label")
    out = io.BytesIO()
    write_po(out, catalogue, width=0, omit_header=False, include_lineno=False)
    lines = out.getvalue().decode("utf-8").split("\n")
    return "\n".join(line for line in lines if "-Date:" not in line)


def _translations(english: Survey, own: Survey) -> Iterator[tuple[str, str]]:
    for name, column in (("questions", "topic"), ("tallies", "label"), ("bases", "label")):
        first, second = getattr(english, name)[column], getattr(own, name)[column]
        yield from zip(map(_plain, first), map(_plain, second), strict=True)


def _notes(survey: Survey, hidden: Withheld, small: int) -> str:
    """Return what was read, left out and withheld, a line each."""
    answers = survey.answers
    lines = [FIRST, f"Counted from: {survey.document.about['citation']}"]
    lines += [f"Respondents: {answers.people}"]
    if answers.population:
        lines += [f"Drawn from: {answers.population} people"]
    if answers.weight:
        lines += [f"Weights: column {shown(answers.weight)}; the counts here are without them"]
    if small > 1:
        lines += [
            f"Cells of fewer than {small} people are withheld, and those that would tell them"
        ]
        lines += [
            f"{name}: withheld, fewer than {small} answers" for name in sorted(hidden.questions)
        ]
    return "\n".join([*lines, *map(_said, answers.notes_without(small))]) + "\n"


def _said(note) -> str:
    return shown(str(note), 500)
