"""Several options in one cell: what stands between them, and where an option holds it itself."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from analysis.responses import options as compared

SIGNS = (";", "\n", "|", ",", "/")  # the most telling first
PROTECTED = {"(": ")", "«": "»", "“": "”", "[": "]", '"': '"'}
TOGETHER = 4  # cells in which two pieces must stand side by side, and never apart, to be one option
MOST_OPTIONS = 40
FIRST, LOOKED_AT = 1000, 10_000  # different cells that are looked at, the most frequent first
RETURNING = 0.6  # share of all that was chosen which several people must have chosen


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Return a text as answers are compared, each looked up once."""
    return compared.plain(text)


@dataclass(frozen=True)
class Separated:
    """How cells are taken apart.

    sign : str
        What stands between two options.
    options : mapping of str to int
        Each option with the people who chose it.
    several : int
        People who chose more than one.
    joined : int
        Options that hold the sign themselves.
    ended : bool
        Whether the sign stands at the end of cells too.
    """

    sign: str
    options: Mapping[str, int]
    several: int
    joined: int
    ended: bool


def pieces_of(cell: str, sign: str) -> list[str]:
    """Return the pieces of a cell; what brackets or quotes hold together is not cut.

    >>> pieces_of("Fees (rent, food), none", ",")
    ['Fees (rent, food)', 'none']
    >>> pieces_of("3,5, 1 000", ","), pieces_of("(a, b", ",")
    (['3,5', '1 000'], ['(a', 'b'])
    """
    return [cell[start:end] for start, end in _spans(cell, sign)]


def _spans(cell: str, sign: str) -> list[tuple[int, int]]:
    """Return where each piece of a cell begins and ends, without the blanks around it."""
    found = []
    for start, end in _cut(cell, sign):
        part = cell[start:end]
        if text := part.strip():
            begin = start + part.index(text)
            found.append((begin, begin + len(text)))
    return found


def _cut(cell: str, sign: str) -> list[tuple[int, int]]:
    closing, start, parts = "", 0, []
    for place, letter in enumerate(cell):
        if closing:
            closing = "" if letter == closing else closing
        elif letter in PROTECTED and PROTECTED[letter] in cell[place + 1 :]:
            closing = PROTECTED[letter]
        elif letter == sign and not _inside_number(cell, place):
            parts.append((start, place))
            start = place + 1
    return [*parts, (start, len(cell))]


def _inside_number(cell: str, place: int) -> bool:
    """Say whether a comma or slash stands between two digits, as in 3,5 and 2024/25."""
    around = cell[place - 1 : place] + cell[place + 1 : place + 2]
    return cell[place] in ",/" and len(around) == 2 and around.isdigit()


def separated(cells: Mapping[str, int]) -> Separated | None:
    """Return how the cells of a question with several answers are taken apart, or None.

    cells : mapping of str to int
        Each different answer with the people who gave it, none of them blank.

    Signs are tried in the order of SIGNS. Pieces that never stand apart are one option, and so is,
    where options begin with a capital letter, a small one with what stands before it. None where
    the whole cells are the simpler description: a question for one answer, whose options happen to
    hold the sign; and for free text.

    >>> cells = {"Fees, rent": 9, "Visa, family": 5, "Time": 7, "Fees, rent, Time": 8}
    >>> separated(cells | {"Visa, family, Time": 3}).options
    {'Fees, rent': 17, 'Time': 18, 'Visa, family': 8}
    >>> separated({"Yes, often": 5, "No, never": 6}) is None
    True
    """
    usual = sorted(cells, key=cells.__getitem__, reverse=True)[:LOOKED_AT]
    first, all_of_them = ({cell: cells[cell] for cell in usual[:n]} for n in (FIRST, LOOKED_AT))
    for sign in SIGNS:
        if any(sign in cell for cell in first) and _tried(first, sign):
            return _tried(all_of_them, sign)
    return None


def _tried(cells: Mapping[str, int], sign: str) -> Separated | None:
    people = sum(cells.values())
    ended = sum(cells[cell] for cell in cells if cell.rstrip(" ").endswith(sign)) > people / 2
    chosen = _joined(cells, sign)
    options: Counter[str] = Counter()
    spelt = _spellings(chosen, cells)
    for cell, labels in chosen.items():
        options.update(dict.fromkeys((spelt[plain(each)] for each in labels), cells[cell]))
    several = sum(cells[cell] for cell, labels in chosen.items() if len(labels) > 1)
    joined = sum(sign in label for label in options)
    found = Separated(sign, dict(options), several, joined, ended)
    return found if ended or _plausible(found, chosen, cells, people) else None


