"""The counts of two samples whose shares are nearest to equal, out of ranges of any length."""

from bisect import bisect_left

Pair = tuple[int, int]


def nearest_pairs(first: range, n1: int, second: range, n2: int) -> list[Pair]:
    """Return pairs of counts among which chi-square is least, out of all with unequal shares.

    first, second : range
        The possible counts of both samples, one or more each; the first share can be the
        greater, and can be the smaller one.
    n1, n2 : int
        The sizes of the samples.

    With gap = a n2 - b n1 and total c = a + b chi-square is a multiple of gap^2 / (c (N - c)).
    Of a count a only the two b next to equality matter (or, at the edge, of a count b the two a):
    the gap is a n2 modulo n1, one way or the other. Farther from c = N/2 only a smaller gap than
    all before can be better. Where such a gap was found by a step, it is found by the same step
    as long as that fits; then less than half is left, so there are few steps. Along one step the
    root of chi-square, linear over concave, has one minimum, which halving finds. So what is
    returned, and the time, grow with the logarithm of the sizes.

    >>> (34, 36) in nearest_pairs(range(30, 40), 101, range(30, 42), 107)
    True
    """
    pairs = [(a, _within(a * n2 // n1 + more, second)) for a in _ends(first) for more in (0, 1)]
    pairs += [(_within(b * n1 // n2 + more, first), b) for b in _ends(second) for more in (0, 1)]
    # The first share is the greater one: the second count is rounded down.
    start, stop = -(-second[0] * n1 // n2), -(-second.stop * n1 // n2)
    pairs += _least_gaps(range(max(first[0], start), min(first.stop, stop)), n1, n2, up=False)
    # It is the smaller one: rounded up.
    start, stop = (second[0] - 1) * n1 // n2 + 1, second[-1] * n1 // n2 + 1
    pairs += _least_gaps(range(max(first[0], start), min(first.stop, stop)), n1, n2, up=True)
    return pairs


def _ends(counts: range) -> tuple[int, int]:
    return counts[0], counts[-1]


def _within(count: int, counts: range) -> int:
    return min(max(count, counts[0]), counts[-1])


def _least_gaps(counts: range, n1: int, n2: int, up: bool) -> list[Pair]:
    """Return pairs with the least chi-square of all whose second count is next to equality."""

    def pair(a: int) -> Pair:
        return a, -(-a * n2 // n1) if up else a * n2 // n1

    half = bisect_left(counts, True, key=lambda a: 2 * sum(pair(a)) > n1 + n2)
    found = []
    for start, room, way in (
        (half - 1, half - 1, -1),
        (half, len(counts) - 1 - half, 1),
    ):
        if room >= 0:
            # How much the gap falls with one more person in that direction, modulo n1.
            fall = n2 * way * (1 if up else -1) % n1
            found += [pair(a) for a in _records(counts[start], room, way, fall, n1, n2, up)]
    return found


def _records(a: int, room: int, way: int, fall: int, n1: int, n2: int, up: bool) -> list[int]:
    """Return the first counts with the least chi-square along each step to ever smaller gaps."""
    gap, found = (-a if up else a) * n2 % n1, [a]
    while gap:
        step = first_within(fall, n1, 1, gap)
        if step is None or step > room:
            break
        less = step * fall % n1
        times = min(gap // less, room // step)

        def worse_after(i: int, a=a, gap=gap, step=way * step, less=less) -> bool:
            now, later = (_weighed(a + j * step, gap - j * less, n1, n2, up) for j in (i, i + 1))
            return later[0] * now[1] >= now[0] * later[1]

        found.append(a + way * step * bisect_left(range(times), True, key=worse_after))
        a, gap, room = a + way * step * times, gap - times * less, room - step * times
    return [*found, a]


def _weighed(a: int, gap: int, n1: int, n2: int, up: bool) -> tuple[int, int]:
    """Return the two parts of chi-square, up to a factor: the square of the gap, and c (N - c)."""
    chosen = a + (a * n2 + (gap if up else -gap)) // n1
    return gap**2, chosen * (n1 + n2 - chosen)


def first_within(step: int, modulus: int, low: int, high: int) -> int | None:
    """Return the least number of steps, 0 or more, that ends from `low` to `high`; None if none.

    step, modulus : int
        How far a step goes, and where it begins anew; both 1 or more, or a step of 0.
    low, high : int
        0 <= low <= high < modulus.

    Euclid's algorithm: between two multiples of the step, the turns that are wanted are those of
    a shorter step.

    >>> first_within(7, 10, 2, 3)
    6
    """
    if low == 0:
        return 0
    if step == 0:
        return None
    if 2 * step > modulus:
        return first_within(modulus - step, modulus, modulus - high, modulus - low)
    steps = -(-low // step)
    if steps * step <= high:
        return steps
    turns = first_within(-modulus % step, step, low % step, high % step)
    return None if turns is None else -(-(low + modulus * turns) // step)
