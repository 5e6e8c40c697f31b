"""Answers of invented growers, for tests: small enough to count by hand."""

import pandas as pd

from analysis.responses.answers import Responses
from analysis.responses.codebook import Codebook, Entry
from analysis.survey.own import Answers, survey_of

ENTRIES = {
    "sex": Entry("sex", ("Sex",), "single", options=("Man", "Woman", "No answer"),
                 not_counted=("No answer",),
                 labels={"en": ("men", "women", "no answer"), "ru": ("мужчины", "женщины", "нет")}),
    "crop": Entry("crop", ("Crop",), "single", options=("apples", "pears", "plums", "cherries"),
                  labels={"en": ("apples", "pears", "plums", "cherries"),
                          "ru": ("яблоки", "груши", "сливы", "вишни")}),
    "help": Entry("help", ("Help",), "multiple", ";", ("family", "hands", "nobody")),
    "taste": Entry("taste", ("Taste",), "scale", options=("bad", "fair", "good", "not sure"),
                   not_counted=("not sure",)),
    "trees": Entry("trees", ("Trees",), "number"),
    "sold": Entry("sold", ("Sold",), "yes-no", options=("yes", "no"), base="crop = apples"),
    "region": Entry("region", ("Region",), "single", options=("north", "south")),
}  # fmt: skip


def growers(columns, weight="", population=None, entries=ENTRIES, frame=pd.DataFrame):
    """Return the survey of some columns, a column a question, one cell a respondent.

    columns : mapping
        From short names to answers; a column that is no question is taken as it is.
    """
    asked = [entries[name] for name in columns if name in entries]
    table = {e.columns[0]: columns[e.question] for e in asked}
    table |= {name: cells for name, cells in columns.items() if name not in entries}
    responses = Responses(frame(table), "growers.csv")
    survey = survey_of(Answers(responses, Codebook(tuple(asked)), population=population))
    return survey.weight(weight) if weight else survey


def counted(question, **people):
    """Return a column in which each option stands as often as said."""
    return {question: [text for text, times in people.items() for _ in range(times)]}
