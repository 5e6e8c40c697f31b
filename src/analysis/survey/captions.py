"""What figures of a survey say around the drawing; told again in another language by themselves."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.language.current import (
    NO_BREAK,
    current_language,
    label,
    localized_text,
    message,
    number,
    tr,
)
from analysis.language.sentences import Phrase, counted, listed
from analysis.responses.codebook import Entry
from analysis.survey.own import short_names

if TYPE_CHECKING:
    from analysis.survey.surveys import Survey

METHODS = {"pearson": message("Pearson"), "fisher": message("Fisher")}


def entry_of(survey: "Survey | None", question: str) -> Entry | None:
    """Return the entry of a question in the codebook; None of a published survey."""
    return survey.answers.codebook.entry(question) if survey and survey.answers else None


def option_label(entry: Entry | None, option: str, written: str) -> str:
    """Return the label of an option, to be told again if there is a codebook, else as written."""
    names = short_names(entry) if entry else []
    return place_label(entry, names.index(option)) if option in names else written


def place_label(entry: Entry, place: int) -> str:
    """Return the label of an option by its number, to be told again."""
    return Phrase(_option, entry, place)


def _option(entry: Entry, place: int) -> str:
    return entry.names(current_language())[place]


def topic_of(entry: Entry | None, written: str) -> str:
    """Return what was asked, to be told again if there is a codebook, else as written."""
    return Phrase(_topic, entry) if entry else _capital(written)


def _topic(entry: Entry) -> str:
    return _capital(entry.topic(current_language()))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def amount(share: float, people: int, least: int) -> str:
    """Return a share with the people behind it; "" of no share.

    least : int
        The least base of a drawing: from 100 on its shares have a decimal.
    """
    return Phrase(_amount, share, people, least >= 100) if not math.isnan(share) else ""


def _amount(share: float, people: int, fine: bool) -> str:
    text = number(share, ".1f" if fine else ".0f")
    return tr("{share} % ({people})", share=text, people=counted(people, "person", "people"))


def facts_of(entry: Entry, table: pd.DataFrame) -> dict[str, Any]:
    """Return what `subtitle` says of a question of one's own, from its table."""
    people = table.set_index("row")["people"]
    outside = [
        (option_label(entry, row.option, row.label), int(row.people))
        for row in table[(table["row"] == "outside") & (table["option"] != "")].itertuples()
    ]
    outside += [(Phrase(_missing), int(people["missing"]))]
    outside += [(Phrase(_not_asked), int(people["not asked"]))]
    facts = {"topic": topic_of(entry, ""), "n": table.attrs["base"], "kind": entry.kind}
    facts |= {"population": table.attrs.get("population"), "outside": outside}
    return facts | {"effective": table.attrs.get("effective_n")}


def _missing() -> str:
    return tr("no answer")


def _not_asked() -> str:
    return tr("not asked")


def told(values: Iterable[str]) -> pd.Series:
    """Return texts as a column that keeps those that can be told again."""
    return pd.Series(list(values), dtype=object)


def subtitle(facts: Mapping[str, Any]) -> Phrase:
    """Return what is drawn: topic, unit, base, kind, intervals, and who is outside the base.

    facts : mapping
        topic, n; if there: unit ("people" where none are shares), kind, effective (n of weighted
        answers; of several groups pairs of a name and its n), level and method of the intervals,
        population, outside (pairs of a name and its people), more (texts).
    """
    return Phrase(_subtitle, dict(facts))


def _subtitle(facts: dict[str, Any]) -> str:
    parts = [tr("n = {total}", total=number(facts["n"])) if facts.get("n") else ""]
    parts += [_effective(facts.get("effective")), _kind(facts.get("kind", ""))]
    first = ", ".join(filter(None, [_unit(facts), *parts]))
    rest = [_capital(localized_text(facts["topic"])), first, _intervals(facts)]
    rest += [_outside(facts.get("outside", ())), *facts.get("more", ())]
    return "; ".join(filter(None, rest)).replace(" = ", f"{NO_BREAK}={NO_BREAK}")


def _unit(facts: dict[str, Any]) -> str:
    if facts.get("unit") == "people":
        return tr("people")
    return tr("weighted % of respondents") if facts.get("effective") else tr("% of respondents")


def _effective(effective: Any) -> str:
    if not effective:
        return ""
    if isinstance(effective, list):
        sizes = ", ".join(f"{localized_text(name)} {number(n, ',.0f')}" for name, n in effective)
        return tr("effective n: {sizes}", sizes=sizes)
    return tr("effective n = {n:,.0f}", n=effective)


def _kind(kind: str) -> str:
    answers = {
        "single": tr("one option each"),
        "multiple": tr("several options each"),
        "yes-no": tr("yes or no"),
    }
    return answers.get(kind, "")


def _intervals(facts: dict[str, Any]) -> str:
    if not facts.get("level"):
        return ""
    words = {"method": facts["method"].title(), "level": 100 * facts["level"]}
    if facts.get("population"):
        words["population"] = facts["population"]
        return tr(
            "lines: {method} intervals, {level:g} %, for a population of {population:,}", **words
        )
    return tr("lines: {method} intervals, {level:g} %", **words)


def _outside(who: Sequence[tuple[str, int]]) -> str:
    named = ", ".join(f"{localized_text(name)} {number(people)}" for name, people in who if people)
    return tr("outside the base: {who}", who=named) if named else ""


