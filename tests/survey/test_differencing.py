"""What is withheld of a survey cannot be computed from all that its outputs show together."""

import csv
import random
import re
from itertools import product

import numpy as np
import openpyxl
import pytest
from scipy.optimize import linprog

from analysis.survey import write_survey
from analysis.survey.own import short_names
from tests.survey.growers import ENTRIES, growers

SMALL = 5
LEFT_OUT = re.compile(r"(?i)in no group, and left out: ([\d,]+)")
STRANGE = re.compile(r"(?i)left out of the test: ([\d,]+) whose")
OPTIONS = {
    "sex": ("Man", "Woman", "No answer"),
    "crop": ("apples", "pears", "plums", "cherries", "figs"),  # figs match no option
    "taste": ("bad", "fair", "good", "not sure"),
    "region": ("north", "south"),
}


def drawn(seed):
    """Return answers of 30 to 90 growers; few chose some of the options."""
    dice = random.Random(seed)
    people = dice.choice([30, 60, 90])

    def column(options):
        weights = [dice.choice([0.02, 0.05, 0.2, 1, 1]) for _ in options]
        blank = 0.1 * dice.choice([0, 0.2, 1])
        cells = dice.choices(options, weights, k=people)
        return ["" if dice.random() < blank else cell for cell in cells]

    columns = {name: column(options) for name, options in OPTIONS.items()}
    helped = zip(column(("family", "hands")), column(("hands", "nobody")), strict=True)
    columns["help"] = [";".join(dict.fromkeys(filter(None, pair))) for pair in helped]
    sold = {"apples": ("yes", "no", "no", "")}
    columns["sold"] = [dice.choice(sold.get(crop, ("",))) for crop in columns["crop"]]
    return columns


def places(question, cell, crop):
    """Return the rows of the table of a question in which somebody is counted."""
    entry = ENTRIES[question]
    if entry.base and crop != "apples":
        return ["not asked"]
    parts = cell.split(";") if cell else []
    counted = {*entry.options} - {*entry.not_counted}
    rows = {each: each if each in counted else "outside" for each in entry.options}
    return [rows.get(each, "strange") for each in parts] or ["missing"]


def rows_of(question):
    counted = [
        each for each in ENTRIES[question].options if each not in ENTRIES[question].not_counted
    ]
    return [*counted, "strange", "outside", "missing", "not asked"]


def counted(question):
    return rows_of(question)[:-3]


