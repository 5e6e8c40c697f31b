"""Cases for the page "What if": what the library says of them, the page's scripts must say too."""

import random

from analysis.counts.rounding import RULES
from analysis.ledger.settings import NAMES

SEED = 20_261_127
ODD = ["28,5", "", "1e3", "-5", "+5", "1/3", "5.", ".5", "٢٨", "28 %", "1" * 61, "1.2.3"]
EDGES = ["0", "0.0", "100", "101", "100.4", "100.5", "250", "0.5", "99.5", "007", "33.3333"]


def share(chance, decimals=None):
    """Return a printed share with 0 to 4 decimals, now and then one above 100."""
    decimals = chance.randrange(5) if decimals is None else decimals
    top = 100 if chance.random() < 0.95 else 130
    return f"{chance.randrange(top * 10**decimals + 1) / 10**decimals:.{decimals}f}"


def shares_of(counts, n, decimals, chance):
    """Return counts of n people as printed shares, now and then one of them a little off."""
    printed = [f"{100 * count / n:.{decimals}f}" for count in counts]
    if chance.random() < 0.4:
        place = chance.randrange(len(printed))
        printed[place] = f"{float(printed[place]) + 10**-decimals:.{decimals}f}"
    return printed


def one_share(number=6000):
    """Yield (printed, n, rule): all rules, 0 to 4 decimals, bases from 1 to 2000."""
    chance = random.Random(SEED)
    for rule in RULES:
        yield from ((printed, n, rule) for printed in (*ODD, *EDGES) for n in (1, 7, 72, 2000))
        yield from ((str(p), n, rule) for p in range(101) for n in (3, 17, 40, 72, 131))
    for _ in range(number):
        yield share(chance), chance.randint(1, 2000), chance.choice(RULES)


def questions(number=800):
    """Yield (shares, n, rule): answers of people as they are printed, right or a little off."""
    chance = random.Random(SEED + 1)
    for _ in range(number):
        n, options = chance.randint(1, 300), chance.randint(1, 6)
        marks = sorted(chance.randint(0, n) for _ in range(options - 1))
        counts = [b - a for a, b in zip([0, *marks], [*marks, n], strict=True)]
        yield shares_of(counts, n, chance.randrange(3), chance), n, chance.choice(RULES)


def settings(survey, number=50):
    """Yield what a reader can assume of a survey, as the page has it: each control, and several."""
    chance = random.Random(SEED + 2)
    base = int(survey["claims"][survey["base"]]["printed"])
    yield {}
    yield from ({"rounding": rule} for rule in RULES)
    yield from ({"numbers": {survey["base"]: str(n)}} for n in (1, 2, base - 9, base + 7))
    yield from ({"tolerance": room} for room in ("0", "2.5", "10"))
    yield from ({"level": level} for level in ("0.01", "0.1"))
    yield from ({"near": part} for part in ("0", "0.05", "0.2"))
    for _ in range(number):
        yield combination(survey, base, chance)


def combination(survey, base, chance):
    """Return several assumptions at once, by chance."""
    choices = {
        "rounding": [*RULES],
        "tolerance": ["0", "1", "2.5", "7", "10"],
        "near": ["0", "0.05", "0.15", "0.2"],
        "level": ["0.001", "0.01", "0.08", "0.1"],
    }
    found = {name: chance.choice(choices[name]) for name in NAMES if chance.random() < 0.4}
    numbers = {survey["base"]: str(chance.randint(1, 2 * base))} if chance.random() < 0.6 else {}
    for name in chance.sample(survey["shares"], chance.choice([0, 1, 1, 2, 3])):
        numbers[name] = moved(survey["claims"][name]["printed"], chance)
    return found | {"numbers": numbers}


def moved(printed, chance):
    """Return another number instead of a printed one: a step away, or any, with decimals or not."""
    step = str(max(0, int(float(printed)) + chance.choice([-1, 1])))
    return chance.choice([step, step, share(chance, 0), share(chance, 1), share(chance, 2)])


def as_texts(assumed):
    """Return what is assumed as the library takes it: `setting=value` and `claim=number`."""
    chosen = {name: value for name, value in assumed.items() if name != "numbers"}
    return [f"{name}={value}" for name, value in (chosen | assumed.get("numbers", {})).items()]
