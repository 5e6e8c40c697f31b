"""What needs the answers themselves, and says so where a survey has only its tables."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.responses.codebook import Entry

if TYPE_CHECKING:
    from analysis.survey.own import Answers
    from analysis.survey.surveys import Survey

ONE_OPTION = ("single", "yes-no", "scale")  # kinds that put everybody into one group


def answers_of(survey: "Survey", what: str) -> "Answers":
    """Return the answers behind a survey; ValueError for a published one, which has none.

    what : str
        What needs them, for the message.
    """
    if survey.answers is None:
        raise ValueError(
            f"{what}: needs the answers themselves; of {survey.document.slug} there are only "
            "tables. Read a file of answers with read_responses"
        )
    return survey.answers


def check_kind(entry: Entry, name: str, kinds: Sequence[str], why: str) -> Entry:
    """Return an entry of one of some kinds; ValueError names argument, question, kind and reason.

    >>> check_kind(Entry("crop", ("Crop",), "single"), "by", ONE_OPTION, "").question
    'crop'
    """
    if entry.kind not in kinds:
        raise ValueError(
            f"{name}: {entry.question!r} is a question of kind {entry.kind}, {why}; "
            f"wanted {', '.join(kinds)}"
        )
    return entry
