"""The drawing of scales of a survey: one question or several that have the same points."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.arguments import check_sequence
from analysis.failures import quoted
from analysis.figures import plot_likert
from analysis.language.current import tr
from analysis.language.sentences import Phrase, span
from analysis.responses.codebook import Entry
from analysis.responses.options import plain
from analysis.survey import captions
from analysis.survey.captions import facts_of, place_label, told, topic_of
from analysis.survey.needed import answers_of, check_kind
from analysis.survey.own import short_names

if TYPE_CHECKING:
    from analysis.survey.own import Answers
    from analysis.survey.surveys import Survey


def scale_picture(survey: "Survey", names: list[str]) -> Axes:
    """Draw one scale or several that have the same points: one bar a question.

    survey : Survey
        Of one's own.
    names : sequence of str
        Short names of questions with one option a person.

    Raises ValueError for a published survey, and for questions whose points differ.
    """
    answers = answers_of(survey, "scale_picture")
    names = check_sequence(names, "names", 'short names, such as ["taste", "price"]')
    entries = [answers.codebook.entry(name) for name in names]
    points, outside = _points(entries), _outside(entries)
    tables = [survey.question(name).table() for name in names]
    rows = [
        [*_on_points(table), *_off(entry, table, outside)]
        for entry, table in zip(entries, tables, strict=True)
    ]
    topics = told([topic_of(entry, "") for entry in entries])
    columns = told([*points, *outside.values()])
    table = pd.DataFrame(rows, index=pd.Index(topics), columns=pd.Index(columns))
    facts = facts_of(entries[0], tables[0]) if len(names) == 1 else _several(answers, tables)
    title = _scale_title(table.iloc[:, : len(points)], facts["topic"])
    words = title, captions.subtitle(facts), captions.source(survey)
    return plot_likert(table, *words, outside=list(outside.values()))


def _points(entries: list[Entry]) -> list[str]:
    """Return the points of some scales, or raise ValueError that names two that differ."""
    if not entries:
        raise ValueError("names: wanted the short name of a question or more; got none")
    wanted = [plain(entries[0].options[place]) for place in entries[0].counted]
    for entry in entries:
        check_kind(entry, "names", ("scale", "single", "yes-no"), "which is no scale")
        if [plain(entry.options[place]) for place in entry.counted] != wanted:
            raise ValueError(
                f"names: wanted questions with the same points; {quoted(entry.question)} has "
                f"others than {quoted(entries[0].question)}"
            )
    return [place_label(entries[0], place) for place in entries[0].counted]


def _outside(entries: list[Entry]) -> dict[str, str]:
    """Return what stands outside the base of any of some scales: label by plain text."""
    return {
        plain(entry.options[place]): place_label(entry, place)
        for entry in entries
        for place in range(len(entry.options))
        if place not in entry.counted
    }


def _on_points(table: pd.DataFrame) -> list[float]:
    """Return how many people chose each point; weighted, as many as would have the same shares."""
    rows = table[table["row"] == "option"]
    if "weighted" not in table:
        return rows["people"].astype(float).tolist()
    shares = rows["weighted"].fillna(0)
    return (shares / (shares.sum() or 1) * rows["people"].sum()).tolist()


def _off(entry: Entry, table: pd.DataFrame, outside: dict[str, str]) -> list[float]:
    rows = table[table["row"] == "outside"].set_index("option")["people"]
    names = zip(short_names(entry), entry.options, strict=True)
    found = {plain(text): float(rows[name]) for name, text in names if name in rows.index}
    return [found.get(text, 0.0) for text in outside]


def _several(answers: "Answers", tables: list[pd.DataFrame]) -> dict[str, Any]:
    """Return what the subtitle of several scales says."""
    bases = [table.attrs["base"] for table in tables]
    effective = [e for table in tables if (e := table.attrs.get("effective_n"))]
    sizes = [(Phrase(_smallest), min(effective))] if effective else None
    topic = Phrase(_answers_on_scales, len(bases))
    return {"topic": topic, "more": [Phrase(_bases, min(bases), max(bases))], "effective": sizes}


def _smallest() -> str:
    return tr("at least")


def _answers_on_scales(items: int) -> str:
    return tr("Answers on a scale, {items} questions", items=items)


def _bases(least: int, most: int) -> str:
    return tr("n = {total}", total=span(least, most))


def _scale_title(points: pd.DataFrame, topic: str) -> Phrase:
    """Return the finding: where the median lies, or the item with most on the upper side."""
    counts = points.to_numpy(dtype=float)
    if len(points) == 1:
        return captions.middle_answer(_median(list(points.columns), counts[0]))
    half = counts.shape[1] - counts.shape[1] // 2
    upper = 100 * counts[:, half:].sum(axis=1) / np.maximum(counts.sum(axis=1), 1e-9)
    most = int(upper.argmax())
    return captions.highest_item(points.index[most], points.columns[-1], float(upper[most]))


def _median(names: list[str], counts: np.ndarray) -> list[str]:
    """Return the point in which the median lies, or the two between which it does."""
    if not counts.sum():
        return []
    reached = counts.cumsum() / counts.sum()
    first = int(np.argmax(reached >= 0.5 - 1e-9))
    second = int(np.argmax(reached > 0.5 + 1e-9))
    return [names[place] for place in dict.fromkeys((first, second))]
