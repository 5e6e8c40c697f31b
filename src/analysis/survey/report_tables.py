"""Tables of a survey as a reader gets them: headings and rows in words, notes below."""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis.language.current import label, localized_text, number, tr
from analysis.language.sentences import listed
from analysis.survey.methods import method_name
from analysis.survey.withheld import CrossHidden, Withheld
from analysis.writing.blocks import Table

if TYPE_CHECKING:
    from analysis.responses.answers import Note
    from analysis.survey.crossing import CrossTable
    from analysis.survey.own import Answers
    from analysis.survey.questions import Question

SIGN = "×"  # of a number that is withheld
NAMED = 6  # small cells that a note names
TESTS = {"pearson": "Pearson", "fisher": "Fisher"}


def first_up(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def ends(level: float, of: str = "") -> dict[str, tuple[str, str]]:
    """Return the columns of the two ends of an interval, each with its headings.

    of : str
        What the interval is of.

    >>> ends(0.9)
    {'90 % interval, from': ('90 % interval', 'from'), '90 % interval, to': ('90 % interval', 'to')}
    """
    over = tr("{level:g} % interval", level=100 * level)
    over = f"{of}: {over}" if of else over
    return {f"{over}, {each}": (over, each) for each in (tr("from"), tr("to"))}


def question_table(question: "Question", table: pd.DataFrame, withheld: Withheld) -> Table:
    """Return the table of a question.

    table : DataFrame
        What `Question.table` returned.
    """
    rows = withheld.rows.get(question.name, set())
    shown = withheld.told(question.name, table)
    if question.survey.answers is None:
        shown = shown[shown["row"].isin(["option", "base"])]
    frame = pd.DataFrame({label("answer"): shown["label"].tolist()})
    for name, head in _heads(table).items():
        if name in shown and not (name == "of_answers" and shown[name].isna().all()):
            frame[head] = shown[name].astype(object).tolist()
    if rows:
        people = label("people")
        frame[people] = _signed(frame[people].tolist(), rows)
    heads = [head for head in frame if head not in (label("answer"), label("people"))]
    digits = {head: 1 for head in heads if head != label("printed")}
    notes = [*_notes(table), *([suppressed_note(withheld.small)] if rows else [])]
    spans = ends(table.attrs["level"]) if "low" in table else {}
    return Table(frame, first_up(question.topic), notes, question.name, digits, spans)


def _signed(values: list, rows: set[int]) -> list:
    return [SIGN if place in rows else value for place, value in enumerate(values)]


def _heads(table: pd.DataFrame) -> dict[str, str]:
    """Return the headings of the columns of a question's table, in their order."""
    low, high = ends(table.attrs["level"])
    return {
        "printed": label("printed"),
        "people": label("people"),
        "share": label("% of respondents"),
        "of_answers": label("% of answers"),
        "weighted": label("weighted % of respondents"),
        "low": low,
        "high": high,
    }


def suppressed_note(small: int) -> str:
    """Return what the sign of a withheld number stands for."""
    return tr(
        "{sign}: withheld, fewer than {small} people or a number that would tell one of those.",
        sign=SIGN,
        small=small,
    )


def _notes(table: pd.DataFrame) -> Iterator[str]:
    about = table.attrs
    if "low" not in table:
        return
    name = method_name(about["method"])
    if "effective_n" in about:
        yield tr(
            "Weighted; effective number of respondents {n:,.0f}, design effect {effect:.2f}.",
            n=about["effective_n"],
            effect=about["design_effect"],
        )
    if about.get("population"):
        yield tr(
            "{method} intervals for a population of {population:,}.",
            method=name,
            population=about["population"],
        )
    else:
        yield tr("{method} intervals.", method=name)


def without_own_numbers(means: pd.DataFrame, answers: "Answers", small: int) -> pd.DataFrame:
    """Return means and medians of which none is the number of somebody at an end, or of a few.

    means : DataFrame
        What `scales` returned.
    small : int
        Of a question for a number, ends of the median's interval stay where more people than this
        reach so far out, medians where twice as many gave a number. 0 leaves all.
    """
    means = means.copy()
    for place, row in means[means["question"].isin(answers.numbers)].iterrows():
        tally, low, high = answers.tally(row["question"]), row["median_low"], row["median_high"]
        below = tally.total(lambda a, end=low: a.number is not None and a.number <= end)
        above = tally.total(lambda a, end=high: a.number is not None and a.number >= end)
        if small > 1 and min(below, above) <= small:
            means.loc[place, ["median_low", "median_high"]] = math.nan
        if small > 1 and row["n"] < 2 * small:
            means.loc[place, "median"] = math.nan
    return means


def means_table(means: pd.DataFrame, level: float) -> Table:
    """Return means and medians of scales and numbers; `means` is what `scales` returned."""
    spans = ends(level, label("mean")) | ends(level, label("median"))
    low, high, median_low, median_high = spans
    heads = {
        "topic": label("question"),
        "n": label("people"),
        "mean": label("mean"),
        "sd": label("standard deviation"),
        "mean_low": low,
        "mean_high": high,
        "median": label("median"),
        "median_low": median_low,
        "median_high": median_high,
    }
    kept = [name for name in heads if name in means]
    frame = means[kept].rename(columns=heads)
    frame[heads["n"]] = frame[heads["n"]].astype(int)
    frame[heads["topic"]] = frame[heads["topic"]].map(first_up)
    digits = {heads[n]: 2 for n in kept if n.startswith(("mean", "sd"))}
    note = tr("Means: Student's intervals; medians: intervals by order statistics.")
    title = tr("Means and medians")
    return Table(frame, title, [note], title, digits, spans)


def cross_tables(cross: "CrossTable", hidden: CrossHidden, small: int) -> Iterator[Table]:
    """Yield the table of a question by groups, and of several options that of their tests."""
    title = tr("{question}, by: {by}", question=first_up(cross.topic), by=first_up(cross.by_topic))
    name, groups = f"{cross.question} × {cross.by}", _groups(cross, hidden)
    options = [each for each in cross.counts.index if each not in hidden.options]
    columns, spans, digits = {label("answer"): _answers(cross, options)}, {}, {}
    solved = bool(hidden) and cross.effective_n is not None  # by shares of weights of each option
    for group in groups:
        people, share = heads = _group_heads(cross.group_labels[group])
        spans |= heads
        base = int(cross.bases[group])
        columns[people] = [*(_people(cross, hidden, each, group) for each in options), base]
        if not solved:
            shares = [_share(cross, hidden, each, group) for each in options]
            columns[share] = [*shares, 100.0 if base else None]
            digits[share] = 1
    alone, notes = len(cross.tests) == 1, [*_cross_notes(cross, hidden, small)]
    if alone and not hidden:
        notes += _test_notes(cross)
    yield Table(_frame(columns), title, notes, name, digits, spans)
    if not alone and not hidden:
        yield table_of_tests(cross, title, name)


def _groups(cross: "CrossTable", hidden: CrossHidden) -> list[str]:
    return [each for each in cross.counts.columns if each not in hidden.groups]


def _answers(cross: "CrossTable", options: Sequence[str]) -> list[str]:
    return [*(cross.labels[each] for each in options), tr("base: an answer that is counted")]


def _group_heads(group: str) -> dict[str, tuple[str, str]]:
    return {f"{group}: {each}": (group, each) for each in (label("people"), label("% of group"))}


def _frame(columns: dict[str, Sequence]) -> pd.DataFrame:
    """Return a table whose columns keep numbers, texts and what is missing as they are."""
    return pd.DataFrame({head: pd.Series(list(v), dtype=object) for head, v in columns.items()})


def _people(cross: "CrossTable", hidden: CrossHidden, option: str, group: str) -> int | str:
    return SIGN if (option, group) in hidden.cells else int(cross.counts.loc[option, group])


def _share(cross: "CrossTable", hidden: CrossHidden, option: str, group: str) -> float | None:
    return None if (option, group) in hidden.cells else float(cross.shares.loc[option, group])


def _cross_notes(cross: "CrossTable", hidden: CrossHidden, small: int) -> Iterator[str]:
    if cross.effective_n is not None and not hidden:
        yield tr("The % of a group are weighted, numbers of people are not.")
    if hidden:
        yield from _hidden_notes(hidden, small)
        return
    if cross.small:
        yield _small_note(cross)
    told = cross.notes if small > 1 else (*cross.notes, *cross.left_out)
    yield from (f"{first_up(note)}." for note in told)


def _hidden_notes(hidden: CrossHidden, small: int) -> Iterator[str]:
    """Yield what is said below a table of which something is withheld: nothing of its people."""
    if hidden.cells:
        yield suppressed_note(small)
    if gone := len(hidden.options) + len(hidden.groups):
        yield tr("Options and groups with too few people are left out: {n}.", n=gone)
    yield tr("No test is given, since numbers that are withheld could be computed from it.")


def _small_note(cross: "CrossTable") -> str:
    names = [f"{cross.labels[o]} × {cross.group_labels[g]}" for o, g in cross.small]
    words = {"n": len(names), "all": cross.counts.size}
    if len(names) > NAMED:
        return tr("Cells with fewer than 5 people, or fewer expected: {n} of {all}.", **words)
    return tr(
        "Cells with fewer than 5 people, or fewer expected: {n} of {all} ({cells}).",
        cells="; ".join(names),
        **words,
    )


def _test_notes(cross: "CrossTable") -> Iterator[str]:
    row = cross.tests.iloc[0]
    if row["test"]:
        yield _test_said(row)
        yield _effect_said(row, cross.level)
    yield f"{first_up(row['rule'])}."


def _test_said(row: pd.Series) -> str:
    words = {"p": p_text(row["p"]), "holm": p_text(row["holm"])}
    if row["test"] == "fisher":
        return tr("Fisher's exact test: {p}; adjusted by Holm's method: {holm}.", **words)
    return tr(
        "Pearson's chi-squared test: χ²({df:.0f}) = {statistic:.2f}, {p}; adjusted by Holm's "
        "method: {holm}.",
        df=row["df"],
        statistic=row["statistic"],
        **words,
    )


def _effect_said(row: pd.Series, level: float) -> str:
    ends = {"v": row["v"], "level": 100 * level, "low": row["v_low"], "high": row["v_high"]}
    return tr("Cramér's V = {v:.2f}, {level:g} % interval {low:.2f} to {high:.2f}.", **ends)


def p_text(p: float) -> str:
    """Return a p-value with its sign.

    >>> p_text(0.0312), p_text(0.00002)
    ('p = 0.031', 'p < 0.001')
    """
    return f"p < {number(0.001, '.3f')}" if p < 0.001 else f"p = {number(p, '.3f')}"


def table_of_tests(cross: "CrossTable", title: str, name: str) -> Table:
    """Return the tests of the options of a multiple-choice question."""
    tests, spans = cross.tests, ends(cross.level, "V")
    low, high = spans
    columns = {
        label("answer"): [cross.labels[each] for each in tests["option"]],
        label("test"): [TESTS.get(each, "–") for each in tests["test"]],
        "χ²": tests["statistic"],
        label("df"): tests["df"].astype("Int64"),
        "p": tests["p"],
        label("p (Holm)"): tests["holm"],
        "V": tests["v"],
        low: tests["v_low"],
        high: tests["v_high"],
    }
    digits = {"χ²": 2, label("df"): 0, "p": 3, label("p (Holm)"): 3, "V": 2, low: 2, high: 2}
    notes = [tr("V: Cramér's V."), *(f"{first_up(rule)}." for rule in dict.fromkeys(tests["rule"]))]
    title = tr("Tests: {title}", title=title)
    return Table(_frame(columns), title, notes, f"{name} {tr('tests')}", digits, spans)


def comparison_table(
    rows: pd.DataFrame, topic: str, hidden: set[str], small: int, both: bool = False
) -> Table:
    """Return the comparison of one question.

    rows : DataFrame
        What `compare` returned of it.
    hidden : set of str
        Short names of the options that are withheld.
    both : bool
        Whether they are withheld of the other survey too.
    """
    own, other, gap = tr("this survey"), tr("other survey"), tr("difference, points")
    shown = rows.astype(object).where(~rows["option"].isin(hidden), None)
    there, share, low, high = shown if both else rows, tr("share"), tr("from"), tr("to")
    parts = {
        (own, share): [SIGN if each in hidden else None for each in rows["option"]],
        (own, low): shown["low"],
        (own, high): shown["high"],
        (other, tr("as printed")): there["printed"].map(localized_text, na_action="ignore"),
        (other, low): there["other_least"],
        (other, high): there["other_most"],
        (gap, low): shown["difference_low"],
        (gap, high): shown["difference_high"],
    }
    parts[own, share] = shown["share"].where(shown["share"].notna(), parts[own, share])
    heads = {" ".join(pair): pair for pair in parts}
    columns = {label("answer"): rows["label"]} | dict(zip(heads, parts.values(), strict=True))
    columns[label("decision")] = [label(each) if each else None for each in shown["decision"]]
    title = tr("{question}: both surveys, % of respondents", question=first_up(topic))
    notes = [*_comparison_notes(rows), *([suppressed_note(small)] if hidden else [])]
    name = f"{rows['question'].iloc[0]} {tr('compared')}"
    return Table(_frame(columns), title, notes, name, dict.fromkeys(heads, 1), heads)


def _comparison_notes(rows: pd.DataFrame) -> Iterator[str]:
    bases = [rows["base"].dropna().max(), rows["other_base"].dropna().max()]
    if not any(map(pd.isna, bases)):
        yield tr(
            "n = {own:,} in this survey, {other:,} in the other.", own=bases[0], other=bases[1]
        )
    yield tr(
        "From, to: {level:g} % interval of this survey (Wilson) and of the difference (Newcombe); "
        "of the other survey the shares that its numbers can stand for. Decisions are not adjusted "
        "for their number.",
        level=100 * rows.attrs["level"],
    )


def alone_said(table: pd.DataFrame) -> Iterator[str]:
    """Yield what only one side of a comparison has."""
    if mine := table.attrs.get("only_mine"):
        yield tr("Only in this survey: {names}.", names=listed(mine))
    if other := table.attrs.get("only_other"):
        yield tr("Only in the other survey: {names}.", names=listed(other))


def notes_table(notes: Sequence["Note"]) -> Table:
    """Return the notes on how a file was read."""
    places, texts = [each.place for each in notes], [each.text for each in notes]
    frame = pd.DataFrame({label("place"): places, label("note"): texts})
    return Table(frame, tr("Notes on the answers that were read"), (), tr("Notes"))
