/* The survey with other numbers: controls, verdicts that change, bases that fit, bars. */
"use strict";
(() => {
  const whatIf = globalThis.whatIf;
  const { exact } = whatIf;
  const { number, say, rule, make, tag, runs } = whatIf.words;
  const { Audit } = whatIf.verdicts;
  const data = globalThis.whatIfData;
  const form = document.getElementById("what-if-controls");
  if (!form || !data.surveys.length) return;

  const field = form.elements;
  const part = (name) => document.getElementById(`what-if-${name}`);
  const MOST = Number(field.n.max);
  const SETTINGS = ["rounding", "tolerance", "near", "level"];
  let survey = data.surveys[0], usual = null, chosen = null;

  /* --- what is chosen --- */
  const decimal = (text) => String(exact.toNumber(exact.parse(text)));
  const plain = (text) => text.trim().replace(",", ".").replace(/\s*%$/, "");
  const isNumber = (text, most) => text.length <= 12 && exact.PLAIN.test(text) && Number(text) <= most;
  const byName = (name) => survey.claims[name];

  /* From the address: only what is there and makes sense. */
  function fromAddress() {
    const read = whatIf.state.read();
    survey = data.surveys.find((each) => each.paper === read.paper) ?? data.surveys[0];
    const found = { numbers: {} };
    if (/^[1-9][0-9]*$/.test(read.n ?? "") && Number(read.n) <= MOST) found.n = read.n;
    if (whatIf.counts.RULES.includes(read.rounding)) found.rounding = read.rounding;
    for (const [name, most] of [["tolerance", 100], ["near", 1], ["level", 1]]) {
      if (isNumber(read[name] ?? "", most)) found[name] = read[name];
    }
    for (const each of (read.change ?? "").split(",")) {
      const [name, printed] = each.split(":");
      if (survey.shares.includes(name) && isNumber(printed ?? "", 100)) found.numbers[name] = printed;
    }
    return tidy(found);
  }

  /* Without what is as printed anyway. */
  function tidy(found) {
    const kept = { numbers: {} };
    if (found.n && found.n !== byName(survey.base).printed) kept.n = found.n;
    for (const name of SETTINGS) {
      if (found[name] !== undefined && !sameSetting(name, found[name])) kept[name] = found[name];
    }
    for (const [name, printed] of Object.entries(found.numbers)) {
      if (printed !== byName(name).printed) kept.numbers[name] = printed;
    }
    return kept;
  }

  function sameSetting(name, value) {
    const own = survey.usual[name];
    return name === "rounding" ? own === value : exact.same(exact.parse(own), exact.parse(value));
  }

  function toAddress(done) {
    const change = Object.entries(chosen.numbers).map((each) => each.join(":")).join(",");
    const paper = survey === data.surveys[0] ? "" : survey.paper;
    const settings = Object.fromEntries(SETTINGS.map((name) => [name, chosen[name] ?? ""]));
    whatIf.state.write({ paper, n: chosen.n ?? "", ...settings, change }, done);
  }

  function assumed() {
    const numbers = { ...chosen.numbers };
    if (chosen.n) numbers[survey.base] = chosen.n;
    return { ...survey.usual, ...chosen, numbers };
  }

  const isUsual = () => Object.keys(assumed().numbers).length === 0 && SETTINGS.every((name) => !(name in chosen));

  /* --- the controls --- */
  function fillClaims() {
    const groups = grouped(survey.shares).map(([title, names]) =>
      make("optgroup", { label: title }, names.map((name) => {
        const claim = byName(name);
        return make("option", { value: name }, `${claim.option ?? claim.statement}: ${claim.amount}`);
      })));
    field.claim.replaceChildren(...groups);
  }

  function fillControls() {
    const printed = byName(survey.base).printed, n = chosen.n ?? printed;
    const [low, high] = reach();
    for (const [name, value] of [["min", low], ["max", high]]) field.slide[name] = value;
    if (document.activeElement !== field.n) field.n.value = n;
    field.slide.value = n;
    part("n-said").textContent = say("now", { printed: number(printed) });
    field.rounding.value = chosen.rounding ?? survey.usual.rounding;
    fillRoom();
    fillShare();
    fillAssumed();
  }

  function fillRoom() {
    const value = (name) => chosen[name] ?? decimal(survey.usual[name]);
    if (document.activeElement !== field.tolerance) field.tolerance.value = value("tolerance");
    if (document.activeElement !== field.near) field.near.value = String(Math.round(1e6 * value("near")) / 1e4);
    const level = decimal(value("level"));
    if (![...field.level.options].some((each) => each.value === level)) {
      field.level.append(make("option", { value: level }, number(level)));
    }
    field.level.value = level;
    for (const each of field.level.options) each.textContent = number(each.value);
  }

  function fillShare() {
    const claim = byName(field.claim.value);
    if (document.activeElement !== field.printed) field.printed.value = chosen.numbers[claim.claim] ?? claim.printed;
    part("printed-said").textContent = say("now", { printed: claim.amount });
  }

  /* What is assumed, one a line; a cross takes it back. */
  function fillAssumed() {
    const lines = Object.entries(chosen.numbers).map(([name, printed]) => {
      const claim = byName(name);
      const text = say("not printed", { number: whatIf.amount(claim, printed), printed: claim.amount });
      const drop = make("button", { type: "button", "data-drop": name, "aria-label": `${text}: ×` }, "×");
      return make("li", {}, `${claim.option ?? claim.statement}: ${text} `, drop);
    });
    part("assumed").replaceChildren(...lines);
  }

  const reach = () => {
    const printed = Number(byName(survey.base).printed);
    return [Math.max(1, Math.floor(0.6 * printed)), Math.ceil(1.3 * printed)];
  };

  /* --- what is found --- */
  function grouped(names) {
    const groups = new Map();
    for (const name of names) {
      const { topic, figure } = survey.questions[byName(name).question] ?? {};
      const title = topic ? capital(figure ? `${topic} (${figure})` : topic) : say("other shares");
      groups.set(title, [...(groups.get(title) ?? []), name]);
    }
    return [...groups];
  }

  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  function verdicts(audit) {
    return new Map(survey.mine.map((name) => [name, audit.of(name)]));
  }

  function changedOnes(found) {
    return survey.mine.filter((name) => found.get(name).verdict !== usual.get(name).verdict);
  }

  function showSaid(changes, found) {
    const unsure = survey.mine.filter((name) => found.get(name).unsure).length;
    const kept = survey.mine.filter((name) => isKept(name)).length;
    const title = isUsual() ? say("usual") : changes.length ? say("changes", { n: changes.length }) : say("unchanged");
    const notes = [isUsual() ? say("usual said") : say("kept", { n: kept }), unsure ? say("unsure", { n: unsure }) : ""];
    part("live").textContent = title;
    part("survey").replaceChildren(make("a", { href: `documents/${survey.paper}.html` }, survey.title));
    part("said").replaceChildren(
      make("h2", {}, title), make("p", { class: "what-if-assumption" }, isUsual() ? "" : assumption()),
      tally(found), make("p", { class: "where" }, notes.filter(Boolean).join(" ")));
  }

  /* A claim none of whose checks is computed here. */
  function isKept(name) {
    return byName(name).equations.every((each) => survey.equations[each].kept);
  }

  function assumption() {
    const texts = [];
    if (chosen.n) texts.push(say("not printed", { number: say("people", { n: Number(chosen.n) }), printed: number(byName(survey.base).printed) }));
    if (chosen.rounding) texts.push(say("rounded", { rule: rule(chosen.rounding) }));
    for (const [name, printed] of Object.entries(chosen.numbers)) {
      const claim = byName(name);
      texts.push(`${claim.option ?? claim.statement}: ${say("not printed", { number: whatIf.amount(claim, printed), printed: claim.amount })}`);
    }
    if (chosen.tolerance) texts.push(say("room", { room: number(chosen.tolerance) }));
    if (chosen.near) texts.push(say("alike", { part: number(decimal(String(Math.round(1e6 * chosen.near) / 1e4))) }));
    if (chosen.level) texts.push(say("level", { level: number(chosen.level) }));
    return capital(texts.join("; "));
  }

  /* How many claims have each status, and how many more or fewer than printed. */
  function tally(found) {
    const count = (of, status) => [...of.values()].filter((each) => each.status === status).length;
    const words = [...Object.keys(data.words.labels).filter((each) => count(usual, each) || count(found, each)), ""];
    const lines = words.filter((each) => each || count(found, "")).map((status) => {
      const now = count(found, status), more = now - count(usual, status);
      const sign = more ? ` (${more > 0 ? "+" : "−"}${number(Math.abs(more))})` : "";
      return make("li", {}, tag(status), ` ${number(now)}`, make("small", {}, sign));
    });
    return make("ul", { class: "what-if-tally" }, lines);
  }

  function showChanges(changes, found) {
    const lines = changes.map((name) => {
      const claim = byName(name), [before, now] = [usual.get(name), found.get(name)];
      return make("li", {},
        make("span", { class: "turn" }, tag(before.status), make("span", { "aria-hidden": "true" }, " → "), tag(now.status)),
        make("a", { href: `claims/${name}.html` }, claim.statement), " ",
        make("span", { class: "number" }, whatIf.amount(claim, assumed().numbers[name] ?? claim.printed)));
    });
    const first = make("ol", { class: "what-if-turned" }, lines.slice(0, 6));
    const rest = lines.slice(6);
    const more = rest.length ? [make("details", {}, make("summary", {}, say("others", { n: rest.length })), make("ol", { class: "what-if-turned" }, rest))] : [];
    part("changes").replaceChildren(...(lines.length ? [first, ...more] : []));
  }

  function showFits(audit) {
    const n = Number(chosen.n ?? byName(survey.base).printed), [low, high] = reach();
    const questions = whatIf.bases.closedQuestions(survey).map((options) => closedRow(audit.claims, options, n, low, high));
    const parts = survey.shares.flatMap((name) => partRow(audit.claims, name))
      .sort((a, b) => b.hangs - a.hangs).map((each) => each.row);
    const made = [make("h3", {}, part("fits").dataset.title), ...questions];
    if (parts.length) made.push(make("h3", {}, part("fits").dataset.parts), ...parts);
    part("fits").replaceChildren(...made);
  }

  const titleOf = (name) => grouped([name])[0][0];

  function closedRow(claims, options, n, low, high) {
    const possible = whatIf.bases.fitting(claims, options, low, high);
    const own = whatIf.addsUp(claims, options, n, false);
    const shares = options.map((name) => whatIf.amount(byName(name), claims.get(name).printed)).join(" + ");
    const said = make("strong", { class: own ? "good" : "bad" }, say(own ? "fits" : "fits not", { n }));
    const all = possible.length ? say("fits bases", { bases: runs(possible, 40) }) : say("fits none", { low, high });
    const more = possible.length ? [make("span", { class: "unseen" }, all)] : [all];
    if (!own) more.push(...whatIf.bases.buttons(possible, n));
    const chart = whatIf.bases.strip(low, high, possible, [], n);
    return whatIf.bases.row([titleOf(options[0]), make("small", {}, ` ${shares}`)], chart, said, more);
  }

  /* A share that a reading takes of a part of the people, if not every size of it will do. */
  function partRow(claims, name) {
    const group = partOf(name);
    if (!group) return [];
    const sizes = claims.people(group);
    if (sizes.length < 2 || sizes.length > 60) return [];
    const { possible, edges } = whatIf.bases.ofSizes(claims, name, sizes);
    if (possible.length === sizes.length && !edges.length) return [];
    const chart = whatIf.bases.strip(sizes[0], sizes.at(-1), possible, edges.map((each) => each.n), 0);
    const said = possible.length ? say("sizes", { all: runs(possible) }) : say("sizes none", { low: sizes[0], high: sizes.at(-1) });
    const hanging = edges.map(({ n, count }) => say("edge", { count, n, share: number(shareOf(count, n)) }));
    const amount = whatIf.amount(byName(name), claims.get(name).printed);
    const title = [amount, make("small", {}, ` ${byName(name).option ?? byName(name).statement}`)];
    const row = whatIf.bases.row(title, chart, make("small", {}, said), hanging.map((each) => make("strong", {}, each)));
    return [{ row, hangs: edges.length > 0 }];
  }

  const shareOf = (count, n) => String(Math.round(1e6 * (100 * count) / n) / 1e6);

  function partOf(name) {
    const claim = byName(name);
    const taken = claim.equations.flatMap((each) => survey.equations[each])
      .filter((each) => each.claim === name && each.variants)
      .flatMap((each) => each.variants.map((variant) => variant.takes?.base?.[0]));
    return [claim.base[0], ...taken].find((base) => base && base !== survey.base && survey.shares.includes(base));
  }

  function showShares(audit, found, changes) {
    const level = 1 - exact.toNumber(audit.settings.level), changed = new Set(changes);
    const blocks = grouped(survey.shares).map(([title, names]) => make("section", {},
      make("h3", {}, title),
      make("ul", { class: "shares" }, names.map((name) =>
        whatIf.bars.line(audit.claims, byName(name), found.get(name), level, changed.has(name))))));
    part("shares").replaceChildren(make("h2", {}, part("fits").dataset.shares), make("p", { class: "where" }, part("fits").dataset.key), ...blocks);
  }

  function showCommand() {
    const texts = Object.entries(assumed().numbers).map(([name, printed]) => `${name}=${printed}`);
    for (const name of SETTINGS) if (name in chosen) texts.push(`${name}=${chosen[name]}`);
    const command = part("command");
    command.hidden = !texts.length;
    command.querySelector("code").textContent = `python -m analysis ledger ${texts.map((each) => `--assume ${each}`).join(" ")}`;
  }

  function show() {
    const focused = document.activeElement?.dataset?.n;
    const audit = new Audit(survey, assumed()), found = verdicts(audit), changes = changedOnes(found);
    showSaid(changes, found);
    showChanges(changes, found);
    showFits(audit);
    showShares(audit, found, changes);
    showCommand();
    if (focused) (part("fits").querySelector(`button[data-n="${focused}"]`) ?? field.n).focus();
  }

  /* --- what a reader does --- */
  let drawn = 0;
  function changed(done) {
    chosen = tidy(chosen);
    fillControls();
    toAddress(done);
    cancelAnimationFrame(drawn);
    drawn = requestAnimationFrame(show);
  }

  function takeN(text) {
    const fits = /^[0-9]+$/.test(text) && Number(text) >= 1 && Number(text) <= MOST;
    mark(field.n, part("n-said"), fits ? "" : say("wanted people", { most: MOST }));
    if (fits) chosen.n = String(Number(text));
    return fits;
  }

  function takePrinted(text) {
    const printed = plain(text), fits = isNumber(printed, 100);
    mark(field.printed, part("printed-said"), fits ? "" : say("wanted number"));
    if (fits) chosen.numbers[field.claim.value] = printed;
    return fits;
  }

  function mark(input, said, wrong) {
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    said.classList.toggle("what-if-wrong", Boolean(wrong));
    if (wrong) said.textContent = wrong;
  }

  /* `shift`: how many decimals more the setting has than what is typed, as a part of one has two. */
  function takeRoom(input, shift) {
    const value = plain(input.value), fits = isNumber(value, 100);
    if (!fits) return false;
    const { digits, decimals } = exact.digitsOf(value);
    chosen[input.name] = exact.decimal(digits, decimals + shift);
    return true;
  }

  const TAKE = {
    n: () => takeN(field.n.value),
    slide: () => takeN(field.slide.value),
    rounding: () => (chosen.rounding = field.rounding.value),
    level: () => (chosen.level = field.level.value),
    printed: () => takePrinted(field.printed.value),
    tolerance: () => takeRoom(field.tolerance, 0),
    near: () => takeRoom(field.near, 2),
  };

  function step(by) {
    const { digits, decimals } = exact.digitsOf(plain(field.printed.value) || "0");
    const next = digits + BigInt(by);
    if (next >= 0n && takePrinted(exact.decimal(next, decimals))) {
      field.printed.value = exact.decimal(next, decimals);
      changed(true);
    }
  }

  function setN(n) {
    chosen.n = n;
    mark(field.n, part("n-said"), "");
    changed(true);
  }

  form.addEventListener("input", ({ target }) => TAKE[target.name]?.() && changed(false));
  form.addEventListener("change", ({ target }) => {
    if (target === field.claim) {
      mark(field.printed, part("printed-said"), "");
      fillShare();
    } else if (target.name === "paper") whatIf.state.write({ paper: target.value, n: "", change: "" }, true), read();
    else if (TAKE[target.name]?.()) changed(true);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    chosen = { numbers: {} };
    for (const [input, said] of [[field.n, part("n-said")], [field.printed, part("printed-said")]]) mark(input, said, "");
    changed(true);
  });
  field.less.addEventListener("click", () => step(-1));
  field.more.addEventListener("click", () => step(1));
  part("assumed").addEventListener("click", ({ target }) => {
    if (!target.dataset.drop) return;
    delete chosen.numbers[target.dataset.drop];
    field.claim.focus();
    changed(true);
  });
  part("fits").addEventListener("click", ({ target }) => {
    const n = target.closest("[data-n]")?.dataset.n;
    if (n && !target.closest(".few")) setN(n);
  });

  function read() {
    const before = survey;
    chosen = fromAddress();
    if (!usual || before !== survey) {
      usual = verdicts(new Audit(survey));
      fillClaims();
    }
    const first = Object.keys(chosen.numbers).at(-1);
    if (first) field.claim.value = first;
    for (const [input, said] of [[field.n, part("n-said")], [field.printed, part("printed-said")]]) mark(input, said, "");
    fillControls();
    show();
  }

  part("to-own").addEventListener("click", (event) => {
    event.preventDefault(); // the address keeps what is chosen
    document.getElementById("own-numbers").scrollIntoView();
    document.getElementById("own-shares").focus({ preventScroll: true });
  });

  form.hidden = false;
  whatIf.state.follow(read);
})();
