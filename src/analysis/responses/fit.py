"""A codebook beside the file it is for: what one of them has and the other has not."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from analysis.failures import quoted
from analysis.language.current import tr
from analysis.problems import TableError
from analysis.responses.answers import Note, Responses
from analysis.responses.codebook import Codebook, Entry
from analysis.responses.options import plain
from analysis.responses.personal import personal
from analysis.responses.seen import sample, seen
from analysis.responses.shown import shown

LOOKED_AT = 20_000  # respondents whose answers are searched for personal data
SHOWN = 5
LED = 12  # letters that two names have in common, shown before where they differ


def fitted(
    codebook: Codebook, responses: Responses, used: Sequence[str] = ()
) -> tuple[Codebook, list[Note]]:
    """Return the codebook with the columns as the file spells them, and what does not fit.

    used : sequence of str
        Columns that are no question, such as weights.

    A question of kind ignore or text whose columns are not there is left out. Raises TableError, a
    line a column, for any other column that the file does not have.

    >>> import pandas as pd
    >>> file = Responses(pd.DataFrame({"Crop": ["a"]}), "r.csv")
    >>> fitted(Codebook((Entry("crop", ("Crops",), "number"),)), file)
    Traceback (most recent call last):
    analysis.problems.TableError: r.csv has no column 'Crops', which ... did you mean 'Crop'?
    """
    columns = responses.columns
    spelt = {plain(name): name for name in reversed(columns)} | {name: name for name in columns}
    entries, problems = [], []
    for entry in codebook:
        found = [spelt.get(name) or spelt.get(plain(name)) for name in entry.columns]
        missing = [name for name, own in zip(entry.columns, found, strict=True) if own is None]
        if not missing:
            entries.append(replace(entry, columns=tuple(filter(None, found))))
        elif entry.kind not in ("ignore", "text"):
            problems += [_missing(name, entry, responses) for name in missing]
    if problems:
        raise TableError(problems)
    named = {name for entry in entries for name in entry.columns} | {*used}
    return Codebook(tuple(entries)), [*_unnamed([name for name in columns if name not in named])]


def no_column(name: str, responses: Responses) -> str:
    """Return a line that a file has no such column, with the nearest that it has."""
    source, columns = responses.source or "the file", responses.columns
    spelt = {plain(column): column for column in columns}
    near = difflib.get_close_matches(plain(name), spelt, n=1)
    if not near:
        return f"{source} has no column {quoted(name)}; there are {quoted_list(columns)}"
    wanted, there = told_apart(name, spelt[near[0]])
    return f"{source} has no column {wanted}; did you mean {there}?"


def told_apart(one: str, other: str) -> tuple[str, str]:
    """Return two texts as a message shows them; what both begin with is cut if they look alike.

    >>> told_apart("Apples", "Apple")
    ("'Apples'", "'Apple'")
    >>> begun = "How many of these pears did you eat in the month of "
    >>> told_apart(begun + "May", begun + "Mai")
    ("'... month of May'", "'... month of Mai'")
    """
    if quoted(one) == quoted(other):
        shared = sum(
            1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
        )
        begin = max(0, shared - LED)
        one, other = f"...{one[begin:]}", f"...{other[begin:]}"
    return quoted(one), quoted(other)


def _missing(name: str, entry: Entry, responses: Responses) -> str:
    line, _, advice = no_column(name, responses).partition("; ")
    return f"{line}, which the codebook names for the question {entry.question}; {advice}"


def quoted_list(names: Sequence[str], most: int = 10) -> str:
    """Return names as a message shows them, the first of many.

    >>> quoted_list(["a", "b", "c"], 2)
    "'a', 'b' and 1 more"
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(map(quoted, names[:most])) + more


def _unnamed(columns: Sequence[str]) -> Iterator[Note]:
    if columns:
        said = tr(
            "in the file and not in the codebook, so left out: {columns}",
            columns=quoted_list(columns),
        )
        yield Note("", said)


def columns_of(codebook: Codebook) -> list[str]:
    """Return the columns that a codebook takes, in its order, each once."""
    return list(dict.fromkeys(name for entry in codebook for name in entry.columns))


def personal_columns(responses: Responses, names: Sequence[str]) -> dict[str, str]:
    """Return why a column looks personal, for those of some columns that do."""
    if not names:
        return {}
    asked = {name: responses.labels.get(name, {}).get("") or name for name in names}
    return {
        each.column: said
        for each in seen(sample(responses.frame, names, LOOKED_AT))
        if (said := personal(each.cells, asked[each.column]) or personal(each.cells, each.column))
    }


def withheld(codebook: Codebook, responses: Responses) -> tuple[Codebook, list[Note]]:
    """Return the codebook with every column that looks personal ignored, and a note for each.

    The answers decide, whatever the codebook says: see `personal`. Of a large file the first
    LOOKED_AT respondents are looked at.

    >>> import pandas as pd
    >>> mails = pd.DataFrame({"Q1": ["a@example.org", "b@example.org"]})
    >>> book = Codebook((Entry("q1", ("Q1",), "single", options=("a@example.org",)),))
    >>> book, notes = withheld(book, Responses(mails))
    >>> book.entry("q1").kind, str(notes[0])
    ('ignore', 'Q1: withheld: looks like e-mail addresses, 2 of 2')
    """
    why = personal_columns(responses, columns_of(codebook))
    entries = [_ignoring(entry) if set(entry.columns) & set(why) else entry for entry in codebook]
    notes = [Note(shown(name), tr("withheld: {why}", why=said)) for name, said in why.items()]
    return _without_bases(entries, notes)


def _without_bases(entries: list[Entry], notes: list[Note]) -> tuple[Codebook, list[Note]]:
    """Return a codebook in which nobody's base rests on a question that is withheld."""
    gone = {entry.question for entry in entries if entry.kind == "ignore"}
    for place, entry in enumerate(entries):
        if entry.base_question in gone:
            entries[place] = replace(entry, base="")
            said = tr(
                "its base {base} is withheld; everybody counts as asked", base=entry.base_question
            )
            notes.append(Note(entry.question, said))
    return Codebook(tuple(entries)), notes


def _ignoring(entry: Entry) -> Entry:
    return Entry(entry.question, entry.columns, "ignore", sure=entry.sure)