def source(survey: "Survey | None", other: "Survey | None" = None) -> Phrase:
    """Return the source line: the file of one's own answers, and the survey held against it."""
    return Phrase(_source, [each for each in (survey, other) if each])


def _source(surveys: list["Survey"]) -> str:
    named = "; ".join(map(_named, surveys)) or tr("own survey")
    return tr("Source: {document}{place}", document=named, place="")


def _named(survey: "Survey") -> str:
    """Return a survey as a source line names it."""
    if survey.answers is None:
        return label(survey.document.dated)
    file, n = Path(survey.answers.responses.source).name, survey.n
    if file:
        return tr("own survey, {file}; n = {n:,}", file=file, n=n)
    return tr("own survey; n = {n:,}", n=n)


def name_of(survey: "Survey | None") -> str:
    """Return a short name of a survey for a key: the document, or the file; "" of none."""
    return Phrase(_name, survey) if survey else ""


def _name(survey: "Survey") -> str:
    if survey.answers is None:
        return label(survey.document.dated)
    return Path(survey.answers.responses.source).name or tr("own survey")


def most_often(names: Sequence[str], share: float, spec: str = ".0f") -> Phrase:
    """Return the finding of a question: what was chosen most often, and by how many.

    spec : str
        How the share, in percent, is written; as for `format`.
    """
    return Phrase(_most_often, list(names), share, spec)


def _most_often(names: list[str], share: float, spec: str) -> str:
    if math.isnan(share):
        return tr("No share is known")
    if not names or not share > 0:
        return tr("Nobody chose one of the options")
    words = {"options": listed(names), "share": number(share, spec)}
    return tr("Most often: {options}, {share} % of respondents", **words)


def middle_answer(names: Sequence[str]) -> Phrase:
    """Return the finding of a scale: the point, or the two points, where its median lies."""
    return Phrase(_middle_answer, list(names))


def _middle_answer(names: list[str]) -> str:
    if not names:
        return tr("Nobody chose a point of the scale")
    if len(names) == 1:
        return tr("Median: “{point}”", point=names[0])
    return tr("Median: between “{first}” and “{second}”", first=names[0], second=names[1])


def highest_item(item: str, end: str, share: float) -> Phrase:
    """Return the finding of several items: which one has most people on the side of an end."""
    return Phrase(_highest_item, item, end, share)


def _highest_item(item: str, end: str, share: float) -> str:
    words = {"item": item, "end": end, "share": share}
    return tr("Most on the side of “{end}”: “{item}”, {share:.0f} % of respondents", **words)


def of_numbers(scale: pd.Series) -> Phrase:
    """Return the finding of numbers: median and mean."""
    return Phrase(_of_numbers, float(scale["median"]), float(scale["mean"]))


def _of_numbers(median: float, mean: float) -> str:
    return tr("Median {median:,.6g}, mean {mean:,.1f}", median=median, mean=mean)


def differing(tests: pd.DataFrame, by: str, level: float) -> Phrase:
    """Return the finding of a cross-table: whether the groups differ, and by which test."""
    rows = tests[tests["test"] != ""]
    found = int((rows["holm"] <= 1 - level).sum())
    if len(tests) == 1 and len(rows):
        row = rows.iloc[0]
        test = METHODS.get(row["test"], row["test"])
        return Phrase(_one_test, by, bool(found), float(row["holm"]), test)
    return Phrase(_many_tests, by, found, len(rows))


def _one_test(by: str, differs: bool, p: float, test: str) -> str:
    said = tr("p < {p}", p=0.001) if p < 0.001 else tr("p = {p:.3f}", p=p)
    words = {"by": by, "test": test, "p": said.replace(" ", NO_BREAK)}
    if differs:
        return tr("The answers differ by “{by}”: {p} ({test}, Holm)", **words)
    return tr("The answers are not shown to differ by “{by}”: {p} ({test}, Holm)", **words)


def _many_tests(by: str, found: int, tests: int) -> str:
    if not tests:
        return tr("Whether answers differ by “{by}” cannot be tested", by=by)
    if not found:
        return tr("No option is shown to differ by “{by}” (Holm)", by=by)
    words = {"found": found, "tests": tests, "by": by}
    return tr("{found} of {tests} options are shown to differ by “{by}” (Holm)", **words)


def together(first: str, second: str, people: int) -> Phrase:
    """Return the finding of an overlap: which two options were chosen together most often."""
    return Phrase(_together, first, second, people)


def _together(first: str, second: str, people: int) -> str:
    if not people:
        return tr("Nobody chose two of the options")
    words = {"options": listed([first, second]), "people": counted(people, "person", "people")}
    return tr("Most often together: {options}, {people}", **words)


def different(decisions: pd.Series) -> Phrase:
    """Return the finding of a comparison: how many shares differ."""
    tested = decisions[decisions != "cannot be tested"]
    return Phrase(_different, int((tested == "differs").sum()), len(tested))


def _different(found: int, tested: int) -> str:
    if not found:
        return tr("No share is shown to differ from the other survey")
    words = {"found": found, "tested": tested}
    return tr("{found} of {tested} shares differ from the other survey", **words)


def difference(low: float, high: float) -> str:
    """Return the interval of a difference, in percentage points; "" where there is none."""
    return "" if math.isnan(low) else Phrase(_difference, low, high)


def _difference(low: float, high: float) -> str:
    ends = [number(end + 0.0, "+.1f").replace("-", "−") for end in (low, high)]
    return tr("{low} to {high} points", low=ends[0], high=ends[1])
