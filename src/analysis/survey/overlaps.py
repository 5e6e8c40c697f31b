"""Which options of a multiple-choice question were chosen together."""

import math
from collections import Counter
from itertools import permutations
from typing import TYPE_CHECKING

import pandas as pd

from analysis.arguments import check_whole
from analysis.language.current import current_language
from analysis.survey.frequencies import weighting
from analysis.survey.needed import answers_of, check_kind
from analysis.survey.own import Tally, short_names

if TYPE_CHECKING:
    from analysis.survey.surveys import Survey


def overlap(survey: "Survey", question: str, most: int = 20) -> pd.DataFrame:
    """Return how often two options of a multiple-choice question were chosen by the same people.

    survey : Survey
        Of one's own.
    question : str
        A multiple-choice question.
    most : int
        How many combinations to return, the most frequent first.

    One row an ordered pair of options. Columns: first, second, first_label, second_label, people
    (who chose both), of_first (% of those who chose the first; missing if nobody did), of_all
    (% of the second among the whole base, to hold against it), expected (people, if both were
    chosen independently). Weighted: of_first and of_all are weighted, people and expected are not.
    `attrs`: base (people), weighted effective_n and design_effect; `combinations`, a table of
    options (tuple of short names), labels, people, share (% of the base), and
    `different_combinations`, how many there are in all.

    Raises ValueError for a published survey and for a question of another kind.

    >>> from analysis.responses.answers import Responses
    >>> from analysis.responses.codebook import Codebook, Entry
    >>> from analysis.survey.own import Answers, survey_of
    >>> entry = Entry("help", ("Help",), "multiple", ";", ("family", "hands"))
    >>> frame = pd.DataFrame({"Help": ["family;hands", "family", "hands", "family"]})
    >>> survey = survey_of(Answers(Responses(frame), Codebook((entry,))))
    >>> overlap(survey, "help")[["first", "second", "people", "of_all"]].values.tolist()
    [['family', 'hands', 1, 50.0], ['hands', 'family', 1, 75.0]]
    """
    answers = answers_of(survey, "overlap")
    entry = answers.codebook.entry(question)
    check_kind(entry, "question", ("multiple",), "which has one option a person")
    tally = answers.tally(question)
    pairs = permutations(entry.counted, 2)
    table = pd.DataFrame([_pair(tally, first, second) for first, second in pairs])
    combined = _combinations(tally)
    table.attrs = {"base": tally.base, **weighting(answers, tally)}
    table.attrs["different_combinations"] = len(combined)
    table.attrs["combinations"] = combined.head(check_whole(most, "most", 1))
    return table


def _pair(tally: Tally, first: int, second: int) -> dict:
    names, labels = short_names(tally.entry), tally.entry.names(current_language())
    row = {"first": names[first], "second": names[second]}
    row |= {"first_label": labels[first], "second_label": labels[second]}
    both = int(tally.total(lambda answer: {first, second} <= set(answer.chosen)))
    alone = [tally.people(place) for place in (first, second)]
    row |= {"people": both, "of_first": _of_first(tally, first, second)}
    row["of_all"] = 100 * tally.people(second, "weight") / _weight(tally)
    return row | {"expected": alone[0] * alone[1] / (tally.base or math.nan)}


def _weight(tally: Tally) -> float:
    return tally.total(tally.in_base, "weight") or math.nan


def _of_first(tally: Tally, first: int, second: int) -> float:
    both = tally.total(lambda answer: {first, second} <= set(answer.chosen), "weight")
    return 100 * both / (tally.people(first, "weight") or math.nan)


def _combinations(tally: Tally) -> pd.DataFrame:
    """Return every combination of counted options, the most frequent first."""
    names, labels = short_names(tally.entry), tally.entry.names(current_language())
    counted, found = set(tally.entry.counted), Counter()
    for answer, people in zip(tally.table["answer"], tally.table["people"], strict=True):
        if chosen := tuple(place for place in answer.chosen if place in counted):
            found[chosen] += int(people)
    rows = [
        {
            "options": tuple(names[place] for place in chosen),
            "labels": "; ".join(labels[place] for place in chosen),
            "people": people,
            "share": 100 * people / tally.base,
        }
        for chosen, people in sorted(found.items(), key=lambda each: (-each[1], each[0]))
    ]
    return pd.DataFrame(rows, columns=["options", "labels", "people", "share"])
