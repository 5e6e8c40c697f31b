/* The checks that hang on the settings of a survey. As `ledger.checks` has them. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const { exact, counts, units } = whatIf;
  const { ClaimError } = whatIf.claims;

  const number = (n, d = 1n) => exact.of(n, d);
  const HUNDRED = number(100n), FIFTY = number(50n), HALF = number(1n, 2n), ZERO = number(0n);
  const reading = (agrees, stance = "stated", sure = true) => ({ agrees, stance, sure });
  const failing = () => [reading(false)];

  function one(claim, role) {
    const found = claim.inputs[role] ?? [];
    if (found.length !== 1) throw new ClaimError(`wanted one ${role}`);
    return found[0];
  }

  /* --- shares --- */
  function share(claims, claim) {
    const sizes = claims.base(claim);
    return [reading(sizes.some((n) => claims.shareCounts(claim.claim, n)))];
  }

  function sum(claims, claim) {
    const options = [claim.claim, ...claim.inputs.others];
    const open = "open" in claim.inputs;
    if (!claim.base.length) return [percentSum(claims, options, open)];
    const sizes = claims.base(claim);
    if (!sizes.length) return failing();
    const adds = (isOpen) => sizes.some((n) => addsUp(claims, options, n, isOpen));
    return open ? [reading(adds(true))] : [reading(adds(false)), reading(adds(true), "allowed")];
  }

  function addsUp(claims, options, n, open) {
    const [own, ...rest] = options.map((option) => claims.countsOf(option, n));
    if (!own || !rest.every(Boolean)) return false;
    const low = rest.reduce((left, each) => left - each[1], n);
    const high = rest.reduce((left, each) => left - each[0], n);
    return own[0] <= high && (open || low <= own[1]);
  }

  function percentSum(claims, options, open) {
    const [own, ...given] = options.map((option) => claims.percent(option));
    const without = (end) => given.reduce((left, each) => exact.sub(left, each[end]), HUNDRED);
    const low = open ? ZERO : exact.greatest([ZERO, without("high")]);
    const high = without("low");
    const left = counts.interval(
      low, high, open || given.every((each) => each.closedHigh), given.every((each) => each.closedLow));
    return reading(exact.most(low, high) && counts.meet(own, left));
  }

  /* --- parts and wholes --- */
  function baseDetection(claims, claim) {
    const most = claims.people(one(claim, "up-to")).reduce((a, b) => Math.max(a, b), 0);
    const shares = [claim.claim, ...(claim.inputs.with ?? [])];
    const found = [];
    if (claim.base.length) {
      const sizes = claims.base(claim);
      if (!sizes.length) return failing();
      found.push(...ofPrintedBase(claims, shares, sizes[0], most));
    }
    return [...found, ofUnprintedBase(claims, shares, most)];
  }

  function ofPrintedBase(claims, shares, n, most) {
    const ranges = shares.map((each) => claims.shareCounts(each, n));
    const all = ranges.every(Boolean);
    const least = all ? ranges.map((each) => each[0]) : [];
    const total = least.reduce((a, b) => a + b, 0), largest = Math.max(0, ...least);
    const found = [reading(all && total <= most)];
    return shares.length > 1 ? [...found, reading(all && largest <= most, "allowed")] : found;
  }

  function ofUnprintedBase(claims, shares, most) {
    const stance = claims.get(shares[0]).base.length ? "allowed" : "stated";
    for (let n = 1; n <= most; n += 1) {
      if (shares.every((each) => claims.shareCounts(each, n))) return reading(true, stance);
    }
    return reading(false, stance);
  }

  function impliedTotal(claims, claim) {
    const isCount = "share" in claim.inputs;
    if (isCount === "count" in claim.inputs) throw new ClaimError("wanted count or share");
    const count = isCount ? claim.claim : one(claim, "count");
    const part = isCount ? one(claim, "share") : claim.claim;
    return [reading(hasTotal(claims.wholeNumber(count), claims.percent(part)))];
  }

  function hasTotal(count, range) {
    if (count < 1 || exact.same(range.high, ZERO)) return false;
    const of = number(100n * BigInt(count));
    const prints = (whole) => counts.holds(range, exact.div(of, number(whole)));
    let least = Math.max(count, exact.ceil(exact.div(of, range.high)));
    if (!prints(least) && exact.less(ZERO, range.low)) least += 1;
    if (exact.same(range.low, ZERO)) return true;
    let most = exact.floor(exact.div(of, range.low));
    if (most && !prints(most)) most -= 1;
    return least <= most;
  }

  function part(claims, claim) {
    if ("least" in claim.inputs) return [reading(atLeast(claims, claim, one(claim, "least")))];
    const whole = one(claim, "whole");
    if ("shares" in claim.inputs || ofOtherBase(claims, claim, whole)) return peopleAmong(claims, claim, whole);
    const [own, most] = [claim.claim, whole].map((each) => claims.interval(each));
    return [reading(exact.most(own.low, most.high))];
  }

  function atLeast(claims, claim, least) {
    return exact.most(claims.interval(least).low, claims.interval(claim.claim).high);
  }

  function ofOtherBase(claims, claim, whole) {
    if (!units.isShare(claim.unit)) return false;
    const other = claims.get(whole);
    if (!claim.base.length || !other.base.length || !units.isShare(other.unit)) return false;
    return claim.base.join(" ") !== other.base.join(" ");
  }

  function peopleAmong(claims, claim, whole) {
    const all = claims.people(whole);
    if (!all.length) return failing();
    const own = claims.people(claim.claim);
    return [reading(own.length > 0 && own[0] <= all.at(-1))];
  }

  /* --- words about numbers --- */
  function shareValues(claims, reference) {
    const claim = claims.get(reference);
    const sizes = claim.base.length ? claims.base(claim) : [];
    if (claim.base.length && !sizes.some(Boolean)) throw new ClaimError(`${claim.base[0]} is nobody`);
    if (units.isShare(claim.unit)) return valuesOfShare(claims, reference, sizes);
    if (!claim.base.length) throw new ClaimError(`${reference} is no share`);
    const count = exact.mul(claims.number(reference), HUNDRED);
    return ends(sizes.filter(Boolean).map((n) => exact.div(count, number(n))));
  }

  function valuesOfShare(claims, reference, sizes) {
    const found = sizes.flatMap((n) => {
      const range = claims.shareCounts(reference, n);
      return range ? range.map((count) => number(100 * count, n)) : [];
    });
    return found.length ? ends(found) : claims.percent(reference);
  }

  const ends = (found) => counts.interval(exact.least(found), exact.greatest(found));

  function values(claims, reference) {
    const share = claims.has(reference) && claims.isShare(reference);
    return share ? shareValues(claims, reference) : claims.interval(reference);
  }

  /* `rows`: how many rows of a table are meant, and of how many. */
  function left(claims, claim) {
    if (!claim.rows) return shareValues(claims, one(claim, "left"));
    if (!claim.rows[1]) throw new ClaimError("no rows");
    const share = number(100 * claim.rows[0], claim.rows[1]);
    return counts.interval(share, share);
  }

  const judged = (may, must) => [reading(may, "stated", must)];

  function right(claim) {
    if (!claim.inputs.right?.length) throw new ClaimError("wanted right");
    return claim.inputs.right;
  }

  function majority(claims, claim) {
    const found = left(claims, claim);
    return judged(exact.less(FIFTY, found.high), exact.less(FIFTY, found.low));
  }

  function minority(claims, claim) {
    const found = left(claims, claim);
    return judged(exact.less(found.low, FIFTY), exact.less(found.high, FIFTY));
  }

  const almostHalf = (claims, claim) => within(left(claims, claim), "50", "almost", claims.settings);
  const fraction = (printed) => (claims, claim) => within(left(claims, claim), printed, "", claims.settings);

  function within(found, printed, word, settings) {
    const wanted = units.interval(printed, "percent", word, settings);
    const least = exact.sub(wanted.low, HALF);
    const may = exact.most(found.low, wanted.high) && exact.most(least, found.high);
    return judged(may, exact.most(least, found.low) && exact.most(found.high, wanted.high));
  }

  function most(claims, claim) {
    const own = values(claims, one(claim, "left"));
    const others = right(claim).map((other) => values(claims, other));
    return judged(
      others.every((each) => exact.less(each.low, own.high)), others.every((each) => exact.less(each.high, own.low)));
  }

  function least(claims, claim) {
    const own = values(claims, one(claim, "left"));
    const others = right(claim).map((other) => values(claims, other));
    return judged(
      others.every((each) => exact.less(own.low, each.high)), others.every((each) => exact.less(own.high, each.low)));
  }

  function twice(claims, claim) {
    const own = values(claims, one(claim, "left")), other = values(claims, right(claim)[0]);
    const room = exact.mul(number(2n), claims.settings.near);
    const [less, more] = [exact.sub(number(2n), room), exact.add(number(2n), room)];
    const may = exact.most(own.low, exact.mul(more, other.high)) && exact.most(exact.mul(less, other.low), own.high);
    const must = exact.most(exact.mul(less, other.high), own.low) && exact.most(own.high, exact.mul(more, other.low));
    return judged(may, must);
  }

  function near(first, second, part) {
    const larger = exact.greatest([first, second].map(exact.abs));
    return exact.most(exact.abs(exact.sub(first, second)), exact.mul(part, larger));
  }

  const middle = (found) => exact.mul(exact.add(found.low, found.high), HALF);

  function almostSame(claims, claim) {
    const first = one(claim, "left");
    const found = right(claim).map((other) => apart(claims, first, other));
    return [found.reduce((best, each) => (closer(each, best) ? each : best))];
  }

  const closer = (a, b) => (a.agrees !== b.agrees ? a.agrees : exact.less(a.apart, b.apart));

  function apart(claims, first, second) {
    const [a, b] = [first, second].map((each) => values(claims, each));
    const pairs = [a.low, a.high].flatMap((one) => [b.low, b.high].map((other) => [one, other]));
    const close = pairs.map((pair) => near(...pair, claims.settings.near));
    const gap = exact.abs(exact.sub(middle(a), middle(b)));
    return { ...reading(close.some(Boolean), "stated", close.every(Boolean)), apart: gap };
  }

  function restAlike(claims, claim) {
    const things = number(one(claim, "things"));
    const printed = claim.inputs.left.map((each) => middle(values(claims, each)));
    const other = middle(values(claims, right(claim)[0]));
    const rest = printed.reduce((left, each) => exact.sub(left, each), HUNDRED);
    const fits = near(exact.div(rest, things), other, claims.settings.near);
    return judged(fits, fits);
  }

  function stable(claims, claim) {
    const places = ["left", "left-of", "right", "right-of"].map((role) => claims.number(one(claim, role)));
    const [first, firstOf, second, secondOf] = places;
    if (!firstOf.n || !secondOf.n) throw new ClaimError("a place in a list of none");
    const part = claims.settings.near;
    const relative = near(exact.div(first, firstOf), exact.div(second, secondOf), part);
    return [relative, near(first, second, part)].map((fits) => reading(fits, "allowed"));
  }

  const RELATIONS = {
    most, largest: most, "more-than": most, smallest: least, "less-than": least, twice, majority, minority,
    "almost-half": almostHalf, "a-third": fraction("1/3"), "a-quarter": fraction("1/4"),
    half: fraction("1/2"), "two-thirds": fraction("2/3"),
    "almost-same": almostSame, "rest-alike": restAlike, stable,
  };

  function comparison(claims, claim) {
    return RELATIONS[one(claim, "relation")](claims, claim);
  }

  /* --- a sample beside its population --- */
  function coverage(claims, claim) {
    const [n, population] = ["n", "population"].map((role) => claims.wholeNumber(one(claim, role)));
    if (n < 1 || population < 1) throw new ClaimError("nobody");
    const low = leastP(claims, one(claim, "sample"), n, one(claim, "reference"), population);
    const level = exact.toNumber(claims.settings.level);
    return [reading(low !== null && low > level, "stated", false)];
  }

  function leastP(claims, sample, n, reference, population) {
    const row = claims.get(sample);
    const box = sampleCounts(row.unit === "percent" ? row.printed : shifted(row.printed), n);
    const range = claims.shareCounts(reference, population) ?? [];
    const expected = [...new Set(range)].filter((count) => count !== 0 && count !== population);
    if (!box || !expected.length) return null;
    return Math.min(...expected.map((count) => leastBinomial(...box, n, count / population)));
  }

  function shifted(perMille) {
    const { digits, decimals } = exact.digitsOf(perMille);
    return exact.decimal(digits, decimals + 1);
  }

  /* The counts that a share can have if what it leaves of 100 % are the others. */
  function sampleCounts(printed, n) {
    const { digits, decimals } = exact.digitsOf(printed);
    const rest = 100n * 10n ** BigInt(decimals) - digits;
    const other = exact.decimal(rest < 0n ? 0n : rest, decimals);
    const [own, others] = [printed, other].map((each) => counts.possibleCounts(each, n, "half-any"));
    if (!own || !others || own[0] + others[0] > n || own[1] + others[1] < n) return null;
    return [Math.max(own[0], n - others[1]), Math.min(own[1], n - others[0])];
  }

  function leastBinomial(low, high, n, share) {
    const chances = binomial(n, share);
    return Math.min(...[low, high].map((count) => pValue(count, chances)));
  }

  /* The chance of each count, from the likeliest outward. */
  function binomial(n, share) {
    const mode = Math.min(n, Math.floor((n + 1) * share)), found = new Array(n + 1).fill(0);
    found[mode] = 1;
    for (let k = mode; k < n; k += 1) found[k + 1] = (found[k] * (n - k) * share) / ((k + 1) * (1 - share));
    for (let k = mode; k > 0; k -= 1) found[k - 1] = (found[k] * k * (1 - share)) / ((n - k + 1) * share);
    const total = found.reduce((a, b) => a + b, 0);
    return found.map((each) => each / total);
  }

  function pValue(count, chances) {
    const limit = chances[count] * (1 + 1e-7);
    return Math.min(1, chances.reduce((sum, each) => (each <= limit ? sum + each : sum), 0));
  }

  /* --- what is said more than once --- */
  function same(claims, claim) {
    const places = claim.places;
    if (places.some((each) => !claims.printed(each))) throw new ClaimError("prints no number");
    const fits = places.every((first, place) => places.slice(place + 1).every((second) => alike(claims, first, second)));
    return [reading(fits)];
  }

  function alike(claims, first, second) {
    const both = [first, second], rows = both.map((each) => claims.row(each));
    const limited = rows.some((row) => !row.cell && units.LIMITS.has(units.meaning(row.qualifier)));
    const texts = rows.map((row) => row.printed);
    if (!limited && !texts.some((text) => text.includes("/"))) {
      return units.sameNumber(...texts, claims.settings.rounding);
    }
    const shares = both.every((each) => claims.has(each) && claims.isShare(each));
    return counts.meet(...both.map((each) => (shares ? claims.percent(each) : claims.interval(each))));
  }

  whatIf.checks = {
    share, sum, "base-detection": baseDetection, "implied-total": impliedTotal, part, comparison, coverage, same,
  };
  whatIf.addsUp = addsUp;
})();
