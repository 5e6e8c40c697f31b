/* A print back to people: possible head-counts and bases, intervals. As `analysis.counts` has it. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const exact = whatIf.exact;

  const CLOSED = {
    "half-up": () => [true, false],
    "half-even": (digits) => [digits % 2n === 0n, digits % 2n === 0n],
    "half-down": () => [false, true],
    truncate: () => [true, false],
    ceiling: () => [false, true],
    "half-any": () => [true, true],
  };

  const interval = (low, high, closedLow = true, closedHigh = true) => ({ low, high, closedLow, closedHigh });

  /* The true percentages that print as a number under a rule. */
  function printedInterval(printed, rule) {
    if (!Object.hasOwn(CLOSED, rule)) throw new RangeError(`no such rule: ${rule}`);
    const { digits, decimals } = exact.digitsOf(printed);
    const [closedLow, closedHigh] = CLOSED[rule](digits);
    const below = { truncate: 0n, ceiling: 2n }[rule] ?? 1n;
    const scale = 2n * 10n ** BigInt(decimals);
    const [low, high] = [2n * digits - below, 2n * digits + 2n - below];
    if (low < 0n) return interval(exact.of(0n), exact.of(high, scale), true, closedHigh);
    return interval(exact.of(low, scale), exact.of(high, scale), closedLow, closedHigh);
  }

  function holds(range, value) {
    const low = exact.compare(value, range.low), high = exact.compare(value, range.high);
    return (range.closedLow ? low >= 0 : low > 0) && (range.closedHigh ? high <= 0 : high < 0);
  }

  function meet(a, b) {
    const low = exact.greatest([a.low, b.low]), high = exact.least([a.high, b.high]);
    return exact.less(low, high) || (exact.same(low, high) && holds(a, low) && holds(b, low));
  }

  /* The least and the greatest of n people that are a share of an interval, or null. */
  function countsWithin(range, n) {
    if (n < 1) return null;
    const [low, high] = [range.low, range.high].map((end) => exact.mul(end, exact.of(n, 100n)));
    let first = exact.ceil(low), last = exact.isEndless(high) ? n : exact.floor(high);
    if (!range.closedLow && exact.same(low, exact.of(first))) first += 1;
    if (!range.closedHigh && !exact.isEndless(high) && exact.same(high, exact.of(last))) last -= 1;
    [first, last] = [Math.max(0, first), Math.min(n, last)];
    return first <= last ? [first, last] : null;
  }

  function checkBase(n) {
    if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`no base: ${n}`);
  }

  function possibleCounts(printed, n, rule) {
    checkBase(n);
    return countsWithin(printedInterval(printed, rule), n);
  }

  /* Of a question: the counts of each share, their sums, and whether they can be everybody. */
  function together(printed, n, rule) {
    checkBase(n);
    return ofIntervals(printed.map((each) => printedInterval(each, rule)), n);
  }

  function ofIntervals(intervals, n) {
    const counts = intervals.map((each) => countsWithin(each, n));
    const possible = counts.every(Boolean);
    const least = possible ? counts.reduce((sum, each) => sum + each[0], 0) : null;
    const most = possible ? counts.reduce((sum, each) => sum + each[1], 0) : null;
    const everybody = possible && least <= n && n <= most;
    return { counts, possible, least, most, everybody, atMost: possible && least <= n };
  }

  /* Every base up to `most` that makes all shares possible, or makes them everybody. */
  function possibleBases(printed, most, exhaustive, rule) {
    const intervals = printed.map((each) => printedInterval(each, rule));
    const found = [];
    for (let n = 1; n <= most; n += 1) {
      const all = ofIntervals(intervals, n);
      if (exhaustive ? all.everybody : all.possible) found.push(n);
    }
    return found;
  }

  /* The first and the last of each run of neighbours in rising numbers. */
  function runs(numbers) {
    const found = [];
    for (const number of numbers) {
      const last = found.at(-1);
      if (last && last[1] === number - 1) last[1] = number;
      else found.push([number, number]);
    }
    return found;
  }

  /* Wichura 1988, algorithm AS 241: the standard normal value above which a tail lies. */
  const CENTRE = [
    [3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
      45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727],
    [1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867,
      39307.895800092710610, 28729.085735721942674, 5226.4952788528545610]];
  const MIDDLE = [
    [1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
      1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4],
    [1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
      0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9]];
  const FAR = [
    [6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
      0.0265321895265761230930, 0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
    [1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15]];
  const polynomial = (all, x) => all.reduceRight((sum, each) => sum * x + each, 0);
  const ratio = ([above, below], x) => polynomial(above, x) / polynomial(below, x);

  function normalAbove(tail) {
    const q = 0.5 - tail;
    if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
    const r = Math.sqrt(-Math.log(Math.min(tail, 1 - tail)));
    const value = r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(FAR, r - 5);
    return tail < 0.5 ? value : -value;
  }

  /* Wilson's interval of a share, as fractions between 0 and 1. */
  function wilson(count, n, level) {
    const z = normalAbove((1 - level) / 2), p = count / n, z2 = z * z;
    const centre = p + z2 / (2 * n), half = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
    const [low, high] = [-1, 1].map((side) => Math.min(1, Math.max(0, (centre + side * half) / (1 + z2 / n))));
    return [count === 0 ? 0 : low, count === n ? 1 : high];
  }

  /* The lowest and the highest limit over every count that a print allows. */
  function wilsonBounds([least, most], n, level) {
    return [wilson(least, n, level)[0], wilson(most, n, level)[1]];
  }

  whatIf.counts = {
    RULES: Object.keys(CLOSED), interval, printedInterval, holds, meet, countsWithin, possibleCounts,
    together, possibleBases, runs, normalAbove, wilson, wilsonBounds,
  };
})();
