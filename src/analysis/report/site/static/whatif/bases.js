/* Which numbers of people a question fits: a strip with a cell for each. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const { number, make } = whatIf.words;
  const EXACT = ["half-up", "half-even", "half-down"];

  /* The questions whose answers are everybody: the claims of each. */
  function closedQuestions(survey) {
    const found = survey.equations.filter((each) => each.variants && each.members.length > 1
      && isClosed(survey, survey.claims[each.claim]));
    return found.map((each) => each.members);
  }

  function isClosed(survey, claim) {
    return claim.kind === "sum" && !("open" in claim.inputs) && claim.base[0] === survey.base;
  }

  function fitting(claims, options, low, high) {
    const found = [];
    for (let n = low; n <= high; n += 1) if (whatIf.addsUp(claims, options, n, false)) found.push(n);
    return found;
  }

  /* Of a share of a part whose size is a range: the sizes it fits, and those at an edge. */
  function ofSizes(claims, name, sizes) {
    const fits = (n, rule) => {
      const { printed, unit, qualifier } = claims.get(name);
      const settings = whatIf.units.withRounding(claims.settings, rule);
      return whatIf.units.shareCounts(printed, unit, qualifier, settings, n);
    };
    const possible = sizes.filter((n) => fits(n, claims.settings.rounding));
    const hangs = claims.settings.rounding === "half-any"
      ? possible.filter((n) => EXACT.some((rule) => !fits(n, rule))) : [];
    return { possible, hangs, edges: hangs.map((n) => ({ n, count: fits(n, "half-any")[0] })) };
  }

  /* One cell a number of people; the number in use is framed, every tenth is written below. */
  function strip(low, high, possible, hangs, own) {
    const fits = new Set(possible), edge = new Set(hangs), few = high - low < 16;
    const cells = [];
    for (let n = low; n <= high; n += 1) {
      const kind = edge.has(n) ? "edge" : fits.has(n) ? "fits" : "misses";
      const text = few ? number(n) : n % 10 === 0 ? make("span", {}, number(n)) : null;
      cells.push(make("i", { class: n === own ? `${kind} own` : kind, "data-n": n, title: number(n) }, text));
    }
    return make("div", { class: few ? "strip few" : "strip", "aria-hidden": "true" }, cells);
  }

  function buttons(possible, own, most = 12) {
    const near = [...possible].sort((a, b) => Math.abs(a - own) - Math.abs(b - own)).slice(0, most);
    return near.sort((a, b) => a - b).map((n) =>
      make("button", { type: "button", "data-n": n, class: "base", "aria-pressed": String(n === own) }, number(n)));
  }

  function row(title, chart, said, more) {
    const below = more.length ? make("p", { class: "below" }, more) : null;
    return make("div", { class: "fit" }, make("h4", {}, title), chart, make("p", {}, said), below);
  }

  whatIf.bases = { closedQuestions, fitting, ofSizes, strip, buttons, row };
})();
