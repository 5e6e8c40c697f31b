/* From the readings of a check to verdict and status. As `ledger.variants` and `ledger.verdicts` have it. */
"use strict";
(() => {
  const whatIf = (globalThis.whatIf ??= {});
  const { exact, units, checks } = whatIf;
  const { Claims } = whatIf.claims;

  const STANCES = ["stated", "allowed", "excluded"];
  const GRAVEST = ["inconsistent", "conditional", "reproduced", "consistent", "not checkable"];
  const FAILED = new Set(["inconsistent", "conditional"]);
  const OPEN = new Set(["alone", "fact", "image"]);
  const SAYING = new Set(["confirmed", "contradicted", "superseded"]);
  const FLOOR = 0.75, FLOOR_OF_WORDS = 0.01;
  const OF_VERDICT = {
    reproduced: "holds", consistent: "may hold", conditional: "holds only if",
    inconsistent: "does not hold", "not checkable": "unknown",
  };
  const UNSURE = { verdict: "", reason: "", power: null, unsure: true };

  const counted = (readings) => readings.filter((each) => each.stance !== "excluded");

  function outcome(readings) {
    const all = counted(readings), stated = all.filter((each) => each.stance === "stated");
    if (stated.some((each) => each.agrees)) return "agrees";
    if (!all.some((each) => each.agrees)) return "fails";
    return !stated.length && all.every((each) => each.agrees) ? "agrees" : "only if";
  }

  function deciding(readings) {
    const all = counted(readings), stated = all.filter((each) => each.stance === "stated");
    return stated.length ? stated : all;
  }

  function under(reading, stance) {
    const worse = Math.max(STANCES.indexOf(reading.stance), STANCES.indexOf(stance));
    return { ...reading, stance: STANCES[worse] };
  }

  /* What the check of an equation finds under one of its variants. */
  function checkUnder(claims, equation, variant) {
    if (!variant.takes) return [{ agrees: true, stance: "stated", sure: true }];
    if (variant.rounding) {
      claims = claims.withSettings(units.withRounding(claims.settings, variant.rounding));
    }
    const claim = { ...claims.get(equation.claim), ...variant.takes };
    return checks[claim.kind](claims.with(equation.claim, claim), claim);
  }

  function variantReadings(claims, equation, stated = false) {
    let tried = equation.variants;
    if (stated) {
      const only = tried.filter((each) => each.stance === "stated");
      tried = only.length ? only : tried;
    }
    return tried.flatMap((variant) =>
      checkUnder(claims, equation, variant).map((reading) => under(reading, variant.stance)));
  }

  function readingsOf(claims, equation) {
    const found = variantReadings(claims, equation);
    if (outcome(found) !== "fails" || claims.settings.rounding !== "half-any") return found;
    const cut = claims.withSettings(units.withRounding(claims.settings, "truncate"));
    const shorn = counted(variantReadings(cut, equation)).filter((each) => each.agrees);
    return [...found, ...shorn.map((each) => under(each, "allowed"))];
  }

  function wrongNumbers(claims, name) {
    const { printed, unit, base } = claims.get(name);
    const sizes = base.length && unit === "people" ? claims.people(base[0]) : [];
    const most = sizes.length ? Math.max(...sizes) : null;
    return units.alternatives(printed, unit, most).filter((each) => each !== printed);
  }

  function agreesIf(claims, equation, name, printed) {
    try {
      return outcome(variantReadings(claims.withPrinted(name, printed), equation, true)) === "agrees";
    } catch {
      return false;
    }
  }

  function refusedShare(claims, equation, name) {
    const tried = wrongNumbers(claims, name);
    const refused = tried.filter((printed) => !agreesIf(claims, equation, name, printed)).length;
    return tried.length ? refused / tried.length : null;
  }

  /* The sum of numbers, rounded once (Shewchuk 1997, as Python's fsum). */
  function exactSum(numbers) {
    let partials = [];
    for (let x of numbers) {
      const next = [];
      for (let y of partials) {
        if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
        const high = x + y, low = y - (high - x);
        if (low) next.push(low);
        x = high;
      }
      partials = [...next, x];
    }
    return total(partials);
  }

  /* The sum of parts that do not overlap, rising: a tie of the last rounding goes the way of the rest. */
  function total(partials) {
    let place = partials.length - 1, high = partials[place] ?? 0, low = 0;
    while (place > 0 && !low) {
      const before = high, next = partials[--place];
      high = before + next;
      low = next - (high - before);
    }
    if (!place || low * partials[place - 1] <= 0) return high;
    const other = high + 2 * low;
    return other - high === 2 * low ? other : high;
  }

  function powerOf(claims, equation) {
    const worded = !claims.get(equation.claim).printed;
    const shares = equation.varied.map((name) => refusedShare(claims, equation, name));
    const found = shares.filter((each) => each !== null);
    return found.length ? exactSum(found) / found.length : Number(worded);
  }

  function judged(claims, equation) {
    const claim = claims.get(equation.claim), readings = readingsOf(claims, equation);
    const verdict = (verdict, reason = "", power = null) => ({ verdict, reason, power, of: equation.claim });
    const found = outcome(readings);
    if (found === "fails") return verdict("inconsistent");
    if (found === "only if") return verdict("conditional");
    if (claim.kind === "same") return verdict("not checkable", "only repeated");
    const power = powerOf(claims, equation);
    if (power < (claim.printed ? FLOOR : FLOOR_OF_WORDS)) return verdict("not checkable", "check too weak", power);
    const sure = claim.printed ? power === 1 : deciding(readings).every((each) => each.sure);
    const every = counted(readings).every((each) => each.agrees);
    return verdict(sure && every ? "reproduced" : "consistent", "", power);
  }

  function status(verdict, outside) {
    if (verdict === "inconsistent" || outside === "contradicted") return "does not hold";
    return outside === "confirmed" ? "holds" : OF_VERDICT[verdict];
  }

  /* What a reader assumes, as the page has it: texts, and numbers by claim. */
  function settingsOf({ rounding = "half-any", tolerance = "5", near = "1/10", level = "1/20" }) {
    return units.settings(rounding, ...[tolerance, near, level].map(exact.parse));
  }

  /* The verdicts on all claims of a survey under what is assumed; each computed when asked for. */
  class Audit {
    constructor(survey, assumed = {}) {
      this.survey = survey;
      this.changed = Object.entries(assumed.numbers ?? {});
      this.settings = settingsOf(assumed);
      this.claims = new Claims(new Map(Object.entries(survey.claims)), this.settings);
      for (const [name, printed] of this.changed) this.claims = this.claims.withPrinted(name, printed);
      this.unusual = new Set(Object.keys(survey.usual).filter((name) => this.differs(name)));
      this.found = new Map();
    }

    differs(name) {
      const usual = settingsOf(this.survey.usual)[name], own = this.settings[name];
      return typeof own === "string" ? own !== usual : !exact.same(own, usual);
    }

    on(number) {
      if (!this.found.has(number)) this.found.set(number, this.tried(this.survey.equations[number]));
      return this.found.get(number);
    }

    /* A check that this page does not compute keeps its verdict as far as nothing of it is changed. */
    tried(equation) {
      if (equation.kept) return this.touches(equation) ? UNSURE : { ...equation.kept, of: equation.claim };
      try {
        return judged(this.claims, equation);
      } catch (error) {
        return { ...UNSURE, error: String(error) };
      }
    }

    touches(equation) {
      return this.changed.some(([name]) => equation.rests.includes(name))
        || equation.uses.some((name) => this.unusual.has(name));
    }

    repeats(name) {
      for (const number of this.survey.claims[name].equations ?? []) {
        if (this.on(number).reason === "only repeated") {
          return this.survey.equations[number].members.filter((each) => each !== name);
        }
      }
      return [];
    }

    ofRepeats(name) {
      const all = this.survey.equations;
      const others = this.repeats(name).flatMap((each) => this.survey.claims[each].equations ?? []);
      const against = others.filter((number) =>
        !all[number].members.includes(name) && this.survey.claims[all[number].claim].kind !== "same");
      return against.map((number) => this.on(number)).filter((each) => each.unsure || FAILED.has(each.verdict));
    }

    /* The verdict on a claim: the gravest of its equations that can be decided. */
    verdict(name) {
      const row = this.survey.claims[name];
      let found = [...row.equations.map((number) => this.on(number)), ...this.ofRepeats(name)];
      const unsure = found.find((each) => each.unsure);
      if (unsure) return unsure;
      if (row.without) {
        const free = OPEN.has(row.kind);
        const decided = found.filter((each) =>
          free ? each.verdict !== "not checkable" : FAILED.has(each.verdict));
        found = [...decided, { verdict: "not checkable", reason: row.without, power: null, of: name }];
      }
      const rank = (each) => GRAVEST.indexOf(each.verdict);
      return found.reduce((first, each) => (rank(each) < rank(first) ? each : first));
    }

    outside(name) {
      const found = [name, ...this.repeats(name)].map((each) => this.survey.claims[each].outside ?? "");
      return found.find((each) => SAYING.has(each)) ?? found[0];
    }

    /* Verdict and status; nothing but `unsure` where this page cannot say. */
    of(name) {
      const found = this.verdict(name);
      if (found.unsure || this.compared(name)) return { ...UNSURE, status: "" };
      return { ...found, status: status(found.verdict, this.outside(name)) };
    }

    /* Whether a changed number would have to be compared with an outside source again. */
    compared(name) {
      const all = [name, ...this.repeats(name)];
      return this.changed.some(([each]) => all.includes(each) && this.survey.claims[each].compared);
    }
  }

  whatIf.verdicts = { Audit, outcome, status, exactSum };
})();
