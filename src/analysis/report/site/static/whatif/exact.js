/* Fractions of whole numbers of any length: n/d; 1/0 is an end without end. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const PLAIN = /^[0-9]+(\.[0-9]+)?$/;

  const of = (n, d = 1n) => ({ n: BigInt(n), d: BigInt(d) });
  const ENDLESS = of(1n, 0n);
  const add = (a, b) => (a.d === b.d && a.d ? { n: a.n + b.n, d: a.d } : { n: a.n * b.d + b.n * a.d, d: a.d * b.d });
  const minus = (a) => ({ n: -a.n, d: a.d });
  const sub = (a, b) => add(a, minus(b));
  const mul = (a, b) => ({ n: a.n * b.n, d: a.d * b.d });
  const abs = (a) => ({ n: a.n < 0n ? -a.n : a.n, d: a.d });

  function div(a, b) {
    if (b.n === 0n) throw new RangeError("division by nothing");
    return b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n };
  }

  /* Below, at or above 0; NaN where the difference of two ends without end has no value. */
  function compare(a, b) {
    if ((!a.d && !a.n) || (!b.d && !b.n)) return NaN;
    const difference = a.n * b.d - b.n * a.d;
    return difference < 0n ? -1 : Number(difference > 0n);
  }

  const less = (a, b) => compare(a, b) < 0;
  const most = (a, b) => compare(a, b) <= 0;
  const same = (a, b) => compare(a, b) === 0;
  const least = (all) => all.reduce((a, b) => (less(b, a) ? b : a));
  const greatest = (all) => all.reduce((a, b) => (less(a, b) ? b : a));

  function floorOf(n, d) {
    const down = n / d;
    return n % d !== 0n && n < 0n !== d < 0n ? down - 1n : down;
  }
  const floor = (a) => Number(floorOf(a.n, a.d));
  const ceil = (a) => -Number(floorOf(-a.n, a.d));
  const isEndless = (a) => !a.d;
  const toNumber = (a) => Number(a.n) / Number(a.d);

  /* The digits of a printed number as one integer, and how many of them are decimals. */
  function digitsOf(printed) {
    if (printed.length > 60 || !PLAIN.test(printed)) throw new RangeError(`no plain number: ${printed}`);
    const [whole, decimals = ""] = printed.split(".");
    return { digits: BigInt(whole + decimals), decimals: decimals.length };
  }

  /* A printed number, or a fraction such as 1/3. */
  function parse(text) {
    const [part, whole] = text.split("/");
    const { digits, decimals } = digitsOf(part);
    const value = of(digits, 10n ** BigInt(decimals));
    return whole === undefined ? value : div(value, parse(whole));
  }

  /* An integer with so many decimals as text. */
  function decimal(digits, decimals) {
    const text = String(digits).padStart(decimals + 1, "0");
    return decimals ? `${text.slice(0, -decimals)}.${text.slice(-decimals)}` : text;
  }

  whatIf.exact = {
    ENDLESS, PLAIN, of, add, sub, mul, div, minus, abs, compare, less, most, same, least, greatest,
    floor, ceil, isEndless, toNumber, digitsOf, parse, decimal,
  };
})();
