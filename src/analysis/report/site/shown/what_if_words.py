"""What the scripts of the page "What if" say: messages with {names} to fill."""

from typing import Any

from analysis.counts.rounding import RULES, rule_in_words
from analysis.language.current import current_language, label, message, tr
from analysis.ledger.table import STATUSES
from analysis.ledger.verdicts import VERDICTS

WORDS = {
    "people": (message("1 person"), message("{n} people")),
    "changes": (message("1 verdict changes"), message("{n} verdicts change")),
    "kept": (
        message(
            "The verdict of 1 other claim cannot depend on these settings: it is the ledger's."
        ),
        message(
            "The verdicts of {n} other claims cannot depend on these settings: they are the "
            "ledger's."
        ),
    ),
    "unsure": (
        message("1 claim is not recomputed here under these settings."),
        message("{n} claims are not recomputed here under these settings."),
    ),
    "unsaid": message("not recomputed here"),
    "others": (message("and 1 more"), message("and {n} more")),
    "unchanged": message("No verdict changes"),
    "usual": message("As printed"),
    "usual said": message(
        "These are the ledger's verdicts. Move a number to see what hangs on it."
    ),
    "now": message("printed: {printed}"),
    "not printed": message("{number} instead of the printed {printed}"),
    "rounded": message("rounding: {rule}"),
    "room": message("“about” leaves {room} points"),
    "alike": message("“almost the same” leaves {part} %"),
    "level": message("a difference counts at p ≤ {level}"),
    "nobody": message("no whole number of people"),
    "and": message("{names} and {last}"),
    "fits": message("fits {n}"),
    "fits not": message("does not fit {n}"),
    "fits bases": message("fits {bases} people"),
    "near": message("One answer each: {low} to {high} people"),
    "fits none": message("fits no number of people from {low} to {high}"),
    "edge": message("{count} of {n} is exactly {share} %: it hangs on how that is rounded"),
    "sizes": message("fits {all}"),
    "sizes none": message("fits none of {low} to {high}"),
    "other shares": message("Other claims"),
    "wanted number": message("Write a number such as 28 or 28.5."),
    "wanted people": message("Write a whole number of people from 1 to {most}."),
    "wanted share": message("“{text}” is no share: write numbers such as 28, 28.5 or 28 %."),
    "wanted shares": message("Write at least one share."),
    "too many shares": message("Write at most {most} shares."),
    "too long": message("“{text}” is too long for a share: at most {most} digits are read here."),
    "above": message("“{text}” is more than 100 %: no number of people gives it."),
    "no base": message("Say how many people were asked to see head-counts and intervals."),
    "share": message("Share"),
    "counts": message("Possible head-counts"),
    "interval": message("{level} % interval"),
    "own fits": (
        message("Of 1 person each share is possible."),
        message("Of {n} people each share is possible."),
    ),
    "own fits not": message("Of {n} people these shares are impossible: {shares}."),
    "own everybody": message("If everyone gave one answer: {sum}, and that can be everybody."),
    "own missing": (
        message("If everyone gave one answer: {sum}; 1 person is left without an answer."),
        message("If everyone gave one answer: {sum}; {n} people are left without an answer."),
    ),
    "own surplus": (
        message("If everyone gave one answer: {sum}, 1 person too many."),
        message("If everyone gave one answer: {sum}, {n} people too many."),
    ),
    "own bases": message("Taken one by one, the shares are possible for {bases} people."),
    "own whole": message("With one answer each, and everybody answering, for {bases} people."),
    "own none": message("No number of people from 1 to {most} makes all shares possible."),
    "own none whole": message(
        "With one answer each, they are everybody for no number from 1 to {most}."
    ),
    "more": message("{bases} and more, up to {most}"),
}
SAMPLES = {"ru": {"one": 21, "few": 22, "many": 25}}  # of each class of plural, a number


def words() -> dict[str, Any]:
    """Return what the scripts say: a text, or a text a class of plural, with {names} to fill."""
    named = {each: label(each) for each in (*VERDICTS, *STATUSES)}
    rules = {each: rule_in_words(each) for each in RULES}
    texts = {
        key: _forms(*text) if isinstance(text, tuple) else tr(text) for key, text in WORDS.items()
    }
    return texts | {"labels": named, "rules": rules}


def _forms(one: str, many: str) -> dict[str, str]:
    """Return a message with a number for each class of plural, with {n} for the number."""
    if current_language() == "en":
        return {"one": one.replace("1", "{n}", 1), "other": many}
    numbers = SAMPLES.get(current_language(), {"other": 2})
    told = {name: tr(many, n=n, sum="{sum}") for name, n in numbers.items()}
    return {name: told[name].replace(str(n), "{n}", 1) for name, n in numbers.items()}