class Reader:
    """Notes everything that the outputs tell of numbers of people, as sums of cells.

    A cell is (question, row), or (question, row, question of the groups, its row).
    """

    def __init__(self, columns, by, weighted=False):
        self.columns, self.people, self.weighted = columns, len(columns["sex"]), weighted
        told = [
            dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)
        ]
        self.rows = [{q: places(q, each[q], each["crop"]) for q in columns} for each in told]
        self.cells, self.sums = {}, []
        self.crossed = [(q, g) for g in by for q in columns if q != g]
        for question in columns:
            self.whole(question)
        for pair in self.crossed:
            self.margins(*pair)

    def place(self, *cell):
        return self.cells.setdefault(cell, len(self.cells))

    def know(self, cells, total, minus=()):
        """Note that some cells add up to a number, or to another cell."""
        known = [[self.place(*cell) for cell in those] for those in (cells, minus)]
        self.sums.append((known, total))

    def single(self, question):
        return ENTRIES[question].kind != "multiple"

    def whole(self, question):
        cells = [(question, row) for row in rows_of(question)]
        for cell in cells:
            self.place(*cell)
        if self.single(question):
            self.know(cells, self.people)
        if ENTRIES[question].base:
            self.know([(question, "not asked"), ("crop", "apples")], self.people)

    def margins(self, question, by):
        for row in rows_of(question):
            self.know([(question, row, by, group) for group in rows_of(by)], 0, [(question, row)])
        for group in rows_of(by) if self.single(question) else ():
            self.know([(question, row, by, group) for row in rows_of(question)], 0, [(by, group)])
            if ENTRIES[question].base and by != "crop":
                asked = [(question, r, by, group) for r in rows_of(question) if r != "not asked"]
                self.know(asked, 0, [("crop", "apples", by, group)])

    def read_folder(self, folder):
        def table(name):
            return csv.DictReader((folder / f"{name}.csv").read_text("utf-8").splitlines())

        for row in table("tallies"):
            if row["printed"]:
                entry = ENTRIES[row["question"]]
                option = entry.options[short_names(entry).index(row["option"])]
                self.know([(row["question"], option)], int(row["printed"]))
        for row in table("questions"):
            if self.single(row["question"]):
                base = [(row["question"], each) for each in counted(row["question"])]
                self.know(base, int(row["n"]))
        for row in table("bases"):
            if row["base"] == "crop":
                self.know([("crop", "apples")], int(row["printed"]))

    def read_workbook(self, file):
        book = openpyxl.load_workbook(file)
        sheets = {each.title: [*each.iter_rows(min_row=3, values_only=True)] for each in book}
        for question in self.columns:
            self.read_question(question, sheets.get(question, []))
        for question, by in self.crossed:
            self.read_cross(question, by, sheets.get(f"{question} × {by}", []))

    def read_question(self, question, sheet):
        rows = [*counted(question)[:-1], "strange", "base", *rows_of(question)[-3:]]
        base = [(question, row) for row in counted(question)]
        for row, (_, people, *shares) in zip(rows, sheet[1:], strict=False):
            if row == "base" and self.single(question):
                self.know(base, people)
            elif row != "base" and isinstance(people, int):
                self.know([(question, row)], people)
                whole = not self.single(question) and row in counted(question)
                if whole and not self.weighted and shares[1]:  # % of answers
                    self.know(base, round(100 * people / shares[1]))

    def read_cross(self, question, by, sheet):
        labels = {each: dict(zip(ENTRIES[each].names("en"), ENTRIES[each].options, strict=True))
                  for each in (question, by)}  # fmt: skip
        heads = sheet[0] if sheet else ()
        for label, *cells in sheet[1:]:
            for head, people in zip(heads[1:], cells, strict=True):
                group, _, what = str(head).rpartition(": ")
                if what == "people" and isinstance(people, int):
                    rows = (
                        [labels[question][label]]
                        if label in labels[question]
                        else counted(question)
                    )
                    if len(rows) == 1 or self.single(question):
                        self.know([(question, r, by, labels[by][group]) for r in rows], people)
            self.read_note(question, by, str(label))

    def read_note(self, question, by, note):
        groups, others = counted(by)[:-1], ["strange", *rows_of(by)[-3:]]
        told = ((LEFT_OUT, counted(question), others), (STRANGE, ["strange"], groups))
        for pattern, rows, beside in told if self.single(question) else ():
            if found := pattern.search(note):
                cells = [(question, row, by, group) for row, group in product(rows, beside)]
                self.know(cells, int(found[1].replace(",", "")))

    def truth(self, cell):
        return sum(all(row in each[q] for q, row in zip(cell[::2], cell[1::2], strict=True))
                   for each in self.rows)  # fmt: skip

    def follows(self):
        """Return the cells of 1 to SMALL - 1 people whose number follows from what was noted."""
        sums = np.zeros((len(self.sums), len(self.cells)))
        for line, ((cells, minus), _) in enumerate(self.sums):
            for sign, those in ((1, cells), (-1, minus)):
                for cell in those:
                    sums[line, cell] += sign
        totals = np.array([total for _, total in self.sums])
        truth = np.array([self.truth(cell) for cell in self.cells])
        assert np.allclose(sums @ truth, totals), "the outputs contradict the answers"
        return [cell for cell, place in self.cells.items()
                if 0 < truth[place] < SMALL and is_withheld(cell)
                and self.is_certain(place, sums, totals)]  # fmt: skip

    def is_certain(self, place, sums, totals):
        aim = np.eye(len(self.cells))[place]
        least, most = (
            linprog(sign * aim, A_eq=sums, b_eq=totals, bounds=(0, self.people)) for sign in (1, -1)
        )
        return np.ceil(least.fun - 1e-6) == np.floor(-most.fun + 1e-6)


def is_withheld(cell):
    """Say whether a cell is one that must not be told: who gave no answer may be few."""
    question, row, *group = cell
    if not group:
        return row not in {"missing", "not asked"}
    return row in counted(question)[:-1] and group[1] in counted(group[0])[:-1]


def told_by(columns, by, folder, small=SMALL, **weights):
    """Return the small cells that a workbook and the folder of a survey tell together."""
    survey = growers(columns | weights, *weights)
    reader = Reader(columns, by, bool(weights))
    reader.read_workbook(survey.report(folder / "made.xlsx", by=by, small=small))
    write_survey(survey, folder / "made", small)
    reader.read_folder(folder / "made")
    return reader.follows()


@pytest.mark.parametrize("seed", [3, 8, 28, 40])
def test_no_small_cell_follows_from_all_that_is_shown(seed, tmp_path):
    assert not told_by(drawn(seed), ["sex", "region"], tmp_path)


@pytest.mark.parametrize("seed", [3, 28])
def test_none_follows_where_answers_are_weighted(seed, tmp_path):
    columns = drawn(seed)
    weights = [random.Random(person).uniform(0.3, 3) for person in range(len(columns["sex"]))]
    assert not told_by(columns, ["sex", "region"], tmp_path, weight=weights)


def test_small_cells_are_found_where_they_are_shown(tmp_path):
    assert told_by(drawn(3), ["sex"], tmp_path, small=0)


def test_who_was_asked_does_not_tell_what_another_table_withholds(tmp_path):
    groups = {"north": "apples yes " * 8 + "pears - " * 2, "south": "apples yes " * 15}
    groups["south"] += "apples no " * 15 + "pears - " * 30
    told = [(region, *pair) for region, text in groups.items() for pair in pairs_of(text.split())]
    columns = dict(zip(("region", "crop", "sold"), map(list, zip(*told, strict=True)), strict=True))
    columns["sold"] = [each.strip("-") for each in columns["sold"]]
    columns["sex"] = ["Man", "Woman"] * (len(told) // 2)
    assert told_by(columns, ["region"], tmp_path, small=0)
    assert not told_by(columns, ["region"], tmp_path)


def pairs_of(words):
    return zip(words[::2], words[1::2], strict=True)