def _spellings(chosen: Mapping[str, Sequence[str]], cells: Mapping[str, int]) -> dict[str, str]:
    """Return the most frequent spelling of each label."""
    written: dict[str, Counter] = {}
    for cell, labels in chosen.items():
        for label in labels:
            written.setdefault(plain(label), Counter())[label] += cells[cell]
    return {key: spellings.most_common(1)[0][0] for key, spellings in written.items()}


def _plausible(found: Separated, chosen: Mapping, cells: Mapping[str, int], people: int) -> bool:
    """Say whether several answers describe the cells better than one answer each does."""
    returning = {label for label, number in found.options.items() if number > 1}
    mentions = sum(found.options.values())
    repeated = sum(found.options[label] for label in returning)
    if not found.several or repeated < RETURNING * mentions or len(returning) > MOST_OPTIONS:
        return False
    if found.several < max(2, 0.03 * people) and found.sign in ",/":
        return False
    whole = {plain(cell) for cell in cells}
    if len(whole) <= len(found.options) and found.sign in ",/|":
        return False
    return not (found.sign in ",/" and _by_place(list(chosen.values())))


def _by_place(chosen: Sequence[Sequence[str]]) -> bool:
    """Say whether every cell has as many labels, and each place labels of its own."""
    lengths = {len(labels) for labels in chosen}
    if len(lengths) != 1:
        return False
    places = [{plain(label) for label in place} for place in zip(*chosen, strict=True)]
    return len(set().union(*places)) == sum(map(len, places))


def _joined(cells: Mapping[str, int], sign: str) -> dict[str, list[str]]:
    """Return the labels of each cell: pieces that are one option are put together."""
    spans = {cell: _spans(cell, sign) for cell in cells}
    labels = {cell: [cell[start:end] for start, end in found] for cell, found in spans.items()}
    capital = _capital(labels, cells)
    while pairs := _one(labels, cells, capital):
        spans = {cell: _glued(cell, found, pairs) for cell, found in spans.items()}
        labels = {cell: [cell[start:end] for start, end in found] for cell, found in spans.items()}
    return labels


def _capital(labels: Mapping[str, list[str]], cells: Mapping[str, int]) -> bool:
    """Say whether options begin with a capital letter: nine in ten cells do."""
    first = [(pieces[0][:1], cells[cell]) for cell, pieces in labels.items() if pieces]
    upper = sum(people for letter, people in first if letter.isupper())
    return upper >= 0.9 * sum(people for _, people in first) > 0


def _one(labels: Mapping[str, list[str]], cells: Mapping[str, int], capital: bool) -> set:
    """Return the pairs of neighbours that are one option."""
    follows, precedes, number = {}, {}, Counter()
    for cell, pieces in labels.items():
        keys = [plain(piece) for piece in pieces]
        for before, after in zip(["", *keys], [*keys, ""], strict=True):
            follows.setdefault(before, Counter())[after] += cells[cell]
            precedes.setdefault(after, Counter())[before] += cells[cell]
        for pair in pairwise(keys):
            number[pair] += cells[cell]
    small = {plain(p) for pieces in labels.values() for p in pieces if p[:1].islower()}
    tails = {piece for piece in _twice(labels) if "" not in precedes[piece]}
    ends = {pair for pair in number if pair[1] in tails and pair[0] != pair[1]}
    return ends or set(_pairs(number, follows, precedes, small if capital else set(), labels))


def _twice(labels: Mapping[str, list[str]]) -> set[str]:
    """Return the pieces that stand twice in one cell: nobody chooses an option twice."""
    counts = (Counter(map(plain, pieces)) for pieces in labels.values())
    return {piece for each in counts for piece, number in each.items() if number > 1}


def _pairs(number, follows, precedes, small: set[str], labels) -> Iterator[tuple[str, str]]:
    cells = len(labels)
    for (before, after), people in number.items():
        always = len(follows[before]) == 1 and len(precedes[after]) == 1
        together = always and people >= TOGETHER and cells > 1
        if together or (
            after in small and _continues(before, after, people, follows, precedes, small)
        ):
            yield before, after


def _continues(before: str, after: str, people: int, follows, precedes, small: set[str]) -> bool:
    """Say whether a piece with a small letter goes on with the one before it.

    It does where that one never ends an option, and where it stands behind no other.
    """
    never_ends = all(each in small for each in follows[before])
    own = len(precedes[after]) == 1 and people > 1
    return never_ends or own


def _glued(cell: str, spans: list[tuple[int, int]], pairs: set) -> list[tuple[int, int]]:
    """Return pieces with the pairs put together, from the left, each piece in one pair."""
    done: list[tuple[int, int]] = []
    last = ""  # key of the last piece, "" where it is in a pair already
    for start, end in spans:
        key = plain(cell[start:end])
        if last and (last, key) in pairs:
            done[-1] = (done[-1][0], end)
            last = ""
        else:
            done.append((start, end))
            last = key
    return done
