/* What a printed number can stand for, by its unit and the word before it. As `ledger.units` has it. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const { exact, counts } = whatIf;

  const SHARES = { percent: 100n, "per mille": 1000n };
  const TIMES = new Set(["year", "date", "decade"]);
  const LABELS = new Set(["place", "century", "figure", "section", "line", "age band"]);
  const LENGTHS = new Set(["hours", "days", "weeks", "months", "years", "decades"]);
  const MULTIPLES = new Set(["thousand", "million", "billion"]);
  const SAME_WORD = {
    some: "about", nearly: "almost", over: "more than", "at most": "up to", under: "less than",
  };
  const LIMITS = new Set(["about", "almost", "more than", "at least", "up to", "less than"]);
  const FRACTIONS = ["1/10", "1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4", "4/5", "9/10"];
  const TRIED = 200;
  const ZERO = exact.of(0n);

  function kindOf(unit) {
    if (MULTIPLES.has(unit.split(" ")[0]) || unit === "points") return "amount";
    if (unit in SHARES) return "share";
    if (TIMES.has(unit)) return "time";
    if (LABELS.has(unit)) return "label";
    return LENGTHS.has(unit) ? "length" : "count";
  }

  const isShare = (unit) => unit in SHARES;
  const meaning = (word) => SAME_WORD[word] ?? word;
  const decimalsOf = (printed) => (printed.split(".")[1] ?? "").length;

  /* Choices of a reader; what was computed under them is kept with them. */
  function settings(rounding, tolerance, near, level) {
    return { rounding, tolerance, near, level, kept: new Map(), others: new Map() };
  }

  function withRounding(chosen, rule) {
    if (chosen.rounding === rule) return chosen;
    if (!chosen.others.has(rule)) {
      chosen.others.set(rule, settings(rule, chosen.tolerance, chosen.near, chosen.level));
    }
    return chosen.others.get(rule);
  }

  function kept(chosen, key, make) {
    if (!chosen.kept.has(key)) chosen.kept.set(key, make());
    return chosen.kept.get(key);
  }

  function interval(printed, unit, qualifier, chosen) {
    const key = `=${printed}|${unit}|${qualifier}`;
    return kept(chosen, key, () => computed(printed, unit, qualifier, chosen));
  }

  function computed(printed, unit, qualifier, chosen) {
    const ends = printed.split("-");
    const whole = printed.includes("/") && isShare(unit) ? exact.of(SHARES[unit]) : exact.of(1n);
    const values = ends.map((end) => exact.mul(exact.parse(end), whole));
    const bare = bareInterval(printed, ends, values, unit, chosen);
    const word = printed.includes("/") && !qualifier ? "about" : qualifier;
    const rooms = [values[0], values.at(-1)].map((value) => room(value, unit, chosen));
    const top = isShare(unit) ? exact.of(SHARES[unit]) : exact.ENDLESS;
    return qualified(bare, [values[0], values.at(-1)], meaning(word), rooms, top);
  }

  function bareInterval(printed, ends, values, unit, chosen) {
    if (printed.includes("/")) return counts.interval(values[0], values[0]);
    if (TIMES.has(unit) || exact.less(values.at(-1), values[0])) throw new RangeError(`no number: ${printed}`);
    const [first, last] = [ends[0], ends.at(-1)].map((end) => rounded(end, unit, chosen));
    return counts.interval(first.low, last.high, first.closedLow, last.closedHigh);
  }

  function rounded(printed, unit, chosen) {
    const rough = ["share", "amount"].includes(kindOf(unit)) || printed.includes(".");
    if (rough) return counts.printedInterval(printed, chosen.rounding);
    return counts.interval(exact.parse(printed), exact.parse(printed));
  }

  function room(value, unit, chosen) {
    return isShare(unit)
      ? exact.mul(chosen.tolerance, exact.of(SHARES[unit], 100n))
      : exact.mul(chosen.near, value);
  }

  function qualified(bare, [least, most], word, [below, above], top) {
    const lower = exact.greatest([ZERO, exact.sub(least, below)]);
    const make = counts.interval;
    switch (word) {
      case "about": return make(lower, exact.add(most, above));
      case "almost": return make(lower, most);
      case "more than": return make(least, top, false, true);
      case "at least": return make(bare.low, top, bare.closedLow, true);
      case "up to": return make(ZERO, bare.high, true, bare.closedHigh);
      case "less than": return make(ZERO, most, true, false);
      default: return bare;
    }
  }

  function inPercent(share, unit) {
    const part = exact.of(100n, SHARES[unit]);
    const [low, high] = [share.low, share.high].map((end) => exact.mul(end, part));
    return counts.interval(low, high, share.closedLow, share.closedHigh);
  }

  /* The least and the greatest of n people that a printed share allows, or null. */
  function shareCounts(printed, unit, qualifier, chosen, n) {
    const name = `%${printed}|${unit}|${qualifier}`;
    const share = kept(chosen, name, () => inPercent(interval(printed, unit, qualifier, chosen), unit));
    share.counts ??= new Map();
    if (!share.counts.has(n)) share.counts.set(n, counts.countsWithin(share, n));
    return share.counts.get(n);
  }

  function sameNumber(first, second, rule) {
    if (first.includes("-") || second.includes("-")) return first === second || sameDate(first, second);
    const [coarse, fine] = [first, second].sort((a, b) => decimalsOf(a) - decimalsOf(b));
    if (decimalsOf(coarse) === decimalsOf(fine)) return exact.same(exact.parse(coarse), exact.parse(fine));
    return counts.holds(counts.printedInterval(coarse, rule), exact.parse(fine));
  }

  function sameDate(first, second) {
    const [a, b] = [first.split("-"), second.split("-")];
    const parts = Math.min(a.length, b.length);
    return a[0].length === 4 && a.slice(0, parts).join("-") === b.slice(0, parts).join("-");
  }

  /* The numbers that might have been printed instead, at the same precision. */
  function alternatives(printed, unit, most) {
    if (TIMES.has(unit) || unit === "age band" || unit === "century") throw new RangeError(`no others: ${unit}`);
    if (printed.includes("/")) return FRACTIONS;
    if (!printed.includes("-")) return otherNumbers(printed, unit, most);
    const [low, high] = printed.split("-");
    return otherNumbers(high, unit, most).map((each) => `${low}-${each}`);
  }

  function otherNumbers(printed, unit, most) {
    const { digits, decimals } = exact.digitsOf(printed);
    const scale = 10n ** BigInt(decimals);
    const least = isShare(unit) ? 0n : 1n;
    const top = isShare(unit) ? SHARES[unit] * scale : most === null ? 2n * digits : BigInt(most) * scale;
    const wide = top / BigInt(TRIED), step = wide > 1n ? wide : 1n;
    const found = new Set([digits]);
    for (let each = least; each <= top; each += step) found.add(each);
    return [...found].sort((a, b) => (a < b ? -1 : 1)).map((each) => exact.decimal(each, decimals));
  }

  whatIf.units = {
    LIMITS, kindOf, isShare, meaning, settings, withRounding, kept, interval, inPercent, shareCounts,
    sameNumber, alternatives,
  };
})();
