/* The claims of a survey, and what the checks look up in them. As `ledger.claims` has it. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const { exact, units, counts } = whatIf;

  class ClaimError extends Error {}

  /* Claims by name; one that reads otherwise lies over those below. */
  class Claims {
    constructor(rows, settings, over = null) {
      this.rows = rows;
      this.settings = settings;
      this.over = over;
    }

    find(name) {
      for (let each = this.over; each; each = each.below) if (each.name === name) return each.claim;
      return this.rows.get(name);
    }

    get(name) {
      const found = this.find(name);
      if (!found || found.cell) throw new ClaimError(`no claim ${name}`);
      return found;
    }

    has(name) {
      const found = this.find(name);
      return Boolean(found) && !found.cell;
    }

    with(name, claim) {
      return new Claims(this.rows, this.settings, { name, claim, below: this.over });
    }

    withPrinted(name, printed) {
      return this.with(name, { ...this.get(name), printed });
    }

    withSettings(settings) {
      return new Claims(this.rows, settings, this.over);
    }

    row(reference) {
      const found = this.find(reference);
      if (!found) throw new ClaimError(`no number ${reference}`);
      return found;
    }

    printed(reference) {
      return this.row(reference).printed;
    }

    number(reference) {
      return exact.parse(this.printed(reference));
    }

    wholeNumber(reference) {
      const number = this.number(reference);
      if (number.n % number.d) throw new ClaimError(`${reference} is not whole`);
      return Number(number.n / number.d);
    }

    interval(reference) {
      const { printed, unit, qualifier } = this.row(reference);
      return units.interval(printed, unit, qualifier, this.settings);
    }

    isShare(reference) {
      return units.isShare(this.get(reference).unit);
    }

    percent(reference) {
      const { printed, unit } = this.get(reference);
      if (!units.isShare(unit) || !printed) throw new ClaimError(`${reference} is no share`);
      return units.inPercent(this.interval(reference), unit);
    }

    /* A claim, what it is a share of, what that is a share of, and so to a count. */
    wholeOf(reference) {
      const chain = [reference];
      while (this.isShare(chain.at(-1))) {
        const [following] = this.get(chain.at(-1)).base;
        if (following === undefined || chain.includes(following)) throw new ClaimError(`${reference} has no base`);
        chain.push(following);
      }
      return chain;
    }

    /* The head-counts that a claim allows, rising; once for the same numbers. */
    people(reference) {
      const chain = this.wholeOf(reference);
      const numbers = chain.map((name) => this.get(name));
      const key = numbers.map((each) => `${each.printed}|${each.unit}|${each.qualifier}`).join("/");
      return units.kept(this.settings, key, () => this.counted(chain));
    }

    counted([...chain]) {
      let sizes = this.wholeCounts(chain.pop());
      for (const name of chain.reverse()) {
        const found = new Set();
        for (const n of sizes) addRange(found, this.shareCounts(name, n));
        sizes = [...found].sort((a, b) => a - b);
      }
      return sizes;
    }

    wholeCounts(whole) {
      const { printed, unit, qualifier } = this.get(whole);
      if (units.kindOf(unit) !== "count" || !/^[0-9]+$/.test(printed)) throw new ClaimError(`${whole} counts no heads`);
      const values = this.interval(whole);
      if (!qualifier || exact.isEndless(values.high)) return [Number(printed)];
      const found = new Set();
      addRange(found, [exact.ceil(values.low), exact.floor(values.high)]);
      return [...found];
    }

    shareCounts(reference, n) {
      const { printed, unit, qualifier } = this.get(reference);
      if (!units.isShare(unit) || !printed) throw new ClaimError(`${reference} is no share`);
      return units.shareCounts(printed, unit, qualifier, this.settings, n);
    }

    /* The possible sizes of the base of a claim. */
    base(claim) {
      if (!claim.base.length) throw new ClaimError("a share without a base");
      return this.people(claim.base[0]);
    }

    /* The least and greatest of n people of an option: of its share, or its printed count. */
    countsOf(option, n) {
      if (this.isShare(option)) return this.shareCounts(option, n);
      const values = this.interval(option);
      let first = exact.most(values.low, exact.of(0n)) ? 0 : exact.ceil(values.low);
      let last = exact.isEndless(values.high) ? n : Math.min(n, exact.floor(values.high));
      while (first <= last && !counts.holds(values, exact.of(first))) first += 1;
      while (first <= last && !counts.holds(values, exact.of(last))) last -= 1;
      return first <= last ? [first, last] : null;
    }
  }

  function addRange(found, range) {
    if (range) for (let count = range[0]; count <= range[1]; count += 1) found.add(count);
  }

  whatIf.claims = { Claims, ClaimError };
})();
