"""The example survey: nobody was asked, a program invented every answer.

`python -m tests.invented` writes `invented-responses.csv` again; a test holds the file to it. The
same seed gives the same answers in every version of Python.
"""

import csv
import datetime
import io
from random import Random

from analysis import paths

FILE = paths.EXAMPLES / "study-abroad" / "invented-responses.csv"
PEOPLE, SEED = 180, "nobody was asked"
FIRST = datetime.datetime(2026, 9, 14, 9, 3, 11)
AGREEMENT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree"]
AGREEMENT += ["Strongly agree", "Hard to say"]
GENDERS = {"Woman": 0.62, "Man": 0.36, "Prefer not to say": 0.02}
YEARS = {
    "Bachelor, first or second year": 0.5,
    "Bachelor, third or fourth year": 0.33,
    "Master or doctorate": 0.17,
}
AGES = {"Bachelor, first or second year": 17, "Bachelor, third or fourth year": 19}
PLACES = {
    "Europe": 0.3,
    "Türkiye": 0.24,
    "Russia": 0.2,
    "China or South Korea": 0.14,
    "United States, Canada": 0.08,
    "Malaysia": 0.02,
    "Egypt": 0.02,
}
PROBLEMS = {
    "Content: credits, programme": 0.38,
    "Resources": 0.3,
    "Registration and organization": 0.42,
    "The language": 0.4,
    "Discrimination": 0.08,
    "No difficulties": 0.1,
}
PURPOSES = {
    "Education in my field": 0.66,
    "Knowledge of other cultures": 0.48,
    "A better level of the language": 0.61,
    "Access to leading centres of research": 0.27,
    "A degree, and work abroad later": 0.33,
}
OBSTACLES = {
    "Money: fees, travel, rent": 0.68,
    "The language": 0.4,
    "Transfer of credits": 0.24,
    "Bureaucracy": 0.31,
    "Family, or work at home": 0.25,
    "Too little information": 0.29,
    "Nothing": 0.05,
}
MORE = {"Man": {"The language": 0.35}, "Woman": {"Family, or work at home": 0.12}}
OWN_WORDS = {
    7: "no time",
    31: "visa",
    58: "my health",
    77: "Visa",
    102: "ask me: someone@example.org",
    139: "I do not want to leave",
}
STATEMENTS = {  # how many of a hundred choose each point, then "Hard to say"
    "A semester abroad makes a degree worth more": [3, 8, 17, 43, 25, 4],
    "My university recognizes credits from abroad fairly": [14, 26, 21, 18, 5, 16],
    "The state supports students who want to go abroad": [11, 24, 26, 24, 6, 9],
    "Lectures online can replace a stay abroad": [29, 34, 18, 12, 5, 2],
}
PROSPECTS = {
    "Virtual mobility will develop": 0.31,
    "Mobility will be transformed": 0.33,
    "The traditional model will develop": 0.29,
    "Mobility will decline": 0.07,
}
VARIANTS = {  # respondents, from 0, whose gender is written in another way
    4: "woman ",
    40: "WOMAN",
    66: " Woman",
    91: "man",
    118: "Female",
    150: "Man ",
}
ODD_AGES = {22: "20,5", 53: "21 years", 87: "２０", 121: "nineteen"}
COMMENTS = {12: "Thank you!", 69: "More grants, please; and earlier dates.", 133: "-"}
HEADER = [
    *("Timestamp", "Email Address", "Your gender", "Your year of study", "How old are you?"),
    *("Have you studied abroad?", "Where was it?", "What was difficult there?"),
    *("What would you go abroad for?", "What keeps students from going abroad?"),
    *(f"How far do you agree? [{text}]" for text in STATEMENTS),
    *("What will become of academic mobility?", "Anything else?"),
]


def one_of(shares, dice):
    """Return one of the options, each as likely as its share of them all."""
    left = dice.random() * sum(shares.values())
    for option, share in shares.items():
        left -= share
        if left < 0:
            return option
    return option


def several_of(shares, dice, more=None):
    """Return the options that somebody ticks, as a form joins them."""
    ticked = [option for option, share in shares.items() if dice.random() < share]
    ticked += [each for each, share in (more or {}).items() if dice.random() < share]
    return ";".join(option for option in shares if option in ticked)


def skipped(dice, share=0.03):
    """Say whether somebody leaves a question out."""
    return dice.random() < share


def about(number, dice):
    """Return who somebody is: gender, year of study, age."""
    gender, year = one_of(GENDERS, dice), one_of(YEARS, dice)
    age = AGES.get(year, 22) + int(3.2 * dice.random() ** 1.3)
    written = VARIANTS.get(number) or ("" if skipped(dice) else gender)
    shown = ODD_AGES.get(number) or ("" if skipped(dice) else str(age))
    return gender, year, [written, year, shown]


def stay(year, dice):
    """Return whether somebody studied abroad, where, and what was difficult."""
    went = dice.random() < (0.22 if "first" in year else 0.46)
    if not went:
        return ["No", "", ""]
    troubles = several_of(PROBLEMS, dice)
    alone = "No difficulties" if "No difficulties" in troubles else troubles
    return ["Yes", one_of(PLACES, dice), "" if skipped(dice, 0.06) else alone]


def wishes(number, gender, dice):
    """Return what somebody would go abroad for, and what keeps students from it."""
    purpose = several_of(PURPOSES, dice)
    obstacles = several_of(OBSTACLES, dice, MORE.get(gender))
    if "Nothing" in obstacles:
        obstacles = "Nothing"
    own = OWN_WORDS.get(number, "")
    return ["" if skipped(dice, 0.06) else purpose, ";".join(filter(None, [obstacles, own]))]


def opinions(dice):
    """Return how far somebody agrees with each statement, and what becomes of mobility."""
    points = [
        one_of(dict(zip(AGREEMENT, shares, strict=True)), dice) for shares in STATEMENTS.values()
    ]
    answers = [*points, one_of(PROSPECTS, dice)]
    return ["" if skipped(dice) else answer for answer in answers]


def rows():
    """Yield the cells of each respondent."""
    dice, now = Random(SEED), FIRST
    for number in range(PEOPLE):
        now += datetime.timedelta(seconds=60 + int(dice.random() * 5400))
        half = "AM" if now.hour < 12 else "PM"
        hour = f"{now:%Y/%m/%d} {now.hour % 12 or 12}:{now:%M:%S} {half} GMT+5"
        gender, year, said = about(number, dice)
        answers = [*stay(year, dice), *wishes(number, gender, dice), *opinions(dice)]
        who = [hour, f"student{number + 1:03}@example.org"]
        yield [*who, *said, *answers, COMMENTS.get(number, "")]


def invented():
    """Return the example as a form would hand it out: CSV, every cell in quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([HEADER, *rows()])
    return out.getvalue()


if __name__ == "__main__":
    FILE.write_text(invented(), encoding="utf-8", newline="\n")
